// A part that renews itself may go out of sight: then the line that data-gone names says so, and it alone.

import { announce } from "./focus.js";

export function start(part) {
  part.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status !== 404) return;
    event.stopPropagation(); // the server could be reached
    const line = document.getElementById(part.dataset.gone);
    line.hidden = false;
    announce(line.textContent.trim().replace(/\s+/g, " "));
  });
}
