"""Sending a form: once, and again where no page came."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from casework.links import link_for
from config.environment import PROJECT
from tests.agency import build_agency, walk
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


@pytest.fixture
def site() -> Iterator[tuple[Page, str]]:
    case = walk(build_agency(), "confirm")
    with serving() as host, chromium() as browser:
        page = browser.new_context(locale="en-GB", service_workers="block").new_page()
        page.goto(f"http://{host}/c/{link_for(case)}/")
        page.wait_for_load_state("networkidle")
        yield page, f"http://{host}"


def test_what_is_pressed_without_a_network_stays_in_place(site: tuple[Page, str]) -> None:
    page, address = site
    page.context.set_offline(True)
    settled = page.get_by_role("button", name="Yes, this settles it")
    settled.click()
    expect(page.locator("form").get_by_text("could not be reached")).to_be_visible()
    expect(settled).to_be_visible()
    page.context.set_offline(False)
    page.goto(f"{address}/track/")
    page.wait_for_load_state("networkidle")
    digits = page.get_by_label("The 16 secret digits")
    digits.fill("3069 8986 3036 3127")
    page.context.set_offline(True)
    page.get_by_role("button", name="Open").click()
    expect(page.locator("form").get_by_text("could not be reached")).to_be_visible()
    expect(digits).to_have_value("3069 8986 3036 3127")


def test_every_form_of_the_portal_stays_in_place_without_a_network() -> None:
    for template in (PROJECT / "templates/portal").glob("*.html"):
        for form in re.findall(r'<form[^>]*method="post"[^>]*>', template.read_text()):
            assert re.search(r'data-module="[^"]*\bsubmit-once\b', form), (template.name, form)
