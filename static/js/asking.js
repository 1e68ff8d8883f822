// One question about a file that goes in pieces, and the pause before the next (see pieces.js).

const PATIENCE = 60_000; // milliseconds for one piece

export class Refused extends Error {}

// The same file has the same key, so that it goes on even where it was chosen anew after a reload.
export async function keyOf(file) {
  if (!crypto.subtle) return `r-${crypto.getRandomValues(new Uint32Array(4)).join("-")}`; // no HTTPS
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// A pause that ends early when the network comes back, or with the file.
export function rest(milliseconds, signal) {
  return new Promise((done) => {
    const timer = setTimeout(end, milliseconds);
    function end() {
      clearTimeout(timer);
      removeEventListener("online", end);
      signal.removeEventListener("abort", end);
      done();
    }
    addEventListener("online", end);
    signal.addEventListener("abort", end);
  });
}

// Gives what the server says: `offset`, `file` once it is whole, or `wait`. Throws Refused where it is not taken.
export async function ask(address, method, headers, signal, body) {
  const own = new AbortController(); // for this piece alone
  const end = () => own.abort();
  const timer = setTimeout(end, PATIENCE);
  signal.addEventListener("abort", end);
  try {
    const answer = await fetch(address, { method, headers, body, signal: own.signal, cache: "no-store" });
    if (answer.status === 429) return { wait: Number(answer.headers.get("Retry-After")) * 1000 };
    if (answer.status >= 500) throw new TypeError(answer.status); // as if nothing came: it is tried again
    if (answer.ok || answer.status === 409) return await answer.json();
    const said = answer.headers.get("Content-Type") === "application/json" ? await answer.json() : {};
    throw new Refused(said.refused ?? "");
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
  }
}
