"""A draft survives on the phone until it is sent or forgotten; nothing typed is on the server."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, FilePayload, Page, Route, expect

from casework.models import Attachment, Case, Receipt
from tests.agency import build_agency
from tests.browser import CHROMIUM, FLAGS, chromium, needs_chromium
from tests.server import serving

pytestmark = [pytest.mark.django_db(transaction=True), needs_chromium]

TEXT = "Air mati empat hari di RT 03 Karangsari."
KEPT = "localStorage.getItem('unsent')"
OLDER = """drafts => localStorage.setItem('unsent',
  JSON.stringify(drafts.map(draft => ({ ...draft, at: draft.at - 3 * 86_400_000 }))))"""
FULL = """() => {
  for (let size = 2 ** 23, much = ''; size > 50; size /= 2) {
    try {
      localStorage.setItem('much', much + 'x'.repeat(size));
      much += 'x'.repeat(size);
    } catch { /* too much */ }
  }
}"""


@pytest.fixture
def phone() -> Iterator[tuple[Browser, str]]:
    build_agency()
    with serving() as host, chromium() as browser:
        yield browser, f"http://{host}/complain/"


@pytest.fixture
def page(phone: tuple[Browser, str]) -> Page:
    """The third step of a filing: where it happened."""
    browser, site = phone
    return write(browser.new_context(locale="en-GB").new_page(), site)


def write(page: Page, site: str) -> Page:
    page.goto(site)
    page.get_by_label("What happened?").fill(TEXT)
    go_on(page)
    go_on(page)
    page.get_by_label("Where did it happen?").fill("Jalan Melati 12")
    until(page, f"({KEPT} ?? '').includes('Jalan Melati 12')")
    return page


def until(page: Page, truth: str) -> None:
    """Wait for an expression; the page's own policy lets no script of a string wait in it."""
    for _time in range(50):
        if page.evaluate(truth):
            return
        page.wait_for_timeout(100)
    raise TimeoutError(truth)


def go_on(page: Page) -> None:
    page.locator('main button[value="next"]').click()


def come_back(page: Page, site: str, *, offered: int = 1) -> Page:
    page.goto(site)
    page.wait_for_load_state("networkidle")
    offer = page.get_by_role("heading", name="There is a draft on this device")
    expect(offer).to_have_count(offered)
    assert TEXT not in page.locator("main").inner_text()
    return page


def is_all_there(page: Page) -> None:
    page.get_by_role("button", name="Go on with it").click()
    expect(page.get_by_label("Where did it happen?")).to_have_value("Jalan Melati 12")
    page.get_by_role("button", name="Back").click()
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_label("What happened?")).to_have_value(TEXT)


def test_a_draft_survives_a_closed_tab_and_a_restart_of_the_browser(
    phone: tuple[Browser, str], tmp_path: Path
) -> None:
    browser, site = phone
    how = {"executable_path": CHROMIUM, "args": FLAGS, "locale": "en-GB"}
    with browser.browser_type.launch_persistent_context(tmp_path, **how) as before:
        write(before.new_page(), site).close()
        come_back(before.new_page(), site)
    with browser.browser_type.launch_persistent_context(tmp_path, **how) as after:
        is_all_there(come_back(after.new_page(), site))


def test_a_complaint_that_is_sent_leaves_no_draft_even_on_going_back(page: Page) -> None:
    for _step in ("where", "when", "files", "about"):
        go_on(page)
    page.get_by_label("Name", exact=True).fill("Wulan")
    until(page, f"{KEPT}.includes('Wulan')")
    page.get_by_label("Without a name").check()
    until(page, f"!{KEPT}.includes('Wulan')")
    go_on(page)
    go_on(page)
    page.wait_for_url("**/receipt/**")
    until(page, f"{KEPT} === null")
    page.go_back()
    page.wait_for_load_state("networkidle")
    assert page.evaluate(KEPT) is None
    assert Case.objects.count() == 1


def test_words_whose_receipt_came_too_late_can_be_filed_anew(
    phone: tuple[Browser, str], page: Page
) -> None:
    _browser, site = phone
    for _step in ("where", "when", "files", "about"):
        go_on(page)
    page.get_by_label("Without a name").check()
    go_on(page)
    page.route("**/complain/", lose_the_answer)
    go_on(page)
    for _time in range(50):
        if Receipt.objects.update(created_at=timezone.now() - timedelta(minutes=45)):
            break
        page.wait_for_timeout(100)
    page.unroute("**/complain/")
    come_back(page, site).get_by_role("button", name="Go on with it").click()
    go_on(page)
    expect(page.get_by_text("That time is past")).to_be_visible()
    page.get_by_role("link", name="File it anew").click()
    page.get_by_role("button", name="Go on with it").click()
    go_on(page)
    expect(page.locator("[data-secret]")).to_be_visible()
    until(page, f"{KEPT} === null")
    assert [case.text for case in Case.objects.all()] == [TEXT, TEXT]


def lose_the_answer(route: Route) -> None:
    if route.request.method == "POST":
        route.fetch(max_redirects=0)
        route.abort()
    else:
        route.continue_()


def test_a_draft_is_forgotten_at_one_press_with_its_files(
    phone: tuple[Browser, str], page: Page
) -> None:
    for _step in ("where", "when"):
        go_on(page)
    paper = FilePayload(name="surat.txt", mimeType="text/plain", buffer=b"Air mati. " * 900)
    page.get_by_label("Photos, PDF or text").set_input_files(paper)
    expect(page.get_by_role("button", name="Remove surat.txt")).to_be_visible()
    expect(page.get_by_text("On a shared phone")).to_be_visible()
    page.get_by_role("button", name="Forget this draft").click()
    expect(page.get_by_role("link", name="Make a complaint")).to_be_visible()
    assert page.evaluate(KEPT) is None
    come_back(page, phone[1], offered=0)
    assert not Attachment.objects.exists()


def test_who_comes_back_can_forget_it_and_time_does(phone: tuple[Browser, str], page: Page) -> None:
    site, kept = phone[1], json.loads(page.evaluate(KEPT))
    come_back(page, site)
    page.get_by_role("button", name="Forget this draft").first.click()
    expect(page.get_by_label("What happened?")).to_be_focused()
    assert page.evaluate(KEPT) is None
    come_back(page, site, offered=0)
    page.evaluate(OLDER, kept)
    come_back(page, site, offered=0)
    assert page.evaluate(KEPT) is None


def test_a_step_that_is_loaded_again_has_what_was_typed_there(page: Page) -> None:
    page.get_by_label("Where did it happen?").fill("Jalan Kenanga 3")
    page.reload()
    expect(page.get_by_label("Where did it happen?")).to_have_value("Jalan Kenanga 3")
    for _step in ("where", "when", "files", "about"):
        go_on(page)
    page.get_by_label("Withhold my name").check()
    page.get_by_label("Phone").fill("0812 3456 7890")
    page.reload()
    expect(page.get_by_label("Withhold my name")).to_be_checked()
    expect(page.get_by_label("Phone")).to_have_value("0812 3456 7890")
    page.get_by_role("button", name="Back").click()
    go_on(page)
    expect(page.get_by_label("Phone")).to_have_value("0812 3456 7890")


def test_a_step_that_was_refused_and_is_loaded_again_has_the_newer_words(
    phone: tuple[Browser, str],
) -> None:
    browser, site = phone
    page = browser.new_context(locale="en-GB").new_page()
    page.goto(site)
    page.get_by_label("What happened?").fill("abc")
    go_on(page)
    expect(page.get_by_text("at least ten letters").first).to_be_visible()
    page.get_by_label("What happened?").fill(TEXT)
    page.reload()
    expect(page.get_by_label("What happened?")).to_have_value(TEXT)


def test_beside_a_draft_that_is_not_taken_up_a_new_one_is_kept_too(
    phone: tuple[Browser, str], page: Page
) -> None:
    site, newer = phone[1], "Lampu jalan padam di RT 07 Karangsari."
    come_back(page, site)
    page.get_by_label("What happened?").fill(newer)
    until(page, f"({KEPT} ?? '').includes('Lampu')")
    come_back(page, site, offered=2)
    page.get_by_role("button", name="Go on with it").first.click()
    expect(page.get_by_label("What happened?")).to_have_value(newer)
    come_back(page, site, offered=2)
    page.get_by_role("button", name="Forget this draft").first.click()
    come_back(page, site)
    is_all_there(page)


def test_a_form_that_was_sent_and_changed_goes_on_as_a_new_one_and_nothing_else_is_kept(
    phone: tuple[Browser, str],
) -> None:
    browser, site = phone
    page = write(browser.new_context(locale="en-GB").new_page(), site)
    for _step in range(4):
        go_on(page)
    page.get_by_label("Without a name").check()
    go_on(page)
    page.get_by_role("button", name="Send the complaint").click()
    expect(page.locator("[data-secret]")).to_be_visible()
    first = page.locator("[data-reference]").inner_text()
    page.go_back()
    page.locator('button[value="to-what"]').click()
    page.get_by_label("What happened?").fill(f"{TEXT} Hari ini keruh.")
    page.locator('main button[value="next"]').click()
    for _step in range(6):
        go_on(page)
    page.get_by_role("button", name="Send the complaint").click()
    notice = page.get_by_role("alert")
    expect(notice).to_contain_text(first)
    expect(notice).to_be_focused()
    page.get_by_role("button", name="Send as a new complaint").click()
    expect(page.locator("[data-secret]")).to_be_visible()
    assert page.locator("[data-reference]").inner_text() != first
    until(page, f"{KEPT} === null")
    assert [case.text for case in Case.objects.order_by("pk")] == [TEXT, f"{TEXT} Hari ini keruh."]


def tab_that_goes_on(old: Page, site: str) -> Page:
    """Another tab of the same phone, which took the draft of `old` up."""
    page = come_back(old.context.new_page(), site)
    page.get_by_role("button", name="Go on with it").click()
    expect(page.get_by_label("Where did it happen?")).to_have_value("Jalan Melati 12")
    return page


def draft_of(page: Page) -> dict[str, str]:
    [draft] = json.loads(page.evaluate(KEPT))
    return draft["answers"]


def test_an_old_tab_takes_nothing_back_of_what_a_newer_one_keeps(
    phone: tuple[Browser, str], page: Page
) -> None:
    newer = tab_that_goes_on(page, phone[1])
    newer.get_by_label("Where did it happen?").fill("Jalan Kenanga 3")
    for _step in ("where", "when", "files", "about"):
        go_on(newer)
    newer.get_by_label("Name", exact=True).fill("Wulan")
    until(newer, f"{KEPT}.includes('Wulan')")
    page.reload()
    page.goto(phone[1].replace("complain/", ""))
    now = draft_of(newer)
    assert (now["step"], now["name"], now["address"]) == ("who", "Wulan", "Jalan Kenanga 3")
    page.go_back()
    page.wait_for_load_state("networkidle")
    page.get_by_label("Where did it happen?").fill("Jalan Melati 14")
    go_on(page)
    now = draft_of(newer)
    assert (now["name"], now["address"]) == ("Wulan", "Jalan Melati 14"), "typed last, and no more"


def test_what_one_tab_sent_no_other_tab_keeps(phone: tuple[Browser, str], page: Page) -> None:
    newer = tab_that_goes_on(page, phone[1])
    for _step in ("where", "when", "files", "about"):
        go_on(newer)
    newer.get_by_label("Without a name").check()
    go_on(newer)
    token = newer.locator("input[name=token]").input_value()
    go_on(newer)
    newer.wait_for_url("**/receipt/**")
    until(newer, f"{KEPT} === null")
    expect(page.get_by_text("Your draft stays on this device")).to_be_hidden()
    page.get_by_label("Where did it happen?").fill("Jalan Kenanga 3")
    page.wait_for_timeout(600)
    come_back(page, phone[1], offered=0)
    assert page.evaluate(KEPT) is None
    assert token not in page.evaluate("JSON.stringify(localStorage)"), "it opens the receipt"


def test_what_one_tab_forgot_no_other_tab_keeps(phone: tuple[Browser, str], page: Page) -> None:
    other = come_back(page.context.new_page(), phone[1])
    other.get_by_role("button", name="Forget this draft").first.click()
    until(other, f"{KEPT} === null")
    page.get_by_label("Where did it happen?").fill("Jalan Kenanga 3")
    come_back(page, phone[1], offered=0)
    assert page.evaluate(KEPT) is None


def test_whoever_empties_everything_has_no_draft(phone: tuple[Browser, str]) -> None:
    browser, site = phone
    page = browser.new_context(locale="en-GB").new_page()
    page.goto(site)
    page.get_by_label("What happened?").fill(TEXT)
    until(page, f"({KEPT} ?? '').includes('Karangsari')")
    page.get_by_label("What happened?").fill("")
    until(page, f"{KEPT} === null")
    expect(page.get_by_text("Your draft stays on this device")).to_be_hidden()


def test_a_draft_is_offered_as_long_as_the_form_is_empty(
    phone: tuple[Browser, str], page: Page
) -> None:
    come_back(page, phone[1])
    go_on(page)
    expect(page.get_by_role("heading", name="Please look at this again")).to_be_visible()
    expect(page.get_by_role("heading", name="There is a draft on this device")).to_be_visible()
    page.get_by_role("button", name="Bahasa Indonesia").click()
    page.get_by_role("button", name="Lanjutkan").first.wait_for()
    expect(page.get_by_role("heading", name="Ada draf di perangkat ini")).to_be_visible()
    page.get_by_role("button", name="English").click()
    is_all_there(page)


def test_where_the_device_is_full_the_page_does_not_say_that_words_are_kept(page: Page) -> None:
    page.evaluate(FULL)
    page.get_by_label("Where did it happen?").fill("Jalan Kenanga 3, " * 60)
    expect(page.locator("main").get_by_text("your latest words are not kept")).to_be_visible()
    expect(page.get_by_text("Your draft stays on this device")).to_be_hidden()
    page.evaluate("localStorage.removeItem('much')")
    page.get_by_label("Where did it happen?").fill("Jalan Kenanga 3")
    expect(page.get_by_text("Your draft stays on this device")).to_be_visible()
    expect(page.locator("main").get_by_text("your latest words are not kept")).to_be_hidden()


def test_a_draft_is_forgotten_without_a_network_too(phone: tuple[Browser, str], page: Page) -> None:
    page.context.set_offline(True)
    page.get_by_role("button", name="Forget this draft").click()
    expect(page.get_by_role("heading", name="The draft is forgotten.")).to_be_focused()
    page.wait_for_timeout(300)
    expect(page.get_by_role("heading", name="The draft is forgotten.")).to_be_visible()
    expect(page.get_by_label("Where did it happen?")).to_have_count(0)
    assert page.evaluate(KEPT) is None
    page.context.set_offline(False)
    come_back(page, phone[1], offered=0)
