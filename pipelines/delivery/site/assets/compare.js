/* One programme, or whole departments, over districts and years: a chart and a table of the same rows. */
"use strict";

(() => {
  const { element, say, address, figures, filters } = gouji;
  const WHOLE = "department_total";
  const METRICS = ["execution", "execution_rate", "share_of_district", "change"];
  const AMOUNTS = ["initial_budget_yuan", "adjusted_budget_yuan", "budget_yuan", "executed_yuan"];
  const { place, within, period, scope, fund, budget, budgetKind, isApart } = gouji.comparison;
  const MOST_LINES = 12;

  const changed = (row) => ("change_from_prior_year" in row ? row.change_from_prior_year : row.change);
  const title = (entry) => (entry.name === WHOLE ? say("compare.whole") : gouji.language.pick(entry.zh, `${entry.zh} ${entry.en}`));

  function columns(entry, notes) {
    const amount = (name) => ({
      name,
      number: true,
      label: say(`column.${name}`),
      value: (row) => figures.number(row[name]),
      show: (row) => gouji.places.number(figures.about(row[name]), row, name),
    });
    const percent = (name, pick, reason, show = figures.percent) => ({
      name,
      number: true,
      label: say(`column.${name}`),
      value: (row) => figures.number(pick(row)),
      show: (row) => notes.mark(show(pick(row)), row[reason]),
    });
    const worded = (name, kind, value, show = value) => ({ name, kind, label: say(`field.${name}`), lang: "zh-CN", value, show });
    const change = percent("change", changed, "change_reason", figures.change);
    const budgetChange = percent("budget_change", (row) => row.budget_change, "budget_change_reason", figures.change);
    const rank = (row) => (row.rank === null ? "–" : `${row.rank} / ${row.ranked}`);
    return [
      worded("district", "short", place, (row) => [element("b", {}, place(row)), within(row) ? [" ", element("small", {}, within(row))] : ""]),
      worded("bureau", "name", (row) => row.bureau || ""),
      { ...worded("year", "short", (row) => row.fiscal_year * 100 + (row.period_end_month || 0)), show: (row) => [String(row.fiscal_year), " ", row.period_end_month === 12 ? "" : element("span", { class: "tag" }, figures.period(row.period_end_month))] },
      ...AMOUNTS.map(amount),
      percent("execution_rate", (row) => row.execution_rate, "execution_rate_reason"),
      ...(entry.name === WHOLE
        ? [{ ...percent("rank", (row) => row.rank, "rank_reason"), show: (row) => notes.mark(rank(row), row.rank_reason) }, change, budgetChange]
        : [percent("share_of_district", (row) => row.share_of_district, "share_reason"), change, budgetChange]),
      { ...worded("scope", "scope", (row) => scope(row), (row) => [scope(row), fund(row) ? element("small", {}, fund(row)) : ""]), lang: null },
      { name: "sources", label: say("sources"), show: (row) => sources(row) },
    ];
  }

  function sources(row) {
    if (!row.facts.length) return row.documents.map((d) => element("a", { href: address.link(`reports/${d}`) }, say("report")));
    return element(
      "details",
      { class: "sources" },
      element("summary", {}, say("sources.count", { count: row.facts.length })),
      element("ul", { class: "plain" }, row.facts.map((fact) => gouji.places.line(fact, row.places[fact]))),
      row.included_in ? element("p", { class: "aside" }, say("compare.included", { programme: row.wider })) : null,
      row.amounts_reason ? element("p", { class: "aside" }, gouji.comparison.reason(row.amounts_reason)) : null,
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

  const budgetName = (kind) => say(`column.${kind}_yuan`);

  /* What a row is called in the chart, with all that tells it from the other rows. */
  function caller(rows) {
    const differs = (pick) => new Set(rows.map(pick)).size > 1;
    const [bureaus, scopes, funds] = [differs((row) => row.bureau), differs(scope), differs(fund)];
    const namesakes = new Set(rows.map((row) => `${within(row)} ${place(row)}`)).size > new Set(rows.map(place)).size;
    return (row) => [namesakes && within(row), place(row), bureaus && row.bureau, scopes && scope(row), funds && fund(row)].filter(Boolean).join(" ");
  }

  /* Bars of budgets and what was executed. They stand in pairs where the mart draws a rate from them; where they are
     stated apart, each has a line of its own. */
  function executionBars(box, rows, name) {
    const lines = rows.flatMap((row) =>
      isApart(row)
        ? [
            { row, label: `※ ${name(row)} ${budgetName(budgetKind(row))}`, budget: true },
            { row, label: `※ ${name(row)} ${say("column.executed_yuan")}`, executed: true },
          ]
        : [{ row, label: name(row), budget: true, executed: true }],
    );
    const kinds = gouji.comparison.BUDGETS.filter((kind) => rows.some((row) => budgetKind(row) === kind));
    const bars = [
      ...kinds.map((kind) => ({ name: budgetName(kind), stack: "budget", kind, values: lines.map(({ row, budget: shown }) => (shown && budgetKind(row) === kind ? inWan(figures.number(budget(row))) : null)) })),
      { name: say("column.executed_yuan"), stack: "executed", kind: "executed", values: lines.map(({ row, executed }) => (executed ? inWan(figures.number(row.executed_yuan)) : null)) },
    ];
    return [gouji.chart.bars(box, lines.map((line) => line.label), bars, wanText), lines.length];
  }

  /* Lines over the years, those of most years first: one a row's name and figure, so that an initial budget and an
     adjusted one never make a line. */
  function overYearsOf(rows, metric, name) {
    const years = rows.map((row) => row.fiscal_year);
    const first = Math.min(...years);
    const labels = Array.from({ length: Math.max(...years) - first + 1 }, (_, i) => first + i);
    const lines = new Map();
    const put = (key, row, kind, value) => {
      if (value === null) return;
      if (!lines.has(key)) lines.set(key, { name: key, kind, values: labels.map(() => null) });
      lines.get(key).values[labels.indexOf(row.fiscal_year)] = value;
    };
    for (const row of rows) {
      const key = [name(row), row.period_end_month === 12 ? "" : figures.period(row.period_end_month)].filter(Boolean).join(" ");
      if (metric !== "execution") put(key, row, metric, VALUES[metric](row));
      else {
        put(`${key} ${say("column.executed_yuan")}`, row, "executed", inWan(figures.number(row.executed_yuan)));
        if (budgetKind(row)) put(`${key} ${budgetName(budgetKind(row))}`, row, "budget", inWan(figures.number(budget(row))));
      }
    }
    const points = (line) => line.values.filter((value) => value !== null).length;
    const longest = [...lines.values()].sort((a, b) => points(b) - points(a));
    return [labels.map(String), longest.slice(0, MOST_LINES), lines.size];
  }

  /* Draws the chart; returns what is to be said of it below. */
  function drawChart(rows, metric, overYears) {
    const box = document.getElementById("chart");
    box.hidden = !rows.length;
    if (!rows.length) return [];
    const name = caller(rows);
    const description = say("chart.description", { name: document.getElementById("series-name").textContent });
    if (overYears) {
      const [labels, lines, all] = overYearsOf(rows, metric, name);
      gouji.chart.draw(box, gouji.chart.years(labels, lines, metric === "execution" ? wanText : percentText), 9, description);
      return all > lines.length ? [say("chart.first_lines", { count: lines.length, all })] : [];
    }
    const first = rows.slice(0, gouji.chart.MOST);
    const said = rows.length > first.length ? [say("chart.first", { count: first.length })] : [];
    const dated = (row) => `${name(row)} ${period(row)}`;
    if (metric === "execution") {
      const [option, lines] = executionBars(box, first, dated);
      gouji.chart.draw(box, option, lines, description);
      const apart = first.filter(isApart).map((row) => say("chart.apart", { row: dated(row), reason: gouji.comparison.reason(row.execution_rate_reason) }));
      return [...said, ...apart];
    }
    const lines = [{ name: say(`column.${metric}`), kind: metric, values: first.map(VALUES[metric]) }];
    gouji.chart.draw(box, gouji.chart.bars(box, first.map(dated), lines, percentText), first.length, description);
    return said;
  }

  async function draw(list) {
    const name = address.get("programme") || WHOLE;
    const entry = list.find((e) => e.name === name) || list[0];
    const series = await gouji.shelf.take(`series/${entry.name}`);
    if ((address.get("programme") || WHOLE) !== name) return;
    const wider = (row) => (list.find((e) => e.name === row.included_in) || {}).zh || row.included_in;
    const rows = gouji.shelf.rows(series).map((row) => ({ ...row, places: series.places, wider: wider(row) }));
    const periods = filters.values(rows, (row) => row.period_end_month, (month) => figures.period(month));
    const choices = {
      period: [(row) => row.period_end_month, periods],
      year: [(row) => row.fiscal_year],
      province: [(row) => row.province],
      bureau: [(row) => row.bureau],
      scope: [(row) => row.scope, filters.values(rows, (row) => row.scope, (s) => say(`scope.${s}`))],
      fund: [(row) => row.fund_source, filters.values(rows, (row) => row.fund_source, (f) => say(`measure.${f}`))],
    };
    // A choice among one is none.
    const narrowing = Object.entries(choices)
      .map(([key, [pick, options]]) => ({ name: key, label: `field.${key}`, pick, options: options || filters.values(rows, pick) }))
      .filter((field) => field.options.length > 1 || address.get(field.name));
    filters.draw(document.getElementById("compare-filters"), [
      { name: "programme", label: "programme", any: false, otherwise: WHOLE, clears: { sort: "", ...Object.fromEntries(Object.keys(choices).map((key) => [key, ""])) }, options: list.map((e) => [e.name, gouji.language.pick(`${title(e)}（${e.rows}）`, `${title(e)} (${e.rows})`)]) },
      { name: "metric", label: "chart", any: false, otherwise: METRICS[0], options: METRICS.filter((m) => m !== "share_of_district" || entry.name !== WHOLE).map((m) => [m, say(`metric.${m}`)]) },
      { name: "view", label: "view", any: false, otherwise: "bars", options: [["bars", say("view.bars")], ["years", say("view.years")]] },
      ...narrowing,
    ]);
    const shown = rows.filter((row) => narrowing.every((field) => !address.get(field.name) || String(field.pick(row)) === address.get(field.name)));
    const notes = gouji.comparison.notes("note");
    const all = columns(entry, notes);
    const there = all.filter((column) => column.name === "sources" || !column.value || shown.some((row) => ![null, ""].includes(column.value(row))));
    const ordered = gouji.table.sorted(shown, there, "-executed_yuan");
    document.getElementById("series-name").textContent = title(entry);
    const years = new Set(shown.map((row) => row.fiscal_year));
    const places = new Set(shown.map((row) => `${row.city} ${place(row)}`));
    document.getElementById("series-note").textContent = say("compare.counts", { rows: shown.length, districts: places.size, years: years.size }) + say("compare.unit");
    const metric = METRICS.includes(address.get("metric")) && (address.get("metric") !== "share_of_district" || entry.name !== WHOLE) ? address.get("metric") : METRICS[0];
    const said = drawChart(ordered, metric, address.get("view") === "years");
    document.getElementById("chart-note").replaceChildren(...said.map((text) => element("p", { class: "aside" }, text)));
    document.getElementById("series").replaceChildren(gouji.table.draw(there, shown, "-executed_yuan"));
    document.getElementById("series-reasons").replaceChildren(notes.list());
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
