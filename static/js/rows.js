// What the keys of keys.js do in a list: J and K move along what is marked data-row. For the row under the
// focus ON_ROW says where a key leads, and a form with data-act-on-row where it sends.
// Each function says whether it did anything.

import { announce } from "./focus.js";

const ON_ROW = { r: "?mode=public#text", c: "?mode=note#text", a: "assigned/", t: "transfer/" };
export const STEP = { j: 1, k: -1 };

export function move(step) {
  const rows = [...document.querySelectorAll("[data-row]")].filter((row) => row.checkVisibility());
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[at < 0 && step < 0 ? rows.length - 1 : at + step];
  if (!next) return false;
  if (next.tabIndex < 0) next.tabIndex = -1;
  next.focus({ focusVisible: true });
  return true;
}

export function onRow(key, words) {
  const form = document.querySelector(`form[data-act-on-row="${CSS.escape(key)}"]`);
  if (!document.querySelector("a[data-row]") || (!form && !ON_ROW[key])) return false;
  const row = document.activeElement.closest("a[data-row]");
  if (!row) {
    announce(words.choose);
  } else if (form) {
    form.action = new URL(form.dataset.act, row.href);
    form.requestSubmit();
  } else {
    location.assign(new URL(ON_ROW[key], row.href));
  }
  return true;
}
