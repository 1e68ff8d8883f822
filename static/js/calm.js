// A list renews itself, but not under the pointer or the keyboard: then a line says that there is something
// new, and it comes on request or once the hand is gone. The line is the element that data-calm names. What
// came on request is said (data-told); what comes by itself is not, or a busy list would never be quiet.

import { announce } from "./focus.js";

export function start(list) {
  const line = document.getElementById(list.dataset.calm);
  // The way to the button leads out of the list: who is there asks for it.
  const busy = () => list.matches(":hover") || [list, line].some((part) => part.contains(document.activeElement));
  const heading = list.closest("section").querySelector("h1");
  heading.tabIndex = -1;
  let wanted = false;

  function renew() {
    wanted = true;
    if (line.contains(document.activeElement)) heading.focus(); // the button is about to go
    line.hidden = true;
    list.dispatchEvent(new CustomEvent("newer"));
  }

  list.addEventListener("newer", (event) => {
    if (wanted || !busy()) return;
    event.stopImmediatePropagation();
    if (line.hidden) announce(line.textContent.trim());
    line.hidden = false;
  }, { capture: true });

  // Other parts of the page may settle meanwhile: it is said once the list itself was exchanged.
  function tell() {
    const now = document.getElementById(list.id);
    if (now === list) return;
    document.removeEventListener("htmx:afterSettle", tell);
    announce(now.dataset.told);
  }

  line.querySelector("button").onclick = () => {
    document.addEventListener("htmx:afterSettle", tell);
    renew();
  };
  const left = () => { if (!line.hidden && !busy()) renew(); };
  list.addEventListener("mouseleave", left);
  for (const part of [list, line]) part.addEventListener("focusout", () => setTimeout(left));
}
