"""Every page of improvement in its states, for whoever looks at all of them."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page

from improvement import concerns
from improvement.models import Concern, Plan, Theme
from improvement.plans import keeping, telling
from tests.agency import Agency
from tests.improvement.world import leader
from tests.office import at_each, sign_in
from tests.rights import improvement as made


def build(agency: Agency) -> list[str]:
    """A plan in force with a training, one that waits, one with letters missing, and the rest."""
    leader(agency)
    made.theme(None)
    made.concern(None)
    concerns.answer(Concern.objects.get(), agency.quality, "Tidak ada lembur.")
    action = made.action(None)
    plan = Plan.objects.get(code=action["code"])
    telling.tell(
        plan, agency.quality, "Jadwal aliran air", "Air mati tanpa kabar.", "Jadwal kami kirim."
    )
    waiting = made.a_proposal()
    lacking = made.a_draft()
    version = lacking.newest
    said = {name: getattr(version, name) for name in keeping.SAID} | {"owner": None, "problem": ""}
    keeping.revise(lacking, agency.quality, said, version.number)
    report = made.report(None)
    made.schedule(None)
    of_plan = f"/improve/plans/{plan.code}/"
    of_action = f"{of_plan}actions/{action['pk']}/"
    return [
        "/improve/",
        f"/improve/themes/{Theme.objects.get().pk}/",
        "/improve/plans/new/",
        "/improve/plans/new/?unit=water",
        *(of_plan, f"{of_plan}edit/", f"{of_plan}actions/", f"{of_plan}review/", f"{of_plan}told/"),
        *(of_action, f"{of_action}proof/", f"{of_action}training/"),
        f"{of_action}training/{action['session']}/",
        f"/improve/plans/{waiting.code}/",
        f"/improve/plans/{lacking.code}/",
        *("/improve/concerns/", f"/improve/concerns/{Concern.objects.get().pk}/"),
        *("/reports/", "/reports/new/", "/reports/schedule/"),
        f"/reports/{report['pk']}/",
        f"/reports/{report['pk']}/write/",
        *("/concerns/", "/concerns/answer/", "/open/"),
    ]


def as_improver(page: Page, site: str, agency: Agency) -> Iterator[str]:
    """The quality lead's pages, forms with errors, and what is shown once."""
    addresses = build(agency)
    sign_in(page, site, "quality")
    yield from at_each(page, site, ["/reports/", *addresses])
    page.goto(f"{site}/improve/plans/new/?unit=water")
    page.locator("main form button[type=submit]").click()
    page.locator(".ds-error-summary").wait_for()
    yield "a plan: nothing said"
    page.goto(f"{site}/improve/plans/{Plan.objects.latest('pk').code}/")
    page.locator("main form[action$='/propose/'] button").click()
    page.locator(".ds-error-summary").wait_for()
    yield "a plan: letters missing"
    page.goto(f"{site}/concerns/")
    page.locator("#id_unit").select_option("water")
    page.locator("#id_text").fill("Kami takut target.")
    page.locator("main form button[type=submit]").click()
    page.locator("main .ref").wait_for()
    yield "a concern: kept"
