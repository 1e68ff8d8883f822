// What somebody sees and hears of a recording: its buttons, its clock, its words, and afterwards a player.

import { announce } from "./focus.js";

const ENDING = 150; // seconds, after which it is said that little is left
const clockOf = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

export class Panel {
  constructor(part) {
    this.words = part.dataset;
    this.player = part.querySelector("audio");
    ["record", "stop", "discard", "clock", "said"].forEach((name) => { this[name] = part.querySelector(`[data-${name}]`); });
  }

  draw(recording) {
    this.record.hidden = recording;
    [this.stop, this.discard, this.clock].forEach((each) => { each.hidden = !recording; });
    (recording ? this.stop : this.record).focus();
    this.say(recording ? this.words.recording : "");
  }

  say(words) {
    this.said.textContent = words;
    this.said.hidden = !words;
    announce(words);
  }

  tick(seconds) {
    this.clock.textContent = clockOf(seconds);
    if (seconds === ENDING) this.say(this.words.ending);
  }

  play(file) {
    URL.revokeObjectURL(this.player.src);
    this.player.src = URL.createObjectURL(file);
    this.player.hidden = false;
  }
}
