// A form is sent once, however often the button is pressed. Without a network nothing is sent and nothing is
// lost: the text stays in place and a line under the form says so (data-offline, or the page's own words).
// Where no new page comes, because it was stopped or takes too long, the line says so and the button works again.

const PATIENCE = 10_000; // milliseconds that a page may take before the button is freed
const SLOWEST = 4; // bytes in a millisecond, on the slowest line that files are sent over

export function start(form) {
  const line = document.createElement("p");
  line.className = "small sending";
  line.setAttribute("role", "status");
  form.append(line);
  const words = document.getElementById("status")?.dataset ?? {};
  const offline = form.dataset.offline ?? words.failed;
  let sent = false;
  let timer;

  function patience() {
    const files = [...form.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files]);
    return PATIENCE + files.reduce((sum, file) => sum + file.size, 0) / SLOWEST;
  }

  function rest() {
    sent = false;
    clearTimeout(timer);
    form.removeAttribute("aria-busy");
  }

  function free(why) {
    if (!sent) return;
    rest();
    line.textContent = why;
  }

  form.addEventListener("submit", (event) => {
    if (sent) return event.preventDefault();
    if (!navigator.onLine) {
      event.preventDefault();
      line.textContent = offline;
      return undefined;
    }
    sent = true;
    timer = setTimeout(free, patience(), words.unanswered);
    line.textContent = "";
    form.setAttribute("aria-busy", "true");
    return undefined;
  });

  addEventListener("online", () => { if (line.textContent === offline) line.textContent = form.dataset.online ?? ""; });
  addEventListener("pageshow", rest); // the browser's back button
  form.addEventListener("htmx:afterRequest", rest);
  form.addEventListener("unreached", () => free(words.failed)); // stay.js
}
