/* What a chosen cell or figure says: each figure with its meaning, and the equations that it stands in. */
"use strict";

gouji.said = (() => {
  const { element, say, figures } = gouji;
  const SIGNS = { pass: "✓", rounding: "≈", fail: "✗", parse_doubt: "?", not_applicable: "–", insufficient_data: "…" };
  const MOST_TERMS = 12;

  function value(fact) {
    if (fact.amount_yuan !== null) return `${figures.wan(fact.amount_yuan)} ${say("wan")}`;
    if (fact.value !== null) return `${figures.plain(fact.value)}${fact.unit || ""}`;
    return "";
  }

  /* What people decided of the figure: another number in its place, or that it is right as printed. */
  function decided(fact) {
    if (!fact.decided) return null;
    const [kind, corrected, reason, by, on] = fact.decided;
    return element("p", { class: "decided" }, say(`decision.${kind}`, { corrected: figures.plain(corrected), reason, by, on }));
  }

  const measure = (name) => (name.startsWith("unmapped:") ? say("unmapped", { heading: name.slice(9) }) : say(`measure.${name}`));

  function meaning(fact) {
    const rows = [
      ["measure", measure(fact.measure)],
      ["subject", [fact.subject_code, fact.subject].filter(Boolean).join(" ")],
      ["value", value(fact)],
      ["fund_source", fact.fund_source === "all" ? null : say(`measure.${fact.fund_source}`)],
      ["period", [fact.year, fact.month && fact.month !== 12 ? figures.period(fact.month) : null].filter(Boolean).join(" ")],
      ["heading", fact.heading],
    ].filter(([, text]) => text);
    return element(
      "div",
      { class: `meaning is-${fact.state}` },
      element("p", { class: "printed-as" }, element("b", { lang: "zh-CN" }, fact.as_printed), " ", element("span", { class: `badge is-${fact.state}` }, say(`state.${fact.state}`))),
      decided(fact),
      element("dl", { class: "facts" }, rows.map(([key, text]) => [element("dt", {}, say(`said.${key}`)), element("dd", { lang: key === "subject" || key === "heading" ? "zh-CN" : null }, text)])),
    );
  }

  /* The figures of an equation as buttons that lead to them. */
  function sides([, , kind, verdict, , terms], facts, go) {
    const term = ([role, fact, weight], i) => {
      const known = facts.get(fact);
      const sign = Number(weight) < 0 ? " − " : i ? " + " : "";
      if (!known) return [sign, fact === null ? "?" : element("a", { href: typeof fact === "string" ? gouji.places.address(fact) : "#" }, String(fact))];
      return [sign, element("button", { type: "button", class: "term", title: `${known.subject} · ${measure(known.measure)}`, onclick: () => go(fact) }, known.as_printed)];
    };
    const side = (role) => {
      const of = terms.filter(([r]) => r === role);
      const shown = of.slice(0, MOST_TERMS).map(term);
      return of.length > MOST_TERMS ? [shown, ` + … (${of.length})`] : shown;
    };
    // Of a percentage only its base is in question here, not its value.
    if (kind === "defined") return [side("denominator"), verdict === "fail" ? " = 0" : " ≠ 0"];
    const has = (role) => terms.some(([r]) => r === role);
    const bracketed = (role) => (terms.filter(([r]) => r === role).length > 1 ? ["(", side(role), ")"] : side(role));
    const left = has("numerator") ? [bracketed("numerator"), " ÷ ", bracketed("denominator")] : side("part");
    const relation = verdict === "fail" ? " ≠ " : kind === "ratio" ? " ≈ " : " = ";
    const bound = verdict === "fail" ? " > " : " ≤ ";
    const result = kind === "bound" || kind === "partial_sum" ? [bound, side("result")] : [relation, side("result")];
    return has("result") && kind !== "flag" ? [left, result] : left;
  }

  function equation(one, facts, go) {
    const [check, subject, , verdict] = one;
    return element(
      "li",
      { class: `equation-of is-${verdict}` },
      element("p", { class: "head" }, element("span", { class: "sign", "aria-hidden": "true" }, SIGNS[verdict] || ""), " ", element("b", {}, say(`verdict.${verdict}`)), " · ", element("a", { href: gouji.address.link("checks", { check }) }, `${check} ${say(`check.${check}`)}`)),
      subject ? element("p", { class: "more", lang: "zh-CN" }, subject) : null,
      element("p", { class: "equation" }, sides(one, facts, go)),
    );
  }

  /* Fills the box with what the facts of one place say; `go` moves to another figure, `where` says what place it is. */
  function show(box, title, where, chosen, equations, facts, go) {
    const numbers = new Set(chosen.map((fact) => fact.number));
    const standing = equations.filter(([, , , , , terms]) => terms.some(([, fact]) => numbers.has(fact)));
    box.replaceChildren(
      element("h3", { lang: "zh-CN" }, title || say("cell.empty")),
      element("p", { class: "more" }, where),
      ...(chosen.length ? chosen.map(meaning) : [element("p", {}, say("cell.no_figure"))]),
      chosen.length ? element("p", { class: "label" }, standing.length ? say("said.equations", { count: standing.length }) : say("said.no_equation")) : "",
      element("ul", { class: "equations" }, standing.map((e) => equation(e, facts, go))),
    );
  }

  return { show };
})();
