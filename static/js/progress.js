// The line of a file that is on its way: a bar, words, and a button that cancels.

import { attached, fill, lineOf } from "./attached.js";
import { announce } from "./focus.js";
import { refuse } from "./refusing.js";

const STEP = 25; // percent between two announcements

export class Progress {
  constructor(list, name, cancel) {
    Object.assign(this, { list, name, said: 0, line: lineOf(list, "on-its-way") });
    fill(this.line, { name, state: list.dataset.begun });
    this.line.querySelector("[data-cancel]").addEventListener("click", cancel);
    list.append(this.line);
    list.parentElement.hidden = false;
  }

  tell(percent, waiting) {
    const words = waiting ? this.list.dataset.waiting : `${percent} %`;
    const old = this.line.querySelector("[data-state]").textContent;
    this.line.querySelector("progress").value = percent;
    fill(this.line, { state: words });
    if (old === words || (!waiting && percent - this.said < STEP)) return;
    if (!waiting) this.said = percent;
    announce(`${this.name}: ${words}`);
  }

  whole(file) {
    this.line.replaceWith(attached(this.list, file));
    announce(`${file.name}: ${this.list.dataset.done}`);
  }

  along() { // with the form
    const words = this.list.dataset.along;
    fill(this.line, { state: words });
    this.line.querySelector("progress").remove();
    announce(`${this.name}: ${words}`);
  }

  refuse(input, words) {
    this.gone();
    refuse(this.list, input, `${this.name}: ${words}`);
  }

  gone() {
    this.line.remove();
    this.list.parentElement.hidden = !this.list.querySelector("li");
  }

  cancel() {
    this.gone();
    announce(`${this.name}: ${this.list.dataset.cancelled}`);
  }
}
