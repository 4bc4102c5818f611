/* The state of a page is in its address: name=value pairs after the #, so that a view can be shared and gone back to. */
"use strict";

gouji.address = (() => {
  const watchers = [];

  const read = () => new URLSearchParams(location.hash.slice(1));
  const tell = () => watchers.forEach((watcher) => watcher());

  /* Changes some of the pairs; an empty value drops one. `quietly` leaves no step to go back to (typing). */
  function set(values, { quietly = false } = {}) {
    const pairs = read();
    for (const [name, value] of Object.entries(values)) {
      if (value === "" || value === null || value === undefined) pairs.delete(name);
      else pairs.set(name, value);
    }
    const text = `#${pairs}`;
    if (text === location.hash || (text === "#" && location.hash === "")) return;
    if (quietly) {
      history.replaceState(null, "", text);
      tell();
    } else {
      location.hash = text;
    }
  }

  window.addEventListener("hashchange", tell);

  return {
    get: (name) => read().get(name) || "",
    set,
    watch: (watcher) => watchers.push(watcher),
    /* A link to a page of the site with some state. */
    link: (page, values = {}) => {
      const pairs = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== "" && value !== null));
      return `${gouji.root}${page}.html${[...pairs].length ? `#${pairs}` : ""}`;
    },
  };
})();
