// Sends a form without leaving its page, where the browser would show an error of its own and could not come back: what
// holds somebody's case is kept in no cache. data-then is the page that follows. Where something else is answered nothing
// was done, and the form is sent again to see it. What has a name of its own, and files, go as without a script.

const goesAsIs = (form, button) => button?.name || [...form.querySelectorAll("input[type=file]")].some(({ files }) => files.length);

async function send(form) {
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
    if (answer.type === "opaqueredirect") location.assign(form.dataset.then);
    else form.submit();
  } catch {
    form.dispatchEvent(new Event("unreached"));
  }
}

export function start(form) {
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || goesAsIs(form, event.submitter)) return;
    event.preventDefault();
    send(form);
  });
}
