// Keyboard shortcuts. An element says by data-key what presses it: one letter, or two after each other
// ("g q"). A field gets the focus, everything else is pressed; rows.js has the lists.
// Never while somebody types, and never with another key held.

import { STEP, move, onRow } from "./rows.js";

const PATIENCE = 1500; // milliseconds between two keys of one shortcut

function press(keys) {
  const those = [...document.querySelectorAll(`[data-key="${CSS.escape(keys)}"]`)];
  // A link in a closed menu is pressed all the same.
  const one = those.find((each) => each.checkVisibility()) ?? those[0];
  if (one?.matches("input, textarea")) one.focus();
  else one?.click();
  return Boolean(one);
}

function isFor(event) {
  const held = event.ctrlKey || event.altKey || event.metaKey || event.isComposing;
  const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
  return !held && !typing && !event.defaultPrevented && event.key.length === 1;
}

// Screen readers name the key with what it presses.
function name(root) {
  for (const one of root.querySelectorAll("[data-key]")) {
    if (one.dataset.key.length === 1) one.setAttribute("aria-keyshortcuts", one.dataset.key);
  }
}

export function start(element) {
  let first = "";
  let timer;
  name(document);
  document.addEventListener("htmx:load", (event) => name(event.detail.elt));
  document.addEventListener("keydown", (event) => {
    if (!isFor(event)) return;
    const key = event.key.toLowerCase();
    const keys = `${first} ${key}`.trim();
    clearTimeout(timer);
    first = "";
    if (keys === key && document.querySelector(`[data-key^="${CSS.escape(key)} "]`)) {
      first = key;
      timer = setTimeout(() => { first = ""; }, PATIENCE);
    } else if (STEP[keys] ? move(STEP[keys]) : press(keys) || onRow(keys, element.dataset)) {
      event.preventDefault(); // or the letter would be typed where the focus has just come
    }
  });
}
