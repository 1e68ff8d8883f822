"""Speaking instead of writing, as a person does it: Chromium hears a made-up microphone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from casework.models import Attachment
from tests.agency import build_agency
from tests.browser import CHROMIUM, FLAGS, chromium, needs_chromium
from tests.server import serving

pytestmark = [pytest.mark.django_db(transaction=True), needs_chromium]

MICROPHONE = "--use-fake-device-for-media-stream"


@pytest.fixture
def phone() -> Iterator[tuple[Browser, str]]:
    build_agency()
    with serving() as host, chromium() as plain:
        kind = plain.browser_type
        with kind.launch(executable_path=CHROMIUM, args=[*FLAGS, MICROPHONE]) as browser:
            yield browser, f"http://{host}/complain/"


def at_first_step(phone: tuple[Browser, str], *, allowed: bool = True) -> Page:
    browser, site = phone
    context = browser.new_context(locale="en-GB")
    if allowed:
        context.grant_permissions(["microphone"])
    page = context.new_page()
    page.goto(site)
    page.wait_for_load_state("networkidle")
    return page


def test_a_voice_note_is_recorded_heard_and_taken_for_the_complaint(
    phone: tuple[Browser, str],
) -> None:
    page = at_first_step(phone)
    page.get_by_role("button", name="Record a voice note").press("Enter")
    stop = page.get_by_role("button", name="Stop and attach")
    expect(stop).to_be_focused()
    expect(page.locator("#status")).to_contain_text("three minutes")
    expect(page.locator("[data-clock]")).to_have_text("0:01")
    stop.press("Enter")
    expect(page.get_by_role("button", name="Remove voice note.webm")).to_be_visible()
    expect(page.get_by_role("button", name="Record a voice note")).to_be_focused()
    expect(page.get_by_label("What you recorded")).to_be_visible()
    page.wait_for_timeout(300)
    assert page.locator("audio").first.evaluate("audio => audio.error") is None
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("Which service is it about?")).to_be_visible()
    assert Attachment.objects.get().content_type == "audio/webm"


def test_who_goes_on_while_speaking_has_finished_and_what_is_thrown_away_is_gone(
    phone: tuple[Browser, str],
) -> None:
    page = at_first_step(phone)
    record = page.get_by_role("button", name="Record a voice note")
    record.click()
    page.get_by_role("button", name="Throw it away").click()
    expect(record).to_be_focused()
    page.wait_for_timeout(300)
    assert not Attachment.objects.exists()
    record.click()
    expect(page.locator("[data-clock]")).to_have_text("0:01")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("Which service is it about?")).to_be_visible()
    assert Attachment.objects.get().is_sound


def test_without_the_microphone_it_says_what_else_there_is(phone: tuple[Browser, str]) -> None:
    page = at_first_step(phone, allowed=False)
    page.get_by_role("button", name="Record a voice note").click()
    expect(page.locator("[data-said]")).to_contain_text("Write, or choose a recording")
