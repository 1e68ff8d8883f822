// One file on its way, from its choice to its line in the list of what is attached.

import { keyOf, Refused } from "./asking.js";
import { NoRoom, send } from "./pieces.js";
import { Progress } from "./progress.js";
import { smaller } from "./shrink.js";

export class Sending {
  constructor(file, list, input) {
    Object.assign(this, { file, input, words: list.dataset, abort: new AbortController() });
    this.progress = new Progress(list, file.name, () => this.cancel());
  }

  headers() {
    const { upload, csrfmiddlewaretoken } = this.input.form.elements;
    const named = { "Upload-Token": upload.value, "Upload-Key": this.key, "Upload-Length": String(this.file.size) };
    return { ...named, "Upload-Name": encodeURIComponent(this.file.name), "X-CSRFToken": csrfmiddlewaretoken.value };
  }

  async run() {
    const { signal } = this.abort;
    if (signal.aborted) return;
    this.file = await smaller(this.file).catch(() => this.file);
    const tell = (offset, waiting) => this.progress.tell(Math.floor((100 * offset) / this.file.size), waiting);
    try {
      this.key = await keyOf(this.file);
      const file = await send(this.file, { address: this.words.address, headers: this.headers(), signal, tell });
      if (signal.aborted) return;
      this.progress.whole(file);
      this.input.form.dispatchEvent(new Event("input")); // there is something to keep
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof NoRoom) return this.bring();
      this.refused = true;
      this.progress.refuse(this.input, (error instanceof Refused && error.message) || this.words.failed);
    }
  }

  bring() { // with the form, as without a script
    const chosen = new DataTransfer();
    chosen.items.add(this.file);
    this.brought = Object.assign(document.createElement("input"), { type: "file", name: "files", hidden: true });
    this.brought.files = chosen.files;
    this.input.form.append(this.brought);
    this.forget();
    this.progress.along();
  }

  forget() {
    fetch(this.words.address, { method: "DELETE", headers: this.headers(), keepalive: true }).catch(() => {});
  }

  cancel() {
    this.abort.abort();
    this.brought?.remove();
    if (this.key) this.forget();
    this.progress.cancel();
    this.input.focus();
  }
}
