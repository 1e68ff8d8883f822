"""What stands together stays on one line, on a phone as on a desk, in both languages."""

from itertools import pairwise

import pytest
from playwright.sync_api import Page

from tests.agency import build_agency
from tests.browser import chromium, needs_chromium
from tests.office import Office
from tests.server import serving

pytestmark = [pytest.mark.django_db(transaction=True), needs_chromium]


def lines_of(page: Page, selector: str) -> int:
    """On how many lines the parts stand, by their middle."""
    boxes = [one.bounding_box() for one in page.locator(selector).all()]
    middles = sorted(box["y"] + box["height"] / 2 for box in boxes if box)
    assert middles
    return 1 + sum(after - before > 8 for before, after in pairwise(middles))


@pytest.mark.parametrize("language", ["en-GB", "id-ID"])
def test_masthead_and_foot_keep_together_what_belongs_together(language: str) -> None:
    build_agency()
    with serving() as host, chromium() as browser:
        size = {"width": 390, "height": 844}
        page = browser.new_context(locale=language, viewport=size).new_page()
        page.goto(f"http://{host}/track/")
        assert lines_of(page, ".masthead :is(.brand, nav a, nav button)") == 1
        assert lines_of(page, ".foot .row > a") == 1


def test_the_keys_leave_room_for_what_they_do_and_the_menu_is_read_from_one_edge() -> None:
    build_agency()
    with serving() as host, chromium() as browser:
        page = Office(browser, f"http://{host}").staff("officer")
        page.goto(f"http://{host}/desk/keys/")
        switch = page.locator(".menu .linklike").last
        assert switch.evaluate("one => getComputedStyle(one).textAlign") == "start"
        page.set_viewport_size({"width": 390, "height": 844})
        key = page.locator("tbody th").first.bounding_box()
        assert key and key["width"] < 390 / 3
