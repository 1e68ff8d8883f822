// What a form of the filing says, for its draft (keeping.js).

const NOT_KEPT = ["csrfmiddlewaretoken", "go", "language", "remove"];
const NOT_ASKED = ["hidden", "submit", "button", "file"]; // the types of what no person fills in at this step
const CONTACTS = ["name", "email", "phone"];

export function answers(form) {
  const said = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !NOT_KEPT.includes(name));
  return Object.fromEntries(said);
}

// The answers from before with those of this step, where they are new. Another tab may have gone on with the draft: of
// the other steps it knows the newer words. Of who stays without a name no contact is kept.
export function merged(form, before, typed) {
  const said = answers(form);
  const draft = { ...before, step: said.step };
  const asked = [...form.elements].filter(({ name, type }) => typed && name && !NOT_ASKED.includes(type));
  asked.forEach(({ name }) => { draft[name] = said[name] ?? ""; });
  if (draft.identity === "none") CONTACTS.forEach((name) => { delete draft[name]; });
  return draft;
}
