/* Tables that sort by their headings, pages of long lists, and lists as CSV. */
"use strict";

gouji.table = (() => {
  const { element, say } = gouji;
  let pressed = "";

  const order = (a, b) => (typeof a === "string" ? a.localeCompare(b, "zh-CN") : a - b);

  /* Rows in the order that the address names (`sort=rate` or `sort=-rate`); what is missing comes last. */
  function sorted(rows, columns, otherwise) {
    const name = gouji.address.get("sort") || otherwise;
    const column = columns.find((c) => c.name === name.replace(/^-/, ""));
    if (!column) return rows;
    const way = name.startsWith("-") ? -1 : 1;
    return [...rows].sort((a, b) => {
      const [x, y] = [column.value(a), column.value(b)];
      if (x === null || y === null) return (x === null) - (y === null);
      return way * order(x, y);
    });
  }

  /* Columns are {name, label, number, kind (short, name or title), lang, value(row) to sort by, show(row)}; `mark`
     gives the class of a row. */
  function table(columns, rows, otherwise = "", mark = () => null) {
    const name = gouji.address.get("sort") || otherwise;
    const head = columns.map((column) => {
      const here = name.replace(/^-/, "") === column.name;
      const down = here && name.startsWith("-");
      const first = column.number ? `-${column.name}` : column.name;
      const next = here ? (down ? column.name : `-${column.name}`) : first;
      return element(
        "th",
        {
          scope: "col",
          class: column.number ? "number" : null,
          "aria-sort": here ? (down ? "descending" : "ascending") : "none",
        },
        column.value
          ? element("button", { type: "button", "data-sort": column.name, onclick: () => resort(next, column.name) }, column.label)
          : column.label,
      );
    });
    refocus(head);
    const body = sorted(rows, columns, otherwise).map((row) =>
      element(
        "tr",
        { class: mark(row) },
        columns.map((column, i) =>
          element(
            i === 0 ? "th" : "td",
            { scope: i === 0 ? "row" : null, class: column.number ? "number" : column.kind, lang: column.lang },
            column.show(row),
          ),
        ),
      ),
    );
    return element("table", { class: "list" }, element("thead", {}, element("tr", {}, head)), element("tbody", {}, body));
  }

  function resort(next, name) {
    pressed = name;
    gouji.address.set({ sort: next }, { quietly: true });
  }

  /* The page is drawn again, so the focus goes back to the heading that was pressed, once it stands in the page. */
  function refocus(head) {
    const button = pressed && head.map((th) => th.querySelector(`[data-sort="${pressed}"]`)).find(Boolean);
    if (!button) return;
    pressed = "";
    queueMicrotask(() => button.focus());
  }

  /* Buttons to the pages of a long list; the page shown is in the address as `p`, from 1. */
  function pager(nav, count, size) {
    const pages = Math.max(1, Math.ceil(count / size));
    const page = Math.min(pages, Math.max(1, Number(gouji.address.get("p")) || 1));
    const turn = (to, key) =>
      element("button", { type: "button", class: "quiet", disabled: to < 1 || to > pages, onclick: () => gouji.address.set({ p: to }) }, say(key));
    nav.hidden = pages === 1;
    nav.setAttribute("aria-label", say("pager"));
    nav.replaceChildren(turn(page - 1, "page.before"), element("span", {}, ` ${page} / ${pages} `), turn(page + 1, "page.after"));
    return [(page - 1) * size, page * size];
  }

  /* Text that a spreadsheet would take for a formula is kept text. */
  const field = (value) => {
    const text = value === null || value === undefined ? "" : String(value);
    const safe = typeof value === "string" && /^[=+@\t\r]|^-(?!\d)/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  };

  /* Hands the rows over as a file; the mark at its beginning tells Excel that it is UTF-8. */
  function download(file, heads, rows) {
    const text = `\ufeff${[heads, ...rows].map((row) => row.map(field).join(",")).join("\r\n")}\r\n`;
    const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    const link = element("a", { href: url, download: file });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }

  return { draw: table, sorted, pager, download };
})();
