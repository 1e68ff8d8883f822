"""Warnings, breaches and escalation, by the sweep."""

import pytest

from casework.models import Case
from tests.agency import Agency, do
from tests.clockwork import (
    at,
    clock_of,
    filed,
    in_work,
    kinds,
    on,
    policy,
    rule,
    step,
    swept,
    target,
)  # fmt: skip


@pytest.fixture
def simple(agency: Agency) -> Agency:
    with on("2026-01-01 08:00"):
        policy(rule("semua", {"resolution": target(10)}))
    return agency


def told(case: Case) -> list[tuple[str, object]]:
    events = case.events.filter(kind__in=("warned", "late", "escalated")).order_by("number")
    return [(e.kind, e.data.get("percent") or e.data.get("unit")) for e in events]


def test_each_mark_is_told_once(simple: Agency):
    case = filed()
    # Due on 2026-11-16 16:00.
    swept("2026-11-06 09:00", "2026-11-10 09:00", "2026-11-10 09:30", "2026-11-13 09:00")
    assert told(case) == [("warned", 50), ("warned", 75)]
    swept("2026-11-16 15:59", "2026-11-16 16:00")
    assert told(case) == [("warned", 50), ("warned", 75), ("warned", 90)]
    case.refresh_from_db()
    assert case.due_state == "soon"
    swept("2026-11-16 16:01", "2026-11-16 16:02")
    assert told(case)[3:] == [("late", "root")]
    clock = clock_of(case, "resolution")
    assert clock.breached_at == at("2026-11-16 16:00")
    case.refresh_from_db()
    assert case.due_state == "late"


def test_a_late_sweep_tells_the_highest_mark_alone_and_marks_the_same_breach(simple: Agency):
    case = filed()
    swept("2026-11-18 09:00")
    assert told(case) == [("late", "root")]
    clock = clock_of(case, "resolution")
    assert clock.breached_at == at("2026-11-16 16:00")
    assert kinds(clock) == ["started", "breached", "warned", "warned", "warned", "warned"]


def test_no_notice_goes_out_at_night(simple: Agency):
    case = filed()
    swept("2026-11-16 16:06", "2026-11-16 23:00")
    assert told(case) == []
    assert clock_of(case, "resolution").breached_at == at("2026-11-16 16:00")
    assert clock_of(case, "resolution").wake_at == at("2026-11-17 07:30")
    swept("2026-11-17 07:30")
    assert told(case) == [("late", "root")]


def test_unanswered_it_goes_a_level_up_on_each_following_working_day(simple: Agency):
    case = filed()
    with on("2026-11-03 09:00"):
        case = do(case, "accept", simple.intake, category="water", unit="water")
    swept("2026-11-16 16:01", "2026-11-16 16:03", "2026-11-17 07:30", "2026-11-17 09:00")
    swept("2026-11-18 12:00", "2026-11-20 07:30", "2026-11-21 10:00", "2026-11-22 10:00")
    assert told(case) == [
        ("late", "water"),
        ("escalated", "root"),
        ("escalated", "root"),
        ("escalated", "root"),
    ]


def test_whom_a_case_is_about_is_no_level_of_its_escalation(simple: Agency):
    case = filed()
    with on("2026-11-03 09:00"):
        case = do(case, "accept", simple.intake, category="water", unit="water")
    Case.objects.filter(pk=case.pk).update(about_people=[simple.supervisor.pk])
    swept("2026-11-16 16:01", "2026-11-17 07:30")
    assert told(case) == [("late", "root"), ("escalated", "root")]


def test_an_answer_ends_the_reminders(simple: Agency):
    case = in_work(simple)
    swept("2026-11-16 16:01")
    case = step("2026-11-16 16:30", case, "respond", simple.officer, text="Sudah.")
    swept("2026-11-17 07:30", "2026-11-18 07:30")
    assert told(case) == [("late", "water")]


def test_an_urgent_case_is_told_of_at_night(simple: Agency):
    case = filed()
    Case.objects.filter(pk=case.pk).update(priority="urgent")
    swept("2026-11-16 22:00")
    assert told(case) == [("late", "root")]


def test_a_sweep_that_ran_before_finds_nothing_to_do(simple: Agency):
    case = filed()
    swept("2026-11-16 16:01")
    before = (case.events.count(), clock_of(case, "resolution").entries.count())
    swept("2026-11-16 16:01", "2026-11-16 16:01")
    assert (case.events.count(), clock_of(case, "resolution").entries.count()) == before


def test_an_outage_of_days_is_caught_up_with_one_notice(simple: Agency):
    case = filed()
    swept("2026-11-16 16:01", "2026-11-25 10:00", "2026-11-25 10:01")
    assert told(case) == [("late", "root"), ("escalated", "root")]
