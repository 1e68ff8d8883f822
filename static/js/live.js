// Listens to the server's "something newer" and tells the parts concerned; each part fetches what it may see.
// The socket carries no content. While it is down a slow timer asks in its place.

const SLOW = 60_000;
const LONGEST_WAIT = 30_000;
const JITTER = 400; // spreads the fetches of many open pages

function tell(topic) {
  for (const part of document.querySelectorAll("[data-live-topic]")) {
    if (topic && !part.dataset.liveTopic.split(" ").includes(topic)) continue;
    setTimeout(() => part.dispatchEvent(new CustomEvent("newer")), Math.random() * JITTER);
  }
}

const clock = (date) => date?.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }) ?? "";

export function start(line) {
  const words = line.querySelector("[data-live-state]") ?? line;
  const address = new URL(line.dataset.socket, location.href);
  address.protocol = address.protocol.replace("http", "ws");
  let socket, timer, lostAt, wait = 1000;

  function show(state) {
    line.hidden = false;
    line.dataset.state = state;
    words.textContent = (line.dataset[state] ?? "").replace("{time}", clock(lostAt));
  }

  // The page of a case asks to hear of it: the server lets it, or not.
  function watch() {
    for (const { dataset } of document.querySelectorAll("[data-live-topic^='case:']"))
      socket.send(JSON.stringify({ watch: dataset.liveTopic.slice(5), seen: Number(dataset.seen) }));
  }

  function opened() {
    watch();
    if (lostAt) tell(); // what happened in between
    [lostAt, wait] = [undefined, 1000];
    show("live");
  }

  function closed() {
    lostAt ??= new Date();
    show(Date.now() - lostAt > SLOW ? "old" : "lost");
    timer = setTimeout(connect, wait + Math.random() * JITTER);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }

  function connect() {
    clearTimeout(timer);
    socket = new WebSocket(address);
    socket.onopen = opened;
    socket.onclose = closed;
    socket.onmessage = ({ data }) => { const note = JSON.parse(data); if (note.type === "newer") tell(note.topic); };
  }

  document.addEventListener("visibilitychange", () => { if (!document.hidden && socket.readyState === WebSocket.CLOSED) connect(); });
  setInterval(() => { if (lostAt && !document.hidden) tell(); }, SLOW);
  connect();
}
