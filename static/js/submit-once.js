// A form is sent once, however often the button is pressed. Without a network nothing is sent and nothing is
// lost: the text stays in place and a line under the form says so (data-offline, or the page's own words).

export function start(form) {
  const line = document.createElement("p");
  line.className = "small sending";
  line.setAttribute("role", "status");
  form.append(line);
  let sent = false;

  function rest() {
    sent = false;
    form.removeAttribute("aria-busy");
  }

  form.addEventListener("submit", (event) => {
    if (sent) return event.preventDefault();
    if (!navigator.onLine) {
      event.preventDefault();
      line.textContent = form.dataset.offline ?? document.getElementById("status")?.dataset.failed;
      return undefined;
    }
    sent = true;
    line.textContent = "";
    form.setAttribute("aria-busy", "true");
    return undefined;
  });

  addEventListener("online", () => { line.textContent = form.dataset.online ?? ""; });
  addEventListener("pageshow", rest); // the browser's back button
  form.addEventListener("htmx:afterRequest", rest);
}
