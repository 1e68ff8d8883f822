"""Sending files over a line that is cut, as a person does it."""

import io
import re
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, Route, expect

from casework.links import link_for
from casework.models import Attachment, Event
from tests.agency import build_agency, walk
from tests.browser import chromium, needs_chromium
from tests.line import Line, line_to
from tests.server import serving

pytestmark = [pytest.mark.django_db(transaction=True), needs_chromium]


#: What whoever has a file fetches; here before the line is cut.
FETCHED = "() => import('/static/js/sending.js').then(() => null)"


def photo(side: int) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((side, side), 90).convert("RGB").save(out, "JPEG", quality=95)
    return out.getvalue()


@pytest.fixture
def phone() -> Iterator[tuple[Page, Line]]:
    """A phone at the step for files, and the line that it hangs on."""
    build_agency()
    with serving() as host, line_to(host) as (line, far_end), chromium() as browser:
        size = {"width": 390, "height": 844}
        page = browser.new_context(locale="en-GB", viewport=size).new_page()
        page.goto(f"http://{far_end}/complain/")
        page.get_by_label("What happened?").fill("Air mati empat hari di RT 03 Karangsari.")
        for _step in range(4):
            page.get_by_role("button", name="Continue").click()
        page.get_by_label("Photos, PDF or text").wait_for()
        page.wait_for_load_state("networkidle")
        yield page, line


@pytest.fixture
def message() -> Iterator[tuple[Page, Line]]:
    """A phone at a message about a case."""
    case = walk(build_agency(), "work")
    with serving() as host, line_to(host) as (line, far_end), chromium() as browser:
        page = browser.new_context(locale="en-GB").new_page()
        page.goto(f"http://{far_end}/c/{link_for(case)}/message/")
        page.wait_for_load_state("networkidle")
        yield page, line


def choose(page: Page, *files: bytes) -> None:
    chosen = [
        FilePayload(name=f"foto-{n}.jpg", mimeType="image/jpeg", buffer=file)
        for n, file in enumerate(files)
    ]
    page.get_by_label("Photos, PDF or text").set_input_files(chosen)


def test_a_photo_goes_on_where_a_cut_line_stopped_it(phone: tuple[Page, Line]) -> None:
    page, line = phone
    content = photo(900)
    page.evaluate(FETCHED)
    before, line.allowance = line.up, len(content) // 2
    choose(page, content)
    expect(page.locator("li", has_text="Waiting for the network")).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("form").get_by_text("Your files are still on their way")).to_be_visible()
    line.mend()
    # It sends itself, and then goes on by itself.
    expect(page.get_by_label("Is it about certain people?")).to_be_visible(timeout=15_000)
    assert Attachment.objects.get().name == "foto-0.jpg"
    assert line.up - before < 1.5 * len(content)


def test_two_photos_are_attached_shown_and_taken_back(phone: tuple[Page, Line]) -> None:
    page, _line = phone
    choose(page, photo(80), photo(90))
    remove = page.get_by_role("button", name="Remove foto")
    expect(remove).to_have_count(2)
    expect(page.locator("#status")).to_contain_text("foto-1.jpg: Attached")
    page.get_by_role("button", name="Remove foto-0.jpg").click()
    expect(page.get_by_role("button", name="Remove foto-1.jpg")).to_be_visible()
    expect(remove).to_have_count(1)
    assert Attachment.objects.get().name == "foto-1.jpg"


def test_a_file_on_its_way_can_be_cancelled(phone: tuple[Page, Line]) -> None:
    page, line = phone
    page.evaluate(FETCHED)
    line.cut()
    choose(page, photo(300))
    expect(page.locator("li", has_text="Waiting for the network")).to_be_visible()
    page.get_by_role("button", name="Cancel foto-0.jpg").click()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    expect(page.get_by_role("heading", name="Attached")).to_be_hidden()
    expect(page.get_by_label("Photos, PDF or text")).to_be_focused()
    line.mend()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("Is it about certain people?")).to_be_visible()
    assert not Attachment.objects.exists()


def test_where_there_is_no_room_for_pieces_the_form_brings_the_file(
    phone: tuple[Page, Line],
) -> None:
    page, _line = phone
    full = {"status": 429, "headers": {"Retry-After": "1"}, "body": "{}"}

    def refuse(route: Route) -> None:
        route.fulfill(**full) if route.request.method == "POST" else route.continue_()

    page.route("**/complain/pieces/", refuse)
    choose(page, photo(80), photo(90))
    along = page.locator("li", has_text="It goes along when you continue.")
    expect(along).to_have_count(2, timeout=15_000)
    page.get_by_role("button", name="Cancel foto-0.jpg").click()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("Is it about certain people?")).to_be_visible()
    assert Attachment.objects.get().name == "foto-1.jpg"


def test_where_the_script_does_not_come_the_form_brings_the_file(phone: tuple[Page, Line]) -> None:
    page, _line = phone
    page.route("**/js/sending.js", lambda route: route.abort())
    choose(page, photo(80))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("Is it about certain people?")).to_be_visible()
    assert Attachment.objects.get().name == "foto-0.jpg"


def test_a_file_that_is_not_taken_is_marked_and_never_looks_attached(
    phone: tuple[Page, Line],
) -> None:
    page, _line = phone
    field, reason = page.get_by_label("Photos, PDF or text"), "Send a photo (JPEG, PNG, WebP)"
    heic = FilePayload(name="foto.heic", mimeType="image/heic", buffer=b"\0\0\0\x18ftypheic" * 99)
    field.set_input_files(heic)
    summary = page.locator(".ds-error-summary")
    expect(summary.get_by_role("link", name="foto.heic")).to_contain_text(reason)
    expect(summary).to_be_focused()
    expect(page.locator(".ds-field", has=field)).to_contain_text(f"foto.heic: {reason}")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("foto.heic"))
    assert page.title().startswith("Error: ")
    expect(page.get_by_role("heading", name="Attached")).to_be_hidden()
    summary.get_by_role("link").click()
    expect(field).to_be_focused()
    choose(page, photo(80))
    expect(page.get_by_role("button", name="Remove foto-0.jpg")).to_be_visible()
    expect(page.get_by_text("foto.heic")).to_have_count(0)
    expect(field).not_to_have_attribute("aria-invalid", "true")
    assert not page.title().startswith("Error: ")


def test_a_photo_of_a_message_goes_on_after_a_cut_and_the_message_waits_for_it(
    message: tuple[Page, Line],
) -> None:
    page, line = message
    content = photo(900)
    page.evaluate(FETCHED)
    page.get_by_label("Message").fill("Ini foto yang diminta.")
    before, line.allowance = line.up, len(content) // 2
    choose(page, content)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("form").get_by_text("Your files are still on their way")).to_be_visible()
    expect(page.locator("li", has_text="Waiting for the network")).to_be_visible()
    line.mend()
    page.wait_for_url("**/c/*/", timeout=15_000)
    event = Event.objects.get(kind="message")
    assert (event.text, event.attachments.get().name) == ("Ini foto yang diminta.", "foto-0.jpg")
    assert line.up - before < 1.5 * len(content)


def test_a_photo_of_a_message_is_taken_back_and_the_words_stay(
    message: tuple[Page, Line],
) -> None:
    page, _line = message
    page.get_by_label("Message").fill("Ini foto yang diminta.")
    choose(page, photo(80))
    page.get_by_role("button", name="Remove foto-0.jpg").click()
    expect(page.get_by_role("button", name="Remove foto-0.jpg")).to_have_count(0)
    expect(page.get_by_label("Message")).to_have_value("Ini foto yang diminta.")
    assert not Attachment.objects.exists()


def test_a_message_that_a_cut_stopped_stands_there_and_is_sent_once(
    message: tuple[Page, Line],
) -> None:
    page, line = message
    words, send = page.get_by_label("Message"), page.get_by_role("button", name="Send")
    send.click()
    expect(page.get_by_role("heading", name="Please look at this again")).to_be_visible()
    page.wait_for_load_state("networkidle")
    words.fill("Sekitar 40 rumah.")
    line.cut()
    send.click()
    expect(page.locator("form").get_by_text("could not be reached")).to_be_visible()
    expect(words).to_have_value("Sekitar 40 rumah.")
    line.mend()
    page.route("**/message/", lose_the_answer)
    send.click()
    expect(page.locator("form").get_by_text("could not be reached")).to_be_visible()
    page.unroute_all()
    send.click()
    page.wait_for_url("**/c/*/")
    assert Event.objects.filter(kind="message").count() == 1


def lose_the_answer(route: Route) -> None:
    route.fetch(max_redirects=0)
    route.abort()
