/* The rows of the comparisons: what a row is called, which budget it states, and whether that budget and what was
   executed may stand side by side. */
"use strict";

gouji.comparison = (() => {
  const { element, say, figures } = gouji;
  const BUDGETS = ["adjusted_budget", "initial_budget", "budget"];

  const place = (row) => row.district || row.city || row.province || say("unstated");
  /* The larger place that a place lies in; none for a province. */
  const within = (row) => (row.district ? row.city || row.province : row.city && row.city !== row.province ? row.province : "") || "";
  const period = (row) => `${row.fiscal_year}${row.period_end_month === 12 ? "" : ` ${figures.period(row.period_end_month)}`}`;
  const scope = (row) => (row.scope ? say(`scope.${row.scope}`) : "");
  const fund = (row) => (row.fund_source && row.fund_source !== "all" ? say(`measure.${row.fund_source}`) : "");

  const budgetKind = (row) => BUDGETS.find((kind) => row[`${kind}_yuan`] !== null) || null;
  const budget = (row) => (budgetKind(row) ? row[`${budgetKind(row)}_yuan`] : null);
  /* Both are stated, but apart: the mart draws no rate from them, since they may cover different funds or units. */
  const isApart = (row) => budget(row) !== null && row.executed_yuan !== null && row.execution_rate === null && Number(budget(row)) !== 0;

  /* A reason of the warehouse in the language shown: `中文 / English`, several of them with ； between. */
  const reason = (text) =>
    (text || "")
      .split("；")
      .map((part) => part.split(" / "))
      .map(([zh, en]) => gouji.language.pick(zh, en))
      .join(gouji.language.pick("；", "; "));

  /* Notes under a table: a dash carries the letter of the reason for it, each reason is told once. */
  function notes(name) {
    const told = [];
    function mark(text, why) {
      if (text !== "–" || !why) return text;
      const said = reason(why);
      if (!told.includes(said)) told.push(said);
      const letter = String.fromCharCode(97 + told.indexOf(said));
      return [text, element("sup", {}, element("a", { href: `#${name}-${letter}`, "aria-label": said }, letter))];
    }
    const list = () => element("ul", { class: "notes" }, told.map((said, i) => element("li", { id: `${name}-${String.fromCharCode(97 + i)}` }, element("b", {}, String.fromCharCode(97 + i)), ` ${said}`)));
    return { mark, list };
  }

  return { BUDGETS, place, within, period, scope, fund, budget, budgetKind, isApart, reason, notes };
})();
