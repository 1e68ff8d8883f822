// Sends one file in pieces (portal/pieces.py). Where the line is cut it waits, each time longer, asks how far the
// file came, and goes on from there. Gives what the server says of the whole file; throws Refused, with a sentence,
// where it is not taken, NoRoom where it had to wait again and again, and AbortError where it was cancelled.

import { ask, Refused, rest } from "./asking.js";

const SMALLEST = 16 * 1024; // bytes of a piece: over a slow line little is lost with one
const LARGEST = 256 * 1024;
const QUICK = 2_000; // milliseconds: a line that is so fast gets larger pieces
const FIRST = 1_000; // milliseconds of the first pause; it doubles up to the longest
const LONGEST = 30_000;
const WAITS = 2; // one after the other: after that the form brings the file

export class NoRoom extends Error {}

// `tell(offset, waiting)` hears how far the file came, and whether it waits for the network.
export async function send(file, { address, headers, signal, tell }) {
  let offset = 0;
  let known = true; // whether `offset` is what the server has
  let size = 2 * SMALLEST;
  let pause = FIRST;
  let waits = 0;
  for (;;) {
    if (signal.aborted) throw new DOMException("", "AbortError");
    const begun = performance.now();
    const said = { ...headers, "Upload-Offset": String(offset) };
    try {
      const piece = file.slice(offset, offset + size);
      const answer = known ? await ask(address, "POST", said, signal, piece) : await ask(address, "GET", headers, signal);
      if (answer.file) return answer.file;
      if (answer.wait) {
        waits += 1;
        if (waits > WAITS) throw new NoRoom();
        tell(offset, true);
        await rest(answer.wait, signal);
        continue;
      }
      if (known && performance.now() - begun < QUICK) size = Math.min(2 * size, LARGEST);
      ({ offset } = answer);
      known = true;
      pause = FIRST;
      waits = 0;
      tell(offset, false);
    } catch (error) {
      if (error instanceof Refused || error instanceof NoRoom || signal.aborted) throw error;
      known = false;
      size = Math.max(size / 2, SMALLEST);
      tell(offset, true);
      await rest(pause, signal);
      pause = Math.min(2 * pause, LONGEST);
    }
  }
}
