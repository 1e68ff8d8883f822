"""Sending a form: once, and again where no page came."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.agency import build_agency
from tests.browser import chromium, needs_chromium
from tests.server import serving

pytestmark = [pytest.mark.django_db(transaction=True), needs_chromium]


class Broken:
    """A way to the server that takes what is sent and brings no page back."""

    def __init__(self, page: Page) -> None:
        self.sent = 0
        page.route("**/complain/", self._take)

    def _take(self, route: Route) -> None:
        self.sent += 1
        route.fulfill(status=204)


@pytest.fixture
def page() -> Iterator[Page]:
    """The first step of a filing, filled in."""
    build_agency()
    with serving() as host, chromium() as browser:
        # A worker between them would send what no route of the page sees.
        context = browser.new_context(locale="en-GB", service_workers="block")
        page = context.new_page()
        page.clock.install()
        page.goto(f"http://{host}/complain/")
        page.wait_for_load_state("networkidle")
        page.get_by_label("What happened?").fill("Air mati empat hari di RT 03 Karangsari.")
        yield page


def press(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()
    page.wait_for_timeout(200)


def test_where_no_page_comes_the_button_works_again_after_a_while(page: Page) -> None:
    Broken(page)
    press(page)
    expect(page.locator("form[aria-busy]")).to_have_count(1)
    page.clock.fast_forward(11_000)
    expect(page.locator(".sending")).to_contain_text("You can send it again")
    expect(page.locator("form[aria-busy]")).to_have_count(0)
    page.unroute_all()
    press(page)
    expect(page.get_by_label("Which service is it about?")).to_be_visible()


def test_whoever_presses_twice_sends_once(page: Page) -> None:
    broken = Broken(page)
    press(page)
    page.clock.fast_forward(9_000)
    press(page)
    assert broken.sent == 1
