"""Actions have proofs, trainings reach people, reviews measure, verdicts follow the rule."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from improvement.errors import Forbidden, NoLonger, Refused
from improvement.models import Action, Attendance, Decision, Plan, Review, Stage, Verdict
from improvement.notices import look_for_overdue
from improvement.plans import doing, judging, keeping, passing
from improvement.plans.due import due_reviews
from notifications.models import Notification, Outbox
from tests.agency import Agency
from tests.improvement.world import MONDAY, approved, at, on_time, said, weekly, with_action
from workflows.jobs import Swept, Turn

pytestmark = pytest.mark.django_db

START = MONDAY + timedelta(days=7)


@pytest.fixture
def past(agency: Agency) -> Agency:
    """Five answers a week for ten weeks, two of them late."""
    weekly(agency, MONDAY - timedelta(weeks=10), 10, late=2, kept=3)
    return agency


def session(agency: Agency, action: Action, **more: Any) -> Any:
    facts = {"held_on": START, "place": "Aula", "trainer": "", "hours": Decimal(4)} | more
    return doing.add_session(action.training, agency.officer, facts)


def there(agency: Agency, row: Any, person: str, **more: Any) -> Attendance:
    facts = {"person": person, "came": True, "before": None, "after": None} | more
    return doing.keep_attendance(row, agency.officer, facts)


def review(**more: Any) -> dict[str, Any]:
    facts = {
        "first": START,
        "last": START + timedelta(days=13),
        "planned": Decimal(70),
        "cause": "Dua petugas baru.",
        "correction": "",
        "decision": Decision.CONTINUE,
        "as_planned": 8,
        "occasions": 9,
        "fidelity": "",
    }
    return facts | more


def test_an_action_is_done_only_with_a_proof(past: Agency) -> None:
    with at(MONDAY):
        action = with_action(past, approved(past))
    with at(START), pytest.raises(Refused, match="shows"):
        doing.finish_action(action, past.officer, "  ")
    with at(START):
        doing.finish_action(action, past.officer, "Pesan ke 4.000 nomor terkirim.")
    action.refresh_from_db()
    assert (action.done_on, action.done_by) == (START, past.officer)
    with at(START), pytest.raises(NoLonger, match="done"):
        doing.finish_action(action, past.officer, "Sekali lagi.")


def test_nobody_finishes_what_is_not_theirs(past: Agency) -> None:
    with at(MONDAY):
        action = with_action(past, approved(past))
        for person in (past.officer2, past.roads_officer, past.auditor):
            with pytest.raises(Forbidden):
                doing.finish_action(action, person, "Selesai.")


@pytest.mark.parametrize("days", [-8, 20 * 7 + 1])
def test_an_action_is_due_within_the_days_of_its_plan(past: Agency, days: int) -> None:
    with at(MONDAY):
        plan = approved(past)
        with pytest.raises(Refused) as refused:
            with_action(past, plan, due_on=START + timedelta(days=days))
    assert list(refused.value.by_field) == ["due_on"]
    assert not Action.objects.exists()


def test_a_training_reaches_the_people_who_came_each_once(past: Agency) -> None:
    with at(MONDAY):
        action = with_action(past, approved(past), course="Menjawab dengan tanggal", planned=3)
    with at(START + timedelta(days=1)):
        first, second = session(past, action), session(past, action, hours=Decimal(2))
        there(past, first, "Sari", before=50, after=80)
        there(past, first, "Bayu", before=60, after=70)
        there(past, first, "Tono", came=False)
        there(past, second, "Sari", after=90)
    training = Action.objects.get().training
    assert training.reached.people == 2
    assert training.reached.gain == (55, 75, 2)
    assert training.reached.hours == 4 + 2
    assert training.reached.person_hours == 4 * 2 + 2


def test_a_training_is_changed_from_its_page_until_it_is_done(past: Agency) -> None:
    client = Client()
    client.force_login(past.quality)
    with at(MONDAY):
        plan = approved(past)
        action = with_action(past, plan, course="Empati", planned=3)
        place = f"/improve/plans/{plan.code}/actions/{action.pk}/"
        assert f'href="{place}"' in client.get(f"{place}training/").content.decode()
        doing.finish_action(action, past.officer, "Selesai.")
        assert f'href="{place}"' not in client.get(f"{place}training/").content.decode()


def test_who_was_not_there_has_no_points(past: Agency) -> None:
    with at(MONDAY):
        action = with_action(past, approved(past), course="Empati", planned=3)
    with at(START + timedelta(days=1)):
        row = session(past, action)
        with pytest.raises(Refused, match="no points"):
            there(past, row, "Tono", came=False, before=10)
    with at(START - timedelta(days=1)), pytest.raises(Refused, match="to come"):
        there(past, row, "Tono")
    assert not Attendance.objects.exists()


def test_a_review_freezes_the_level_as_the_figures_have_it(past: Agency) -> None:
    with at(MONDAY):
        plan = approved(past)
        weekly(past, START, 2, late=1, kept=9)
    with at(START + timedelta(days=14)) as now:
        row = judging.hold_review(plan, past.quality, review())
        counted = on_time(past.water, row.first, row.last, now)
        assert (row.actual_number, row.actual_among) == counted == (18, 20)
        assert (row.as_planned, row.occasions) == (8, 9)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"as_planned": 10}, "as_planned"),
        ({"occasions": None}, "occasions"),
        ({"occasions": 0, "as_planned": 0}, "occasions"),
        ({"last": START - timedelta(days=1), "first": START}, "last"),
        ({"last": START + timedelta(days=90)}, "last"),
        ({"first": START - timedelta(days=1)}, "first"),
        ({"planned": Decimal(250)}, "planned"),
        ({"decision": Decision.ADJUST}, "correction"),
        ({"decision": Decision.STOP, "correction": " "}, "correction"),
    ],
)
def test_impossible_reviews_are_refused(past: Agency, wrong: dict, field: str) -> None:
    with at(MONDAY):
        plan = approved(past)
    with at(START + timedelta(days=14)), pytest.raises(Refused) as refused:
        judging.hold_review(plan, past.quality, review(**wrong))
    assert field in refused.value.by_field
    assert not Review.objects.exists()


def test_a_review_that_stops_the_plan_ends_it(past: Agency) -> None:
    with at(MONDAY):
        plan = approved(past)
    with at(START + timedelta(days=14)):
        judging.hold_review(
            plan, past.quality, review(decision=Decision.STOP, correction="Anggaran dicabut.")
        )
        plan.refresh_from_db()
        assert plan.stage == Stage.STOPPED
        with pytest.raises(NoLonger, match="stopped"):
            judging.hold_review(plan, past.quality, review())


def test_the_verdict_falls_when_the_plan_is_over_and_stands(past: Agency) -> None:
    with at(MONDAY):
        plan = approved(past, due_on=START + timedelta(days=28))
    with at(START + timedelta(days=20)), pytest.raises(Refused, match="over"):
        judging.settle(plan, past.quality)
    with at(START + timedelta(days=29)):
        row = judging.settle(plan, past.quality, "Belum cukup.")
        plan.refresh_from_db()
        assert plan.stage == Stage.JUDGED
        assert row.word == "cannot_be_told"  # nothing fell due after the start
        assert "few_after" in row.data["doubts"]
        with pytest.raises(NoLonger, match="on record"):
            judging.settle(plan, past.quality)
    assert Verdict.objects.count() == 1


WAITING: dict[str, Any] = {"place": "Kota", "due_on": START + timedelta(days=28)}


def test_a_newer_version_that_waits_stops_nothing(past: Agency) -> None:
    with at(MONDAY):
        plan = approved(past, due_on=START + timedelta(days=28))
        action = with_action(past, plan)
        plan = keeping.revise(plan, past.quality, said(past, **WAITING), 1)
    sweep(START + timedelta(weeks=4))
    assert told("action_late") == ["officer", "supervisor"]
    with at(START + timedelta(days=27)):
        doing.finish_action(action, past.officer, "Selesai.")
        judging.hold_review(plan, past.quality, review())
    sweep(START + timedelta(days=29))
    assert told("plan_over") == ["quality", "supervisor"]
    with at(START + timedelta(days=29)):
        judging.settle(plan, past.quality)
        plan.refresh_from_db()
        with pytest.raises(NoLonger):
            passing.propose(plan, past.quality)
    assert plan.stage == Stage.JUDGED and plan.in_force.number == 1


def sweep(day: Any) -> None:
    with at(day) as now:
        look_for_overdue(Turn(now, Swept()))


def told(kind: str) -> list[str]:
    rows = Notification.objects.filter(kind=kind).order_by("user__username")
    return list(rows.values_list("user__username", flat=True))


def test_overdue_actions_reach_who_owns_them_and_the_plan_and_again_after_a_week(
    past: Agency,
) -> None:
    with at(MONDAY):
        with_action(past, approved(past))
    due = MONDAY + timedelta(days=21)
    sweep(due)
    assert told("action_late") == []
    sweep(due + timedelta(days=1))
    sweep(due + timedelta(days=1))
    sweep(due + timedelta(days=2))
    assert told("action_late") == ["officer", "supervisor"]
    assert Outbox.objects.filter(letter="notice", user=past.officer).count() == 2  # yours, late
    sweep(due + timedelta(days=8))
    assert told("action_late") == ["officer", "officer", "supervisor", "supervisor"]


def test_what_is_done_is_overdue_no_more(past: Agency) -> None:
    with at(MONDAY):
        action = with_action(past, approved(past))
    with at(START):
        doing.finish_action(action, past.officer, "Selesai.")
    sweep(MONDAY + timedelta(days=60))
    assert told("action_late") == []


def test_reviews_and_verdicts_that_are_due_reach_the_owner_once(past: Agency) -> None:
    with at(MONDAY):
        plan = approved(past)
    sweep(START + timedelta(weeks=4) - timedelta(days=1))
    assert told("review_due") == []
    sweep(START + timedelta(weeks=4))
    sweep(START + timedelta(weeks=4, days=1))
    assert told("review_due") == ["supervisor"]
    with at(START + timedelta(weeks=4)):
        found = due_reviews(Plan.objects.all(), START + timedelta(weeks=4))
        assert [each.plan for each in found] == [plan]
    sweep(MONDAY + timedelta(days=7 * 20 + 1))
    assert told("plan_over") == ["quality", "supervisor"]
