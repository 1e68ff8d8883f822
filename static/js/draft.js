// Keeps what an officer is typing in this tab until it is sent: data-draft is the key, one for each case.
// An element with data-draft-done says that the act is on record, so the draft is done with.
// For the desk only: a citizen who stays without a name leaves nothing behind on a shared computer.

import { announce } from "./focus.js";

const name = (key) => `draft:${key}`;

export function start(element) {
  if (element.dataset.draftDone) return sessionStorage.removeItem(name(element.dataset.draftDone));
  const key = name(element.dataset.draft);
  const kept = sessionStorage.getItem(key);
  if (kept && !element.value) {
    element.value = kept;
    announce(element.dataset.restored);
  }
  const keep = () => sessionStorage.setItem(key, element.value);
  let timer;
  element.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, 400); });
  element.form?.addEventListener("submit", keep);
  return undefined;
}
