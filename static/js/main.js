// Starts the behaviours a page names: data-module="live" loads ./live.js and calls its start(element).
// Elements that htmx brings in later are started too, each once. The names are written out, so that each file
// is asked for by its digest: a browser keeps it for good and asks no second time over a slow line.

const MODULES = {
  attention: () => import("./attention.js"),
  calm: () => import("./calm.js"),
  copy: () => import("./copy.js"),
  draft: () => import("./draft.js"),
  focus: () => import("./focus.js"),
  gone: () => import("./gone.js"),
  keys: () => import("./keys.js"),
  live: () => import("./live.js"),
  menu: () => import("./menu.js"),
  offline: () => import("./offline.js"),
  print: () => import("./print.js"),
  shrink: () => import("./shrink.js"),
  stay: () => import("./stay.js"),
  steady: () => import("./steady.js"),
  "submit-once": () => import("./submit-once.js"),
  unsent: () => import("./unsent.js"),
  upload: () => import("./upload.js"),
  voice: () => import("./voice.js"),
};
const started = new WeakMap();

async function start(element) {
  const names = element.dataset.module.split(" ").filter(Boolean);
  const done = started.get(element) ?? new Set();
  started.set(element, done);
  for (const name of names) {
    if (done.has(name)) continue;
    done.add(name);
    const module = await MODULES[name]();
    module.start(element);
  }
}

function startAll(root) {
  if (root.matches?.("[data-module]")) start(root);
  root.querySelectorAll("[data-module]").forEach(start);
}

startAll(document);
document.addEventListener("htmx:load", (event) => startAll(event.detail.elt));
