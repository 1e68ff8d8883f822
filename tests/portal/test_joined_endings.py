"""Whose complaint was merged is told how the other one ended, and how to go on from there."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from casework import links
from casework.actors import SYSTEM
from casework.models import Case
from tests.agency import Agency, citizen, do, file_case, walk

REJECT = {"reason": "Bukan urusan kami."}
REFER = {"body": "PLN", "reason": "Urusan PLN"}
#: How the target ends: stage before, act, who, payload; what is read of it, and what is not.
ENDS = [
    ("confirm", "confirm", "citizen", {}, "is closed", "Terima kasih"),
    ("confirm", "timeout", "time", {}, "is closed", "yes or no"),
    ("triage", "reject", "intake", REJECT, "Bukan urusan kami.", "contest"),
    ("work", "refer", "officer", REFER, "Urusan PLN", "at your request"),
    ("work", "withdraw", "citizen", {"reason": "Saya pindah."}, "file yours anew", "pindah"),
    ("wait_work", "timeout", "time", {}, "file yours anew", "Berapa rumah"),
]


def joined_with(target: Case, agency: Agency) -> Case:
    return do(file_case(), "merge", agency.head, into=target.reference)


def page(client: Client, case: Case) -> str:
    address = f"/c/{links.link_for(case)}/"
    return client.get(address, headers={"accept-language": "en"}).content.decode()


def days_later(case: Case, days: int) -> None:
    Case.objects.filter(pk=case.pk).update(closed_at=timezone.now() - timedelta(days=days))


@pytest.mark.parametrize(("stage", "name", "who", "payload", "told", "hidden"), ENDS)
def test_however_the_target_ends_the_outcome_and_a_way_on_are_named(
    client: Client, agency: Agency, stage, name, who, payload, told: str, hidden: str
) -> None:
    target = walk(agency, stage)
    merged = joined_with(target, agency)
    days_later(merged, 2)
    actor = {"citizen": citizen(target), "time": SYSTEM}.get(who) or getattr(agency, who)
    do(target, name, actor, **payload)
    html = page(client, merged)
    assert "ombudsman.go.id" in html
    assert told in html and "goes on together" not in html
    assert hidden not in html and target.reference not in html
    assert payload.get("body", "") in html


def test_who_was_joined_with_one_that_ended_may_still_leave_it_for_a_day(
    client: Client, agency: Agency
) -> None:
    target = walk(agency, "work")
    merged = joined_with(target, agency)
    do(target, "withdraw", citizen(target))
    html = page(client, merged)
    assert "/unmerge/" in html and "ombudsman" not in html
    assert "ended without a decision." in html


def test_while_the_target_goes_on_nobody_outside_is_named(client: Client, agency: Agency) -> None:
    merged = joined_with(walk(agency, "work"), agency)
    days_later(merged, 2)
    html = page(client, merged)
    assert "goes on together" in html and "ombudsman" not in html


def test_a_reason_is_no_longer_read_once_the_target_is_judged_anew(
    client: Client, agency: Agency
) -> None:
    target = file_case()
    merged = joined_with(target, agency)
    target = do(target, "reject", agency.intake, reason="Bukan urusan kami.")
    do(target, "contest", citizen(target), reason="Urusan Anda.")
    html = page(client, merged)
    assert "Bukan urusan kami." not in html and "goes on together" in html
