// Keeps what an officer is typing in this tab until it is sent. data-draft is the key: the case, and for whom
// the words are, so that a note never turns up in a message. data-draft-done names a draft that is on record
// now, or with * all of them: whoever signs in next on this computer finds nothing.
// For the desk only: a citizen who stays without a name leaves nothing behind on a shared computer.

import { announce } from "./focus.js";

const PREFIX = "draft:";

function forget(key) {
  const all = Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX));
  const gone = key === "*" ? all : [PREFIX + key];
  gone.forEach((name) => sessionStorage.removeItem(name));
}

export function start(element) {
  if (element.dataset.draftDone) return forget(element.dataset.draftDone);
  const key = PREFIX + element.dataset.draft;
  const kept = sessionStorage.getItem(key);
  if (kept && !element.value) {
    element.value = kept;
    announce(element.dataset.restored);
  }
  const keep = () => (element.value ? sessionStorage.setItem(key, element.value) : sessionStorage.removeItem(key));
  let timer;
  element.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, 400); });
  element.form?.addEventListener("submit", keep);
  addEventListener("pagehide", keep);
  return undefined;
}
