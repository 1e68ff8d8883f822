// Keeps a complaint on this device until it is sent (keeping.js). What is found on coming back is offered, and no word of
// it shown before somebody asks for it: phones are shared. data-unsent-done, on the receipt, is the token of the form
// that has been sent; other elements are its form. data-unsent-anew is the token under which the words stay, where the
// receipt came too late to be of use.

import { answers } from "./answering.js";
import { announce } from "./focus.js";
import { draftOf, forget, keep, kept, renew } from "./keeping.js";
import { fill, forgetHere, offerAgain } from "./offering.js";

// Loaded again, or gone back to: it has what was sent to it, and not what was typed there since or in another tab.
const isOld = () => performance.getEntriesByType("navigation")[0]?.type !== "navigate";

function takeUp(form) {
  const { token, step } = answers(form);
  const found = draftOf(token);
  if (found?.answers.step === step) fill(form, found);
  return found;
}

// Before this script came.
const isTyped = ({ value, defaultValue = value, checked, defaultChecked }) => value !== defaultValue || checked !== defaultChecked;

// Whether it is kept; nothing is said to whom nothing was promised.
function tell(notice, isKept) {
  if (isKept === undefined && notice.hidden) return;
  notice.hidden = isKept === false;
  const [promise, full] = ["promise", "full"].map((name) => notice.querySelector(`[data-${name}]`));
  if (isKept === undefined && full.hidden) announce(full.textContent);
  promise.hidden = isKept === undefined;
  full.hidden = !promise.hidden;
}

export function start(form) {
  const { unsentDone, unsentAnew } = form.dataset;
  if (unsentDone) return unsentAnew ? renew(unsentDone, unsentAnew) : forget(unsentDone);
  const [blank, notice] = ["offer", "kept"].map((name) => document.getElementById(`unsent-${name}`));
  const found = blank ? kept() : [];
  found.forEach((draft) => offerAgain(blank, form, draft));
  if (found.length) announce(blank.querySelector("h2").textContent);
  let typed = !isOld() && [...form.elements].some(isTyped);
  let timer;
  const keepNow = () => { tell(notice, keep(form, typed)); typed = false; };
  if (isOld()) tell(notice, Boolean(takeUp(form)));
  else keepNow();
  notice.querySelector("[data-forget]").addEventListener("click", () => forgetHere(form, notice, answers(form)));
  form.addEventListener("input", () => { typed = true; clearTimeout(timer); timer = setTimeout(keepNow, 400); });
  addEventListener("pagehide", () => { if (typed) keepNow(); });
  addEventListener("storage", () => { if (!draftOf(answers(form).token)) notice.hidden = true; }); // sent or forgotten
  return undefined;
}
