/* The heatmap of districts and years: one number at a time, and behind every cell all numbers with their sources. */
"use strict";

(() => {
  const { element, say, address, figures, filters } = gouji;
  const METRICS = ["rate", "budget", "executed", "errors", "coverage"];
  const MOST = 60;

  const { place, within, budget, budgetKind, scope, reason } = gouji.comparison;
  const VALUE = {
    rate: (row) => figures.number(row.execution_rate),
    budget: (row) => figures.number(budget(row)),
    executed: (row) => figures.number(row.executed_yuan),
    errors: (row) => row.errors,
    coverage: (row) => figures.number(row.coverage),
  };
  const TEXT = {
    rate: (row) => figures.percent(row.execution_rate),
    budget: (row) => figures.about(budget(row)),
    executed: (row) => figures.about(row.executed_yuan),
    errors: (row) => String(row.errors),
    coverage: (row) => figures.percent(row.coverage),
  };

  const placed = (row) => [row.province, row.city, row.district].map((part) => part || "").join("|");
  const reporter = (row) => `${placed(row)}|${row.bureau || ""}`;
  const cellKey = (row) => `${reporter(row)}|${row.fiscal_year}|${row.period_end_month || ""}`;

  /* The metric that most rows can say, unless the address names one. */
  function metricOf(rows) {
    const chosen = address.get("metric");
    if (METRICS.includes(chosen)) return chosen;
    const said = (metric) => rows.filter((row) => VALUE[metric](row) !== null).length;
    return ["rate", "budget", "executed"].reduce((best, metric) => (said(metric) > said(best) ? metric : best), "rate");
  }

  /* A shade from 0 to 5: by tens of percent for rates, by rank for amounts, by number for errors. */
  function shades(rows, metric) {
    const values = rows.map(VALUE[metric]).filter((value) => value !== null);
    const ranked = [...values].sort((a, b) => a - b);
    return (value) => {
      if (value === null) return "none";
      if (metric === "errors") return value === 0 ? "0" : `bad-${Math.min(3, Math.ceil(value / 3))}`;
      if (metric === "rate" && value > 100) return "over";
      if (metric === "rate" || metric === "coverage") return String(Math.max(1, Math.min(5, Math.ceil(value / 20))));
      return String(1 + Math.floor((4 * ranked.indexOf(value)) / Math.max(1, ranked.length - 1)));
    };
  }

  function cell(row, metric, shade) {
    const chosen = address.get("at") === cellKey(row);
    const parts = [element("b", {}, TEXT[metric](row))];
    if (row.period_end_month !== 12) parts.push(element("small", {}, figures.period(row.period_end_month)));
    if (metric === "budget" && budget(row) !== null) parts.push(element("small", {}, say(`measure.${budgetKind(row)}`)));
    return element(
      "button",
      {
        type: "button",
        class: `heat heat-${shade(VALUE[metric](row))}`,
        "aria-pressed": String(chosen),
        "data-key": cellKey(row),
        onclick: () => address.set({ at: chosen ? "" : cellKey(row) }),
      },
      parts,
    );
  }

  function draw(rows) {
    const metric = metricOf(rows);
    const fields = [
      { name: "metric", label: "metric", any: false, otherwise: metric, options: METRICS.map((m) => [m, say(`metric.${m}`)]) },
      { name: "province", label: "field.province", options: filters.values(rows, (row) => row.province), clears: { at: "" } },
      { name: "bureau", label: "field.bureau", options: filters.values(rows, (row) => row.bureau), clears: { at: "" } },
    ];
    filters.draw(document.getElementById("heatmap-filters"), fields);
    const shown = rows.filter((row) => ["province", "bureau"].every((name) => !address.get(name) || row[name] === address.get(name)));
    const years = [...new Set(shown.map((row) => row.fiscal_year))].sort();
    const all = [...new Set(shown.map(reporter))];
    const reporters = all.slice(0, address.get("all") ? all.length : MOST).map((name) => shown.filter((row) => reporter(row) === name));
    const shade = shades(shown, metric);
    const lines = reporters.map((here, i) => {
      const [row] = here;
      const first = !i || placed(reporters[i - 1][0]) !== placed(row);
      const bureaus = reporters.filter(([other]) => placed(other) === placed(row)).length;
      const head = first && element("th", { scope: "rowgroup", rowspan: bureaus, lang: "zh-CN", class: "place" }, element("b", {}, place(row)), element("small", {}, within(row)));
      const bureau = element("th", { scope: "row", lang: "zh-CN" }, row.bureau || say("unstated"));
      return element("tr", {}, head, bureau, years.map((year) => element("td", {}, here.filter((r) => r.fiscal_year === year).map((r) => cell(r, metric, shade)))));
    });
    const unit = metric === "budget" || metric === "executed" ? say("in.wan") : "";
    const table = element(
      "table",
      { class: "heatmap" },
      element("caption", {}, `${say(`metric.${metric}`)}${unit}`, element("span", { class: "more" }, ` ${say("heatmap.hint")}`)),
      element("thead", {}, element("tr", {}, element("th", { scope: "col" }, say("field.district")), element("th", { scope: "col" }, say("field.bureau")), years.map((year) => element("th", { scope: "col" }, String(year))))),
      element("tbody", {}, lines),
    );
    const more = all.length - lines.length;
    const rest = more > 0 && element("p", {}, element("button", { type: "button", class: "quiet", onclick: () => address.set({ all: 1 }) }, say("show.rest", { count: more })));
    const pressed = document.activeElement && document.activeElement.dataset.key;
    document.getElementById("heatmap").replaceChildren(...[rows.length ? table : element("p", {}, say("heatmap.none")), rest].filter(Boolean));
    if (pressed) document.querySelector(`[data-key="${CSS.escape(pressed)}"]`).focus();
    choose(rows.find((row) => cellKey(row) === address.get("at")));
  }

  const AMOUNTS = [
    "initial_budget_yuan",
    "adjusted_budget_yuan",
    "budget_yuan",
    "executed_yuan",
    "basic_expenditure_yuan",
    "project_expenditure_yuan",
    "general_yuan",
    "government_fund_yuan",
  ];
  const OF_PARTS = ["basic_expenditure_yuan", "project_expenditure_yuan", "general_yuan", "government_fund_yuan"];
  const RATES = ["execution_rate", "rank", "change", "budget_change", "coverage"];

  let shownKey = "";

  /* All numbers of one district, bureau, year and period, each amount with where it is printed. */
  async function choose(row) {
    const box = document.getElementById("chosen");
    if (!row) {
      shownKey = "";
      return box.replaceChildren();
    }
    const series = await gouji.shelf.take("series/department_total");
    const full = gouji.shelf.rows(series).find((r) => cellKey(r) === cellKey(row));
    const there = (name) => full[name] !== null && full[name] !== undefined;
    const basis = (name) => (OF_PARTS.includes(name) && full.parts_basis ? say(`basis.${full.parts_basis}`) : "");
    const amounts = AMOUNTS.filter(there).map((name) => [
      element("dt", {}, say(`column.${name}`), basis(name)),
      element(
        "dd",
        {},
        element("b", {}, `${figures.wan(full[name])} ${say("wan")}`),
        element("ul", { class: "plain" }, full.sources[name].map((fact) => gouji.places.line(fact, series.places[fact]))),
      ),
    ]);
    const said = { rank: () => `${full.rank} / ${full.ranked}`, change: () => figures.change(full.change), budget_change: () => figures.change(full.budget_change) };
    const rates = RATES.filter((name) => there(name) || full[`${name}_reason`]).map((name) => [
      element("dt", {}, say(`column.${name}`)),
      element("dd", {}, there(name) ? (said[name] || (() => figures.percent(full[name])))() : element("span", { class: "silent" }, `– ${reason(full[`${name}_reason`])}`)),
    ]);
    const missing = full.amounts_reason ? [element("dt", {}, say("amounts.missing")), element("dd", { class: "silent" }, reason(full.amounts_reason))] : [];
    box.replaceChildren(
      element("h3", { lang: "zh-CN" }, row.issuer || [place(row), row.bureau].filter(Boolean).join(" · ")),
      element("p", { class: "more" }, [row.fiscal_year, figures.period(row.period_end_month), scope(row)].filter(Boolean).join(" · ")),
      element("dl", { class: "facts" }, amounts, rates, missing),
      element(
        "p",
        {},
        full.documents.map((document) => [element("a", { href: address.link(`reports/${document}`) }, say("open.report")), " "]),
        row.errors + row.warnings ? element("a", { href: address.link("findings", { district: place(row), year: row.fiscal_year }) }, say("open.findings", { count: row.errors + row.warnings })) : null,
      ),
    );
    // Under a wide table the panel may be out of sight.
    if (shownKey !== cellKey(row)) box.scrollIntoView({ block: "nearest" });
    shownKey = cellKey(row);
  }

  gouji.shelf.take("overview").then((data) => {
    const rows = gouji.shelf.rows(data);
    gouji.show(() => draw(rows));
  });
})();
