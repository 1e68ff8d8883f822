// A part that renews itself may go out of sight: then the line that data-gone names says so.

export function start(part) {
  part.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 404) document.getElementById(part.dataset.gone).hidden = false;
  });
}
