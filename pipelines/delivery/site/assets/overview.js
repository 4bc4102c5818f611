/* The heatmap of districts and years: one number at a time, and behind every cell all numbers with their sources. */
"use strict";

(() => {
  const { element, say, address, figures, filters } = gouji;
  const METRICS = ["rate", "budget", "executed", "errors", "coverage"];
  const MOST = 60;

  const budget = (row) => row.adjusted_budget_yuan || row.initial_budget_yuan || row.budget_yuan;
  const budgetKind = (row) =>
    row.adjusted_budget_yuan ? "adjusted_budget" : row.initial_budget_yuan ? "initial_budget" : "budget";
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

  const placed = (row) => [row.province, row.city, row.district, row.bureau].map((part) => part || "").join("|");
  const named = (row) => row.district || row.city || row.province || say("unstated");
  const cellKey = (row) => `${placed(row)}|${row.fiscal_year}|${row.period_end_month || ""}`;

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
    if (metric === "budget" && budget(row)) parts.push(element("small", {}, say(`measure.${budgetKind(row)}`)));
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
    const places = [...new Set(shown.map(placed))];
    const shade = shades(shown, metric);
    const lines = places.slice(0, address.get("all") ? places.length : MOST).map((place) => {
      const here = shown.filter((row) => placed(row) === place);
      const [row] = here;
      const head = element(
        "th",
        { scope: "row", lang: "zh-CN" },
        element("b", {}, named(row)),
        element("small", {}, [row.district && row.city !== row.province ? row.city : null, row.bureau].filter(Boolean).join(" · ")),
      );
      return element("tr", {}, head, years.map((year) => element("td", {}, here.filter((r) => r.fiscal_year === year).map((r) => cell(r, metric, shade)))));
    });
    const unit = metric === "budget" || metric === "executed" ? say("in.wan") : "";
    const table = element(
      "table",
      { class: "heatmap" },
      element("caption", {}, `${say(`metric.${metric}`)}${unit}`, element("span", { class: "more" }, ` ${say("heatmap.hint")}`)),
      element("thead", {}, element("tr", {}, element("th", { scope: "col" }, say("field.district")), years.map((year) => element("th", { scope: "col" }, String(year))))),
      element("tbody", {}, lines),
    );
    const more = places.length - lines.length;
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
  const RATES = ["execution_rate", "change", "budget_change", "coverage"];

  /* All numbers of one district, bureau, year and period, each amount with where it is printed. */
  async function choose(row) {
    const box = document.getElementById("chosen");
    if (!row) return box.replaceChildren();
    const series = await gouji.shelf.take("series/department_total");
    const full = gouji.shelf.rows(series).find((r) => cellKey(r) === cellKey(row));
    const amounts = AMOUNTS.filter((name) => full[name] !== null && full[name] !== undefined).map((name) => [
      element("dt", {}, say(`column.${name}`)),
      element(
        "dd",
        {},
        element("b", {}, `${figures.wan(full[name])} ${say("wan")}`),
        element("ul", { class: "plain" }, full.sources[name].map((fact) => gouji.places.line(fact, series.places[fact]))),
      ),
    ]);
    const rates = RATES.filter((name) => full[name] !== null && full[name] !== undefined).map((name) => [
      element("dt", {}, say(`column.${name}`)),
      element("dd", {}, name.endsWith("change") ? figures.change(full[name]) : figures.percent(full[name])),
    ]);
    box.replaceChildren(
      element("h3", { lang: "zh-CN" }, `${[named(row), row.bureau].filter(Boolean).join(" · ")} · ${row.fiscal_year} · ${figures.period(row.period_end_month)}`),
      element("dl", { class: "facts" }, amounts, rates),
      element(
        "p",
        {},
        full.documents.map((document) => [element("a", { href: address.link(`reports/${document}`) }, say("open.report")), " "]),
        row.errors + row.warnings ? element("a", { href: address.link("findings", { district: named(row), year: row.fiscal_year }) }, say("open.findings", { count: row.errors + row.warnings })) : null,
      ),
    );
  }

  gouji.shelf.take("overview").then((data) => {
    const rows = gouji.shelf.rows(data);
    gouji.show(() => draw(rows));
  });
})();
