"""The desk's keyboard shortcuts, and the switch that turns them off."""

from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.agency import Agency, build_agency, do, file_case, walk
from tests.browser import chromium, needs_chromium
from tests.office import Office
from tests.server import serving


def signed_in(name: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.get(username=name))
    return client


@pytest.mark.django_db
def test_each_person_has_a_switch_of_their_own() -> None:
    build_agency()
    client, other = signed_in("officer"), signed_in("officer2")
    assert 'data-module="keys"' in client.get("/desk/").content.decode()
    said = client.post("/desk/keys/", {"shortcuts": "off", "next": "/desk/tray/"}, follow=True)
    assert said.redirect_chain == [("/desk/tray/", 302)]
    assert "Keyboard shortcuts are off." in said.content.decode()
    assert 'data-module="keys"' not in client.get("/desk/").content.decode()
    assert 'data-module="keys"' in other.get("/desk/").content.decode()
    client.post("/desk/keys/", {"shortcuts": "on"})
    assert 'data-module="keys"' in client.get("/desk/").content.decode()


@pytest.mark.django_db
def test_the_switch_leads_to_no_other_host() -> None:
    build_agency()
    client = signed_in("officer")
    said = client.post("/desk/keys/", {"shortcuts": "off", "next": "https://evil.example/"})
    assert said["Location"] == "/desk/keys/"


@pytest.fixture
def agency(transactional_db: None) -> Agency:
    return build_agency()


@pytest.fixture
def office(agency: Agency) -> Iterator[Office]:
    with serving() as host, chromium() as browser:
        yield Office(browser, f"http://{host}")


def press(page: Page, *keys: str) -> None:
    """Press keys once the page listens: it says so by naming them on what they press."""
    page.wait_for_load_state()
    page.locator("[aria-keyshortcuts]").first.wait_for(state="attached")
    for key in keys:
        page.keyboard.press(key)


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.innerText || document.activeElement.id")


@pytest.mark.django_db(transaction=True)
@needs_chromium
def test_the_keys_of_the_queue(office: Office) -> None:
    first, second = file_case(text="Air mati sepekan."), file_case(text="Lampu jalan padam.")
    page = office.staff("intake")
    press(page, "e")
    expect(page.locator("#status")).to_have_text("Choose a case first, with J or K.")
    press(page, "j")
    assert focused(page) == first.subject
    press(page, "j", "j")
    assert focused(page) == second.subject
    press(page, "k", "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(first.subject)
    press(page, "g", "q")
    expect(page).to_have_url(f"{office.site}/desk/")
    press(page, "/")
    expect(page.get_by_label("Reference or words")).to_be_focused()
    press(page, "j", "n", "?", "g", "q")
    expect(page.get_by_label("Reference or words")).to_have_value("jn?gq")
    page.reload()
    press(page, "j", "j", "e")
    expect(page.get_by_role("heading", level=1)).to_have_text(second.subject)
    second.refresh_from_db()
    assert second.assignee_id
    press(page, "n")
    expect(page.get_by_role("heading", level=1)).to_have_text(first.subject)
    press(page, "n")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing waits to be taken")
    press(page, "?")
    expect(page.get_by_role("heading", level=1)).to_have_text("Keyboard shortcuts")


@pytest.mark.django_db(transaction=True)
@needs_chromium
def test_the_keys_of_a_case(office: Office, agency: Agency) -> None:
    case = walk(agency, "work")
    do(case, "note", agency.officer, text="Pompa nomor dua.")
    page = office.staff("supervisor")
    at = f"{office.site}/desk/cases/{case.reference}/"
    page.goto(at)
    press(page, "r")
    expect(page.get_by_role("textbox", name="Message to the complainant")).to_be_focused()
    expect(page.locator("#text")).to_have_value("")
    page.goto(at)
    press(page, "c")
    expect(page.get_by_role("textbox", name="Internal note")).to_be_focused()
    page.goto(at)
    press(page, "j")
    assert "Pompa nomor dua." in focused(page)
    for key, heading in {"a": "Reassign", "t": "Move to another unit"}.items():
        page.goto(at)
        press(page, key)
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)


@pytest.mark.django_db(transaction=True)
@needs_chromium
def test_no_key_acts_with_another_one_held_or_with_the_switch_off(office: Office) -> None:
    case = file_case()
    page = office.staff("intake")
    press(page, "Control+j", "Alt+n", "Meta+n")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    assert page.get_by_text("All keys, and the switch").is_visible()
    page.get_by_label("my account").click()
    page.get_by_role("button", name="Turn keyboard shortcuts off").click()
    expect(page.get_by_text("Keyboard shortcuts are off.")).to_be_visible()
    expect(page.get_by_text("All keys, and the switch")).to_have_count(0)
    for key in ("j", "n"):
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    expect(page).to_have_url(f"{office.site}/desk/")
    case.refresh_from_db()
    assert case.assignee is None
