/* Chinese or English: which one a page shows is in its address and goes with every link. */
"use strict";

gouji.language = (() => {
  const page = document.documentElement;
  const title = document.title;

  const current = () => (gouji.address.get("lang") === "en" ? "en" : "zh");

  /* A word of the site in the language shown, {names} filled in; the key itself where there is none. */
  function say(key, values = {}) {
    const word = gouji.words[key];
    const text = word ? word[current() === "en" ? 1 : 0] : key.slice(key.indexOf(".") + 1);
    return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
  }

  function apply() {
    const language = current();
    page.dataset.language = language;
    page.lang = language === "en" ? "en" : "zh-CN";
    const heading = gouji.words[`nav.${page.dataset.page}`];
    document.title = language === "en" && heading ? `${heading[1]} · gouji` : title;
    for (const field of document.querySelectorAll("[data-placeholder]")) field.placeholder = say(field.dataset.placeholder);
    for (const part of document.querySelectorAll("[data-name]")) part.setAttribute("aria-label", say(part.dataset.name));
  }

  /* Gives a link the language just before it is followed or copied. */
  function carry(event) {
    const link = event.target.closest && event.target.closest("a[href]");
    const href = link && link.getAttribute("href");
    if (!href || href.startsWith("#") || /^[a-z]+:/i.test(href)) return;
    const [path, hash = ""] = href.split("#");
    const pairs = new URLSearchParams(hash);
    if (current() === "en") pairs.set("lang", "en");
    else pairs.delete("lang");
    link.setAttribute("href", [...pairs].length ? `${path}#${pairs}` : path);
  }

  for (const kind of ["pointerdown", "focusin", "click"]) document.addEventListener(kind, carry, true);

  /* A link within the page moves there without losing the state in the address. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const target = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!target) return;
    event.preventDefault();
    target.scrollIntoView();
    if (!target.hasAttribute("tabindex")) target.tabIndex = -1;
    target.focus({ preventScroll: true });
  });

  document.querySelector("form.search").addEventListener("submit", (event) => {
    event.preventDefault();
    const words = event.target.elements.q.value.trim();
    location.href = gouji.address.link("search", { q: words, lang: current() === "en" ? "en" : "" });
  });

  const toggle = document.getElementById("language");
  toggle.hidden = false;
  toggle.addEventListener("click", () => gouji.address.set({ lang: current() === "en" ? "" : "en" }));
  gouji.address.watch(apply);
  apply();

  return { current, say, pick: (zh, en) => (current() === "en" ? en || zh : zh) };
})();
gouji.say = gouji.language.say;
