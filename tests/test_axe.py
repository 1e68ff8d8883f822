"""Axe finds nothing: every page and state, light and dark, wide and 390 px, in both languages.

Each two of these meet: what is wrong in one look of one width is wrong in both languages.

Nor is there help that nobody hears: each is named by the field that it helps with."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.utils import timezone
from playwright.sync_api import Page

from accounts import api_keys
from accounts.models import ApiKey
from casework.links import link_for
from casework.models import Case
from tests.agency import Agency, build_agency, citizen, do, walk
from tests.answers import addresses_of_causes, as_answerer
from tests.browser import chromium, needs_chromium
from tests.clockwork import on
from tests.due_dates import as_settler
from tests.figures.rows import due, met, missed
from tests.improvement.stops import as_improver
from tests.office import at_each, sign_in
from tests.owing import NOON, owing
from tests.portal.test_published import WORDS as PUBLISHED
from tests.server import serving
from workflows.lost import new_key

pytestmark = [pytest.mark.django_db(transaction=True), needs_chromium]
LOOKS = {
    "id-ID": (("light", 1280), ("dark", 390)),
    "en-GB": (("dark", 1280), ("light", 390)),
}
RUN = """axe.run({resultTypes: ["violations"]}).then(({violations}) =>
  violations.map(({id, nodes}) => `${id} ${nodes[0].html.slice(0, 150)}`))"""
UNHEARD = """[...document.querySelectorAll("[data-field=description]")]
  .filter(({id}) => !document.querySelector(`[aria-describedby~="${id}"]`))
  .map(({id, textContent}) => `help without its field: ${id} ${textContent}`)"""

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
        "/accessibility/",
        "/offline/",
        "/open/",
        f"/open/{published(agency).reference}/",
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


def published(agency: Agency) -> Case:
    return do(walk(agency, "confirm"), "publish", agency.supervisor, **PUBLISHED)


def as_citizen(page: Page, site: str, agency: Agency) -> Iterator[str]:
    yield from at_each(page, site, addresses_of_citizens(agency))
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
    page.go_back()
    page.locator('button[value="to-where"]').click()
    page.locator("#id_address").fill("RT 03")
    for _step in ("when", "files", "about", "who", "check", "sent"):
        _go_on(page)
    page.locator("[role=alert]").wait_for()
    yield "filing: sent before"


def addresses_of_staff(agency: Agency) -> list[str]:
    work = f"/desk/cases/{walk(agency, 'work').reference}/"
    merged = f"/desk/cases/{walk(agency, 'merged').reference}/"
    return [
        "/desk/",
        "/desk/?view=mine",
        "/desk/?view=all&kind=complaint&q=galon",
        "/desk/tray/",
        "/desk/keys/",
        "/desk/next/",
        "/desk/outbox/",
        "/desk/no-such-page/",
        work,
        merged,
        f"{work}?mode=note",
        *(
            f"{work}{name}/"
            for name in ("reassign", "hold", "transfer", "respond", "merge", "about")
        ),
        *(f"{work}{name}/" for name in ("about", "restrict", "publish")),
        f"{work}similar/",
        "/desk/emergency/",
        "/desk/visitor/",
        *addresses_of_the_wall(agency),
    ]


def addresses_of_the_wall(agency: Agency) -> list[str]:
    """With something of everything, and of a unit where nothing is open."""
    now = timezone.now()
    for state in ("late", "soon", "calm", "complainant", "legal_hold"):
        case = due(walk(agency, "work"), state, now)
        missed(case, due_at=now, breach_reason="" if state == "late" else state)
        met(case, "acknowledgement", due_at=now)
    return ["/desk/supervise/", "/desk/supervise/?unit=roads&days=7", "/desk/?due=late"]


def as_staff(page: Page, site: str, agency: Agency) -> Iterator[str]:
    sign_in(page, site)
    yield from at_each(page, site, addresses_of_staff(agency))
    page.goto(f"{site}/desk/file/")
    yield "counter"
    _send_unchecked(page)
    yield "counter: nothing said"
    page.locator("#id_text").fill("Warga datang: air mati sepekan di RT 07.")
    page.locator("#id_name").fill("Pak Slamet")
    token = page.locator("[name=token]").input_value()
    page.locator("main .ds-button[type=submit]").click()
    yield "counter: filed"
    page.goto(f"{site}/desk/file/")
    page.locator("[name=token]").evaluate("(field, token) => { field.value = token; }", token)
    page.locator("#id_text").fill("Surat lain: lampu jalan padam di RT 02.")
    page.locator("main .ds-button[type=submit]").click()
    page.locator("main [role=alert]").wait_for()
    yield "counter: sent before"
    page.goto(f"{site}/desk/visitor/")
    page.locator("main .ds-button[type=submit]").click()
    page.locator(".ds-error-summary").wait_for()
    yield "receipt in hand: nothing said"
    yield from refusals(page, site, walk(agency, "work"))


def as_auditor(page: Page, site: str, agency: Agency) -> Iterator[str]:
    """The access log, with lines and without; and a withheld identity."""
    sign_in(page, site, "auditor")
    yield from at_each(page, site, ["/desk/?q=galon", "/desk/access-log/"])
    yield from at_each(page, site, ["/desk/access-log/?kind=identity&person=nobody"])
    agency.officer.memberships.update(identity_officer=True)
    page.context.clear_cookies()
    sign_in(page, site, "officer")
    case = walk(agency, "work", identity="withheld")
    page.goto(f"{site}/desk/cases/{case.reference}/identity/")
    yield "identity: asked for a reason"
    page.locator("#id_reason").fill("Perlu menelepon pelapor.")
    page.locator("main .ds-button").click()
    page.locator("dl.facts").wait_for()
    yield "identity"


WHY = {"reason": "Kertasnya hilang.", "recognised": "KTP dan nomor telepon."}


def at_counter(page: Page, site: str, agency: Agency) -> Iterator[str]:
    """What is done for those who come, call or write: acts, letters, and a lost secret."""
    by_phone = {"email": "", "phone": "0812 3456 7890", "postal": "Jalan Melati 7"}
    confirm, closed = walk(agency, "confirm", **by_phone), walk(agency, "closed", **by_phone)
    closed = do(closed, "message", citizen(closed), text="Rusak lagi.")
    waiting, asked = walk(agency, "wait_work"), do(confirm, "ask_secret", agency.officer, **WHY)
    ended, key = walk(agency, "closed"), new_key(waiting)
    ended = do(ended, "message", citizen(ended), text="Rusak lagi.")
    nameless = walk(agency, "work", identity="none", name="", email="")
    sign_in(page, site)
    cases = {case.pk: f"/desk/cases/{case.reference}/" for case in (confirm, closed, nameless)}
    acts = ("", "letter/", "told/", "confirm/", "dispute/", "heard/", "approve_secret/")
    yield from at_each(page, site, [cases[confirm.pk] + name for name in acts])
    yield from at_each(page, site, [cases[closed.pk], cases[nameless.pk]])
    yield from at_each(page, site, [f"{cases[closed.pk]}reopen/", f"{cases[closed.pk]}ask_secret/"])
    page.goto(f"{site}/desk/cases/{waiting.reference}/answered/")
    _send_unchecked(page)
    yield "answered for somebody: nothing said"
    page.goto(f"{site}/desk/cases/{waiting.reference}/answered/")
    do(waiting, "message", citizen(waiting), text="Sudah mengalir.")
    _send_unchecked(page)
    yield "answered for somebody: too late"
    do(do(asked, "ask_secret", agency.head, **WHY), "approve_secret", agency.officer2)
    page.goto(site + cases[confirm.pk])
    page.locator("#do-new_secret").click()
    page.wait_for_url("**/desk/receipts/**")
    yield "receipt of a new secret"
    yield from at_each(page, site, [f"/c/{link_for(ended)}/", f"/c/{link_for(ended)}/message/"])
    yield from _lost(page, site, key)


def _lost(page: Page, site: str, key: str) -> Iterator[str]:
    """A lost secret, as the complainant sees it."""
    page.goto(f"{site}/track/lost/")
    yield "lost"
    page.locator("main form button").click()
    page.locator(".ds-error-summary").wait_for()
    yield "lost: nothing said"
    yield from at_each(page, site, ["/track/lost/?asked", f"/track/new/{key}/"])
    page.locator("main form button").click()
    page.locator("[data-secret]").wait_for()
    yield "a new secret"


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
    yield from at_each(page, site, [*addresses_of_settings(agency), *addresses_of_causes()])
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


def _go_on(page: Page) -> None:
    page.locator("main .ds-button[value=next]").click()


def _send_unchecked(page: Page) -> None:
    """Send the form as a browser that checks nothing itself; the page says what is wrong."""
    form = page.locator("main form:is([enctype], #step)")
    form.evaluate("form => { form.noValidate = true; }")
    form.locator("button.ds-button:not([value=back], [value=add], [type=button])").last.click()
    page.locator(".ds-error-summary, .notice[role=alert]").wait_for()


def findings(page: Page, language: str) -> list[str]:
    """What axe finds on the page in each look, and where it scrolls sideways."""
    found = page.evaluate(UNHEARD)
    page.evaluate(AXE_SCRIPT)
    for scheme, width in LOOKS[language]:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 844})
        lines = page.evaluate(RUN)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            lines.append("scrolls sideways")
        found += [f"{scheme} {width} {line}" for line in lines]
    return found


def by_the_clock(page: Page, site: str, agency: Agency) -> Iterator[str]:
    """Due dates in every state, in the queue, on cases with all explained, and as promised."""
    cases = owing(agency)
    with on(NOON):
        sign_in(page, site, "officer")
        yield from at_each(page, site, ["/desk/", "/desk/?view=late"])
        for name, case in cases.items():
            for address in (f"/desk/cases/{case.reference}/", f"/c/{link_for(case)}/"):
                page.goto(site + address)
                folded = page.locator("main details:not([open]) > summary:visible")
                while folded.count():
                    folded.first.click()
                yield f"{name}: {address}"


STOPS = [
    as_citizen,
    as_staff,
    as_answerer,
    at_counter,
    as_auditor,
    as_administrator,
    as_settler,
    by_the_clock,
    as_improver,
]


@pytest.mark.parametrize("language", ["id-ID", "en-GB"])
@pytest.mark.parametrize("stops", STOPS)
def test_axe_finds_nothing_on_any_page(agency: Agency, stops: Stops, language: str) -> None:
    found = []
    with serving() as host, chromium() as browser:
        page = browser.new_context(locale=language, reduced_motion="reduce").new_page()
        for stop in stops(page, f"http://{host}", agency):
            found += [f"{stop}: {line}" for line in findings(page, language)]
    assert not found, "\n".join(found)
