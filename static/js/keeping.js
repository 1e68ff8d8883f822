// Complaints that are kept on this device: localStorage, for three days, nothing of them on the server (see unsent.js).

import { answers, merged } from "./answering.js";

const KEY = "unsent";
const DONE = "unsent-done"; // the forms that are sent or forgotten: no tab that still has one keeps it again
const LETTERS = 8; // of the token of such a form, to know it by; with the whole of it one could ask for the receipt
const DAYS = 3;
const MOST = 5;

function write(key, rows) {
  if (rows.length) localStorage.setItem(key, JSON.stringify(rows));
  else localStorage.removeItem(key);
}

function read(key) {
  try {
    const found = JSON.parse(localStorage.getItem(key)) ?? [];
    const fresh = found.filter((row) => Date.now() - row.at < DAYS * 86_400_000);
    if (fresh.length < found.length) write(key, fresh);
    return fresh;
  } catch { return []; } // a browser that keeps nothing, or something else under our name
}

// The drafts, the newest first.
export const kept = () => read(KEY);
export const draftOf = (token) => kept().find((draft) => draft.answers.token === token);
const besides = (token) => kept().filter((draft) => draft.answers.token !== token);
const isDone = (token) => read(DONE).some((form) => token.startsWith(form.letters));

export function forget(token) {
  try {
    write(KEY, besides(token));
    if (!isDone(token)) write(DONE, [...read(DONE), { at: Date.now(), letters: token.slice(0, LETTERS) }]);
  } catch { /* as above */ }
}

// The words stay, as another complaint.
export function renew(token, fresh) {
  const found = draftOf(token);
  forget(token);
  try {
    if (found) write(KEY, [{ ...found, answers: { ...found.answers, token: fresh } }, ...kept()]);
  } catch { /* as above */ }
}

// Gives whether a draft is kept; undefined where there is no room. `typed`: whether the words of this step are new.
export function keep(form, typed) {
  const said = answers(form);
  const draft = merged(form, draftOf(said.token)?.answers ?? said, typed);
  const { token, upload, step, ...words } = draft;
  if (isDone(token)) return false;
  const begun = step !== "what" || form.querySelector("#attached li") || Object.values(words).some(Boolean);
  try {
    write(KEY, [...(begun ? [{ at: Date.now(), answers: draft }] : []), ...besides(token)].slice(0, MOST));
    return Boolean(begun);
  } catch {
    return undefined;
  }
}
