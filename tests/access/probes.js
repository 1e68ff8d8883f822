// What is looked at on a page, in the page itself. Each probe returns what is wrong, in words.
([probe, most]) => {
  const name = (one) => one.outerHTML.slice(0, 120).replace(/\s+/g, " ");
  const seen = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  // For screen readers alone, or in sight only once it has the focus.
  const spoken = (one) => one.getBoundingClientRect().width <= 1 || one.closest(".ds-sr-only, .ds-skip-link");
  const all = (which) => [...document.querySelectorAll(which)].filter((one) => seen(one) && !spoken(one));
  const style = (one) => getComputedStyle(one);
  const scrolls = (one) => /auto|scroll/.test(style(one).overflowX);
  const stays = (one) => /sticky|fixed/.test(style(one).position);
  const hasRing = (one) => style(one).outlineStyle !== "none" && parseFloat(style(one).outlineWidth) >= 2;
  const within = (one, which) => {
    for (let up = one.parentElement; up; up = up.parentElement) if (which(up)) return true;
    return false;
  };
  // Tables may be wider: a region of their own scrolls, by the keyboard too. Those of the settings are Django's.
  const REGIONS = '.scroll[tabindex="0"][aria-label], .results, .module, input, textarea, select';

  const probes = {
    sideways() {
      const wide = document.documentElement.scrollWidth > innerWidth ? ["scrolls sideways"] : [];
      const out = all("body *").filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
        .filter((one) => !within(one, (up) => scrolls(up) || up.matches("svg")));
      return wide.concat(out.slice(0, 3).map((one) => `sticks out: ${name(one)}`));
    },
    strips() {
      return all("main *, header *").filter((one) => scrolls(one) && one.scrollWidth > one.clientWidth + 1)
        .filter((one) => !one.matches(REGIONS)).map((one) => `a strip to scroll: ${name(one)}`);
    },
    bars() {
      const bars = all("body *").filter(stays);
      const height = bars.reduce((sum, one) => sum + one.getBoundingClientRect().height, 0);
      return height > innerHeight * most ? [`bars of ${height} px over ${innerHeight} px`] : [];
    },
    clipped() {
      const hides = (one) => /hidden|clip/.test(style(one).overflow) && !one.matches(".clip, select, svg *");
      const cut = (one) => one.scrollHeight > one.clientHeight + 2 || one.scrollWidth > one.clientWidth + 2;
      return all("main *, header *, footer *").filter((one) => one.innerText?.trim() && hides(one) && cut(one))
        .map((one) => `cut off: ${name(one)}`);
    },
    edges() {
      const drawn = (one, side) => style(one)[`border${side}Style`] !== "none" && parseFloat(style(one)[`border${side}Width`]) > 0;
      const edged = (one) => (drawn(one, "Top") && drawn(one, "Bottom")) || style(one).textDecorationLine.includes("underline");
      return all("button, a.ds-button, select, textarea, input:not([type=hidden], [type=file], [type=radio], [type=checkbox])")
        .filter((one) => !edged(one)).map((one) => `no edge: ${name(one)}`);
    },
    rings() {
      const stops = all('a[href], button, select, textarea, input:not([type=hidden]), summary, [tabindex="0"]');
      const bare = stops.filter((one) => { one.focus({ focusVisible: true }); return !hasRing(one); });
      document.activeElement.blur();
      return bare.map((one) => `no ring: ${name(one)}`);
    },
    order() {
      return all("[tabindex]").filter((one) => one.tabIndex > 0).map((one) => `out of order: ${name(one)}`);
    },
    stop() {
      const one = document.activeElement;
      if (one === document.body) return [];
      const box = one.getBoundingClientRect();
      const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
      const covers = (over) => over.top <= box.top && over.bottom >= box.bottom && over.left <= box.left && over.right >= box.right;
      const over = all("body *").filter((bar) => stays(bar) && !bar.contains(one) && covers(bar.getBoundingClientRect()));
      return [
        ...(hasRing(one) ? [] : ["shows no focus"]),
        ...(inside ? [] : ["is out of sight"]),
        ...over.map((bar) => `lies under ${name(bar)}`),
      ];
    },
  };
  return probes[probe]();
}
