// Keeps what an officer is typing in this tab until it is sent. data-draft is the key: the case, and for whom
// the words are, so that a note never turns up in a message. data-draft-done names a draft that is on record
// now, or with * all of them: whoever signs in next on this computer finds nothing. data-draft-kept, a case,
// shows its element where something is kept for that case.
// For the desk: a citizen's complaint is kept by unsent.js, which says so and asks first.

import { announce } from "./focus.js";

const PREFIX = "draft:";

function kept(start) {
  return Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX + start));
}

function forget(key) {
  const gone = key === "*" ? kept("") : [PREFIX + key];
  gone.forEach((name) => sessionStorage.removeItem(name));
}

export function start(element) {
  if (element.dataset.draftDone) return forget(element.dataset.draftDone);
  if (element.dataset.draftKept) {
    element.hidden = !kept(`${element.dataset.draftKept} `).length;
    return undefined;
  }
  const key = PREFIX + element.dataset.draft;
  const before = sessionStorage.getItem(key);
  if (before && !element.value) {
    element.value = before;
    announce(element.dataset.restored);
  }
  const keep = () => (element.value ? sessionStorage.setItem(key, element.value) : sessionStorage.removeItem(key));
  let timer;
  element.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, 400); });
  element.form?.addEventListener("submit", keep);
  addEventListener("pagehide", keep);
  return undefined;
}
