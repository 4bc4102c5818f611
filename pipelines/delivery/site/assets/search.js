/* The search: reports, programmes, subjects, tables and checks whose words hold all that was typed. */
"use strict";

(() => {
  const { element, say, address } = gouji;
  const MOST = 30;
  const field = document.getElementById("search-words");

  // A form sent without this script arrives with a query instead.
  const sent = new URLSearchParams(location.search).get("q");
  if (sent && !address.get("q")) address.set({ q: sent }, { quietly: true });

  const group = (key, items, more) =>
    items.length
      ? element("section", {}, element("h2", {}, `${say(key)} `, element("span", { class: "more" }, String(more))), element("ul", { class: "results" }, items))
      : null;

  async function draw() {
    const text = address.get("q");
    field.value = text;
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const results = document.getElementById("search-results");
    if (!words.length) {
      document.getElementById("search-count").textContent = say("search.empty");
      return results.replaceChildren();
    }
    const [index, series] = await Promise.all([gouji.shelf.take("search"), gouji.shelf.take("series")]);
    if (text !== address.get("q")) return;
    const holds = (...parts) => words.every((word) => parts.filter(Boolean).join(" ").toLowerCase().includes(word));
    const title = (n) => index.documents[n][1] || index.documents[n][2];
    const report = (n, state = {}) => element("a", { href: address.link(`reports/${index.documents[n][0]}`, state), lang: "zh-CN" }, title(n));
    const found = {
      "search.programmes": series.filter((s) => s.zh && holds(s.zh, s.en, ...s.aliases)).map((s) => element("li", {}, element("a", { href: address.link("compare", { programme: s.name }) }, gouji.language.pick(s.zh, `${s.zh} ${s.en}`)), ` ${say("compare.counts", { rows: s.rows, districts: s.districts, years: s.years.length })}`)),
      "search.reports": index.documents.map((d, n) => [d, n]).filter(([d]) => holds(...d.slice(1))).map(([d, n]) => element("li", {}, report(n), ` ${[d[4] || d[5] || d[6], d[7]].filter(Boolean).join(" · ")}`)),
      "search.subjects": index.subjects.filter(([subject]) => holds(subject)).map(([subject, documents, count]) => element("li", {}, element("b", { lang: "zh-CN" }, subject), "：", documents.slice(0, 5).map((n, i) => [i ? "、" : "", report(n, { find: subject })]), count > 5 ? ` ${say("search.more", { count: count - 5 })}` : "")),
      "search.tables": index.tables.filter(([name]) => holds(name)).map(([name, places, count]) => element("li", {}, element("b", { lang: "zh-CN" }, name), "：", places.slice(0, 5).map(([n, table], i) => [i ? "、" : "", report(n, { table })]), count > 5 ? ` ${say("search.more", { count: count - 5 })}` : "")),
      "search.checks": index.checks.filter((c) => holds(...c)).map(([name, zh, en]) => element("li", {}, element("a", { href: address.link("checks", { check: name }) }, `${name} ${gouji.language.pick(zh, en)}`))),
    };
    const all = Object.values(found).reduce((sum, items) => sum + items.length, 0);
    document.getElementById("search-count").textContent = say("search.count", { words: text, count: all });
    results.replaceChildren(...Object.entries(found).map(([key, items]) => group(key, items.slice(0, MOST), items.length)).filter(Boolean));
  }

  gouji.show(draw);
})();
