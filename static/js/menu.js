// An open menu lies over the page: it closes with Escape, and once the keyboard or the pointer is elsewhere.

export function start(menu) {
  const closeUnless = (target) => { if (!menu.contains(target)) menu.open = false; };
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("focusin", (event) => closeUnless(event.target));
  document.addEventListener("pointerdown", (event) => closeUnless(event.target));
}
