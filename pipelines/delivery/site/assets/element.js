/* Elements made from names and texts; text is only ever text, whatever a report holds. */
"use strict";

gouji.element = (name, attributes = {}, ...children) => {
  const space = gouji.element.drawn.has(name) ? "http://www.w3.org/2000/svg" : "http://www.w3.org/1999/xhtml";
  const made = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
};
gouji.element.drawn = new Set(["svg", "rect"]);

/* Says something to those who listen to the page. */
gouji.announce = (text) => {
  document.getElementById("live").textContent = text;
};

/* Draws a page again whenever its address (its filters, its language) changes. */
gouji.show = (draw) => {
  gouji.address.watch(draw);
  draw();
};
