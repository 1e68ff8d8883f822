"""The pages of policies and calendars, brought into one state after another."""

import re
from collections.abc import Iterator

from django.utils import timezone
from playwright.sync_api import Page

from tests.agency import Agency
from tests.office import at_each, sign_in
from workflows import policies
from workflows.models import Pass
from workflows.public_days import load_days
from workflows.rewriting import edit

ONE = "/desk/policies/id-sp4n/"
WATER = "/desk/calendars/units/water/"
#: In the language of whoever looks.
CONFIRM = re.compile("I confirm the legal basis|Saya menegaskan dasar hukumnya")
HALF_DAY = {"days": {"2030-12-24": {"name": "Setengah hari", "hours": [[450, 690]]}}}


def as_settler(page: Page, site: str, agency: Agency) -> Iterator[str]:
    """Every page on which is settled by when things are due: empty, full, and with errors."""
    sign_in(page, site, "administrator")
    yield from at_each(page, site, ["/desk/policies/", "/desk/calendars/days/"])
    this_year = timezone.localdate().year
    policies.install("id-sp4n", timezone.localdate().replace(month=1, day=1), agency.administrator)
    load_days("ID", this_year, this_year + 2)
    edit(agency.water, HALF_DAY, agency.administrator, "Loket air")
    Pass.objects.create(cause="policy", rule="id-sp4n/x", at=timezone.now(), total=5, done=2)
    yield from at_each(page, site, [*_of_policies(), *_of_calendars()])
    yield from _written(page, site)
    page.context.clear_cookies()
    sign_in(page, site, "supervisor")
    page.goto(site + ONE)
    page.get_by_role("button", name=CONFIRM).click()
    page.locator("[data-messages]").wait_for()
    yield "policy: confirmed"


def _of_policies() -> list[str]:
    rules = [f"{ONE}rules/{name}" for name in ("", "aspiration/", "complaint/", "aspiration/end/")]
    return ["/desk/policies/", "/desk/policies/new/", ONE, f"{ONE}details/", *rules]


def _of_calendars() -> list[str]:
    everywhere = "/desk/calendars/installation/"
    days = [f"/desk/calendars/days/{asked}" for asked in ("", "?year=2026")]
    return [
        "/desk/calendars/", WATER, f"{WATER}edit/", everywhere, f"{everywhere}edit/", *days,
        f"/desk/passes/{Pass.objects.latest('pk').pk}/",
    ]  # fmt: skip


def _written(page: Page, site: str) -> Iterator[str]:
    """Looked at before it is saved, and wrong."""
    for name, address, field, wrong in (
        ("rule", f"{ONE}rules/aspiration/", "#id_name", ""),
        ("calendar", f"{WATER}edit/", "#id_week-0", "pagi"),
    ):
        page.goto(site + address)
        if name == "calendar":
            page.locator("#id_note").fill("Keputusan 12/2026")
        page.locator("button[value=look]").click()
        page.locator("#preview").wait_for()
        yield f"{name}: looked at"
        page.locator(field).fill(wrong)
        page.locator("button[value=save]").click()
        page.locator(".ds-error-summary").wait_for()
        yield f"{name}: wrong"
