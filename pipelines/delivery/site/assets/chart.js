/* The chart of a comparison: bars a row in the order of the table, or a line a district over the years. */
"use strict";

gouji.chart = (() => {
  const MOST = 25;
  const ROW = 34;
  const PAPER = 680; // pixels of the printed width
  const KINDS = { adjusted_budget: "#0b5c6b", initial_budget: "#5fa8b2", budget: "#8a979c", executed: "#c0661a" };
  const INKS = ["#0b5c6b", "#b5651d", "#5b7f3a", "#8a4f7d", "#3b5a8a", "#a33b3b", "#6b6f1f", "#4a4f55"];
  let chart = null;

  const text = { fontFamily: "inherit", color: "#1d2428", fontSize: 12 };
  const grid = { left: 8, right: 24, top: 40, bottom: 8, containLabel: true };

  /* `lines` are {name, kind, stack, values}: one bar each at every label; those of one stack share its place. */
  function bars(box, labels, lines, format) {
    const width = Math.min(260, box.clientWidth * 0.38);
    return {
      grid,
      xAxis: { type: "value", axisLabel: { formatter: format, hideOverlap: true }, splitLine: { lineStyle: { color: "#e6e9e8" } } },
      yAxis: { type: "category", inverse: true, data: labels, axisTick: { show: false }, axisLabel: { ...text, width, overflow: "break", lineHeight: 14 } },
      series: lines.map((line) => ({ type: "bar", name: line.name, stack: line.stack, itemStyle: { color: KINDS[line.kind] }, data: line.values, barMaxWidth: 14, barGap: "15%" })),
      tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, valueFormatter: (value) => (value === null || value === undefined ? "–" : format(value)) },
    };
  }

  /* `lines` are {name, kind, values}: one point a year, null where there is none; budgets are dashed. */
  function years(labels, lines, format) {
    return {
      grid,
      xAxis: { type: "category", data: labels, axisTick: { alignWithLabel: true } },
      yAxis: { type: "value", axisLabel: { formatter: format }, splitLine: { lineStyle: { color: "#e6e9e8" } } },
      series: lines.map((line) => ({ type: "line", name: line.name, data: line.values, symbolSize: 8, connectNulls: false, lineStyle: { type: line.kind === "budget" ? "dashed" : "solid" } })),
      tooltip: { trigger: "item", valueFormatter: (value) => (value === null || value === undefined ? "–" : format(value)) },
    };
  }

  function draw(box, option, rows, description) {
    const height = Math.max(180, 60 + rows * ROW);
    box.style.height = `${height}px`;
    if (chart) chart.dispose();
    chart = echarts.init(box, null, { renderer: "svg", height });
    chart.setOption({
      ...option,
      textStyle: { ...text, fontFamily: getComputedStyle(document.body).fontFamily },
      color: INKS,
      legend: { top: 4, left: 0, type: "scroll", show: option.series.length > 1 },
      animation: false,
      aria: { enabled: true, label: { description } },
    });
  }

  /* At once, not with the next frame: the paper does not wait. */
  function fit(width) {
    if (!chart) return;
    chart.resize({ width });
    chart.getZr().flush();
  }

  window.addEventListener("resize", () => chart && chart.resize());
  window.addEventListener("beforeprint", () => fit(PAPER));
  window.addEventListener("afterprint", () => fit("auto"));

  return { bars, years, draw, MOST };
})();
