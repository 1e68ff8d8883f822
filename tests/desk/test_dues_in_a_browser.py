"""Due dates as they are seen: the bar, the phone, and what stays unfolded while a page renews."""

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from casework.links import link_for
from casework.models import Case
from tests.agency import build_agency, citizen, do
from tests.browser import chromium, needs_chromium
from tests.clockwork import on
from tests.desk.pages import address
from tests.office import Office
from tests.owing import NOON, owing
from tests.server import serving

pytestmark = [pytest.mark.django_db(transaction=True), needs_chromium]


@pytest.fixture
def cases(transactional_db: None) -> dict[str, Case]:
    return owing(build_agency())


def width(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box
    return box["width"]


def test_the_bar_is_as_long_as_the_time_that_is_used(cases: dict[str, Case]) -> None:
    with on(NOON), serving() as host, chromium() as browser:
        page = Office(browser, f"http://{host}").staff("officer")
        used = width(page, "[data-state=soon] .fill") / width(page, "[data-state=soon] .track")
        assert used == pytest.approx(0.91, abs=0.02)
        assert width(page, "[data-state=late] .fill") == width(page, "[data-state=soon] .track")
        assert page.locator("[data-state=paused] .track").count() == 0


def test_on_a_phone_the_bar_is_under_the_subject_and_as_wide_as_the_list(cases) -> None:
    with on(NOON), serving() as host, chromium() as browser:
        page = Office(browser, f"http://{host}").staff("officer")
        page.set_viewport_size({"width": 390, "height": 844})
        row = page.get_by_role("row").filter(has_text="Karangsari").first
        subject, due = (
            row.get_by_role("rowheader").bounding_box(),
            row.locator(".due").bounding_box(),
        )
        assert subject and due
        assert due["y"] >= subject["y"] + subject["height"]
        assert due["x"] == subject["x"]
        assert due["width"] > 300
        assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_an_explanation_stays_unfolded_while_the_case_renews_itself(cases) -> None:
    case = cases["calm"]
    with on(NOON), serving() as host, chromium() as browser:
        page = Office(browser, f"http://{host}").staff("officer")
        page.goto(f"http://{host}{address(case)}")
        expect(page.locator("[data-module=live]").first).to_have_attribute("data-state", "live")
        name = page.get_by_text("Explain this due date")
        name.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("The complaint came in.").first).to_be_visible()
        do(case, "message", citizen(case), text="Tetangga juga kena.")
        expect(page.get_by_text("Tetangga juga kena.")).to_be_visible()
        expect(page.get_by_text("The complaint came in.").first).to_be_visible()
        expect(name).to_be_focused()
        box = name.bounding_box()
        assert box and box["height"] >= 24


def test_where_a_promise_comes_from_stays_unfolded_too(cases) -> None:
    case = cases["calm"]
    with on(NOON), serving() as host, chromium() as browser:
        page = Office(browser, f"http://{host}").phone()
        page.goto(f"http://{host}/c/{link_for(case)}/")
        expect(page.locator("[data-module=live]").first).to_have_attribute("data-state", "live")
        page.get_by_text("Where does this date come from?").click()
        expect(page.get_by_text("14 working days from 23 November 2026.")).to_be_visible()
        do(case, "message", User.objects.get(username="officer"), text="Kami periksa hari ini.")
        expect(page.get_by_text("Kami periksa hari ini.")).to_be_visible()
        expect(page.get_by_text("14 working days from 23 November 2026.")).to_be_visible()
