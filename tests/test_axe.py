"""Axe finds nothing: every page, light and dark, wide and 390 px, in both languages."""

import itertools

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from casework.links import link_for
from tests.agency import Agency, build_agency, walk
from tests.browser import chromium, needs_chromium
from tests.server import serving

pytestmark = [pytest.mark.django_db(transaction=True), needs_chromium]
LOOKS = list(itertools.product(("light", "dark"), (1280, 390), ("id-ID", "en-GB")))
PASSWORD = "rahasia-uji"


@pytest.fixture
def agency(transactional_db: None) -> Agency:
    return build_agency()


def citizen_pages(agency: Agency) -> list[str]:
    confirm, waiting = link_for(walk(agency, "confirm")), link_for(walk(agency, "wait_work"))
    closed = link_for(walk(agency, "closed"))
    return [
        "/",
        "/complain/",
        "/track/",
        "/accounts/login/",
        "/no-such-page/",
        "/c/forged/",
        *(f"/c/{token}/" for token in (confirm, waiting, closed)),
        *(f"/c/{confirm}/{name}/" for name in ("dispute", "message", "withdraw")),
        f"/c/{waiting}/answered/",
        f"/c/{closed}/rate/",
    ]


def staff_pages(agency: Agency) -> list[str]:
    work = f"/desk/cases/{walk(agency, 'work').reference}/"
    return [
        "/desk/",
        "/desk/?view=mine",
        "/desk/file/",
        "/desk/tray/",
        work,
        f"{work}?mode=note",
        *(f"{work}{name}/" for name in ("reassign", "hold", "transfer", "respond", "merge")),
    ]


def sign_in(page: Page, site: str) -> None:
    page.goto(f"{site}/accounts/login/?next=/desk/")
    page.locator("#id_username").fill("supervisor")
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/desk/")


def findings(page: Page, site: str, addresses: list[str]) -> list[str]:
    """What axe finds on the pages, and any that scroll sideways."""
    found = []
    for address in addresses:
        page.goto(site + address)
        result = Axe().run(page)
        found += [
            f"{address}: {v['id']} {v['nodes'][0]['html'][:150]}"
            for v in result.response["violations"]
        ]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{address}: scrolls sideways")
    return found


@pytest.mark.parametrize("who", ["citizen", "staff"])
def test_axe_finds_nothing_on_any_page(agency: Agency, who: str) -> None:
    addresses = citizen_pages(agency) if who == "citizen" else staff_pages(agency)
    found = []
    with serving() as address, chromium() as browser:
        for scheme, width, language in LOOKS:
            size = {"width": width, "height": 844}
            context = browser.new_context(color_scheme=scheme, viewport=size, locale=language)
            page = context.new_page()
            if who == "staff":
                sign_in(page, f"http://{address}")
            look = f"{scheme} {width} {language}"
            found += [f"{look} {line}" for line in findings(page, f"http://{address}", addresses)]
            context.close()
    assert not found, "\n".join(found)
