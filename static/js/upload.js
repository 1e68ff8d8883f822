// Files that are chosen here are sent at once, one after the other, and go on where a cut line stopped them; each has a
// line in the list that data-list names. The form waits for them. Without a script the form sends them itself, and so it
// does where the larger part of it, which is fetched for whoever has a file, does not come.

import { announce } from "./focus.js";

export function start(input) {
  const { form } = input;
  const list = document.getElementById(input.dataset.list);
  let queue = Promise.resolve();
  let waiting = 0;
  let pressed;

  // In sight, where the hand is (submit-once.js); it is read out too.
  function tell(words) {
    const line = form.querySelector(".sending");
    if (line) line.textContent = words;
    else announce(words);
  }

  async function take(files) {
    const [{ Sending }, { forgive }] = await Promise.all([import("./sending.js"), import("./refusing.js")]);
    forgive(list, input);
    input.value = ""; // they go by themselves: the form does not send them once more
    const sendings = files.map((file) => new Sending(file, list, input));
    sendings.forEach((sending) => { queue = queue.then(() => sending.run()); });
    await queue;
    if (!sendings.some((sending) => sending.refused)) return;
    pressed = undefined; // that is read first
    tell("");
  }

  async function takeAll() {
    const files = [...input.files];
    if (!files.length) return;
    waiting += 1;
    await take(files).catch(() => {});
    waiting -= 1;
    if (!waiting && pressed) form.requestSubmit(pressed);
  }

  takeAll(); // what was chosen before this script came
  input.addEventListener("change", takeAll);
  form.addEventListener("submit", (event) => {
    if (!waiting) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // nobody else takes the form for sent
    pressed = event.submitter;
    tell(list.dataset.patience);
  }, { capture: true });
}
