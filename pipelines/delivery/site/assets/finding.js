/* One finding: what is wrong, the equation, the repair, and where each figure stands. */
"use strict";

gouji.finding = (() => {
  const { element, say, address, figures } = gouji;

  const amount = (text, unit) => (text === undefined ? null : `${figures.plain(text)}${unit ? ` ${unit}` : ""}`);

  /* The state of a report's page that shows a place of it: a fact by its number, a sentence, a table, or a cell. */
  function state(at) {
    if (Number.isInteger(at)) return { fact: `f${at}` };
    if (/^s\d+$/.test(at)) return { sentence: at };
    return /^t\d+$/.test(at) ? { table: at.slice(1) } : { cell: at };
  }
  const isHere = (at) => at !== null && !String(at).includes(":");

  function place(document, [at, page, row, col, quote, other]) {
    const href = at === null ? null : isHere(at) ? address.link(`reports/${document}`, state(at)) : gouji.places.address(at);
    const where = row === null ? say("place.prose", { page }) : say("place.in_table", { page, row: row + 1, col: col + 1 });
    const text = quote || say("place.page");
    return element(
      "li",
      {},
      href ? element("a", { href, class: "printed", lang: "zh-CN" }, text) : element("span", { class: "printed", lang: "zh-CN" }, text),
      element("span", { class: "more" }, ` ${where}`),
      other ? element("span", { class: "other" }, ` ${say("place.other")} `, element("span", { lang: "zh-CN" }, other)) : null,
    );
  }

  function expected(finding) {
    const { expected_low: low, expected_high: high, unit } = finding;
    if (low === undefined || high === undefined) return null;
    return low === high ? amount(low, unit) : `${figures.plain(low)} – ${amount(high, unit)}`;
  }

  /* Repairs that are about equally likely, in order; a repair of several figures names each where it stands. */
  function alternatives(document, finding) {
    const changes = finding.alternatives || [];
    const repairs = [...new Set(changes.map(([option]) => option))];
    const line = ([, at, page, row, col, zh, en]) => {
      const english = gouji.language.pick("zh", "en") === "en";
      const where = row === null ? say("place.prose", { page }) : say("place.in_table", { page, row: row + 1, col: col + 1 });
      const href = isHere(at) ? address.link(`reports/${document}`, state(at)) : null;
      const text = english ? en : zh;
      return [href ? element("a", { href, lang: english ? "en" : "zh-CN" }, text) : text, element("span", { class: "more" }, ` ${where} `)];
    };
    return repairs.map((option) => element("li", {}, changes.filter(([of]) => of === option).map(line)));
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
    const others = alternatives(document, finding);
    return [
      element("dl", { class: "facts" }, rows.map(([key, value, lang]) => [element("dt", {}, say(key)), element("dd", { lang, class: key === "equation" ? "equation" : null }, value)])),
      others.length ? [element("p", { class: "label" }, say("alternatives")), element("ol", { class: "alternatives" }, others)] : null,
      element("p", { class: "label" }, say("evidence.where")),
      element("ol", { class: "evidence" }, places),
      finding.more > 0 ? element("p", { class: "aside" }, say("evidence.more", { count: finding.more })) : null,
    ];
  }

  function accepted(finding) {
    if (!finding.acknowledged) return null;
    const [reason, by, on] = finding.acknowledged;
    return element("p", { class: "accepted" }, say("finding.acknowledged", { reason, by, on }));
  }

  /* `about` is the line that says which report it is in; `open` shows its details at once. */
  function card(document, finding, about, open = false) {
    const first = finding.evidence[0];
    const look = first && isHere(first[0]) ? address.link(`reports/${document}`, { ...state(first[0]), finding: finding.finding_id }) : null;
    return element(
      "li",
      { class: `finding is-${finding.acknowledged ? "accepted" : finding.severity}`, id: `finding-${finding.finding_id}` },
      element(
        "p",
        { class: "head" },
        element("span", { class: `badge is-${finding.severity}` }, say(`severity.${finding.severity}`)),
        " ",
        finding.acknowledged ? [element("span", { class: "badge" }, say("standing.acknowledged")), " "] : null,
        element("a", { href: address.link("checks", { check: finding.check_id }) }, element("code", {}, finding.check_id)),
        ` ${say(`check.${finding.check_id}`)}`,
        look ? element("a", { class: "look", href: look }, say("finding.look")) : null,
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
    );
  }

  /* Paper has no folds: the equation and the places of every finding are printed. */
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll(".finding details:not([open])")];
    folded.forEach((details) => (details.open = true));
  });
  window.addEventListener("afterprint", () => folded.forEach((details) => (details.open = false)));

  return { card };
})();
