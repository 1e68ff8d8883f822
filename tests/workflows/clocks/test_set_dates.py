"""Dates that a supervisor sets, lifts, or has counted anew."""

import pytest
from django.utils import timezone

from accounts.models import Unit
from tests.agency import Agency, citizen
from tests.clockwork import at, clock_of, due, kinds, on, policy, rule, states, swept, target
from tests.workflows.clocks.steps import (
    answered,
    letters,
    read_by_citizen,
    refused,
    step,
    told,
    work,
)
from workflows.actions import acts_for
from workflows.errors import Forbidden, Unlawful
from workflows.models import PolicyVersion

WHY = {"reason": "Sidang berlangsung sampai akhir November."}
SET = {"until": "2026-12-01T12:00", **WHY}


@pytest.fixture
def simple(agency: Agency) -> Agency:
    with on("2026-01-01 08:00"):
        policy(rule("semua", {"resolution": target(10), "stage2": target(20)}))
    return agency


def test_a_date_that_is_set_is_told_with_its_reason_and_moved_by_no_pause(simple):
    case = step("2026-11-04 10:00", work(simple), "set_deadline", simple.supervisor, **SET)
    assert due(clock_of(case, "resolution")) == "2026-12-01 12:00"
    assert case.next_due_at == at("2026-12-01 12:00")
    assert read_by_citizen(case) == [
        "We set a date for our answer",
        "Our answer now comes by 1 Dec 2026",
    ]
    assert letters(case, "due_moved") == [("due_moved", None)]
    assert told(case, "set_deadline") == {"officer"}
    case = step("2026-11-05 10:00", case, "ask", simple.officer, text="Di mana?")
    assert clock_of(case, "resolution").state == "running"
    case = step("2026-11-12 10:00", case, "answered", citizen(case), text="Di RT 03.")
    assert due(clock_of(case, "resolution")) == "2026-12-01 12:00"


def test_a_date_that_is_set_while_it_waits_is_not_held(simple):
    case = step("2026-11-04 10:00", work(simple), "ask", simple.officer, text="Di mana?")
    case = step("2026-11-05 10:00", case, "set_deadline", simple.supervisor, **SET)
    assert clock_of(case, "resolution").state == "running"
    assert case.next_due_at == at("2026-12-01 12:00")


def test_a_date_is_set_in_the_time_of_the_unit_in_charge(simple):
    Unit.objects.filter(code="water").update(time_zone="Asia/Jayapura")
    case = step("2026-11-04 10:00", work(simple), "set_deadline", simple.supervisor, **SET)
    assert case.next_due_at == at("2026-12-01 12:00", "Asia/Jayapura")
    case = step(
        "2026-11-04 11:00",
        case,
        "set_deadline",
        simple.supervisor,
        until="2026-11-30T03:00:00Z",
        **WHY,
    )
    assert case.next_due_at == at("2026-11-30 03:00", "UTC")


@pytest.mark.parametrize(
    "until",
    ["2026-11-04T09:59", "2026-11-04T10:00", "2029-08-03T10:00", "besok", "", "0001-01-01T00:00"],
)
def test_a_date_is_set_in_the_future_and_within_reach(simple, until: str):
    case = work(simple)
    wrong = refused("2026-11-04 10:00", case, "set_deadline", simple.supervisor, until=until, **WHY)
    assert set(wrong) == {"until"}


def test_whoever_has_the_case_sets_no_date_for_themselves(simple):
    case = step("2026-11-03 10:00", work(simple), "reassign", simple.head, assignee="supervisor")
    for who in (simple.supervisor, simple.officer2):
        with pytest.raises(Forbidden):
            step("2026-11-04 10:00", case, "set_deadline", who, **SET)
    step("2026-11-04 10:00", case, "set_deadline", simple.head, **SET)


def test_a_lifted_date_gives_way_to_the_policy_with_its_pauses(simple):
    case = step("2026-11-03 10:00", work(simple), "ask", simple.officer, text="Di mana?")
    case = step("2026-11-05 10:00", case, "recall", simple.officer)
    with pytest.raises(Unlawful):
        step("2026-11-05 10:30", case, "lift_deadline", simple.supervisor, **WHY)
    case = step("2026-11-05 11:00", case, "set_deadline", simple.supervisor, **SET)
    case = step("2026-11-06 10:00", case, "lift_deadline", simple.supervisor, **WHY)
    assert due(clock_of(case, "resolution")) == "2026-11-18 16:00"
    event = case.events.get(kind="lift_deadline")
    assert (event.audience, event.text) == ("step", WHY["reason"])
    assert read_by_citizen(case)[-2:] == [
        "The date that we set holds no longer",
        "Our answer now comes by 18 Nov 2026",
    ]
    assert "lift_deadline" not in acts_for(case, simple.supervisor)


def test_a_date_that_is_set_does_not_reach_the_next_cycle(simple):
    case = step("2026-11-04 10:00", work(simple), "set_deadline", simple.supervisor, **SET)
    case = step("2026-11-05 10:00", case, "respond", simple.officer, text="Sudah.")
    case = step("2026-11-06 10:00", case, "dispute", citizen(case), reason="Belum.")
    assert due(clock_of(case, "resolution", 2)) == "2026-11-20 16:30"


def test_a_later_date_takes_no_breach_back(simple):
    case = work(simple)
    swept("2026-11-17 08:00")
    case = step("2026-11-17 10:00", case, "set_deadline", simple.supervisor, **SET)
    clock = clock_of(case, "resolution")
    assert (due(clock), clock.breached_at) == ("2026-12-01 12:00", at("2026-11-16 16:00"))


def test_after_the_answer_no_date_is_set(simple):
    case = answered(simple)
    for name in ("set_deadline", "lift_deadline", "extend", "retarget"):
        assert name not in acts_for(case, simple.supervisor)
        with pytest.raises(Unlawful):
            step("2026-11-06 10:00", case, name, simple.supervisor, **SET)


def newer_policy(targets: dict) -> None:
    first = PolicyVersion.objects.get()
    PolicyVersion.objects.create(
        policy=first.policy, number=2, rules=[rule("semua", targets)], at=timezone.now()
    )


def test_a_case_keeps_what_it_was_promised_until_a_supervisor_has_it_counted_anew(simple):
    case = work(simple)
    newer_policy({"resolution": target(12), "unit_work": target(4)})
    swept("2026-11-03 09:00")
    case = step("2026-11-03 10:00", case, "note", simple.officer, text="Dicek.")
    assert due(clock_of(case, "resolution")) == "2026-11-16 16:00"
    with pytest.raises(Forbidden):
        step("2026-11-04 10:00", case, "retarget", simple.officer, **WHY)
    case = step("2026-11-04 10:00", case, "retarget", simple.supervisor, **WHY)
    assert due(clock_of(case, "resolution")) == "2026-11-18 16:00"
    assert kinds(clock_of(case, "resolution")) == ["started", "retargeted"]
    assert case.events.get(kind="retarget").audience == "internal"
    assert letters(case, "due_moved") == [("due_moved", None)]


def test_counted_anew_it_gets_what_the_policy_adds_and_loses_what_it_drops(simple):
    case = work(simple)
    newer_policy({"first_response": target(5)})
    case = step("2026-11-04 10:00", case, "retarget", simple.supervisor, **WHY)
    assert states(case) == {"resolution 1.0": "cancelled", "first_response 1.0": "running"}
    assert due(clock_of(case, "first_response")) == "2026-11-09 16:00"


def test_counted_anew_a_breach_stands(simple):
    case = work(simple)
    newer_policy({"resolution": target(20)})
    swept("2026-11-17 08:00")
    case = step("2026-11-17 10:00", case, "retarget", simple.supervisor, **WHY)
    clock = clock_of(case, "resolution")
    assert (due(clock), clock.breached_at) == ("2026-11-30 16:00", at("2026-11-16 16:00"))
