// Copies the words of the element named by data-copy and says so on the button itself (data-copied).

import { announce } from "./focus.js";

export function start(button) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(source.textContent.trim().replace(/\s+/g, " "));
    announce(button.dataset.copied);
    const words = button.querySelector("[data-copy-words]") ?? button;
    const before = words.textContent;
    words.textContent = button.dataset.copied;
    setTimeout(() => { words.textContent = before; }, 3000);
  });
}
