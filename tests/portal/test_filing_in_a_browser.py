"""Filing as a person does it, with the browser's own buttons."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.agency import build_agency
from tests.browser import chromium, needs_chromium
from tests.server import serving

pytestmark = [pytest.mark.django_db(transaction=True), needs_chromium]


@pytest.fixture
def started() -> Iterator[Page]:
    """A phone on the second step of a filing."""
    build_agency()
    with serving() as host, chromium() as browser:
        yield _first_step_done(browser, f"http://{host}")


def _first_step_done(browser: Browser, site: str) -> Page:
    size = {"width": 390, "height": 844}
    page = browser.new_context(locale="en-GB", viewport=size).new_page()
    page.goto(f"{site}/complain/")
    page.get_by_label("What happened?").fill("Air mati empat hari di RT 03 Karangsari.")
    go_on(page)
    return page


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()


def test_the_back_button_of_the_browser_leads_to_the_step_before(started: Page) -> None:
    go_on(started)
    expect(started.get_by_label("Where did it happen?")).to_be_visible()
    started.go_back()
    expect(started.get_by_label("Which service is it about?")).to_be_visible()
    started.go_back()
    expect(started.get_by_label("What happened?")).to_have_value(
        "Air mati empat hari di RT 03 Karangsari."
    )


def test_what_is_wrong_is_said_by_the_page_in_its_own_language(started: Page) -> None:
    for _step in ("service", "where", "when", "files", "about"):
        go_on(started)
    started.get_by_label("Name", exact=True).fill("Wulan")
    started.get_by_label("E-mail").fill("bukan email")
    go_on(started)
    summary = started.locator(".ds-error-summary")
    expect(summary).to_contain_text("whole e-mail address")
    expect(summary).not_to_contain_text("Name")


def test_the_enter_key_goes_on_in_the_same_language(started: Page) -> None:
    go_on(started)
    started.get_by_label("Where did it happen?").press("Enter")
    expect(started.get_by_role("heading", level=1)).to_have_text("When did it happen?")


@pytest.mark.parametrize("scripts", [True, False])
def test_another_language_keeps_every_answer(scripts: bool) -> None:
    build_agency()
    with serving() as host, chromium() as browser:
        page = browser.new_context(locale="en-GB", java_script_enabled=scripts).new_page()
        page.goto(f"http://{host}/complain/")
        page.get_by_label("What happened?").fill("Air mati empat hari di RT 03 Karangsari.")
        go_on(page)
        go_on(page)
        page.get_by_label("Where did it happen?").fill("Jalan Melati")
        page.get_by_role("button", name="Bahasa Indonesia").click()
        expect(page.get_by_label("Di mana terjadinya?")).to_have_value("Jalan Melati")
        page.get_by_role("button", name="Kembali").click()
        page.get_by_role("button", name="English").click()
        page.get_by_role("button", name="Back").click()
        expect(page.get_by_label("What happened?")).to_have_value(
            "Air mati empat hari di RT 03 Karangsari."
        )
