// Complaints that are kept on this device: localStorage, for three days, nothing of them on the server (see unsent.js).

const KEY = "unsent";
const DONE = "unsent-done"; // the forms of this tab that are sent or forgotten: going back to one keeps it no more
const DAYS = 3;
const MOST = 5;
const NOT_KEPT = ["csrfmiddlewaretoken", "go", "language", "remove"];
const CONTACTS = ["name", "email", "phone"];

function write(drafts) {
  if (drafts.length) localStorage.setItem(KEY, JSON.stringify(drafts));
  else localStorage.removeItem(KEY);
}

// The drafts, the newest first.
export function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY)) ?? [];
    const fresh = found.filter((draft) => Date.now() - draft.at < DAYS * 86_400_000);
    if (fresh.length < found.length) write(fresh);
    return fresh;
  } catch { /* a browser that keeps nothing, or something else under our name */ }
  return [];
}

const besides = (token) => kept().filter((draft) => draft.answers.token !== token);

export function forget(token) {
  try {
    write(besides(token));
    sessionStorage.setItem(DONE, `${sessionStorage.getItem(DONE) ?? ""} ${token}`);
  } catch { /* as above */ }
}

// Of who stays without a name no contact is kept.
export function answers(form) {
  const said = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !NOT_KEPT.includes(name));
  const draft = Object.fromEntries(said);
  if (draft.identity === "none") CONTACTS.forEach((name) => { delete draft[name]; });
  return draft;
}

// Gives whether there was something to keep, and it is kept.
export function keep(form) {
  const draft = answers(form);
  const { token, upload, step, ...words } = draft;
  const begun = step !== "what" || form.querySelector("#attached li") || Object.values(words).some(Boolean);
  try {
    if (!begun || (sessionStorage.getItem(DONE) ?? "").split(" ").includes(token)) return false;
    write([{ at: Date.now(), answers: draft }, ...besides(token)].slice(0, MOST));
    return true;
  } catch {
    return false;
  }
}
