/* The checks: opening one shows its account of every report, or why it has none. */
"use strict";

(() => {
  const { element, say, address } = gouji;
  const COLUMNS = ["document", "passed", "rounding", "failed", "not_applicable", "insufficient_data", "parse_doubt", "reason"];
  const VERDICTS = { passed: "pass", rounding: "rounding", failed: "fail", not_applicable: "not_applicable", insufficient_data: "insufficient_data", parse_doubt: "parse_doubt" };

  async function fill(part) {
    const check = part.dataset.check;
    const [ledger, data] = await Promise.all([gouji.shelf.take(`ledger/${check}`), gouji.shelf.take("reports")]);
    const reports = new Map(gouji.shelf.rows(data).map((row) => [row.document_id, row]));
    const rows = gouji.shelf.rows({ columns: COLUMNS, rows: ledger });
    const judged = (row) => row.passed + row.rounding + row.failed > 0;
    const title = (row) => reports.get(row.document).title || reports.get(row.document).file;
    const about = ({ district, city, province, fiscal_year: year }) => [district || city || province, year].filter(Boolean).join(" ");
    const columns = [
      { name: "report", kind: "title", label: say("report"), lang: "zh-CN", value: title, show: (row) => [element("a", { href: address.link(`reports/${row.document}`, { part: "ledger" }) }, title(row)), element("small", {}, about(reports.get(row.document)))] },
      ...Object.entries(VERDICTS).map(([name, verdict]) => ({ name, number: true, label: say(`verdict.${verdict}`), value: (row) => row[name], show: (row) => (row[name] ? String(row[name]) : "–") })),
      { name: "reason", kind: "name", label: say("reason"), value: (row) => row.reason || "", show: (row) => (row.reason ? say(`reason.${row.reason}`) : "") },
    ];
    part.querySelector("[data-ledger]").replaceChildren(gouji.table.draw(columns, rows, "-failed", (row) => (row.failed ? "is-failing" : judged(row) ? null : "is-silent")));
  }

  const parts = [...document.querySelectorAll("details.check")];
  for (const part of parts) {
    part.addEventListener("toggle", () => {
      if (!part.open) return;
      fill(part);
      address.set({ check: part.dataset.check }, { quietly: true });
    });
  }

  let shown = "";
  gouji.show(() => {
    const named = document.getElementById(`check-${address.get("check")}`);
    if (named && shown !== named.id) {
      shown = named.id;
      named.open = true;
      named.scrollIntoView();
      named.querySelector("summary").focus({ preventScroll: true });
    }
    parts.filter((part) => part.open).forEach(fill);
  });
})();
