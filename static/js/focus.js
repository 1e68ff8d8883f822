// The page's one status region. After an htmx swap it says what changed and keeps the keyboard's place:
// the element marked data-focus in the new part gets the focus, data-announce its words.

const STANDS = 500; // milliseconds: words replaced at once are not read out

let last = Promise.resolve();

async function say(region, words) {
  region.textContent = "";
  await new Promise(requestAnimationFrame);
  region.textContent = words;
  await new Promise((done) => { setTimeout(done, STANDS); });
}

// One after the other: what two parts have to say at once is both said.
export function announce(words) {
  const region = document.getElementById("status");
  if (region && words) last = last.then(() => say(region, words));
}

function settle(event) {
  const part = event.detail.elt;
  // A live refresh nobody asked for must not move what is being read.
  const asked = event.detail.requestConfig?.triggeringEvent?.type !== "newer";
  const said = part.closest?.("[data-announce]") ?? part.querySelector?.("[data-announce]");
  announce(said?.dataset.announce);
  const target = part.matches?.("[data-focus]") ? part : part.querySelector?.("[data-focus]");
  if (!asked || !target) return;
  if (!target.hasAttribute("tabindex") && target.tabIndex < 0) target.tabIndex = -1;
  target.focus();
}

// What asked may have a line of its own for this, in sight where the hand is; else the page's words are said.
function fail(asker, words) {
  const line = asker.querySelector("[data-failure]");
  if (line) line.hidden = false;
  announce(line?.textContent ?? words);
}

export function start(region) {
  document.addEventListener("htmx:afterSettle", settle);
  for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.addEventListener(failure, (event) => fail(event.detail.elt, region.dataset.failed));
  }
}
