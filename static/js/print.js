// Prints the page; without a script there is no button.

export function start(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
