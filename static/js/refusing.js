// Files that were not taken, marked as the server does it (templates/portal/_refusals.html, _refused.html): in a summary,
// beside the field, and in the title. The next choice takes the marks away.

import { lead } from "./attention.js";
import { announce } from "./focus.js";

const summaryOf = () => document.getElementById("refusals");
const markOf = (input) => document.getElementById(`${input.id}-refused`);
const isWriting = () => document.activeElement?.matches("textarea, input:not([type=file])");

function drawn(list, form) {
  const summary = list.querySelector("template[data-refused]").content.firstElementChild.cloneNode(true);
  form.before(summary);
  lead(summary);
  document.title = `${list.dataset.error}: ${document.title}`;
  return summary;
}

export function refuse(list, input, sentence) {
  const summary = summaryOf() ?? drawn(list, input.form);
  const [last, mark] = [summary.querySelector("li:last-child"), markOf(input)];
  const line = last.textContent ? last.cloneNode(true) : last;
  line.querySelector("a").textContent = sentence;
  last.parentElement.append(line);
  mark.textContent = `${mark.textContent} ${sentence}`.trim();
  mark.hidden = false;
  input.setAttribute("aria-invalid", "true");
  if (!isWriting()) summary.focus();
  announce(sentence);
}

export function forgive(list, input) {
  if (!summaryOf()) return;
  summaryOf().remove();
  Object.assign(markOf(input), { textContent: "", hidden: true });
  input.removeAttribute("aria-invalid");
  document.title = document.title.replace(`${list.dataset.error}: `, "");
}
