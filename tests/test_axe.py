"""Axe finds nothing: every page and state, light and dark, wide and 390 px, in both languages."""

import itertools
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from accounts import api_keys
from accounts.models import ApiKey
from casework.links import link_for
from tests.agency import Agency, build_agency, citizen, do, walk
from tests.browser import chromium, needs_chromium
from tests.office import PASSWORD
from tests.server import serving

pytestmark = [pytest.mark.django_db(transaction=True), needs_chromium]
LOOKS = list(itertools.product(("light", "dark"), (1280, 390), ("id-ID", "en-GB")))

#: Brings a page into one state after another; names each.
Stops = Callable[[Page, str, Agency], Iterator[str]]


@pytest.fixture
def agency(transactional_db: None) -> Agency:
    return build_agency()


def addresses_of_citizens(agency: Agency) -> list[str]:
    confirm, waiting = link_for(walk(agency, "confirm")), link_for(walk(agency, "wait_work"))
    closed, rejected = link_for(walk(agency, "closed")), link_for(walk(agency, "rejected"))
    return [
        "/",
        "/track/",
        "/accounts/login/",
        "/no-such-page/",
        "/c/forged/",
        *(f"/c/{token}/" for token in (confirm, waiting, closed, rejected)),
        *(f"/c/{confirm}/{name}/" for name in ("dispute", "message", "withdraw")),
        f"/c/{waiting}/answered/",
        f"/c/{closed}/rate/",
        f"/c/{closed}/reopen/",
        f"/c/{rejected}/contest/",
    ]


def as_citizen(page: Page, site: str, agency: Agency) -> Iterator[str]:
    yield from _at_each(page, site, addresses_of_citizens(agency))
    yield from filing(page, site)
    page.goto(f"{site}/track/?reference=26-7K3M9QE")
    page.locator("#secret").fill("0000")
    page.locator("main button.ds-button").click()
    yield "an unknown secret"
    token = link_for(walk(agency, "wait_work"))
    page.goto(f"{site}/c/{token}/answered/")
    _send_unchecked(page)
    yield "an empty answer"


def filing(page: Page, site: str) -> Iterator[str]:
    """Each step of a complaint with its error, and the receipt."""
    page.goto(f"{site}/complain/")
    yield "filing: what"
    _send_unchecked(page)
    yield "filing: nothing said"
    page.locator("#id_text").fill("Air mati empat hari di RT 03 Karangsari.")
    for step in ("service", "where", "when", "files", "about", "who"):
        _go_on(page)
        yield f"filing: {step}"
    _send_unchecked(page)
    yield "filing: no name"
    page.locator("#id_name").fill("Wulan")
    _go_on(page)
    yield "filing: check"
    _go_on(page)
    page.wait_for_url("**/complain/receipt/**")
    yield "receipt"


def addresses_of_staff(agency: Agency) -> list[str]:
    work = f"/desk/cases/{walk(agency, 'work').reference}/"
    merged = f"/desk/cases/{walk(agency, 'merged').reference}/"
    return [
        "/desk/",
        "/desk/?view=mine",
        "/desk/?view=all&kind=complaint&q=galon",
        "/desk/tray/",
        "/desk/outbox/",
        "/desk/no-such-page/",
        work,
        merged,
        f"{work}?mode=note",
        *(f"{work}{name}/" for name in ("reassign", "hold", "transfer", "respond", "merge")),
    ]


def as_staff(page: Page, site: str, agency: Agency) -> Iterator[str]:
    sign_in(page, site)
    yield from _at_each(page, site, addresses_of_staff(agency))
    page.goto(f"{site}/desk/file/")
    yield "counter"
    _send_unchecked(page)
    yield "counter: nothing said"
    page.locator("#id_text").fill("Warga datang: air mati sepekan di RT 07.")
    page.locator("#id_name").fill("Pak Slamet")
    page.locator("main .ds-button[type=submit]").click()
    yield "counter: filed"
    yield from refusals(page, site, walk(agency, "work"))


def addresses_of_settings(agency: Agency) -> list[str]:
    api_keys.issue("Portal desa", "rest", agency.officer)
    return [
        "/admin/",
        "/admin/accounts/",
        *(f"/admin/accounts/{name}/" for name in ("unit", "user", "apikey")),
        *(f"/admin/casework/{name}/" for name in ("category", "service")),
        *(f"/admin/accounts/{name}/add/" for name in ("unit", "user")),
        *(f"/admin/casework/{name}/add/" for name in ("category", "service")),
        f"/admin/accounts/unit/{agency.water.pk}/change/",
        f"/admin/accounts/user/{agency.officer.pk}/change/",
        f"/admin/casework/category/{agency.plain.pk}/change/",
        f"/admin/accounts/apikey/{ApiKey.objects.first().pk}/change/",
    ]


def as_administrator(page: Page, site: str, agency: Agency) -> Iterator[str]:
    """Every kind of page of the settings, a form with errors, a new link and the history."""
    page.goto(f"{site}/admin/")
    yield "asked to sign in"
    sign_in(page, site, "administrator")
    yield from _at_each(page, site, addresses_of_settings(agency))
    page.goto(f"{site}/admin/accounts/user/add/")
    page.locator(".submit-row .default").click()
    page.locator(".errornote").wait_for()
    yield "a person: nothing said"
    page.goto(f"{site}/admin/accounts/user/{agency.officer.pk}/change/")
    page.locator(".object-tools button").click()
    page.locator("[data-messages]").wait_for()
    yield "a new link"
    page.goto(f"{site}/admin/accounts/user/{agency.officer.pk}/history/")
    yield "history"


def refusals(page: Page, site: str, case) -> Iterator[str]:
    """An act without what it needs, and one that came too late."""
    page.goto(f"{site}/desk/cases/{case.reference}/hold/")
    _send_unchecked(page)
    yield "hold: nothing said"
    page.goto(f"{site}/desk/cases/{case.reference}/respond/")
    do(case, "message", citizen(case), text="Sudah mengalir.")
    page.locator("#id_text").fill("Sudah diperbaiki.")
    _send_unchecked(page)
    yield "too late"


def sign_in(page: Page, site: str, name: str = "head") -> None:
    page.goto(f"{site}/accounts/login/?next=/desk/")
    page.locator("#id_username").fill(name)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/desk/")


def _at_each(page: Page, site: str, addresses: list[str]) -> Iterator[str]:
    for address in addresses:
        page.goto(site + address)
        yield address


def _go_on(page: Page) -> None:
    page.locator("main .ds-button[value=next]").click()


def _send_unchecked(page: Page) -> None:
    """Send the form as a browser that checks nothing itself; the page says what is wrong."""
    form = page.locator("main form[enctype]")
    form.evaluate("form => { form.noValidate = true; }")
    form.locator("button.ds-button:not([value=back], [value=add], [type=button])").last.click()
    page.locator(".ds-error-summary, .notice[role=alert]").wait_for()


def findings(page: Page) -> list[str]:
    """What axe finds on the page, and whether it scrolls sideways."""
    violations = Axe().run(page).response["violations"]
    found = [f"{each['id']} {each['nodes'][0]['html'][:150]}" for each in violations]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("scrolls sideways")
    return found


@pytest.mark.parametrize("stops", [as_citizen, as_staff, as_administrator])
def test_axe_finds_nothing_on_any_page(agency: Agency, stops: Stops) -> None:
    found = []
    with serving() as host, chromium() as browser:
        for scheme, width, language in LOOKS:
            size = {"width": width, "height": 844}
            context = browser.new_context(color_scheme=scheme, viewport=size, locale=language)
            page = context.new_page()
            for stop in stops(page, f"http://{host}", agency):
                found += [f"{scheme} {width} {language} {stop}: {line}" for line in findings(page)]
            context.close()
    assert not found, "\n".join(found)
