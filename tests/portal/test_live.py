"""The page of a case renews its part alone, says once what is new, and moves nothing."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client
from playwright.sync_api import Page, expect

from casework import links
from casework.models import Case
from tests.agency import Agency, build_agency, citizen, do, file_case, walk
from tests.browser import chromium, needs_chromium
from tests.server import serving

HTMX = {"hx-request": "true", "accept-language": "en"}


def part(client: Client, token: str, seen: str = "") -> tuple[int, str]:
    response = client.get(f"/c/{token}/", {"seen": seen}, headers=HTMX)
    return response.status_code, response.content.decode()


def version(html: str) -> str:
    return re.findall(r'hx-get="[^"]*\?seen=([^"]+)"', html)[0]


@pytest.fixture
def opened(client: Client, agency: Agency) -> tuple[Case, str, str]:
    """A case in work, its link, and what its page has seen."""
    case = walk(agency, "work")
    token = links.link_for(case)
    return case, token, version(client.get(f"/c/{token}/").content.decode())


def test_htmx_gets_the_part_alone_as_the_page_includes_it(
    client: Client, opened: tuple[Case, str, str]
) -> None:
    _case, token, seen = opened
    status, html = part(client, token)
    assert status == 200 and "<html" not in html and html.count('id="case"') == 1
    whole = client.get(f"/c/{token}/", headers={"accept-language": "en"}).content.decode()
    assert "data-announce" not in whole and version(html) == seen
    assert html.split("<header")[1].strip() in whole


def test_who_has_seen_it_all_gets_nothing(client: Client, opened: tuple[Case, str, str]) -> None:
    _case, token, seen = opened
    assert part(client, token, seen) == (204, "")


def test_what_is_new_is_said_with_the_part(
    client: Client, agency: Agency, opened: tuple[Case, str, str]
) -> None:
    case, token, seen = opened
    do(case, "respond", agency.officer, text="Pompa diganti.")
    status, html = part(client, token, seen)
    assert status == 200 and 'data-announce="Something new: Our answer"' in html
    assert "<title>Answer sent: " in html
    assert part(client, token, version(html)) == (204, "")


def test_what_the_citizen_may_not_know_of_is_no_news(
    client: Client, agency: Agency, opened: tuple[Case, str, str]
) -> None:
    case, token, seen = opened
    do(case, "note", agency.officer, text="Untuk kita saja.")
    assert part(client, token, seen) == (204, "")


def test_a_merged_case_hears_of_the_status_and_answer_of_its_target_alone(
    client: Client, agency: Agency
) -> None:
    target = file_case()
    merged = do(file_case(), "merge", agency.intake, into=target.reference)
    target = do(target, "accept", agency.intake, category="water", unit="water")
    target = do(target, "assigned", agency.supervisor, assignee="officer")
    token = links.link_for(merged)
    seen = version(client.get(f"/c/{token}/").content.decode())
    target = do(target, "message", citizen(target), text="Ada kabar?")
    assert part(client, token, seen)[0] == 204
    do(target, "respond", agency.officer, text="Pompa diganti.")
    status, html = part(client, token, seen)
    assert status == 200 and 'data-announce="Something new: Answer sent"' in html


WATCH = """() => {
  window.said = [];
  const region = document.getElementById("status");
  new MutationObserver(() => region.textContent && window.said.push(region.textContent))
    .observe(region, { childList: true, characterData: true, subtree: true });
}"""
PLACE = "document.querySelector('#history').getBoundingClientRect().top"


@contextmanager
def phone(case: Case) -> Iterator[Page]:
    """The page of a case on a phone, live, listening to what is announced."""
    address = f"/c/{links.link_for(case)}/"
    with serving() as host, chromium() as browser:
        size = {"width": 390, "height": 500}
        page = browser.new_context(locale="en-GB", viewport=size).new_page()
        page.goto(f"http://{host}{address}")
        expect(page.locator(".live")).to_have_attribute("data-state", "live")
        page.evaluate(WATCH)
        yield page
        connection.close()  # the one of the browser's loop


@needs_chromium
@pytest.mark.django_db(transaction=True)
def test_a_message_is_announced_once_and_neither_focus_nor_place_moves() -> None:
    agency = build_agency()
    case = walk(agency, "work")
    with phone(case) as page:
        withdraw = page.get_by_role("link", name="Withdraw the complaint")
        withdraw.focus()
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        before = withdraw.bounding_box()
        case = do(case, "message", agency.officer, text="Teknisi berangkat.")
        expect(page.get_by_text("Teknisi berangkat.")).to_have_count(1)
        expect(page.locator("#status")).to_have_text("Something new: Message")
        expect(withdraw).to_be_focused()
        assert abs(withdraw.bounding_box()["y"] - before["y"]) <= 1
        do(case, "note", agency.officer, text="Untuk kita saja.")
        page.evaluate("document.getElementById('case').dispatchEvent(new Event('newer'))")
        page.wait_for_timeout(700)
        assert page.evaluate("said") == ["Something new: Message"]


@needs_chromium
@pytest.mark.django_db(transaction=True)
def test_what_is_read_stays_in_place_and_focus_on_what_is_gone_goes_to_the_heading() -> None:
    agency = build_agency()
    case = walk(agency, "confirm")
    with phone(case) as page:
        page.evaluate("document.querySelector('#history').scrollIntoView()")
        page.get_by_role("button", name="Yes, this settles it").evaluate(
            "button => button.focus({ preventScroll: true })"
        )
        do(case, "recall", agency.officer)
        expect(page.get_by_role("heading", name="Our answer")).to_have_count(0)
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        page.evaluate("document.activeElement.blur()")
        page.evaluate("document.querySelector('#history').scrollIntoView()")
        before = page.evaluate(PLACE)
        case.refresh_from_db()
        do(case, "respond", agency.officer, text="Pompa sudah diganti lagi.")
        expect(page.get_by_role("heading", name="Our answer")).to_have_count(1)
        assert abs(page.evaluate(PLACE) - before) <= 1
