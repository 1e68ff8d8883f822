// Keeps a complaint on this device until it is sent (keeping.js). What is found on coming back is offered, and no word of
// it shown before somebody asks for it: phones are shared. data-unsent-done, on the receipt, is the token of the form
// that has been sent; other elements are its form.

import { announce } from "./focus.js";
import { answers, forget, keep, kept } from "./keeping.js";
import { drop, fill, offerAgain } from "./offering.js";

// A step that is loaded again brings what was sent to it, and not what was typed there since.
function takeUp(form) {
  const { token, step } = answers(form);
  const found = kept().find((draft) => draft.answers.token === token && draft.answers.step === step);
  if (found) fill(form, found);
}

export function start(form) {
  const { unsentDone } = form.dataset;
  if (unsentDone) return forget(unsentDone);
  const [blank, notice] = ["offer", "kept"].map((name) => document.getElementById(`unsent-${name}`));
  const found = blank ? kept() : [];
  found.forEach((draft) => offerAgain(blank, form, draft));
  if (found.length) announce(blank.querySelector("h2").textContent);
  takeUp(form);
  let keeps = true;
  let timer;
  const keepNow = () => { if (keeps && keep(form)) notice.hidden = false; };
  keepNow();
  notice.querySelector("[data-forget]").addEventListener("click", () => {
    keeps = false;
    drop(form, answers(form)).then(() => location.replace(notice.dataset.home));
  });
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keepNow, 400); });
  addEventListener("pagehide", keepNow);
  return undefined;
}
