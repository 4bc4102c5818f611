/* The page of a report as an image, with a box over every cell: a box chosen there is a cell chosen in its table. */
"use strict";

gouji.paper = (() => {
  const { element, say } = gouji;
  const MARGIN = 2;

  /* `pages` are [width, height, image] in points, `boxes` the cells of each page as [name, x0, y0, x1, y1]. */
  function paper(holder, folder, pages, boxes, choose) {
    let shown = 0;
    let sheet = null;

    function rect([x0, y0, x1, y1], height, attributes) {
      return element("rect", { x: x0 - MARGIN, y: height - y1 - MARGIN, width: x1 - x0 + 2 * MARGIN, height: y1 - y0 + 2 * MARGIN, ...attributes });
    }

    /* Shows a page (from 1) and marks boxes on it; returns whether there is such a page. */
    function show(number, marked = []) {
      const page = pages[number - 1];
      if (!page) return false;
      const [width, height, image] = page;
      if (shown !== number) {
        sheet = element("svg", { viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
        sheet.append(...(boxes[number] || []).map(([name, ...box]) => rect(box, height, { class: "cell", "data-cell": name })));
        const picture = element("img", { src: `${gouji.root}pages/${folder}/${image}`, alt: say("page.image", { page: number }), width: Math.round(width), height: Math.round(height) });
        holder.replaceChildren(element("div", { class: "leaf", style: `aspect-ratio:${width}/${height}` }, picture, sheet));
        shown = number;
      }
      sheet.querySelectorAll(".mark").forEach((mark) => mark.remove());
      const marks = marked.map((box) => rect(box, height, { class: "mark" }));
      sheet.append(...marks);
      if (marks.length) reveal(marks[0]);
      return true;
    }

    /* Scrolls the paper, never the page around it, until the mark is seen. */
    function reveal(mark) {
      const [inner, outer] = [mark.getBoundingClientRect(), holder.getBoundingClientRect()];
      if (inner.top < outer.top || inner.bottom > outer.bottom) holder.scrollTop += inner.top - outer.top - outer.height / 3;
      if (inner.left < outer.left || inner.right > outer.right) holder.scrollLeft += inner.left - outer.left - outer.width / 3;
    }

    holder.addEventListener("click", (event) => {
      const cell = event.target.closest("[data-cell]");
      if (cell) choose(cell.dataset.cell);
    });

    /* Half of the page at twice the size, and back. */
    function enlarge() {
      holder.classList.toggle("is-large");
      const mark = sheet.querySelector(".mark");
      if (mark) reveal(mark);
      return holder.classList.contains("is-large");
    }

    return { show, enlarge, page: () => shown };
  }

  return { open: paper };
})();
