// Starts the behaviours a page names: data-module="live" loads ./live.js and calls its start(element).
// Elements that htmx brings in later are started too, each once.

const started = new WeakMap();

async function start(element) {
  const names = element.dataset.module.split(" ").filter(Boolean);
  const done = started.get(element) ?? new Set();
  started.set(element, done);
  for (const name of names) {
    if (done.has(name)) continue;
    done.add(name);
    const module = await import(new URL(`./${name}.js`, import.meta.url));
    module.start(element);
  }
}

function startAll(root) {
  if (root.matches?.("[data-module]")) start(root);
  root.querySelectorAll("[data-module]").forEach(start);
}

startAll(document);
document.addEventListener("htmx:load", (event) => startAll(event.detail.elt));
