/* The one global of the site: everything else hangs on it. */
"use strict";

window.gouji = {
  root: document.documentElement.dataset.root,
  stamp: document.documentElement.dataset.stamp,
  words: {},
};
