// Records what somebody says (recording.js), and hands it to the file input data-input names, as if it had been chosen
// there. Shown only where the browser can record; the rest is fetched, and the microphone asked for, when the button is
// pressed.

function choose(input, file) {
  const box = new DataTransfer();
  box.items.add(file);
  input.files = box.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

export function start(part) {
  if (!window.MediaRecorder || !navigator.mediaDevices) return;
  const input = document.getElementById(part.dataset.input);
  const button = (name) => part.querySelector(`[data-${name}]`);
  let panel;
  let recorder;
  let wanted;

  function done(file) {
    recorder = undefined;
    panel.draw(false);
    if (!wanted) return;
    panel.play(file);
    choose(input, file);
  }

  async function listen() {
    const [{ Panel }, { record }] = await Promise.all([import("./speaking.js"), import("./recording.js")]);
    panel ??= new Panel(part);
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => null);
    if (!stream) return panel.say(part.dataset.denied);
    wanted = true;
    panel.tick(0);
    recorder = record(stream, part.dataset.name, { tick: (seconds) => panel.tick(seconds), done });
    return panel.draw(true);
  }

  function end(keeping) {
    wanted = keeping;
    recorder?.stop();
  }

  part.hidden = false;
  button("record").addEventListener("click", () => { if (!recorder) listen(); });
  button("stop").addEventListener("click", () => end(true));
  button("discard").addEventListener("click", () => end(false));
  addEventListener("pagehide", () => end(false));
  // Whoever goes on while they still speak has finished; the form then waits for the file.
  input.form.addEventListener("submit", (event) => {
    if (!recorder) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    recorder.addEventListener("stop", () => input.form.requestSubmit(event.submitter));
    end(true);
  }, { capture: true });
}
