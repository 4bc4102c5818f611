/* One finding: what is wrong, the equation, the repair, and where each figure stands. */
"use strict";

gouji.finding = (() => {
  const { element, say, address, figures } = gouji;

  const amount = (text, unit) => (text === undefined ? null : `${figures.plain(text)}${unit ? ` ${unit}` : ""}`);

  function place(document, [fact, page, row, col, quote]) {
    const href = Number.isInteger(fact) ? address.link(`reports/${document}`, { fact: `f${fact}` }) : gouji.places.address(fact);
    const where = row === null ? say("place.prose", { page }) : say("place.in_table", { page, row: row + 1, col: col + 1 });
    return element("li", {}, element("a", { href, class: "printed", lang: "zh-CN" }, quote), element("span", { class: "more" }, ` ${where}`));
  }

  function expected(finding) {
    const { expected_low: low, expected_high: high, unit } = finding;
    if (low === undefined || high === undefined) return null;
    return low === high ? amount(low, unit) : `${figures.plain(low)} – ${amount(high, unit)}`;
  }

  function details(document, finding) {
    const rows = [
      ["equation", finding.equation, "zh-CN"],
      ["reported", amount(finding.reported, finding.unit)],
      ["expected", expected(finding)],
      ["difference", amount(finding.difference, finding.unit)],
      ["repair", finding.repair, "zh-CN"],
      ["search_kind", finding.search === "bounded" ? say("search.bounded") : null],
    ].filter(([, value]) => value);
    const places = finding.evidence.map((evidence) => place(document, evidence));
    return [
      element("dl", { class: "facts" }, rows.map(([key, value, lang]) => [element("dt", {}, say(key)), element("dd", { lang, class: key === "equation" ? "equation" : null }, value)])),
      element("p", { class: "label" }, say("evidence.where")),
      element("ol", { class: "evidence" }, places),
      finding.more > 0 ? element("p", { class: "aside" }, say("evidence.more", { count: finding.more })) : null,
    ];
  }

  function accepted(finding) {
    if (!finding.acknowledged) return null;
    const [reason, by, on] = finding.acknowledged;
    return element("p", { class: "about" }, say("finding.acknowledged", { reason, by, on }));
  }

  /* `about` is the line that says which report it is in; `open` shows its details at once. */
  function card(document, finding, about, open = false) {
    const first = finding.evidence[0];
    const look = first && Number.isInteger(first[0]) ? address.link(`reports/${document}`, { fact: `f${first[0]}`, finding: finding.finding_id }) : null;
    return element(
      "li",
      { class: `finding is-${finding.severity}`, id: `finding-${finding.finding_id}` },
      element(
        "p",
        { class: "head" },
        element("span", { class: `badge is-${finding.severity}` }, say(`severity.${finding.severity}`)),
        " ",
        element("a", { href: address.link("checks", { check: finding.check_id }) }, element("code", {}, finding.check_id)),
        ` ${say(`check.${finding.check_id}`)}`,
      ),
      element("p", { class: "message" }, gouji.language.pick(finding.message_zh, finding.message_en)),
      accepted(finding),
      about ? element("p", { class: "about" }, about) : null,
      element(
        "details",
        { open },
        element("summary", {}, say("finding.details")),
        details(document, finding),
      ),
      look ? element("p", { class: "actions" }, element("a", { class: "quiet", href: look }, say("finding.look"))) : null,
    );
  }

  return { card };
})();
