"""What an officer types is not lost with the page, and stays where it belongs."""

import pytest
from playwright.sync_api import Page, expect

from casework.causes import install
from casework.models import Case, Resolution
from tests.agency import build_agency, walk
from tests.browser import chromium, needs_chromium
from tests.office import PASSWORD, Office
from tests.server import serving

pytestmark = [pytest.mark.django_db(transaction=True), needs_chromium]

DENIED = """Object.defineProperty(window, 'sessionStorage',
  { get() { throw new DOMException('denied', 'SecurityError'); } })"""


def test_a_draft_survives_a_reload_until_it_is_sent_and_never_changes_its_audience() -> None:
    case = walk(build_agency(), "work")
    with serving() as host, chromium() as browser:
        page = Office(browser, f"http://{host}").staff("officer")
        page.goto(f"http://{host}/desk/cases/{case.reference}/")
        public(page).fill("Kami periksa besok.")
        page.get_by_role("link", name="Internal note").click()
        expect(internal(page)).to_have_value("")
        internal(page).fill("Pompa tua.")
        page.reload()
        expect(internal(page)).to_have_value("Pompa tua.")
        page.get_by_role("button", name="Save the note").click()
        expect(public(page)).to_have_value("Kami periksa besok.")
        page.get_by_role("link", name="Internal note").click()
        expect(internal(page)).to_have_value("")
        sign_out(page)
        page.wait_for_function(
            "!Object.keys(sessionStorage).some((key) => key.startsWith('draft:'))"
        )
    assert [event.text for event in Case.objects.get().events.filter(kind="note")] == ["Pompa tua."]


def public(page: Page):
    return page.get_by_label("Message to the complainant")


def internal(page: Page):
    return page.locator("form.composer").get_by_role("textbox", name="Internal note")


def sign_out(page: Page) -> None:
    page.locator("details.menu > summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()


@pytest.mark.parametrize("gone", [["sessionid"], ["sessionid", "csrftoken"]])
def test_what_was_typed_stands_in_the_form_after_signing_in_again(gone: list[str]) -> None:
    case = walk(build_agency(), "work")
    with serving() as host, chromium() as browser:
        page = Office(browser, f"http://{host}").staff("officer")
        page.goto(f"http://{host}/desk/cases/{case.reference}/")
        public(page).fill("Kami periksa besok.")
        for name in gone:
            page.context.clear_cookies(name=name)
        page.get_by_role("button", name="Send the message only").click()
        if "csrftoken" in gone:
            expect(page.get_by_text("What you typed is kept in this browser")).to_be_visible()
            page.get_by_role("link", name="Sign in again").click()
        sign_in(page)
        expect(page.get_by_label("Message", exact=True)).to_have_value("Kami periksa besok.")
        page.get_by_role("button", name="Message").click()
        expect(public(page)).to_have_value("")
    sent = Case.objects.get().events.filter(kind="message")
    assert [event.text for event in sent] == ["Kami periksa besok."]


def test_the_reason_of_an_act_is_kept_until_it_is_sent() -> None:
    case = walk(build_agency(), "work")
    with serving() as host, chromium() as browser:
        page = Office(browser, f"http://{host}").staff("officer")
        page.goto(f"http://{host}/desk/cases/{case.reference}/ask/")
        page.get_by_label("Your question").fill("Berapa rumah?")
        page.reload()
        expect(page.get_by_label("Your question")).to_have_value("Berapa rumah?")
        page.get_by_role("button", name="Ask the complainant").click()
        expect(page.get_by_text("Done.")).to_be_visible()
        page.wait_for_load_state("networkidle")
        kept = page.evaluate("Object.keys(sessionStorage)")
        assert [key for key in kept if key.startswith("draft:")] == []


def sign_in(page: Page) -> None:
    page.get_by_label("User name").fill("officer")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_what_is_for_staff_alone_comes_back_beside_the_words_and_never_among_them() -> None:
    case = walk(build_agency(), "work")
    install()
    with serving() as host, chromium() as browser:
        page = Office(browser, f"http://{host}").staff("officer")
        for address in ("", "respond/"):
            page.goto(f"http://{host}/desk/cases/{case.reference}/{address}")
            page.locator("[name=text]").fill("Pompa diganti.")
            if not address:
                page.locator("#inside > summary").click()
            page.get_by_label("Lesson").fill("Pompa diperiksa tiap bulan.")
            page.get_by_label("Root cause").select_option("broken")
            page.reload()
            expect(page.locator("[name=text]")).to_have_value("Pompa diganti.")
            expect(page.locator("[name=lesson]")).to_have_value("Pompa diperiksa tiap bulan.")
            expect(page.locator("[name=cause]")).to_have_value("broken")
        page.get_by_role("button", name="Answer and resolve").click()
        page.wait_for_url(f"**/desk/cases/{case.reference}/")
        page.wait_for_function(
            "!Object.keys(sessionStorage).some((key) => key.startsWith('draft:'))"
        )
    assert Resolution.objects.get().lesson == "Pompa diperiksa tiap bulan."


def test_a_lesson_waits_for_the_answer_where_only_the_message_is_sent() -> None:
    case = walk(build_agency(), "work")
    install()
    with serving() as host, chromium() as browser:
        page = Office(browser, f"http://{host}").staff("officer")
        page.goto(f"http://{host}/desk/cases/{case.reference}/")
        public(page).fill("Kami periksa besok.")
        page.locator("#inside > summary").click()
        page.get_by_label("Lesson").fill("Pompa diperiksa tiap bulan.")
        page.get_by_role("button", name="Send the message only").click()
        expect(page.get_by_text("Done.")).to_be_visible()
        expect(page.get_by_label("Lesson")).to_have_value("Pompa diperiksa tiap bulan.")
        expect(page.get_by_label("Lesson")).to_be_visible()
        expect(public(page)).to_have_value("")
        page.goto(f"http://{host}/desk/cases/{case.reference}/message/")
        page.locator("[name=text]").fill("Segera.")
        page.locator("[name=text]").fill("")
        page.goto(f"http://{host}/desk/cases/{case.reference}/")
        expect(page.get_by_label("Lesson")).to_have_value("Pompa diperiksa tiap bulan.")
        expect(public(page)).to_have_value("")
        public(page).fill("Pompa diganti.")
        page.get_by_role("button", name="Answer and resolve").click()
        page.wait_for_function(
            "!Object.keys(sessionStorage).some((key) => key.startsWith('draft:'))"
        )
    assert Resolution.objects.get().lesson == "Pompa diperiksa tiap bulan."


def test_of_a_letter_that_was_typed_in_all_comes_back_but_people_and_files() -> None:
    build_agency()
    with serving() as host, chromium() as browser:
        page = Office(browser, f"http://{host}").staff("officer")
        page.goto(f"http://{host}/desk/file/")
        told = page.locator("#not-kept")
        page.get_by_label("What happened").fill("Surat: air mati sepekan di RT 07.")
        expect(told).to_be_hidden()
        page.get_by_label("Where").fill("RT 07")
        page.get_by_label("Whom it is about").fill("Pak Budi")
        page.get_by_label("How it came in").select_option("letter")
        page.get_by_label("Received").fill("2026-01-05T09:00")
        page.get_by_label("Name", exact=True).fill("Pak Slamet")
        page.context.clear_cookies(name="sessionid")
        page.get_by_role("button", name="File the complaint").click()
        sign_in(page)
        expect(told).to_contain_text("without names, contacts and files")
        expect(page.locator("#status")).to_contain_text("without names")
        for label, value in (
            ("What happened", "Surat: air mati sepekan di RT 07."),
            ("Where", "RT 07"),
            ("How it came in", "letter"),
            ("Received", "2026-01-05T09:00"),
            ("Whom it is about", ""),
        ):
            expect(page.get_by_label(label)).to_have_value(value)
        expect(page.locator("#id_name")).to_have_value("")
        kept = page.evaluate("JSON.stringify(sessionStorage)")
        assert "Slamet" not in kept
        assert "Budi" not in kept
        page.locator("#id_name").fill("Pak Slamet")
        page.get_by_role("button", name="File the complaint").click()
        page.wait_for_url("**/desk/receipts/**")
        page.goto(f"http://{host}/desk/file/")
        expect(page.get_by_label("How it came in")).to_have_value("counter")
        expect(told).to_be_hidden()
        assert not page.evaluate("Object.keys(sessionStorage).filter(key => /^draft:/.test(key))")
    case = Case.objects.get()
    assert (case.channel, case.received_at.year) == ("letter", 2026)


def test_where_the_browser_keeps_nothing_the_desk_works_without_drafts() -> None:
    case = walk(build_agency(), "work")
    broken: list[str] = []
    with serving() as host, chromium() as browser:
        page = Office(browser, f"http://{host}").staff("officer")
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.add_init_script(DENIED)
        page.goto(f"http://{host}/desk/cases/{case.reference}/")
        public(page).fill("Kami periksa besok.")
        page.wait_for_timeout(600)
        page.get_by_role("button", name="Send the message only").click()
        expect(page.get_by_text("Kami periksa besok.").first).to_be_visible()
        page.wait_for_load_state("networkidle")
        sign_out(page)
    assert not broken
