// Keeps what is being read where it is while a live refresh replaces the part around it: the focused
// element, else the first one with an id in sight. Focus on what is gone goes to the heading. What was
// unfolded stays so, in the other parts that come with it too.

function inSight(part) {
  return [...part.querySelectorAll("[id]")].find((element) => element.getBoundingClientRect().top >= 0);
}

function unfolded() {
  return [...document.querySelectorAll("details[id][open]")].map(({ id }) => id);
}

function unfold(ids) {
  for (const id of ids) document.getElementById(id)?.setAttribute("open", "");
}

function restore({ id, top, hadFocus }) {
  const again = document.getElementById(id);
  if (again) window.scrollBy({ top: again.getBoundingClientRect().top - top, behavior: "instant" });
  if (!hadFocus || document.activeElement === again) return;
  const heading = document.querySelector("#main h1");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

export function start(part) {
  part.addEventListener("htmx:beforeSwap", (event) => {
    if (!event.detail.shouldSwap) return;
    const open = unfolded();
    document.addEventListener("htmx:afterSwap", () => unfold(open), { once: true });
    const focused = part.contains(document.activeElement) && document.activeElement;
    const kept = focused || inSight(part);
    if (!kept) return;
    const place = { id: kept.id, top: kept.getBoundingClientRect().top, hadFocus: Boolean(focused) };
    document.addEventListener("htmx:afterSwap", () => restore(place), { once: true });
  });
}
