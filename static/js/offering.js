// Drafts of complaints that are on this device (keeping.js), offered to whoever comes back: to go on with, or to forget.

import { announce } from "./focus.js";
import { forget } from "./keeping.js";

export function fill(form, draft) {
  Object.entries(draft.answers).forEach(([name, value]) => {
    if (form.elements[name]) form.elements[name].value = value;
  });
}

function goOn(form, draft) {
  fill(form, draft);
  const button = document.createElement("button");
  Object.assign(button, { name: "go", value: `to-${draft.answers.step}`, hidden: true });
  form.append(button);
  form.requestSubmit(button);
}

// With the files that were sent for it.
export function drop(form, { token, upload }) {
  forget(token);
  const headers = { "Upload-Token": upload, "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
  return fetch(form.dataset.files, { method: "DELETE", headers, keepalive: true }).catch(() => {});
}

export function offerAgain(blank, form, draft) {
  const offer = blank.cloneNode(true);
  offer.removeAttribute("id");
  const pressed = (name, act) => offer.querySelector(`[data-${name}]`).addEventListener("click", act);
  const { lang } = document.documentElement;
  const way = { dateStyle: "long", timeStyle: "short" };
  offer.querySelector("time").textContent = new Date(draft.at).toLocaleString(lang === "en" ? "en-GB" : lang, way);
  offer.hidden = false;
  blank.before(offer);
  pressed("go-on", () => goOn(form, draft));
  pressed("forget", () => {
    drop(form, draft.answers);
    offer.remove();
    announce(offer.dataset.forgotten);
    form.elements.text.focus();
  });
}
