"""The queue under the hands of an officer: filters, search and pages as htmx changes them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from casework import queues
from tests.agency import Agency, build_agency, file_case
from tests.browser import chromium, needs_chromium
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


def search(page: Page, words: str) -> None:
    page.get_by_label("Reference or words").last.fill(words)
    page.keyboard.press("Enter")


def test_a_reference_searched_for_in_the_queue_opens_its_case(office: Office) -> None:
    case = file_case()
    page = office.staff("intake")
    search(page, case.reference.lower())
    expect(page.get_by_role("heading", level=1)).to_have_text(case.subject)
    expect(page).to_have_url(f"{office.site}/desk/cases/{case.reference}/")
    page.go_back()
    expect(page.locator("#rows")).to_contain_text(case.reference)


def test_a_filter_on_a_later_page_begins_at_the_first_under_a_short_address(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queues, "PAGE", 2)
    cases = [file_case() for _n in range(3)]
    page = office.staff("intake")
    page.get_by_role("link", name="Next").click()
    page.wait_for_url("**after=**", wait_until="networkidle")
    page.get_by_label("Stage").select_option("triage")
    expect(page.locator("#rows")).to_contain_text(cases[0].reference)
    expect(page).to_have_url(f"{office.site}/desk/?view=unit&stage=triage")
    search(page, "galon")
    expect(page).to_have_url(f"{office.site}/desk/?view=unit&stage=triage&q=galon")
    expect(page.locator("#words")).to_have_attribute("value", "galon")
    page.get_by_label("Stage").select_option("")
    expect(page).to_have_url(f"{office.site}/desk/?view=unit&q=galon")


def test_back_shows_the_list_before_whole_and_nothing_of_it_is_kept(office: Office) -> None:
    case = file_case()
    page = office.staff("intake")
    page.get_by_label("Stage").select_option("closed")
    expect(page.locator("#rows")).to_contain_text("No case fits this filter.")
    page.go_back()
    expect(page.locator("#rows")).to_contain_text(case.reference)
    expect(page.get_by_label("Stage")).to_have_value("")
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    assert page.evaluate("sessionStorage.getItem('htmx-history-cache')") is None


def test_what_a_filter_and_a_search_found_is_said(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queues, "PAGE", 2)
    for text in ("Air mati sepekan.", "Air keruh sepekan.", "Lampu jalan padam."):
        file_case(text=text)
    page = office.staff("intake")
    status = page.locator("#status")
    stage = page.get_by_label("Stage")
    stage.focus()
    stage.select_option("triage")
    expect(status).to_have_text("A page of 2 cases")
    expect(stage).to_be_focused()
    search(page, "lampu")
    expect(status).to_have_text("1 case")
    search(page, "sepekan")
    expect(status).to_have_text("2 cases")
    stage.select_option("closed")
    expect(status).to_have_text("No case fits this filter.")


def test_a_filter_that_did_not_reach_the_server_says_that_the_list_is_the_old_one(
    office: Office,
) -> None:
    case = file_case()
    page = office.staff("intake")
    words = "The server could not be reached. This is still the list from before."
    line = page.locator("#cases").get_by_text(words)
    page.context.set_offline(True)
    page.get_by_label("Stage").select_option("closed")
    expect(line).to_be_visible()
    expect(page.locator("#status")).to_have_text(words)
    expect(page.locator("#rows")).to_contain_text(case.reference)
    page.context.set_offline(False)
    page.get_by_role("button", name="Filter", exact=True).click()
    expect(page.locator("#status")).to_have_text("No case fits this filter.")
    expect(line).to_be_hidden()


PHONE = {"width": 390, "height": 844}


def test_on_a_phone_the_filters_are_folded_until_one_is_set(office: Office) -> None:
    case = file_case()
    page = office.staff("intake")
    page.set_viewport_size(PHONE)
    stage, fold = page.get_by_label("Stage"), page.get_by_text("Filters", exact=True)
    expect(page.get_by_label("Reference or words")).to_be_visible()
    expect(stage).to_be_hidden()
    assert page.get_by_role("link", name=case.subject).bounding_box()["y"] < 0.4 * PHONE["height"]
    fold.click()
    stage.focus()
    stage.select_option("triage")
    expect(page.locator("#status")).to_have_text("1 case")
    page.reload()
    expect(stage).to_be_visible()
    stage.focus()
    stage.select_option("")
    expect(page).to_have_url(f"{office.site}/desk/?view=unit")
    expect(stage).to_be_focused()
    page.set_viewport_size({"width": 1280, "height": 844})
    page.reload()
    expect(stage).to_be_visible()
    expect(fold).to_be_hidden()


def test_on_a_phone_the_places_are_behind_one_key(office: Office) -> None:
    page = office.staff("head")
    page.set_viewport_size(PHONE)
    places, menu = page.get_by_role("navigation", name="Main"), page.get_by_text("Menu", exact=True)
    expect(places).to_be_hidden()
    menu.press("Enter")
    expect(places).to_be_visible()
    places.get_by_role("link", name="Improvement").click()
    expect(page).to_have_url(f"{office.site}/improve/")
    page.set_viewport_size({"width": 1280, "height": 844})
    expect(places).to_be_visible()
    expect(menu).to_be_hidden()


def test_a_filter_set_back_to_any_stays_in_sight_under_the_keyboard(office: Office) -> None:
    file_case()
    page = office.staff("intake")
    kind = page.get_by_label("Kind")
    expect(kind).to_be_hidden()
    page.get_by_text("More filters").click()
    kind.select_option("praise")
    expect(page).to_have_url(f"{office.site}/desk/?view=unit&kind=praise")
    kind.focus()
    kind.select_option("")
    expect(page).to_have_url(f"{office.site}/desk/?view=unit")
    expect(kind).to_be_focused()


def test_on_a_phone_it_is_seen_that_the_page_is_cut_off(office: Office) -> None:
    page = office.staff("intake")
    page.set_viewport_size(PHONE)
    live = page.locator(".masthead .live")
    expect(live).to_have_attribute("data-state", "live")
    assert live.bounding_box()["width"] <= 1
    page.route_web_socket("**/ws/me/", lambda socket: socket.close())
    page.reload()
    expect(live).to_have_text("Reconnecting")
    assert live.bounding_box()["width"] > 40
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_a_filter_after_the_session_has_ended_asks_to_sign_in_and_comes_back(
    office: Office,
) -> None:
    page = office.staff("intake")
    page.goto(f"{office.site}/desk/?view=all")
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("Stage").select_option("triage")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(page).to_have_url(f"{office.site}/accounts/login/?next=/desk/%3Fview%3Dall")
