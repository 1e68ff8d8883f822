"""The queue under the hands of an officer: filters, search and pages as htmx changes them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

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
