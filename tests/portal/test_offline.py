"""Without a network the browser shows a page of ours, and keeps nothing of anybody."""

from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, Error, Page, expect

from casework.links import link_for
from tests.agency import Agency, walk
from tests.browser import chromium, needs_chromium
from tests.line import Line, line_to
from tests.office import PASSWORD
from tests.server import serving

KEPT = """async () => {
  const names = await caches.keys();
  const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return kept.flat().map((request) => new URL(request.url).pathname).sort();
}"""
READY = "async () => (await navigator.serviceWorker.ready).active.state"
REGISTERED = "async () => (await navigator.serviceWorker.getRegistrations()).length"
TEXT = "Air mati empat hari di RT 03 Karangsari."


def test_the_page_is_the_same_for_everybody_and_holds_no_token(
    client: Client, agency: Agency
) -> None:
    stranger = client.get("/offline/")
    client.force_login(agency.officer)
    staff = client.get("/offline/", headers={"accept-language": "en"})
    assert stranger.content == staff.content
    assert not stranger.cookies and b"csrf" not in stranger.content.lower()
    html = stranger.content.decode()
    assert "Anda sedang luring" in html and "You are offline" in html


def test_the_worker_is_a_script_that_is_looked_up_each_time(client: Client, agency: Agency) -> None:
    answer = client.get("/offline.js")
    assert answer["Content-Type"] == "text/javascript" and answer["Cache-Control"] == "no-cache"
    agency.root.phone = "0271 5550199"
    before = answer.content
    asked_again = {"If-None-Match": answer["ETag"]}
    assert client.get("/offline.js", headers=asked_again).status_code == 304
    agency.root.save()
    assert client.get("/offline.js").content != before, "another page is another version"


@pytest.fixture
def phone(transactional_db: None, agency: Agency) -> Iterator[tuple[Browser, str, Line]]:
    with serving() as host, line_to(host) as (line, far_end), chromium() as browser:
        yield browser, f"http://{far_end}", line


def open_as_citizen(browser: Browser, site: str) -> Page:
    """Somebody who was here once; the browser keeps the page by then."""
    page = browser.new_context(locale="en-GB").new_page()
    page.goto(f"{site}/complain/")
    assert page.evaluate(READY) in ("activating", "activated")
    page.reload()
    return page


@needs_chromium
@pytest.mark.django_db(transaction=True)
def test_a_page_that_cannot_come_says_so_and_the_draft_goes_on_later(
    phone: tuple[Browser, str, Line],
) -> None:
    browser, site, line = phone
    page = open_as_citizen(browser, site)
    page.get_by_label("What happened?").fill(TEXT)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Which service is it about?").wait_for()
    page.close()
    page = page.context.new_page()
    line.cut()
    page.goto(f"{site}/complain/")
    expect(page.get_by_role("heading", name="Anda sedang luring")).to_be_visible()
    expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
    line.mend()
    page.get_by_role("link", name="Try again").click()
    page.get_by_role("button", name="Go on with it").click()
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_label("What happened?")).to_have_value(TEXT)


@needs_chromium
@pytest.mark.django_db(transaction=True)
def test_nothing_personal_is_kept_and_the_desk_is_left_alone(
    phone: tuple[Browser, str, Line], agency: Agency
) -> None:
    browser, site, _line = phone
    page = open_as_citizen(browser, site)
    case = f"{site}/c/{link_for(walk(agency, 'confirm'))}/"
    for address in (case, f"{case}message/", f"{site}/track/", f"{site}/open/"):
        page.goto(address)
    kept = page.evaluate(KEPT)
    assert kept[-1] == "/static/vendor/designsystemet/designsystemet.css" and len(kept) == 5
    assert kept[0] == "/offline/" and not any("/c/" in path for path in kept)
    page.context.set_offline(True)
    page.goto(case)
    expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(f"{site}/desk/")
    staff = browser.new_context().new_page()
    staff.goto(f"{site}/accounts/login/?next=/desk/")
    staff.locator("#id_username").fill("officer")
    staff.locator("#id_password").fill(PASSWORD)
    staff.locator("main button[type=submit]").click()
    staff.wait_for_url("**/desk/")
    staff.wait_for_load_state("networkidle")
    assert staff.evaluate(REGISTERED) == 0
