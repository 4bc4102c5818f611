/* The dictionary: typing narrows it to the columns whose name, meaning or origin holds the words. */
"use strict";

(() => {
  const { say, address, filters } = gouji;
  const tables = [...document.querySelectorAll("details.relation")];
  const open = new Set(tables.filter((table) => table.open));

  function draw() {
    filters.draw(document.getElementById("dictionary-filters"), [{ name: "q", label: "words", kind: "typed" }]);
    const words = address.get("q").toLowerCase().split(/\s+/).filter(Boolean);
    const holds = (text) => words.every((word) => text.toLowerCase().includes(word));
    let count = 0;
    for (const table of tables) {
      const whole = words.length === 0 || holds(table.querySelector("summary").textContent);
      const rows = [...table.querySelectorAll("tbody tr")];
      for (const row of rows) row.hidden = !whole && !holds(row.textContent);
      const shown = rows.filter((row) => !row.hidden).length;
      count += shown;
      table.hidden = !whole && shown === 0;
      table.open = words.length ? !table.hidden : open.has(table);
    }
    document.getElementById("dictionary-count").textContent = say("dictionary.count", { count });
  }

  gouji.show(draw);
})();
