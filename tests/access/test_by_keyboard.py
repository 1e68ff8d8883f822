"""Filing, tracking, triage and disputing with the keyboard alone: no pointer, no selector."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from casework.models import Case
from tests.access.hands import Hands
from tests.agency import Agency, build_agency, do
from tests.browser import chromium, needs_chromium
from tests.office import PASSWORD
from tests.server import serving
from tests.test_whole_way import photo

pytestmark = [pytest.mark.django_db(transaction=True), needs_chromium]
WIDTHS = {"wide": 1280, "phone": 390}


@pytest.fixture
def agency(transactional_db: None) -> Agency:
    return build_agency()


def hands_at(browser: Browser, width: int) -> Hands:
    size = {"width": width, "height": 700}
    return Hands(browser.new_context(locale="en-GB", viewport=size).new_page())


def file_complaint(hands: Hands, site: str) -> None:
    page = hands.page
    # From the start on: a browser asked only at the key press may open its own dialog first.
    page.on("filechooser", lambda chooser: None)
    page.goto(site)
    hands.activate("link", "Make a complaint")
    hands.write("What happened?", "Air mati empat hari di RT 03 Karangsari.")
    hands.activate("button", "Continue")
    hands.choose("Which service is it about?", "Sambungan")
    hands.activate("button", "Continue")
    hands.write("Where did it happen?", "RT 03, Karangsari")
    hands.activate("button", "Continue")
    hands.heading("When did it happen?")
    hands.activate("button", "Continue")
    hands.heading("Do you have photos or papers?")
    hands.go_to("button", "Photos, PDF or text")
    with page.expect_file_chooser() as chooser:
        hands.press("Enter")
    chooser.value.set_files(photo())
    hands.activate("button", "Continue")
    hands.write("Is it about certain people?", "Petugas loket")
    hands.activate("button", "Continue")
    hands.go_to("radio", "Give my name|Withhold my name|Without a name")
    while not hands.focused()[1].startswith("Give my name"):
        hands.press("ArrowUp")
        hands.stands_in_sight()
    hands.press("Space")
    hands.write("Name", "Wulan")
    hands.write("E-mail", "wulan@example.org")
    hands.activate("button", "Continue")
    hands.heading("Check your answers")
    hands.activate("button", "Send the complaint")
    hands.heading("We have your complaint")


def track(hands: Hands) -> None:
    receipt = hands.page.get_by_role("region", name="Receipt").inner_text()
    secret = re.search(r"\d{4}\s+\d{4}\s+\d{4}\s+\d{4}", receipt)
    assert secret
    hands.activate("link", "Track this complaint")
    hands.write("The 16 secret digits", secret[0])
    with hands.page.expect_navigation():
        hands.press("Enter")


def triage(hands: Hands, site: str, case: Case) -> None:
    hands.page.goto(f"{site}/desk/")
    hands.write("User name", "intake")
    hands.write("Password", PASSWORD)
    hands.activate("button", "Sign in")
    hands.heading("My units")
    hands.activate("link", case.subject)
    hands.activate("button", "Claim")
    expect(hands.page.get_by_role("status").filter(has_text=case.reference)).to_be_visible()
    hands.activate("link", "Accept")
    hands.choose("Category", "Air")
    hands.choose("Unit", "Air Bersih")
    hands.activate("button", "Accept")


def dispute(hands: Hands) -> None:
    hands.page.reload()
    hands.activate("link", "No$")
    hands.write("What is still wrong", "Air masih keruh.")
    hands.activate("button", "Send|No")
    expect(hands.page.get_by_text("Thank you. We have it.")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS.values(), ids=list(WIDTHS))
def test_a_complaint_is_filed_tracked_accepted_and_disputed_by_keyboard(
    agency: Agency, width: int
) -> None:
    with serving() as host, chromium() as browser:
        site = f"http://{host}"
        citizen, intake = hands_at(browser, width), hands_at(browser, width)
        file_complaint(citizen, site)
        case = Case.objects.get()
        track(citizen)
        citizen.heading(re.escape(case.subject))
        triage(intake, site, case)
        case.refresh_from_db()
        assert (case.stage, case.category, case.attachments.count()) == ("assign", agency.plain, 1)
        case = do(case, "assigned", agency.supervisor, assignee="officer")
        case = do(case, "respond", agency.officer, text="Pompa sudah diganti.")
        dispute(citizen)
        case.refresh_from_db()
        assert (case.stage, case.cycle) == ("assign", 2)


@pytest.mark.parametrize("width", WIDTHS.values(), ids=list(WIDTHS))
def test_the_first_stop_skips_to_the_content(agency: Agency, width: int) -> None:
    with serving() as host, chromium() as browser:
        hands = hands_at(browser, width)
        page: Page = hands.page
        for path, first in {"/": "Make a complaint", "/track/": "Reference"}.items():
            page.goto(f"http://{host}{path}")
            hands.press("Tab")
            assert hands.focused() == ("link", "Skip to the content")
            hands.stands_in_sight()
            hands.press("Enter", "Tab")
            assert hands.focused()[1].startswith(first)
