// A list renews itself, but not under the pointer or the keyboard: then a line says that there is something
// new, and it comes on request or once the hand is gone. The line is the element that data-calm names.

export function start(list) {
  const line = document.getElementById(list.dataset.calm);
  const busy = () => list.matches(":hover") || list.contains(document.activeElement);
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
    line.hidden = false;
  }, { capture: true });
  line.querySelector("button").onclick = renew;
  const left = () => { if (!line.hidden && !busy()) renew(); };
  list.addEventListener("mouseleave", left);
  list.addEventListener("focusout", () => setTimeout(left));
}
