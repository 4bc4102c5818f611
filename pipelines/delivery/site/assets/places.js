/* Where the numbers of a comparison are printed: links from a fact to its place in its report. */
"use strict";

gouji.places = (() => {
  const { element, say } = gouji;

  const parts = (fact) => {
    const at = fact.lastIndexOf(":");
    return [fact.slice(0, at), fact.slice(at + 1)];
  };

  /* `report:f12`, or `report:` for the report as a whole. */
  function address(fact) {
    const [document, number] = parts(fact);
    return gouji.address.link(`reports/${document}`, { fact: number });
  }

  function where([, , , , page, table, row, col]) {
    const place = table === null ? say("place.prose", { page }) : say("place.cell", { page, table, row: row + 1, col: col + 1 });
    return place;
  }

  /* One fact as a line: what is printed, of what, and where. */
  function line(fact, place) {
    const [measure, subject, printed, unit] = place;
    const withUnit = unit && !printed.includes(unit) ? `${printed}${unit}` : printed;
    return element(
      "li",
      {},
      element("a", { href: address(fact), class: "printed" }, withUnit),
      " ",
      element("span", { lang: "zh-CN" }, subject),
      ` · ${say(`measure.${measure}`)} · ${where(place)}`,
    );
  }

  /* A number of a comparison as a link to its first source; without a source it is a plain text. */
  function number(text, row, column) {
    const facts = row.sources[column];
    if (!facts || !facts.length) return text;
    return element("a", { href: address(facts[0]), class: "printed", title: say("place.title") }, text);
  }

  return { address, line, number };
})();
