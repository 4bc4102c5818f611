/* The data of the site: scripts that put one value on the shelf, loaded when a page asks for it. */
"use strict";

gouji.shelf = (() => {
  const kept = new Map();
  const asked = new Map();

  function notice(key) {
    if (document.querySelector(`[data-notice="${key}"]`)) return;
    document.getElementById("main").prepend(gouji.element("p", { class: "notice", "data-notice": key }, gouji.say(key)));
  }

  /* Called by the data itself. */
  function put([name, stamp], value) {
    if (stamp !== gouji.stamp) notice("shelf.changed");
    kept.set(name, value);
  }

  /* A promise of the value; where there is none, the page says so. */
  function take(name) {
    if (!asked.has(name)) {
      asked.set(
        name,
        new Promise((resolve, reject) => {
          const script = gouji.element("script", { src: `${gouji.root}data/${name}.js` });
          script.addEventListener("load", () => resolve(kept.get(name)));
          script.addEventListener("error", () => {
            notice("shelf.missing");
            reject(new Error(`no data ${name}`));
          });
          document.head.append(script);
        }),
      );
    }
    return asked.get(name);
  }

  /* Rows of a list of lists as objects by their columns. */
  const rows = ({ columns, rows: lists }) => lists.map((list) => Object.fromEntries(columns.map((name, i) => [name, list[i]])));

  return { put, take, rows };
})();
