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

// With the files that were sent for it, where there is no network once there is one. Gives whether the server knows.
function drop(form, { token, upload }) {
  forget(token);
  const headers = { "Upload-Token": upload, "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
  const ask = () => fetch(form.dataset.files, { method: "DELETE", headers, keepalive: true }).then(() => true, () => false);
  return ask().then((heard) => {
    if (!heard) addEventListener("online", ask, { once: true });
    return heard;
  });
}

// The draft that this page shows: no word of it stays in sight, whether or not there is a network to leave by.
export function forgetHere(form, notice, draft) {
  form.querySelectorAll("[data-cancel]").forEach((button) => button.click()); // files on their way
  const dropped = drop(form, draft);
  const heading = document.createElement("h1");
  Object.assign(heading, { className: "question", tabIndex: -1, textContent: notice.dataset.forgotten });
  document.getElementById("main").replaceChildren(heading);
  heading.focus();
  dropped.then((heard) => { if (heard) location.replace(notice.dataset.home); });
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
