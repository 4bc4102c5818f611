/* The list of reports. */
"use strict";

(() => {
  const { element, say, address, figures, filters } = gouji;
  const SIZE = 100;
  const place = (row) => row.district || row.city || row.province;

  const columns = () => [
    {
      name: "title",
      label: say("report"),
      kind: "title",
      lang: "zh-CN",
      value: (row) => row.title || row.file,
      show: (row) => [element("a", { href: address.link(`reports/${row.document_id}`) }, row.title || row.file), element("small", {}, row.file)],
    },
    { name: "district", kind: "short", label: say("field.district"), lang: "zh-CN", value: (row) => place(row), show: (row) => place(row) || element("span", { class: "silent" }, say("unstated")) },
    { name: "bureau", kind: "name", label: say("field.bureau"), lang: "zh-CN", value: (row) => row.bureau || "", show: (row) => row.bureau || "–" },
    {
      name: "year",
      kind: "short",
      label: say("field.fiscal_year"),
      value: (row) => row.fiscal_year,
      show: (row) => [row.fiscal_year ? String(row.fiscal_year) : "–", row.period_end_month && row.period_end_month !== 12 ? element("span", { class: "tag" }, figures.period(row.period_end_month)) : ""],
    },
    { name: "family", kind: "name", label: say("field.family"), value: (row) => row.family, show: (row) => (row.family ? say(`family.${row.family}`) : "–") },
    {
      name: "status",
      label: say("status"),
      value: (row) => row.status,
      show: (row) => element("span", { class: `tag is-${row.status}`, title: row.status_reason }, say(`status.${row.status}`)),
    },
    { name: "facts", label: say("figures"), number: true, value: (row) => row.facts, show: (row) => figures.plain(row.facts) },
    { name: "checks", label: say("report.checks"), number: true, value: (row) => row.checks_evaluated, show: (row) => String(row.checks_evaluated) },
    {
      name: "findings",
      label: say("report.findings"),
      number: true,
      value: (row) => row.errors * 10000 + row.warnings * 100 + row.hints,
      show: (row) =>
        [["error", row.errors], ["warning", row.warnings], ["hint", row.hints]]
          .filter(([, count]) => count)
          .map(([severity, count]) => [element("span", { class: `badge is-${severity}` }, `${say(`severity.${severity}`)} ${count}`), " "]),
    },
  ];

  const FIELDS = { district: place, bureau: (row) => row.bureau, year: (row) => row.fiscal_year, family: (row) => row.family, status: (row) => row.status };

  function draw(rows) {
    filters.draw(document.getElementById("reports-filters"), [
      { name: "q", label: "words", kind: "typed" },
      { name: "district", label: "field.district", options: filters.values(rows, place) },
      { name: "bureau", label: "field.bureau", options: filters.values(rows, FIELDS.bureau) },
      { name: "year", label: "field.year", options: filters.values(rows, FIELDS.year) },
      { name: "family", label: "field.family", options: filters.values(rows, FIELDS.family, (f) => say(`family.${f}`)) },
      { name: "status", label: "status", options: filters.values(rows, FIELDS.status, (s) => say(`status.${s}`)) },
    ]);
    const words = address.get("q").toLowerCase().split(/\s+/).filter(Boolean);
    const shown = rows.filter((row) => {
      const text = [row.title, row.file, row.issuer, row.district, row.city, row.province].join(" ").toLowerCase();
      return words.every((word) => text.includes(word)) && Object.entries(FIELDS).every(([name, pick]) => !address.get(name) || String(pick(row)) === address.get(name));
    });
    document.getElementById("reports-count").textContent = say("reports.count", { count: shown.length, all: rows.length });
    const nav = document.getElementById("reports-pager");
    const [from, to] = gouji.table.pager(nav, shown.length, SIZE);
    const ordered = gouji.table.sorted(shown, columns(), "");
    document.getElementById("reports").replaceChildren(gouji.table.draw(columns(), ordered.slice(from, to)));
  }

  gouji.shelf.take("reports").then((data) => {
    const rows = gouji.shelf.rows(data);
    gouji.show(() => draw(rows));
  });
})();
