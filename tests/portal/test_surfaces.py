"""A narrow screen, a page enlarged to 400 %, and paper."""

import pytest
from playwright.sync_api import Page, expect

from casework.links import link_for
from tests.agency import Agency, build_agency, walk
from tests.browser import chromium, needs_chromium
from tests.server import serving
from workflows import filing

pytestmark = [pytest.mark.django_db(transaction=True), needs_chromium]
ENDLESS = "a" * 120
COLOURS = """[getComputedStyle(document.querySelector("[data-secret]")).color,
  getComputedStyle(document.documentElement).backgroundColor]"""


@pytest.fixture
def agency(transactional_db: None) -> Agency:
    return build_agency()


def pages(agency: Agency) -> list[str]:
    said = {"text": f"Air mati. {ENDLESS} {ENDLESS}", "subject": ENDLESS}
    tokens = {
        stage: link_for(walk(agency, stage, **said))
        for stage in ("triage", "wait_work", "confirm", "closed", "rejected", "merged")
    }
    return [
        "/",
        "/complain/",
        "/track/",
        "/c/forged/",
        *(f"/c/{token}/" for token in tokens.values()),
        f"/c/{tokens['confirm']}/dispute/",
        f"/c/{tokens['closed']}/rate/",
    ]


def out_at_the_side(page: Page) -> list[str]:
    """What sticks out of the window, markers before the text included."""
    return page.evaluate("""() => {
      const wide = [...document.querySelectorAll("body *")].filter((e) => {
        const box = e.getBoundingClientRect();
        return box.width > 1 && !e.closest(".ds-sr-only, .ds-skip-link")
          && (box.right > innerWidth + 1 || box.left < -1);
      }).map((e) => e.outerHTML.slice(0, 90));
      const icons = [...document.querySelectorAll(".ds-validation-message")].filter((e) =>
        e.getBoundingClientRect().left + parseFloat(getComputedStyle(e).paddingInlineStart)
          + parseFloat(getComputedStyle(e, "::before").marginInlineStart) < 0);
      return [...wide, ...icons.map((e) => "icon: " + e.textContent)];
    }""")


def send_empty(page: Page) -> None:
    """Past the browser's own check, to the page that says what is wrong."""
    page.evaluate("document.querySelectorAll('main form').forEach((f) => { f.noValidate = true; })")
    page.locator("main form .ds-button[type=submit]").first.click()
    page.locator(".ds-error-summary").wait_for()


@pytest.mark.parametrize("language", ["id-ID", "en-GB"])
def test_nothing_runs_out_at_the_side_at_320_pixels(agency: Agency, language: str) -> None:
    found: dict[str, list[str]] = {}
    paths = pages(agency)
    with serving() as address, chromium() as browser:
        size = {"width": 320, "height": 640}
        page = browser.new_context(viewport=size, locale=language).new_page()
        for path in paths:
            page.goto(f"http://{address}{path}")
            found[path] = out_at_the_side(page)
            if path in ("/complain/", "/track/") or path.endswith(("/dispute/", "/rate/")):
                send_empty(page)
                found[f"{path} with errors"] = out_at_the_side(page)
    assert {path: what for path, what in found.items() if what} == {}


def test_without_a_script_nothing_that_needs_one_is_seen(agency: Agency) -> None:
    said = {"text": "Air mati empat hari di RT 03.", "identity": "none"}
    filed = filing.file(said, token="a-token")
    case_page = f"/c/{link_for(filed.case)}/"
    with serving() as address, chromium() as browser:
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(f"http://{address}/complain/receipt/a-token/")
        expect(page.locator("[data-secret]")).to_be_visible()
        expect(page.locator("[data-module=print]")).to_be_hidden()
        page.goto(f"http://{address}{case_page}")
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator(".live")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_printed_receipt_is_dark_on_light_and_holds_what_is_needed(
    agency: Agency, scheme: str
) -> None:
    said = {"text": "Air mati empat hari di RT 03.", "identity": "none"}
    filed = filing.file(said, token="a-token")
    with serving() as address, chromium() as browser:
        page = browser.new_context(color_scheme=scheme, locale="en-GB").new_page()
        page.goto(f"http://{address}/complain/receipt/a-token/")
        page.evaluate("() => { window.print = () => { window.printed = true; }; }")
        page.get_by_role("button", name="Print").click()
        assert page.evaluate("window.printed")
        page.emulate_media(media="print")
        for words in ("What happens next", filed.case.reference, "Your 16 secret digits"):
            expect(page.get_by_text(words)).to_be_visible()
        expect(page.get_by_role("img", name="QR code")).to_be_visible()
        for part in (page.locator(".masthead"), page.locator(".foot"), page.locator("main button")):
            expect(part.first).to_be_hidden()
        assert page.evaluate(COLOURS) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
