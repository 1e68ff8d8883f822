"""Open pages of the desk renew themselves, and not under the hand."""

import pytest
from playwright.sync_api import Page, expect

from notifications.models import Notification
from tests.agency import Agency, build_agency, citizen, do, file_case, walk
from tests.browser import chromium, needs_chromium
from tests.office import Office
from tests.server import serving

pytestmark = [pytest.mark.django_db(transaction=True), needs_chromium]


@pytest.fixture
def agency(transactional_db: None) -> Agency:
    return build_agency()


def live(page: Page) -> Page:
    """Wait until its socket is open."""
    expect(page.locator("[data-module=live]").first).to_have_attribute("data-state", "live")
    return page


def test_an_open_queue_and_its_counts_renew_themselves(agency: Agency) -> None:
    with serving() as host, chromium() as browser:
        page = live(Office(browser, f"http://{host}").staff("intake"))
        page.mouse.move(0, 0)
        case = file_case()
        expect(page.get_by_text(case.reference)).to_be_visible()
        expect(page.locator("#views [aria-current] .count")).to_have_text("1")


def test_rows_under_the_pointer_stay_until_it_is_gone_or_somebody_asks(agency: Agency) -> None:
    first = file_case()
    with serving() as host, chromium() as browser:
        page = live(Office(browser, f"http://{host}").staff("intake"))
        page.locator(f'a[href*="{first.reference}"]').hover()
        second = file_case()
        news = page.get_by_role("button", name="Something new: show it")
        expect(news).to_be_visible()
        expect(page.get_by_text(second.reference)).to_have_count(0)
        page.mouse.move(0, 0)
        expect(page.get_by_text(second.reference)).to_be_visible()
        expect(news).to_be_hidden()

        page.locator(f'a[href*="{first.reference}"]').hover()
        third = file_case()
        news.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text(third.reference)).to_be_visible()
        expect(page.get_by_role("heading", name="My units")).to_be_focused()


def test_opening_a_case_marks_its_news_as_read(agency: Agency) -> None:
    case = walk(agency, "work")
    with serving() as host, chromium() as browser:
        page = live(Office(browser, f"http://{host}").staff("officer"))
        expect(page.locator(".bell .count")).to_contain_text("1")
        page.goto(f"http://{host}/desk/cases/{case.reference}/")
        expect(page.locator(".bell")).to_be_visible()
        expect(page.locator(".bell .count")).to_have_count(0)
    assert Notification.objects.filter(user=agency.officer, read_at=None).count() == 0


def test_an_open_case_shows_what_the_citizen_says_and_keeps_what_is_being_typed(agency) -> None:
    case = walk(agency, "work")
    with serving() as host, chromium() as browser:
        page = Office(browser, f"http://{host}").staff("officer")
        page.goto(f"http://{host}/desk/cases/{case.reference}/")
        box = live(page).get_by_label("Message to the complainant")
        box.fill("Kami periksa")
        do(case, "message", citizen(case), text="Sekarang keruh.")
        expect(page.get_by_text("Sekarang keruh.")).to_be_visible()
        expect(box).to_have_value("Kami periksa")
        expect(box).to_be_focused()


def test_an_open_case_that_goes_out_of_sight_says_so_and_keeps_what_is_being_typed(agency) -> None:
    case = walk(agency, "work")
    with serving() as host, chromium() as browser:
        page = Office(browser, f"http://{host}").staff("officer")
        page.goto(f"http://{host}/desk/cases/{case.reference}/")
        live(page).get_by_label("Message to the complainant").fill("Kami periksa")
        do(case, "transfer", agency.supervisor, unit="roads")
        expect(page.get_by_role("alert")).to_contain_text("no longer, yours to see")
        page.get_by_role("button", name="Send the message only").click()
        expect(page.get_by_label("Your text, to copy")).to_have_value("Kami periksa")
