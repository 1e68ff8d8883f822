"""Where the focus is, and what is said, after each part that renews itself and each act."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.agency import Agency, build_agency, citizen, do, file_case, walk
from tests.browser import chromium, needs_chromium
from tests.desk.test_live import live
from tests.office import Office
from tests.server import serving

pytestmark = [pytest.mark.django_db(transaction=True), needs_chromium]


@pytest.fixture
def agency(transactional_db: None) -> Agency:
    return build_agency()


@pytest.fixture
def office(agency: Agency) -> Iterator[Office]:
    with serving() as host, chromium() as browser:
        yield Office(browser, f"http://{host}")


def said(page: Page, words: str) -> None:
    """Sooner or later; other things may be said before and after it."""
    heard: list[str] = []
    for _try in range(50):
        heard = page.evaluate("heard")
        if words in heard:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{words!r} is not among {heard}")


def at_case(page: Page, case) -> Page:
    page.goto(f"{page.url.split('/desk')[0]}/desk/cases/{case.reference}/")
    return live(page)


def test_a_queue_under_the_hand_says_that_there_is_more_and_then_how_much(office: Office) -> None:
    first = file_case()
    page = live(office.staff("intake"))
    page.get_by_role("link", name=first.subject).focus()
    file_case()
    said(page, "Something new: show it")
    expect(page.get_by_role("link", name=first.subject)).to_be_focused()
    page.get_by_role("button", name="Something new: show it").focus()
    page.keyboard.press("Enter")
    said(page, "2 cases")
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_a_view_keeps_the_focus_while_its_count_renews_itself(office: Office) -> None:
    page = live(office.staff("intake"))
    page.mouse.move(0, 0)
    view = page.get_by_role("link", name="Unassigned")
    view.focus()
    file_case()
    expect(view).to_have_text("Unassigned 1")
    expect(view).to_be_focused()


def test_the_bell_says_how_much_is_unread_and_keeps_the_focus(
    office: Office, agency: Agency
) -> None:
    page = live(office.staff("officer"))
    bell = page.get_by_role("link", name="News")
    bell.focus()
    walk(agency, "work")
    said(page, "1 unread piece of news")
    expect(bell).to_contain_text("1")
    expect(bell).to_be_focused()


def test_a_line_of_the_tray_keeps_the_focus_when_a_newer_one_comes(
    office: Office, agency: Agency
) -> None:
    older = walk(agency, "work")
    page = office.staff("officer")
    page.goto(f"{office.site}/desk/tray/")
    line = live(page).get_by_role("link", name=older.reference)
    line.focus()
    newer = walk(agency, "work")
    expect(page.get_by_role("link", name=newer.reference)).to_be_visible()
    expect(line).to_be_focused()


def test_an_open_case_says_what_is_new_and_a_way_on_keeps_the_focus(
    office: Office, agency: Agency
) -> None:
    case = walk(agency, "work")
    page = at_case(office.staff("officer"), case)
    way = page.get_by_role("link", name="Put on hold")
    way.focus()
    do(case, "message", citizen(case), text="Sekarang keruh.")
    expect(page.get_by_text("Sekarang keruh.")).to_be_visible()
    said(page, "Message, Complainant")
    expect(way).to_be_focused()


def test_a_case_that_goes_out_of_sight_is_said_to_be_gone(office: Office, agency: Agency) -> None:
    case = walk(agency, "work")
    page = at_case(office.staff("officer"), case)
    do(case, "transfer", agency.supervisor, unit="roads", reason="Urusan jalan.")
    expect(page.locator("#status")).to_contain_text("not, or no longer, yours to see")


def test_after_an_act_the_focus_is_on_what_was_done(office: Office, agency: Agency) -> None:
    case = walk(agency, "assign")
    page = at_case(office.staff("officer"), case)
    page.get_by_role("button", name="Claim").click()
    done = page.locator("[data-messages]")
    expect(done).to_contain_text(f"Done. {case.reference}")
    expect(done).to_be_focused()


def test_the_other_audience_brings_the_focus_to_what_is_to_be_written(
    office: Office, agency: Agency
) -> None:
    page = at_case(office.staff("officer"), walk(agency, "work"))
    for name, box in {
        "Internal note": "Internal note",
        "To the complainant": "Message to the complainant",
    }.items():
        page.get_by_role("group", name="For whom").get_by_role("link", name=name).click()
        expect(page.get_by_role("textbox", name=box)).to_be_focused()


def test_what_is_wrong_and_what_was_refused_take_the_focus(office: Office, agency: Agency) -> None:
    case = walk(agency, "work")
    page = at_case(office.staff("officer"), case)
    page.get_by_role("link", name="Put on hold").click()
    page.locator("main").get_by_role("button", name="Put on hold").click()
    summary = page.locator(".ds-error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.click()
    expect(page.get_by_label("Whom or what you wait for")).to_be_focused()
    page.get_by_label("Whom or what you wait for").fill("Menunggu PLN")
    do(case, "message", citizen(case), text="Sudah mengalir.")
    page.locator("main").get_by_role("button", name="Put on hold").click()
    expect(page.get_by_role("alert")).to_be_focused()


def test_an_open_menu_closes_once_the_focus_has_left_it(office: Office) -> None:
    page = live(office.staff("officer"))
    menu = page.get_by_role("link", name="Keyboard shortcuts")
    page.get_by_label("my account").focus()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(page.get_by_label("my account")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    expect(menu).to_be_hidden()
