"""What is pressed is 24 px high and wide at least (WCAG 2.5.8), save for links in a sentence."""

from datetime import date

import pytest
from playwright.sync_api import Page

from benchmarks.filing import steps
from casework.links import link_for
from tests.agency import Agency, build_agency, do, walk
from tests.browser import chromium, needs_chromium
from tests.office import Office
from tests.server import serving
from workflows import policies
from workflows.public_days import load_days

pytestmark = [pytest.mark.django_db(transaction=True), needs_chromium]
SMALL = """() => {
  const inText = (one) => [...one.parentElement.childNodes].some(
    (node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
  const small = (one) => {
    const { width, height } = one.getBoundingClientRect();
    return width < 24 || height < 24;
  };
  const unseen = (one) => one.matches(".ds-sr-only, .ds-skip-link") || !one.checkVisibility();
  const found = document.querySelectorAll("a, button, summary, input, select, textarea");
  return [...found].filter((one) => !unseen(one) && small(one) && !inText(one))
    .map((one) => one.outerHTML);
}"""


@pytest.fixture
def agency(transactional_db: None) -> Agency:
    return build_agency()


def small_at(page: Page, addresses: list[str]) -> list[str]:
    found = []
    for address in addresses:
        page.goto(address)
        found += [f"{address} {html}" for html in page.evaluate(SMALL)]
    return found


def test_nothing_to_press_is_smaller_than_24_px(agency: Agency) -> None:
    case = walk(agency, "work")
    do(case, "message", agency.officer, text="Kami periksa.")
    answered = walk(agency, "confirm")
    with serving() as host, chromium() as browser:
        site = f"http://{host}"
        staff, phone = Office(browser, site).staff("officer"), Office(browser, site).phone()
        desk = [
            f"{site}/desk/{path}"
            for path in ("", f"cases/{case.reference}/", "tray/", "file/", "keys/")
        ]
        token = link_for(answered)
        portal = [f"{site}/c/{token}/{path}" for path in ("", "message/", "dispute/")]
        public = ("", "accessibility/", "track/", "track/lost/", "open/", "accounts/login/")
        portal += [f"{site}/{path}" for path in public]
        assert small_at(staff, desk) == []
        staff.set_viewport_size({"width": 390, "height": 844})
        assert small_at(staff, desk) == []
        assert small_at(phone, portal) == []
        phone.set_viewport_size({"width": 1440, "height": 900})
        assert small_at(phone, portal) == []


def test_nothing_to_press_on_pages_of_due_dates_is_smaller_than_24_px(agency: Agency) -> None:
    policies.install("id-sp4n", date(2026, 1, 1), agency.administrator)
    load_days("ID", 2026, 2028)
    policy, water = "desk/policies/id-sp4n/", "desk/calendars/units/water/"
    with serving() as host, chromium() as browser:
        staff = Office(browser, f"http://{host}").staff("administrator")
        paths = ("desk/policies/", policy, f"{policy}rules/aspiration/", "desk/policies/new/")
        paths += ("desk/calendars/", water, f"{water}edit/", "desk/calendars/days/")
        pages = [f"http://{host}/{path}" for path in paths]
        assert small_at(staff, pages) == []
        staff.set_viewport_size({"width": 390, "height": 844})
        assert small_at(staff, pages) == []


def test_nothing_to_press_while_filing_is_smaller_than_24_px(agency: Agency) -> None:
    with serving() as host, chromium() as browser:
        phone = Office(browser, f"http://{host}").phone()
        found = {name: phone.evaluate(SMALL) for name in steps(phone, f"http://{host}")}
    assert {name: small for name, small in found.items() if small} == {}
