/* A report: choosing a cell or a figure shows what it says and where it is printed, and the other way round. */
"use strict";

(() => {
  const { address, say } = gouji;
  const viewer = document.getElementById("viewer");
  const name = viewer.dataset.document;
  const narrow = matchMedia("(max-width: 62rem)"); // the page comes up from below and covers the lower half
  const byId = (id) => document.getElementById(id);

  function open(data, findings) {
    const facts = new Map(Object.entries(data.facts).map(([n, list]) => [Number(n), { number: Number(n), ...Object.fromEntries(data.columns.map((c, i) => [c, list[i]])) }]));
    const boxes = new Map();
    for (const [page, list] of Object.entries(data.boxes)) for (const [cell, ...box] of list) boxes.set(cell, [Number(page), box]);
    const paper = data.pages.length ? gouji.paper.open(byId("paper"), name, data.pages, data.boxes, (cell) => go({ cell })) : null;
    let chosen = [];

    const go = (state) => address.set({ fact: "", cell: "", sentence: "", part: "", ...state });
    const elementOf = (place) => (place ? byId(place) : null);

    /* What the address names: the element, its facts, its page, the boxes to mark there, and words for the place. */
    function target() {
      const fact = facts.get(Number(address.get("fact").replace(/^f/, "")));
      const place = fact ? fact.place : address.get("cell") || address.get("sentence");
      const whole = elementOf(place);
      if (!whole) return null;
      const figure = fact && place.startsWith("s") ? [...whole.querySelectorAll("[data-facts]")].find((f) => f.dataset.facts.split(" ").includes(String(fact.number))) : null;
      const at = figure || whole;
      const stating = at.matches(".sentence") ? [...at.querySelectorAll("[data-facts]")] : [at];
      const numbers = stating.flatMap((part) => (part.dataset.facts || "").split(" ").filter(Boolean));
      const said = fact && figure ? [fact] : numbers.map((n) => facts.get(Number(n)));
      if (place.startsWith("t")) {
        const [, table, row, col] = /^t(\d+)r(\d+)c(\d+)$/.exec(place);
        const [page, box] = boxes.get(place) || [fact ? fact.page : null, null];
        const line = data.cells[place] ? data.cells[place][1] : null;
        const where = say("place.cell", { page: page || "–", table, row: Number(row) + 1, col: Number(col) + 1 });
        return { at, said, page, marks: box ? [box] : [], where: line ? `${where} · ${say("place.line", { line })}` : where };
      }
      const lines = data.lines[place.slice(1)] || [];
      const page = lines.length ? lines[0][0] : data.sentences[place.slice(1)] || (fact && fact.page);
      return { at, said, page, marks: lines.filter((line) => line[0] === page).map((line) => line.slice(1)), where: say("place.sentence", { page: page || "–", number: place.slice(1) }) };
    }

    function show() {
      chosen.forEach((part) => part.classList.remove("is-chosen"));
      const found = target();
      viewer.classList.toggle("is-open", Boolean(found));
      if (!found) {
        part();
        return;
      }
      for (let outer = found.at.closest("details"); outer; outer = outer.parentElement.closest("details")) outer.open = true;
      chosen = [found.at];
      found.at.classList.add("is-chosen");
      found.at.scrollIntoView({ block: narrow.matches ? "start" : "center", inline: "nearest" });
      rove(found.at);
      const text = [...found.at.childNodes].filter((n) => n.nodeType === Node.TEXT_NODE || !n.classList.contains("heard")).map((n) => n.textContent).join("");
      gouji.said.show(byId("said"), text, found.where, found.said, data.equations, facts, (number) => go({ fact: `f${number}` }));
      if (paper && found.page) turn(found.page, found.marks);
    }

    /* A part of the report (`part=ledger`), a table of it, or the first figure of a subject. */
    function part() {
      const subject = address.get("find");
      const fact = subject && [...facts.values()].find((f) => f.subject === subject);
      if (fact) return go({ find: "", fact: `f${fact.number}` });
      const named = [`table-${address.get("table")}`, `finding-${address.get("finding")}`, address.get("part")];
      const place = named.map(byId).find(Boolean);
      if (place) place.scrollIntoView();
      if (paper && !paper.page()) turn(1);
    }

    function turn(page, marks = []) {
      if (!paper.show(page, marks)) return;
      byId("page-number").value = page;
      byId("page-before").disabled = page <= 1;
      byId("page-after").disabled = page >= data.pages.length;
    }

    /* One stop for the tab key in every table and passage; the arrows move inside it. */
    function rove(cell) {
      const group = cell.closest("table.grid, .passage");
      if (!group) return;
      group.querySelectorAll("[tabindex='0']").forEach((other) => (other.tabIndex = -1));
      cell.tabIndex = 0;
    }

    function neighbour(cell, key) {
      if (cell.matches(".figure")) {
        const figures = [...cell.closest(".passage").querySelectorAll(".figure")];
        return figures[figures.indexOf(cell) + ({ ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[key] || 0)];
      }
      const row = cell.parentElement;
      if (key === "ArrowLeft") return cell.previousElementSibling;
      if (key === "ArrowRight") return cell.nextElementSibling;
      const next = key === "ArrowUp" ? row.previousElementSibling : key === "ArrowDown" ? row.nextElementSibling : null;
      const column = Number(cell.id.split("c").pop());
      return next && [...next.children].reduce((best, c) => (c.id && Number(c.id.split("c").pop()) <= column ? c : best), next.children[0]);
    }

    const reading = document.querySelector(".reading");
    document.querySelectorAll("table.grid").forEach((table) => {
      const first = table.querySelector("[data-facts]") || table.querySelector("[id]");
      table.querySelectorAll("td, th").forEach((cell) => (cell.tabIndex = -1));
      if (first) first.tabIndex = 0;
    });
    document.querySelectorAll(".passage").forEach((passage) => {
      passage.querySelectorAll(".figure").forEach((figure, i) => (figure.tabIndex = i ? -1 : 0));
    });
    const act = (at) => {
      if (at.dataset.facts) go({ fact: `f${at.dataset.facts.split(" ")[0]}` });
      else if (at.matches("td[id], th[id]")) go({ cell: at.id });
      else if (at.matches(".sentence")) go({ sentence: at.id });
    };
    reading.addEventListener("click", (event) => {
      const at = event.target.closest("table.grid td, table.grid th, .figure, .sentence");
      if (at && getSelection().isCollapsed) act(at);
    });
    reading.addEventListener("keydown", (event) => {
      const at = event.target.closest("table.grid td, table.grid th, .figure");
      if (!at) return;
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        act(at);
        return;
      }
      const next = event.key.startsWith("Arrow") && neighbour(at, event.key);
      if (!next) return;
      event.preventDefault();
      rove(next);
      next.focus();
    });
    byId("viewer-close").addEventListener("click", () => {
      const [last] = chosen;
      go({ finding: "" });
      viewer.classList.remove("is-open");
      if (last) last.focus();
    });
    if (paper) {
      byId("page-before").addEventListener("click", () => turn(paper.page() - 1));
      byId("page-after").addEventListener("click", () => turn(paper.page() + 1));
      byId("page-large").addEventListener("click", (event) => event.currentTarget.setAttribute("aria-pressed", String(paper.enlarge())));
      byId("page-number").addEventListener("change", (event) => turn(Number(event.target.value)));
    }
    document.querySelectorAll("[data-part]").forEach((link) => link.addEventListener("click", () => address.set({ part: link.dataset.part }, { quietly: true })));
    gouji.show(() => {
      list(findings);
      show();
    });
  }

  /* The findings of this report; the one that the address names is open. */
  function list(findings) {
    const box = byId("findings-list");
    if (!box || !findings) return;
    const order = ["error", "warning", "hint"];
    const sorted = Object.values(findings).sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity) || (a.page || 0) - (b.page || 0));
    const opened = new Set([...box.querySelectorAll("details[open]")].map((details) => details.parentElement.id));
    box.replaceChildren(...sorted.map((f) => gouji.finding.card(name, f, null, opened.has(`finding-${f.finding_id}`) || address.get("finding") === f.finding_id)));
  }

  const has = byId("findings-list");
  Promise.all([gouji.shelf.take(`reports/${name}`), has ? gouji.shelf.take(`findings/${name}`) : null]).then(([data, findings]) => open(data, findings));
})();
