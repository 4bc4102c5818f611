/* One programme, or whole departments, over districts and years: a chart and a table of the same rows. */
"use strict";

(() => {
  const { element, say, address, figures, filters } = gouji;
  const WHOLE = "department_total";
  const METRICS = ["execution", "execution_rate", "share_of_district", "change"];
  const AMOUNTS = ["initial_budget_yuan", "adjusted_budget_yuan", "budget_yuan", "executed_yuan"];

  const named = (row) => row.district || row.city || row.province || say("unstated");
  const budget = (row) => row.adjusted_budget_yuan || row.initial_budget_yuan || row.budget_yuan;
  const changed = (row) => ("change_from_prior_year" in row ? row.change_from_prior_year : row.change);
  const year = (row) => `${row.fiscal_year}${row.period_end_month === 12 ? "" : ` ${figures.period(row.period_end_month)}`}`;
  const title = (entry) => (entry.name === WHOLE ? say("compare.whole") : gouji.language.pick(entry.zh, `${entry.zh} ${entry.en}`));

  function columns(entry) {
    const amount = (name) => ({
      name,
      number: true,
      label: `${say(`column.${name}`)}${say("in.wan")}`,
      value: (row) => figures.number(row[name]),
      show: (row) => gouji.places.number(figures.wan(row[name]), row, name),
    });
    const percent = (name, pick, show = figures.percent) => ({
      name,
      number: true,
      label: say(`column.${name}`),
      value: (row) => figures.number(pick(row)),
      show: (row) => why(row, name, show(pick(row))),
    });
    const worded = (name, kind, value, show = value) => ({ name, kind, label: say(`field.${name}`), lang: "zh-CN", value, show });
    return [
      worded("district", "short", named, (row) => [element("b", {}, named(row)), row.city && row.city !== row.province && row.district ? ` ${row.city}` : ""]),
      worded("bureau", "name", (row) => row.bureau || ""),
      { ...worded("year", "short", (row) => row.fiscal_year * 100 + (row.period_end_month || 0)), show: (row) => [String(row.fiscal_year), " ", row.period_end_month === 12 ? "" : element("span", { class: "tag" }, figures.period(row.period_end_month))] },
      ...AMOUNTS.map(amount),
      percent("execution_rate", (row) => row.execution_rate),
      ...(entry.name === WHOLE
        ? [
            percent("rank", (row) => row.rank, figures.plain),
            percent("change", changed, figures.change),
            percent("budget_change", (row) => row.budget_change, figures.change),
          ]
        : [percent("share_of_district", (row) => row.share_of_district), percent("change", changed, figures.change)]),
      worded("scope", "name", (row) => row.scope || "", (row) => [row.scope || "", row.fund_source && row.fund_source !== "all" ? ` ${say(`measure.${row.fund_source}`)}` : ""]),
      { name: "sources", label: say("sources"), show: (row) => sources(row) },
    ];
  }

  /* A number that is missing says why, where the mart does. */
  function why(row, name, text) {
    const reason = row[`${name}_reason`] || (name === "change" && row.change_reason);
    return text === "–" && reason ? element("span", { class: "why", title: reason }, text, element("span", { class: "heard" }, reason)) : text;
  }

  function sources(row) {
    if (!row.facts.length) return row.documents.map((d) => element("a", { href: address.link(`reports/${d}`) }, say("report")));
    return element(
      "details",
      { class: "sources" },
      element("summary", {}, say("sources.count", { count: row.facts.length })),
      element("ul", { class: "plain" }, row.facts.map((fact) => gouji.places.line(fact, row.places[fact]))),
    );
  }

  const VALUES = {
    execution_rate: (row) => figures.number(row.execution_rate),
    share_of_district: (row) => figures.number(row.share_of_district),
    change: (row) => figures.number(changed(row)),
  };
  const inWan = (yuan) => (yuan === null ? null : Math.round(yuan / 100) / 100);
  const percentText = (value) => `${value.toLocaleString("en-US")}%`;
  const wanText = (value) => value.toLocaleString("en-US", { maximumFractionDigits: 2 });

  function drawChart(rows, metric, overYears) {
    const box = document.getElementById("chart");
    box.hidden = !rows.length;
    if (!rows.length) return;
    const first = rows.slice(0, gouji.chart.MOST);
    const description = say("chart.description", { name: document.getElementById("series-name").textContent });
    if (overYears) {
      const labels = [...new Set(rows.map((row) => row.fiscal_year))].sort();
      const pick = metric === "execution" ? (row) => inWan(figures.number(row.executed_yuan || budget(row))) : VALUES[metric];
      const byPlace = new Map();
      for (const row of rows) {
        const part = row.period_end_month === 12 ? "" : figures.period(row.period_end_month);
        const key = [named(row), row.bureau, part].filter(Boolean).join(" ");
        if (!byPlace.has(key)) byPlace.set(key, labels.map(() => null));
        byPlace.get(key)[labels.indexOf(row.fiscal_year)] = pick(row);
      }
      const lines = [...byPlace].slice(0, 12).map(([name, values]) => ({ name, values }));
      return gouji.chart.draw(box, gouji.chart.years(labels.map(String), lines, metric === "execution" ? wanText : percentText), 9, description);
    }
    const bureaus = new Set(rows.map((row) => row.bureau));
    const labels = first.map((row) => [named(row), bureaus.size > 1 ? row.bureau : "", year(row)].filter(Boolean).join(" "));
    if (metric === "execution") {
      const lines = [
        { name: say("metric.budget") + say("in.wan"), values: first.map((row) => inWan(figures.number(budget(row)))) },
        { name: say("metric.executed") + say("in.wan"), values: first.map((row) => inWan(figures.number(row.executed_yuan))) },
      ];
      return gouji.chart.draw(box, gouji.chart.bars(box, labels, lines, wanText), first.length, description);
    }
    const lines = [{ name: say(`column.${metric}`), values: first.map(VALUES[metric]) }];
    return gouji.chart.draw(box, gouji.chart.bars(box, labels, lines, percentText), first.length, description);
  }

  async function draw(list) {
    const name = address.get("programme") || WHOLE;
    const entry = list.find((e) => e.name === name) || list[0];
    const series = await gouji.shelf.take(`series/${entry.name}`);
    if ((address.get("programme") || WHOLE) !== name) return;
    const rows = gouji.shelf.rows(series).map((row) => ({ ...row, places: series.places }));
    const periods = filters.values(rows, (row) => row.period_end_month, (month) => figures.period(month));
    filters.draw(document.getElementById("compare-filters"), [
      { name: "programme", label: "programme", any: false, otherwise: WHOLE, clears: { sort: "", period: "", bureau: "", province: "", year: "" }, options: list.map((e) => [e.name, `${title(e)}（${e.rows}）`]) },
      { name: "metric", label: "chart", any: false, otherwise: METRICS[0], options: METRICS.filter((m) => m !== "share_of_district" || entry.name !== WHOLE).map((m) => [m, say(`metric.${m}`)]) },
      { name: "view", label: "view", any: false, otherwise: "bars", options: [["bars", say("view.bars")], ["years", say("view.years")]] },
      { name: "period", label: "field.period", options: periods },
      { name: "year", label: "field.year", options: filters.values(rows, (row) => row.fiscal_year) },
      { name: "province", label: "field.province", options: filters.values(rows, (row) => row.province) },
      { name: "bureau", label: "field.bureau", options: filters.values(rows, (row) => row.bureau) },
    ]);
    const wanted = { period: "period_end_month", year: "fiscal_year", province: "province", bureau: "bureau" };
    const shown = rows.filter((row) => Object.entries(wanted).every(([key, column]) => !address.get(key) || String(row[column]) === address.get(key)));
    const there = columns(entry).filter((column) => column.name === "sources" || !column.value || shown.some((row) => ![null, ""].includes(column.value(row))));
    const ordered = gouji.table.sorted(shown, there, "-executed_yuan");
    document.getElementById("series-name").textContent = title(entry);
    const years = new Set(shown.map((row) => row.fiscal_year));
    const places = new Set(shown.map((row) => `${row.city} ${named(row)}`));
    const overYears = address.get("view") === "years";
    document.getElementById("series-note").textContent = [
      say("compare.counts", { rows: shown.length, districts: places.size, years: years.size }),
      overYears || shown.length <= gouji.chart.MOST ? "" : say("chart.first", { count: gouji.chart.MOST }),
    ].join(" ");
    const metric = METRICS.includes(address.get("metric")) ? address.get("metric") : METRICS[0];
    drawChart(ordered, metric, overYears);
    document.getElementById("series").replaceChildren(gouji.table.draw(there, shown, "-executed_yuan"));
    document.getElementById("download").onclick = () => download(entry, series, ordered);
  }

  /* The rows shown, under the columns of the mart and in yuan, so that nothing is rounded on the way. */
  function download(entry, series, rows) {
    const names = series.columns.filter((name) => !["sources", "places", "documents"].includes(name));
    gouji.table.download(
      `${entry.name}.csv`,
      names,
      rows.map((row) => names.map((name) => (Array.isArray(row[name]) ? row[name].join(" ") : row[name]))),
    );
  }

  gouji.shelf.take("series").then((list) => gouji.show(() => draw(list)));
})();
