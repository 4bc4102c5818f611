/* All findings, with filters; a page of them is read in full from the reports that they are in. */
"use strict";

(() => {
  const { element, say, address, figures, filters } = gouji;
  const SIZE = 20;

  function prepared(data) {
    return data.findings.map(([finding_id, document, check, severity, subject, page, acknowledged]) => {
      const [title, district, year] = data.documents[document];
      return { finding_id, document, check, severity, subject, page, title, district, year, standing: acknowledged ? "acknowledged" : "open", family: data.checks[check] ? data.checks[check][2] : "" };
    });
  }

  const FIELDS = ["severity", "district", "year", "family", "check", "standing"];

  async function draw(rows) {
    const ask = location.hash;
    const acknowledged = (of) => of.filter((row) => row.standing === "acknowledged").length;
    filters.draw(document.getElementById("findings-filters"), [
      { name: "severity", label: "severity", options: ["error", "warning", "hint"].map((s) => [s, say(`severity.${s}`)]) },
      { name: "district", label: "field.district", options: filters.values(rows, (row) => row.district) },
      { name: "year", label: "field.year", options: filters.values(rows, (row) => row.year) },
      { name: "family", label: "family", options: filters.values(rows, (row) => row.family, (f) => say(`checks.${f}`)) },
      { name: "check", label: "check", options: filters.values(rows, (row) => row.check, (c) => `${c} ${say(`check.${c}`)}`) },
      ...(acknowledged(rows) ? [{ name: "standing", label: "standing", options: ["open", "acknowledged"].map((s) => [s, say(`standing.${s}`)]) }] : []),
      { name: "q", label: "words", kind: "typed" },
    ]);
    const words = address.get("q").toLowerCase().split(/\s+/).filter(Boolean);
    const shown = rows.filter(
      (row) =>
        FIELDS.every((name) => !address.get(name) || String(row[name]) === address.get(name)) &&
        words.every((word) => `${row.subject || ""} ${row.title} ${say(`check.${row.check}`)}`.toLowerCase().includes(word)),
    );
    const text = say("findings.count", { count: figures.plain(shown.length), all: figures.plain(rows.length) });
    document.getElementById("findings-count").textContent = acknowledged(shown) ? text + say("findings.acknowledged", { count: acknowledged(shown) }) : text;
    const [from, to] = gouji.table.pager(document.getElementById("findings-pager"), shown.length, SIZE);
    const page = shown.slice(from, to);
    const full = await Promise.all(page.map((row) => gouji.shelf.take(`findings/${row.document}`)));
    if (ask !== location.hash) return;
    const cards = page.map((row, i) => gouji.finding.card(row.document, full[i][row.finding_id], about(row)));
    document.getElementById("findings").start = from + 1;
    document.getElementById("findings").replaceChildren(...cards);
  }

  const about = (row) => [
    element("a", { href: address.link(`reports/${row.document}`, { part: "findings" }), lang: "zh-CN" }, row.title),
    ` · ${[row.district, row.year, row.page ? say("page.number", { page: row.page }) : ""].filter(Boolean).join(" · ")}`,
  ];

  gouji.shelf.take("findings").then((data) => {
    const rows = prepared(data);
    gouji.show(() => draw(rows));
  });
})();
