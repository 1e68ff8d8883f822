"""What is left empty is said in our words and in the page's language, not in the browser's."""

import pytest
from playwright.sync_api import expect

from tests.agency import build_agency, walk
from tests.browser import chromium, needs_chromium
from tests.office import Office
from tests.server import serving

pytestmark = [pytest.mark.django_db(transaction=True), needs_chromium]


def test_an_empty_sign_in_and_an_empty_message_are_answered_by_the_page() -> None:
    case = walk(build_agency(), "work")
    with serving() as host, chromium() as browser:
        office = Office(browser, f"http://{host}")
        page = browser.new_context(locale="en-GB").new_page()
        page.goto(f"{office.site}/accounts/login/")
        page.get_by_role("button", name="Sign in").click()
        expect(page.locator(".ds-error-summary li")).to_have_count(2)
        expect(page.locator(".ds-validation-message")).to_have_count(2)
        page = office.staff("officer")
        page.goto(f"{office.site}/desk/cases/{case.reference}/")
        page.get_by_role("button", name="Send the message only").click()
        expect(page.locator(".ds-error-summary li")).to_have_count(1)
        expect(page.locator(".ds-validation-message")).to_have_count(1)
