// What a microphone hears, as a file; three minutes at most.

const LONGEST = 180; // seconds
const KINDS = { "audio/webm;codecs=opus": ".webm", "audio/ogg;codecs=opus": ".ogg", "audio/mp4": ".m4a" };
const BITS = 24_000; // a second: a voice is clear, and three minutes are half a megabyte

function kindOf() {
  return Object.keys(KINDS).find((each) => window.MediaRecorder?.isTypeSupported(each));
}

// Begins at once. `tick(seconds)` hears each second, `done(file)` the end. Gives the recorder.
export function record(stream, name, { tick, done }) {
  const kind = kindOf();
  const pieces = [];
  let seconds = 0;
  const recorder = new MediaRecorder(stream, { mimeType: kind, audioBitsPerSecond: BITS });
  const timer = setInterval(() => {
    seconds += 1;
    tick(seconds);
    if (seconds >= LONGEST) recorder.stop();
  }, 1000);
  recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
  recorder.addEventListener("stop", () => {
    clearInterval(timer);
    stream.getTracks().forEach((track) => track.stop());
    done(new File(pieces, name + KINDS[kind], { type: kind.split(";")[0] }));
  });
  recorder.start();
  return recorder;
}
