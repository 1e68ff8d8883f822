// Keeps what an officer is typing in this tab until it is sent. data-draft is the key: the case, and for whom
// the words are, so that a note never turns up in a message. data-draft-done names a draft that is on record
// now, or with * all of them: whoever signs in next on this computer finds nothing. data-draft-kept, a case,
// shows its element where something is kept for that case. data-draft-beside names other fields of the form that are
// kept and come back with the words, and data-draft-tells the element that then says what was not kept.
// For the desk: a citizen's complaint is kept by unsent.js, which says so and asks first.

import { announce } from "./focus.js";

const PREFIX = "draft:";

const isDenied = () => { try { return !sessionStorage; } catch { return true; } }; // a browser that keeps nothing

function kept(start) {
  return Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX + start));
}

function forget(key) {
  const gone = key === "*" ? kept("") : [PREFIX + key, ...kept(`${key}:`)];
  gone.forEach((name) => sessionStorage.removeItem(name));
}

// What is chosen beside the words: by its own key, below theirs.
function fieldsBeside(element) {
  const names = (element.dataset.draftBeside ?? "").split(" ").filter(Boolean);
  return names.map((name) => [`${PREFIX}${element.dataset.draft}:${name}`, element.form.elements[name]]);
}

function takeUp(element, before) {
  element.value = before;
  announce(element.dataset.restored);
  fieldsBeside(element).forEach(([key, field]) => { field.value = sessionStorage.getItem(key) ?? field.value; });
  const told = document.getElementById(element.dataset.draftTells);
  if (told) told.hidden = false;
}

export function start(element) {
  if (isDenied()) return undefined;
  if (element.dataset.draftDone) return forget(element.dataset.draftDone);
  if (element.dataset.draftKept) {
    element.hidden = !kept(`${element.dataset.draftKept} `).length;
    return undefined;
  }
  const key = PREFIX + element.dataset.draft;
  const before = sessionStorage.getItem(key);
  if (before && !element.value) takeUp(element, before);
  const keep = () => {
    if (!element.value) return forget(element.dataset.draft);
    sessionStorage.setItem(key, element.value);
    return fieldsBeside(element).forEach(([name, field]) => sessionStorage.setItem(name, field.value));
  };
  let timer;
  const keepSoon = () => { clearTimeout(timer); timer = setTimeout(keep, 400); };
  [element, ...fieldsBeside(element).map(([, field]) => field)].forEach((field) => field.addEventListener("input", keepSoon));
  element.form?.addEventListener("submit", keep);
  addEventListener("pagehide", keep);
  return undefined;
}
