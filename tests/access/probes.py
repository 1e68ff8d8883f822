"""How each page is looked at: each probe returns what is wrong, in words."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

Probe = Callable[[Page], list[str]]
SCRIPT = (Path(__file__).parent / "probes.js").read_text()
DESKTOP = {"width": 1280, "height": 844}
PHONE = {"width": 390, "height": 844}
#: 1280 by 1024 px, magnified to 400 % (WCAG 1.4.10).
ZOOMED = {"width": 320, "height": 256}
TALLEST_BARS = 0.2  # of the height: what stays in sight over the content

_SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; }
  * { word-spacing: .16em !important; } p { margin-block-end: 2em !important; }"""
_LARGE = ":root { font-size: 200% !important; }"
#: A sheet made by a script: our policy lets no other in.
_WITH_STYLE = """(css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = css ? [sheet] : [];
}"""


def look(page: Page, *probes: str) -> list[str]:
    """What these probes of the script find."""
    found = [page.evaluate(SCRIPT, [probe, TALLEST_BARS]) for probe in probes]
    return [line for lines in found for line in lines]


def zoomed_to_400_percent(page: Page) -> list[str]:
    """Reads in one direction, and what stays in sight leaves room."""
    page.set_viewport_size(ZOOMED)
    found = look(page, "sideways", "strips", "clipped")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    found += look(page, "bars")
    page.set_viewport_size(DESKTOP)
    return found


def text_spaced(page: Page) -> list[str]:
    """WCAG 1.4.12: nothing is cut off or sticks out with wider spacing, wide and on a phone."""
    page.evaluate(_WITH_STYLE, _SPACED)
    found = look(page, "sideways", "clipped")
    page.set_viewport_size(PHONE)
    found += look(page, "sideways", "clipped")
    page.set_viewport_size(DESKTOP)
    page.evaluate(_WITH_STYLE, "")
    return found


def text_at_200_percent(page: Page) -> list[str]:
    """WCAG 1.4.4: the text alone, twice as large."""
    page.evaluate(_WITH_STYLE, _LARGE)
    found = look(page, "sideways", "clipped")
    page.evaluate(_WITH_STYLE, "")
    return found


def in_forced_colours(page: Page) -> list[str]:
    """What can be pressed has an edge; in any colours it shows that it has the focus."""
    page.emulate_media(forced_colors="active")
    found = look(page, "edges", "rings")
    page.emulate_media(forced_colors="none")
    return found + look(page, "rings", "order")


def titled(page: Page) -> list[str]:
    """A title that says what the page is; where something is wrong, that comes first."""
    title, wrong = page.title(), page.locator(".ds-error-summary, .errornote").count()
    words = title.split(" · Tanggap")[0].strip()
    found = [] if words and words != "Tanggap" else [f"no title: {title}"]
    if bool(wrong) != title.startswith(("Galat: ", "Kesalahan: ")):
        found.append(f"does not say whether something is wrong: {title}")
    return found


PROBES: tuple[Probe, ...] = (
    titled,
    zoomed_to_400_percent,
    text_spaced,
    text_at_200_percent,
    in_forced_colours,
)
