/* The filters of a page: fields whose values are in the address. */
"use strict";

gouji.filters = (() => {
  const { element, say, address } = gouji;

  function select(field) {
    const chosen = address.get(field.name) || field.otherwise || "";
    const options = field.options.map(([value, label, extra = {}]) =>
      element("option", { value, selected: String(value) === chosen, ...extra }, label),
    );
    if (field.any !== false) options.unshift(element("option", { value: "" }, say("any")));
    return element("select", { name: field.name, onchange: (event) => change(field, event.target.value) }, options);
  }

  function typed(field) {
    return element("input", {
      name: field.name,
      type: "search",
      value: address.get(field.name),
      autocomplete: "off",
      oninput: (event) => change(field, event.target.value.trim(), true),
    });
  }

  function change(field, value, quietly = false) {
    address.set({ [field.name]: value === field.otherwise ? "" : value, p: "", ...(field.clears || {}) }, { quietly });
  }

  /* Draws the fields anew, but leaves the one in which somebody is typing. */
  function draw(form, fields) {
    const busy = document.activeElement && form.contains(document.activeElement) ? document.activeElement.name : "";
    if (busy && fields.some((f) => f.name === busy && f.kind === "typed")) return;
    const made = fields.map((field) => element("label", {}, element("span", {}, say(field.label)), field.kind === "typed" ? typed(field) : select(field)));
    const used = fields.filter((field) => address.get(field.name));
    const clear = element(
      "button",
      {
        type: "button",
        class: "quiet",
        name: "clear",
        hidden: !used.some((field) => field.any !== false || field.kind === "typed"),
        onclick: () => address.set(Object.fromEntries([...fields.map((f) => [f.name, ""]), ["p", ""]])),
      },
      say("clear"),
    );
    form.replaceChildren(...made, clear);
    const again = busy && form.elements[busy];
    if (again) again.focus();
  }

  document.querySelectorAll("form.filters").forEach((form) => {
    form.addEventListener("submit", (event) => event.preventDefault());
  });

  /* The different values of a column, as options. */
  const values = (rows, pick, label = (value) => value) =>
    [...new Set(rows.map(pick).filter((value) => value !== null && value !== undefined && value !== ""))]
      .sort((a, b) => String(a).localeCompare(String(b), "zh-CN", { numeric: true }))
      .map((value) => [String(value), label(value)]);

  return { draw, values };
})();
