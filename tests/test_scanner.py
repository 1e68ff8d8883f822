"""A scanner that opens every link of every page and every mail changes nothing."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import (
    NoReverseMatch,
    Resolver404,
    URLPattern,
    URLResolver,
    get_resolver,
    resolve,
    reverse,
)

from accounts import api_keys, one_time
from casework import causes, links
from casework.models import Case, Cause
from improvement.models import Action, Concern, Report, Theme
from notifications import delivery
from tests.agency import Agency, citizen, do, walk
from tests.crawl import addresses_in, everything_kept, scan
from tests.improvement.stops import build as improving
from tests.portal.test_answers import with_file
from workflows import filing, policies
from workflows.models import PolicyVersion

POLICY = "id-sp4n"
STAGES = ("triage", "work", "confirm", "closed")


@pytest.fixture
def world(agency: Agency) -> dict[str, Case]:
    """A case in each of some stages, with files, mails, and notes in the trays."""
    cases = {stage: walk(agency, stage) for stage in STAGES}
    for stage, case in cases.items():
        cases[stage] = with_file(case, "message", citizen(case), f"foto-{stage}", text="Ini.")
    cases["merged"] = do(
        walk(agency, "triage"), "merge", agency.intake, into=cases["triage"].reference
    )
    filing.file({"text": "Air mati empat hari.", "identity": "none"}, token="a-token")
    policies.install(POLICY, date(2026, 1, 1), None)
    keep_one_group_of_causes()
    improving(agency)
    return cases


def every_pattern(under: Any = None, at: str = "") -> Iterator[str]:
    """The names of all addresses that there are."""
    for each in (under or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            inner = f"{at}{each.namespace}:" if each.namespace else at
            yield from every_pattern(each, inner)
        elif isinstance(each, URLPattern) and each.name:
            yield f"{at}{each.name}"


def arguments(case: Case, agency: Agency) -> list[dict[str, Any]]:
    """What addresses ask for, in every combination that there is."""
    of_case = {"reference": case.reference}
    by_link = {"token": links.link_for(case)}
    file = case.attachments.values_list("pk", flat=True).first() or 0
    acts = ("claim", "message", "note", "respond", "withdraw", "confirm", "timeout", "close")
    person = {"uidb64": one_time.link_for(agency.officer).split("/")[-3], "token": "set-password"}
    rule = {"code": POLICY, "rule_id": first_rule()}
    return [
        {},
        {"code": agency.water.code},
        {"code": POLICY},
        rule,
        of_case,
        by_link,
        {"token": "a-token"},
        person,
        {"object_id": agency.officer.pk},
        {"pk": agency.officer.pk},
        *of_improvement(),
        *({**where, key: file} for where in (of_case, by_link) for key in ("pk", "number")),
        *({**where, "name": act} for where in (of_case, by_link) for act in acts),
    ]


def keep_one_group_of_causes() -> None:
    """The settings of the others are pages of the same kinds."""
    causes.install()
    Cause.objects.exclude(parent=None).exclude(parent__code="facilities").delete()
    Cause.objects.filter(parent=None, children=None).delete()


def of_improvement() -> list[dict[str, Any]]:
    """A plan with an action and its session, a report in each form, a concern."""
    action = Action.objects.select_related("plan", "training").get()
    of_plan = {"code": action.plan.code}
    session = action.training.sessions.get().pk
    report = {"pk": Report.objects.get().pk}
    return [
        of_plan,
        of_plan | {"pk": action.pk},
        of_plan | {"pk": action.pk, "session": session},
        report,
        report | {"kind": "pdf"},
        report | {"kind": "xlsx"},
        {"pk": Concern.objects.get().pk},
        {"pk": Theme.objects.get().pk},
    ]


def first_rule() -> str:
    return PolicyVersion.objects.get(policy__code=POLICY).rules[0]["id"]


def every_address(case: Case, agency: Agency) -> list[str]:
    found = []
    for name in set(every_pattern()):
        for said in arguments(case, agency):
            try:
                found.append(reverse(name, kwargs=said))
            except NoReverseMatch:
                continue
    return sorted(set(found))


def test_every_address_is_among_those_that_are_opened(
    agency: Agency, world: dict[str, Case]
) -> None:
    reached = [*every_address(world["work"], agency), "/nowhere/"]
    names = {name for name in every_pattern() if not name.startswith("admin:")}
    missing = [name for name in names if not any(reaches(address, name) for address in reached)]
    assert missing == []


def reaches(address: str, name: str) -> bool:
    try:
        return resolve(address).view_name == name
    except Resolver404:
        return False


#: Everybody who finds other addresses than the others.
@pytest.mark.parametrize(
    "who", ["", "intake", "officer", "head", "quality", "auditor", "administrator"]
)
def test_opening_every_link_of_every_page_changes_nothing(
    agency: Agency, world: dict[str, Case], who: str
) -> None:
    client = Client(raise_request_exception=False)
    if who:
        client.force_login(getattr(agency, who))
    starts = ["/", "/desk/", "/admin/"]
    starts += every_address(world["work"], agency)
    starts += [f"/c/{links.link_for(case)}/" for case in world.values()]
    starts += [f"/desk/cases/{case.reference}/" for case in world.values()]
    before = everything_kept()
    opened = scan(client, starts)
    assert everything_kept() == before
    assert len(opened) > 40


@pytest.mark.parametrize("who", ["officer", "auditor"])
def test_a_program_that_reads_everything_changes_nothing(
    agency: Agency, world: dict[str, Case], who: str
) -> None:
    key = api_keys.issue("test", "rest", getattr(agency, who))
    client = Client(headers={"authorization": f"Bearer {key}"}, raise_request_exception=False)
    client.get("/api/v1/cases/")  # from now on the key was used this minute
    addresses = every_address(world["work"], agency)
    before = everything_kept()
    opened = scan(client, [each for each in addresses if each.startswith("/api/")])
    assert everything_kept() == before and len(opened) > 6


def test_opening_every_link_of_every_mail_changes_nothing(
    agency: Agency, world: dict[str, Case], settings: Any
) -> None:
    settings.DEMO = False
    while delivery.deliver():
        pass
    assert len(mail.outbox) > 10
    parts = [one.body for one in mail.outbox]
    parts += [str(part.content) for one in mail.outbox for part in one.alternatives]
    parts.append(one_time.link_for(agency.officer))
    starts = sorted({address for part in parts for address in addresses_in(part, "/")})
    assert any(start.startswith("/c/") for start in starts)
    before = everything_kept()
    # Each mail is opened by a machine of its own, as a stranger.
    opened = scan(Client(raise_request_exception=False), starts)
    assert everything_kept() == before
    assert {start for start in starts if start.startswith("/c/")} <= set(opened)
    # The links still open: to look was not to use.
    client = Client()
    assert all(client.get(start).status_code < 400 for start in starts if "/c/" in start)
    assert "new_password1" in client.get(parts[-1], follow=True).content.decode()
