"""One complaint, all the way, in real browsers against the real server."""

import re
from io import BytesIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, expect

from casework import timeline
from casework.models import Case
from tests.agency import Agency, build_agency
from tests.browser import chromium, needs_chromium
from tests.office import Office
from tests.server import serving

pytestmark = [pytest.mark.django_db(transaction=True), needs_chromium]
NOTE = "CATATAN-INTERN-RAHASIA"


def photo() -> dict:
    out = BytesIO()
    Image.new("RGB", (80, 60), "navy").save(out, "JPEG")
    return {"name": "meteran.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def file_complaint(page: Page, site: str) -> None:
    """A citizen files on the phone, with a photo, and keeps the receipt open."""
    page.goto(site)
    page.get_by_role("link", name=re.compile("Make a complaint")).click()
    page.get_by_label("What happened?").fill("Air mati empat hari di RT 03 Karangsari.")
    go_on(page)
    go_on(page)
    page.get_by_label("Where did it happen?").fill("RT 03, Karangsari")
    go_on(page)
    go_on(page)
    page.get_by_label("Photos, PDF or text").set_input_files(photo())
    go_on(page)  # which waits until the photo has come
    expect(page.get_by_label("Is it about certain people?")).to_be_visible()
    go_on(page)
    page.get_by_label(re.compile("Give my name")).check()
    page.get_by_label("Name", exact=True).fill("Wulan")
    page.get_by_label("E-mail").fill("wulan@example.org")
    go_on(page)
    page.get_by_role("button", name="Send the complaint").click()
    expect(page.get_by_role("heading", name="We have your complaint")).to_be_visible()


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()


def track(page: Page) -> None:
    """From the receipt to the case, by reference and secret."""
    secret = page.locator("[data-secret]").inner_text()
    page.get_by_role("link", name="Track this complaint").click()
    page.get_by_label("The 16 secret digits").fill(secret)
    page.get_by_role("button", name="Open").click()
    page.wait_for_url("**/c/**")


def act(page: Page, site: str, case: Case, name: str, button: str, **fields: str) -> None:
    """Do one act at the desk, as the page offers it."""
    page.goto(f"{site}/desk/cases/{case.reference}/")
    page.get_by_role("link", name=re.compile(f"^{name}")).click()
    for label, value in fields.items():
        field = page.get_by_label(label.replace("_", " "))
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    page.locator("main").get_by_role("button", name=button).click()
    page.wait_for_load_state()


def clean(page: Page) -> None:
    """Axe finds nothing."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.fixture
def agency(transactional_db: None) -> Agency:
    return build_agency()


def test_a_complaint_goes_all_the_way(agency: Agency) -> None:
    with serving() as address, chromium() as browser:
        site = f"http://{address}"
        office = Office(browser, site)
        citizen = office.phone()
        queue = office.staff("intake")
        file_complaint(citizen, site)
        case = Case.objects.get()
        expect(queue.get_by_text(case.reference)).to_be_visible()  # it came by itself
        track(citizen)
        clean(citizen)
        expect(citizen.get_by_text("We read your complaint next.")).to_be_visible()

        intake, supervisor = office.staff("intake"), office.staff("supervisor")
        officer, officer2 = office.staff("officer"), office.staff("officer2")
        act(intake, site, case, "Accept", "Accept", Category="bills", Unit="water")
        expect(citizen.get_by_text("We find the right unit for your complaint.")).to_be_visible()
        act(supervisor, site, case, "Assign", "Assign", Officer="officer")
        act(officer, site, case, "Ask the", "Ask", Your_question="Berapa rumah?")
        expect(citizen.get_by_text("We cannot go on without your answer.")).to_be_visible()
        citizen.get_by_role("link", name="Answer the question").click()
        citizen.get_by_label("Your answer").fill("Sekitar 40 rumah.")
        citizen.get_by_role("button", name="Send").click()

        officer.goto(f"{site}/desk/cases/{case.reference}/?mode=note")
        officer.get_by_role("textbox", name="Internal note").fill(NOTE)
        officer.get_by_role("button", name="Save the note").click()
        act(officer, site, case, "Answer and", "Answer and", Your_answer="Pompa sudah diganti.")
        expect(citizen.get_by_text("Pompa sudah diganti.")).to_have_count(0)
        supervisor.goto(f"{site}/desk/cases/{case.reference}/")
        clean(supervisor)
        supervisor.get_by_role("button", name=re.compile("^Approve")).click()
        expect(citizen.get_by_role("heading", name="Our answer")).to_be_visible()

        citizen.get_by_role("link", name="No", exact=True).click()
        citizen.get_by_label("What is still wrong").fill("Air masih keruh.")
        citizen.get_by_role("button", name="Send").click()
        act(supervisor, site, case, "Assign", "Assign", Officer="officer2")
        act(officer2, site, case, "Answer and", "Answer and", Your_answer="Pipa sudah dikuras.")
        supervisor.goto(f"{site}/desk/cases/{case.reference}/")
        supervisor.get_by_role("button", name=re.compile("^Approve")).click()
        expect(citizen.get_by_text("Pipa sudah dikuras.").first).to_be_visible()
        citizen.get_by_role("button", name="Yes, this settles it").click()
        expect(citizen.get_by_text("Your complaint is closed.")).to_be_visible()
        assert NOTE not in citizen.content()
        assert agency.officer.display_name not in citizen.content()

    case.refresh_from_db()
    assert (case.stage, case.cycle) == ("closed", 2)
    assert list(timeline.broken(Case.objects.all())) == []
