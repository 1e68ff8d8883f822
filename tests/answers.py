"""An answer with what it says to staff, in a browser: asked for, left out, kept, counted."""

from collections.abc import Iterator

from playwright.sync_api import Page

from casework.causes import install
from casework.models import Category, Cause
from tests.agency import Agency, do, walk
from tests.office import sign_in

ANSWER = "Pompa sudah diganti dan air mengalir lagi."
SAID = {"cause": "broken", "outcome": "upheld", "remedy": "repaired", "lesson": "Periksa pompa."}


def as_answerer(page: Page, site: str, agency: Agency) -> Iterator[str]:
    """The composer folded and open, the refused form, the history, the wall, the settings."""
    install()
    sign_in(page, site)
    page.goto(f"{site}/desk/cases/{walk(agency, 'work').reference}/")
    page.locator("#inside > summary").click()
    yield "an answer: unfolded"
    Category.objects.update(cause_needed=True)
    page.reload()
    yield "an answer: asked for a cause"
    page.locator("#text").fill(ANSWER)
    page.locator("[formaction$='/respond/']").click()
    page.locator(".ds-error-summary").wait_for()
    yield "an answer: no cause named"
    answered = do(walk(agency, "work"), "respond", agency.officer, text=ANSWER, **SAID)
    drafted = walk(agency, "work", category="bills")
    drafted = do(drafted, "respond", agency.officer, text=ANSWER, **SAID)
    for name, case in {"answered": answered, "drafted": drafted}.items():
        page.goto(f"{site}/desk/cases/{case.reference}/")
        yield f"an answer: {name}"
    page.goto(f"{site}/desk/supervise/")
    page.locator("details:not([open]) > summary:visible").first.click()
    yield "the wall: root causes"


def addresses_of_causes() -> list[str]:
    """Their list, the form of a new one and that of one that is there."""
    install()
    address = "/admin/casework/cause/"
    return [address, f"{address}add/", f"{address}{Cause.objects.get(code='broken').pk}/change/"]
