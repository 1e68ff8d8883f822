// Keeps what an officer is typing in this tab until it is sent. data-draft is the key: the case, and for whom
// the words are, so that a note never turns up in a message. data-draft-beside names other fields of the form that are
// kept and come back with the words, and data-draft-tells the element that then says what was not kept. data-draft-done
// names a draft that is on record now, or with a colon one field of it, or with * all of them: whoever signs in next on
// this computer finds nothing. data-draft-kept, a case, shows its element where something is kept for that case.
// For the desk: a citizen's complaint is kept by unsent.js, which says so and asks first.

import { announce } from "./focus.js";

const PREFIX = "draft:";

const isDenied = () => { try { return !sessionStorage; } catch { return true; } }; // a browser that keeps nothing

function kept(start) {
  return Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX + start));
}

function forget(key) {
  const gone = key === "*" ? kept("") : kept(key).filter((name) => `${name}:`.startsWith(`${PREFIX}${key}:`));
  gone.forEach((name) => sessionStorage.removeItem(name));
}

// The words, and what is chosen beside them.
function fieldsOf(element) {
  const names = (element.dataset.draftBeside ?? "").split(" ").filter(Boolean);
  return [element, ...names.map((name) => element.form.elements[name])];
}

function takeUp(element, before) {
  for (const [field, value] of before) {
    if (value !== field.value) field.closest("details")?.setAttribute("open", "");
    field.value = value;
  }
  announce(element.dataset.restored);
  const told = document.getElementById(element.dataset.draftTells);
  if (told) told.hidden = false;
}

export function start(element) {
  if (isDenied()) return undefined;
  const { draft, draftDone, draftKept } = element.dataset;
  if (draftDone) return forget(draftDone);
  if (draftKept) return element.toggleAttribute("hidden", !kept(`${draftKept} `).length);
  const fields = fieldsOf(element);
  const blank = fields.map((field) => field.value);
  const keyOf = (field) => `${PREFIX}${draft}:${field.name}`;
  const before = fields.map((field) => [field, sessionStorage.getItem(keyOf(field))]).filter(([, value]) => value !== null);
  if (before.length && !element.value) takeUp(element, before);
  const isBlank = () => !element.value && fields.every((field, at) => field.value === blank[at]);
  let timer, touched = false;
  const keep = () => fields.forEach((field) => {
    if (!isBlank()) sessionStorage.setItem(keyOf(field), field.value);
    else if (touched) sessionStorage.removeItem(keyOf(field));
  });
  const keepSoon = () => { touched = true; clearTimeout(timer); timer = setTimeout(keep, 400); };
  fields.forEach((field) => field.addEventListener("input", keepSoon));
  element.form?.addEventListener("submit", keep);
  addEventListener("pagehide", keep);
  return undefined;
}
