"""Plans are written whole, approved by another, and their baseline stands."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import InternalError, transaction

from improvement import smart
from improvement.errors import Forbidden, Overtaken, Refused
from improvement.models import Entry, Plan, Stage
from improvement.plans import keeping, passing
from notifications.models import Notification
from tests.agency import Agency, build_agency
from tests.improvement.world import MONDAY, answered, approved, at, drafted, on_time, said, weekly
from tests.workflows.test_races import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def past(agency: Agency) -> Agency:
    """Ten answers a week for twelve weeks, four of them late."""
    weekly(agency, MONDAY - timedelta(weeks=12), 12, late=4, kept=6)
    return agency


def test_the_baseline_is_measured_frozen_and_equal_to_a_count_in_sql(past: Agency) -> None:
    with at(MONDAY) as now:
        version = drafted(past).newest
        first, last = version.baseline_first, version.baseline_last
        counted = on_time(past.water, first, last, now)
        assert (version.baseline_number, version.baseline_among) == counted == (72, 120)
        answered(past.water, past.plain, MONDAY - timedelta(days=5), late=30)
    with at(MONDAY + timedelta(days=1)) as now:
        plan = Plan.objects.get()
        keeping.revise(plan, past.quality, said(past, place="Kecamatan Sukasari"), 1)
        version = plan.newest
        assert (version.number, version.baseline_number, version.baseline_among) == (2, 72, 120)
        assert on_time(past.water, first, last, now) == (72, 150)


@pytest.mark.django_db(transaction=True)
def test_two_plans_that_begin_at_once_get_two_numbers() -> None:
    agency = build_agency()
    unit_and_author = (agency.water, agency.quality)
    facts = said(agency, target=None)
    begun = at_once(*[lambda: keeping.begin(*unit_and_author, facts).code for _n in range(4)])
    assert sorted(begun) == [f"RP-2026-{n:02d}" for n in range(1, 5)]


def test_another_indicator_is_measured_anew(past: Agency) -> None:
    with at(MONDAY):
        plan = drafted(past)
        changed = said(past, indicator="received", metric="", target=Decimal(2))
        version = keeping.revise(plan, past.quality, changed, 1).newest
    assert version.baseline_among is None
    assert version.baseline_number == 110  # what fell due in the first week had come before it


def test_no_plan_is_proposed_while_a_letter_is_missing_and_it_says_which(past: Agency) -> None:
    gaps = {"owner": None, "target": None, "budget": None, "relevance": "", "review_weeks": None}
    with at(MONDAY):
        plan = drafted(past, **gaps)
        with pytest.raises(Refused) as refused:
            passing.propose(plan, past.quality)
    assert [sentence[0] for sentence in refused.value.messages] == list("SMART")
    assert "the owner" in refused.value.messages[0]
    assert Plan.objects.get().stage == Stage.DRAFT


@pytest.mark.parametrize(
    ("field", "value", "letter"),
    [
        ("problem", "", "S"),
        ("place", "", "S"),
        ("target", None, "M"),
        ("authority", "", "A"),
        ("affected", "", "R"),
        ("due_on", None, "T"),
    ],
)
def test_each_letter_is_missed_by_itself(
    past: Agency, field: str, value: object, letter: str
) -> None:
    with at(MONDAY):
        found = smart.letters(drafted(past, **{field: value}).newest)
    assert [each.letter for each in found if not each.is_whole] == [letter]


def test_nothing_spent_is_a_budget(past: Agency) -> None:
    with at(MONDAY):
        found = smart.letters(drafted(past, budget=0).newest)
    assert all(letter.is_whole for letter in found)


def test_who_wrote_a_plan_does_not_approve_it(past: Agency) -> None:
    with at(MONDAY):
        plan = passing.propose(drafted(past), past.quality)
        with pytest.raises(Refused, match="does not approve"):
            passing.approve(plan, past.quality, 1)
        done = passing.approve(plan, past.head, 1)
    assert (done.stage, done.approved_by) == (Stage.APPROVED, past.head)


def test_who_wrote_any_version_does_not_approve_the_next(past: Agency) -> None:
    with at(MONDAY):
        plan = drafted(past)
        plan = keeping.revise(plan, past.head, said(past, place="Kota"), 1)
        plan = keeping.revise(plan, past.quality, said(past, place="Desa"), 2)
        plan = passing.propose(plan, past.quality)
        with pytest.raises(Refused, match="does not approve"):
            passing.approve(plan, past.head, 3)
        assert passing.approve(plan, past.supervisor, 3).stage == Stage.APPROVED


def test_nobody_without_the_role_approves(past: Agency) -> None:
    with at(MONDAY):
        plan = passing.propose(drafted(past), past.quality)
        for person in (past.officer, past.auditor, past.administrator, past.roads_officer):
            with pytest.raises(Forbidden):
                passing.approve(plan, person, 1)


def test_what_was_not_seen_is_not_approved(past: Agency) -> None:
    with at(MONDAY):
        plan = passing.propose(drafted(past), past.quality)
        with pytest.raises(Overtaken):
            passing.approve(plan, past.head, 0)
        with pytest.raises(Overtaken):
            keeping.revise(plan, past.quality, said(past), 0)


def test_a_plan_that_should_have_begun_is_not_approved(past: Agency) -> None:
    with at(MONDAY):
        plan = passing.propose(drafted(past), past.quality)
    with at(MONDAY + timedelta(days=30)), pytest.raises(Refused, match="past"):
        passing.approve(plan, past.head, 1)


def test_sent_back_it_is_a_draft_with_the_reason_on_record(past: Agency) -> None:
    with at(MONDAY):
        plan = passing.propose(drafted(past), past.quality)
        with pytest.raises(Refused, match="why"):
            passing.send_back(plan, past.head, "  ")
        plan = passing.send_back(plan, past.head, "Siapa yang membayar?")
    assert plan.stage == Stage.DRAFT
    assert Entry.objects.get(kind="sent_back").words == "Siapa yang membayar?"


def test_an_approved_version_stays_in_force_while_the_next_one_waits(past: Agency) -> None:
    with at(MONDAY):
        plan = approved(past)
        plan = keeping.revise(plan, past.quality, said(past, place="Kota"), 1)
        assert plan.in_force.place == "Kecamatan Cempaka"
        plan = passing.propose(plan, past.quality)
        assert passing.approve(plan, past.head, 2).in_force.place == "Kota"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("target", Decimal(75)),
        ("level", Decimal("0.990")),
        ("least", 5),
        ("selected", False),
        ("starts_on", MONDAY + timedelta(days=8)),
        ("due_on", MONDAY + timedelta(days=7 * 21)),
        ("baseline_first", MONDAY - timedelta(days=60)),
    ],
)
def test_the_declared_rule_stands_once_it_is_approved(
    past: Agency, field: str, value: object
) -> None:
    with at(MONDAY):
        plan = approved(past)
        with pytest.raises(Refused) as refused:
            keeping.revise(plan, past.quality, said(past, **{field: value}), 1)
    assert list(refused.value.by_field) == [field]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"due_on": MONDAY + timedelta(days=6)}, "due_on"),
        ({"due_on": MONDAY + timedelta(days=7)}, "due_on"),
        ({"target": Decimal(60)}, "target"),
        ({"target": Decimal("59.9")}, "target"),
        ({"target": Decimal(101)}, "target"),
        ({"baseline_last": MONDAY + timedelta(days=1)}, "baseline_last"),
        ({"baseline_first": MONDAY}, "baseline_last"),
        ({"starts_on": MONDAY - timedelta(days=1)}, "starts_on"),
    ],
)
def test_bad_input_is_refused_at_its_field_and_changes_nothing(
    past: Agency, wrong: dict, field: str
) -> None:
    with at(MONDAY), pytest.raises(Refused) as refused:
        drafted(past, **wrong)
    assert list(refused.value.by_field) == [field]
    assert not Plan.objects.exists()


def test_nobody_writes_a_plan_of_a_unit_that_is_not_theirs(past: Agency) -> None:
    with at(MONDAY):
        for person in (past.officer, past.auditor, past.administrator):
            with pytest.raises(Forbidden):
                keeping.begin(past.water, person, said(past))
        with pytest.raises(Forbidden):
            keeping.begin(past.roads, past.supervisor, said(past))


def test_versions_and_history_stand_for_ever(past: Agency) -> None:
    with at(MONDAY):
        plan = drafted(past)
    for row in (plan.newest, Entry.objects.get()):
        with pytest.raises(InternalError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(at=row.at + timedelta(days=1))
        with pytest.raises(InternalError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).delete()


def test_whoever_may_approve_is_told_and_the_author_of_what_came_of_it(past: Agency) -> None:
    with at(MONDAY):
        plan = passing.propose(drafted(past), past.quality)
        told = Notification.objects.filter(kind="plan_proposed").values_list(
            "user__username", flat=True
        )
        assert sorted(told) == ["head", "supervisor"]
        passing.approve(plan, past.head, 1)
    heard = Notification.objects.filter(kind="plan_approved").values_list(
        "user__username", flat=True
    )
    assert sorted(heard) == ["quality", "supervisor"]
