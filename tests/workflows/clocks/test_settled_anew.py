"""What is sorted anew, comes before its policy, or waits while rules change, loses no due date."""

import pytest

from casework.models import Case
from tests.agency import Agency, citizen
from tests.clockwork import (
    HOURS,
    at,
    clock_of,
    due,
    end_rule,
    in_work,
    kinds,
    on,
    policy,
    rule,
    states,
    step,
    swept,
    target,
)
from workflows import opening
from workflows.clocks.passes import run
from workflows.jobs import Swept, Turn
from workflows.models import Pass

ALL = {
    "acknowledgement": target(3),
    "first_response": target(5),
    "next_update": target(5, starts_on="replied"),
    "resolution": target(14, extension=5),
    "stage2": target(14),
}


def said(case: Case, clock: str, agency: Agency, **what: str) -> Case:
    return step(clock, case, "classify", agency.head, **what)


def passed(clock: str) -> None:
    """A pass goes through the open cases."""
    with on(clock):
        Pass.objects.create(cause="policy", at=at(clock))
        run(Turn(at(clock), Swept()))


def test_what_another_rule_had_cancelled_goes_on_when_the_case_comes_back(agency: Agency):
    policy(rule("saran", {"acknowledgement": target(3)}, kinds=["suggestion"]), rule("lain", ALL))
    case = step("2026-11-03 10:00", in_work(agency), "message", agency.officer, text="Dicek.")
    case = said(case, "2026-11-04 09:00", agency, kind="suggestion")
    assert states(case)["resolution 1.0"] == "cancelled"
    case = said(case, "2026-11-04 09:10", agency, kind="complaint")
    assert states(case)["resolution 1.0"] == states(case)["next_update 1.0"] == "running"
    assert due(clock_of(case, "resolution")) == "2026-11-20 16:30"
    assert case.next_due_at is not None


def test_in_a_later_cycle_no_news_is_owed_since_words_of_an_earlier_one(agency: Agency):
    policy(rule("jalan", ALL, units=["roads"]), rule("lain", ALL))
    case = step("2026-11-03 10:00", in_work(agency), "respond", agency.officer, text="Sudah.")
    case = step("2026-11-16 10:00", case, "dispute", citizen(case), reason="Belum.")
    case = step("2026-11-17 10:00", case, "assigned", agency.head, assignee="officer2")
    case = step("2026-11-17 11:00", case, "transfer", agency.head, unit="roads", reason="Jalan.")
    assert not [name for name in states(case) if name.startswith("next_update 2")]


def test_in_a_later_cycle_a_metric_that_the_new_rule_adds_starts_with_the_cycle(agency: Agency):
    policy(rule("air", {"acknowledgement": target(3)}, units=["water"]), rule("lain", ALL))
    case = step("2026-11-03 10:00", in_work(agency), "respond", agency.officer, text="Sudah.")
    case = step("2026-11-16 10:00", case, "dispute", citizen(case), reason="Belum.")
    case = step("2026-11-17 10:00", case, "assigned", agency.head, assignee="officer2")
    case = step("2026-11-17 11:00", case, "transfer", agency.head, unit="roads", reason="Jalan.")
    assert clock_of(case, "resolution", cycle=2).started_at == at("2026-11-16 10:00")


HELD = {"reason": "PLN", "until": "2026-11-20"}


def test_a_target_that_waits_for_nobody_runs_from_the_moment_it_applies(agency: Agency):
    urgent = rule("mendesak", {"resolution": target(6, pausable=False)}, priorities=["urgent"])
    policy(urgent, rule("lain", ALL))
    case = step("2026-11-03 09:00", in_work(agency), "hold", agency.officer, **HELD)
    case = said(case, "2026-11-04 09:00", agency, priority="urgent")
    clock = clock_of(case, "resolution")
    assert (clock.state, due(clock)) == ("running", "2026-11-10 16:00")
    swept("2026-11-12 09:00")
    assert clock_of(case, "resolution").breached_at == at("2026-11-10 16:00")


def test_a_target_that_waits_for_nobody_runs_when_the_rule_before_it_ends(agency: Agency):
    version = policy(
        rule("air", ALL, units=["water"]),
        rule("lain", {"resolution": target(6, pausable=False)}),
    )
    case = step("2026-11-03 09:00", in_work(agency), "hold", agency.officer, **HELD)
    end_rule(version, "air", "2026-11-04 09:00")
    swept("2026-11-12 09:00")
    passed("2026-11-12 09:01")
    clock = clock_of(case, "resolution")
    assert (clock.state, clock.breached_at) == ("running", at("2026-11-10 16:00"))


@pytest.mark.parametrize("who", ["officer", "citizen"])
def test_words_after_the_end_of_a_hold_hold_nothing_anew(agency: Agency, who: str):
    policy(rule("lain", ALL | {"resolution": target(720, "calendar_hours")}))
    case = step("2026-11-03 09:00", in_work(agency), "hold", agency.officer, **HELD)
    actor = citizen(case) if who == "citizen" else agency.officer
    case = step("2026-11-23 10:00", case, "message", actor, text="Bagaimana?")
    clock = clock_of(case, "resolution")
    assert (clock.state, due(clock)) == ("running", "2026-12-19 23:59")
    assert kinds(clock) == ["started", "paused", "resumed"]


def test_nobody_is_reminded_of_what_left_every_view_or_stands_still(agency: Agency):
    version = policy(rule("air", ALL | {"resolution": target(2)}, units=["water"]), rule("l", ALL))
    left, held = in_work(agency), in_work(agency)
    swept("2026-11-05 09:00")
    held = step("2026-11-05 09:30", held, "hold", agency.officer, **HELD)
    told = {"kind": "escalated", "data__metric": "resolution"}
    before = left.events.filter(**told).count()
    end_rule(version, "air", "2026-11-05 10:00")
    passed("2026-11-05 10:01")
    swept("2026-11-06 09:00", "2026-11-09 16:01", "2026-11-10 09:00", "2026-11-11 09:00")
    assert left.events.filter(kind="late", data__metric="first_response").exists(), "it was awake"
    assert left.events.filter(**told).count() == before
    assert not held.events.filter(**told).exists()


def test_the_end_of_a_rule_leaves_a_date_that_was_set_and_starts_what_is_new(agency: Agency):
    version = policy(
        rule("air", {"resolution": target(14)}, units=["water"]),
        rule("lain", {"first_response": target(30)}),
    )
    case = in_work(agency)
    case = step(
        "2026-11-03 09:00", case, "set_deadline", agency.head, until="2026-11-12 12:00", reason="Y"
    )
    end_rule(version, "air", "2026-11-04 09:00")
    passed("2026-11-04 09:01")
    assert due(clock_of(case, "resolution")) == "2026-11-12 12:00"
    assert clock_of(case, "first_response").started_at == case.received_at
    case = step("2026-11-05 09:00", case, "lift_deadline", agency.head, reason="Salah.")
    assert states(case)["resolution 1.0"] == "cancelled", "no rule asks for it"


def test_a_unit_that_hands_over_in_time_is_in_time_by_its_own_calendar(agency: Agency):
    agency.roads.time_zone = "Asia/Jayapura"
    agency.roads.save()
    policy(rule("lain", ALL | {"unit_work": target(2)}))
    case = in_work(agency)
    case = step("2026-11-04 15:00", case, "transfer", agency.officer, unit="roads", reason="Jalan.")
    clock = clock_of(case, "unit_work")
    assert (clock.state, clock.breached_at) == ("met", None)


def test_a_units_own_time_follows_the_priority_and_ends_with_its_rule(agency: Agency):
    urgent = rule("mendesak", {"unit_work": target(4, HOURS)}, priorities=["urgent"])
    saran = rule("saran", {"acknowledgement": target(3)}, kinds=["suggestion"])
    policy(urgent, saran, rule("lain", ALL | {"unit_work": target(7)}))
    case = said(in_work(agency), "2026-11-02 10:00", agency, priority="urgent")
    assert due(clock_of(case, "unit_work")) == "2026-11-02 14:00"
    other = said(in_work(agency), "2026-11-02 10:00", agency, kind="suggestion")
    assert states(other)["unit_work 1.0"] == "cancelled"


def test_a_legal_hold_stays_one_through_a_date_that_was_set_and_lifted(agency: Agency):
    policy(rule("lain", {"resolution": target(14)}))
    held = HELD | {"waits_for": "legal_hold"}
    case = step("2026-11-03 09:00", in_work(agency), "hold", agency.head, **held)
    case = step(
        "2026-11-04 09:00", case, "set_deadline", agency.head, until="2026-11-12 12:00", reason="Y"
    )
    case = step("2026-11-05 09:00", case, "lift_deadline", agency.head, reason="Salah.")
    assert clock_of(case, "resolution").reason == "legal_hold"


def test_of_what_came_before_the_first_policy_the_pauses_are_those_of_its_history(agency: Agency):
    case = in_work(agency, "2026-10-05 09:00")
    case = step("2026-10-06 09:00", case, "message", agency.officer, text="Kami cek.")
    case = step("2026-10-07 09:00", case, "hold", agency.officer, reason="PLN", until="2026-10-29")
    swept("2026-10-30 09:00")
    waits = in_work(agency, "2026-10-05 09:00")
    waits = step("2026-10-07 09:00", waits, "ask", agency.officer, text="Di mana?")
    kept = in_work(agency, "2026-10-05 09:00")
    kept = step(
        "2026-10-30 09:00", kept, "promise", agency.officer, text="Ganti.", until="2026-12-01"
    )
    policy(rule("lain", ALL))
    passed("2026-11-03 09:00")
    assert clock_of(case, "resolution").breached_at is None
    assert clock_of(case, "resolution").started_at == at("2026-10-05 09:00")
    assert clock_of(case, "next_update").started_at == at("2026-10-06 09:00")
    clock = clock_of(waits, "resolution")
    assert (clock.state, clock.breached_at) == ("paused", None)
    assert "resolution 1.0" in states(kept)


def test_an_answer_taken_back_is_judged_by_the_calendar_of_today(agency: Agency):
    policy(rule("lain", {"resolution": target(5)}))
    case = step("2026-11-04 09:00", in_work(agency), "respond", agency.officer, text="Sudah.")
    with on("2026-11-04 10:00"):
        opening.edit(None, {"days": {"2026-11-05": {"name": "X", "hours": []}}}, None, "uji")
    case = step("2026-11-10 10:00", case, "recall", agency.officer)
    clock = clock_of(case, "resolution")
    assert (due(clock), clock.breached_at) == ("2026-11-10 16:00", None)


def test_no_date_is_told_while_time_stands_still_nor_one_that_stays_the_same_day(agency: Agency):
    agency.roads.time_zone = "Asia/Jayapura"
    agency.roads.save()
    policy(rule("lain", {"resolution": target(10, "calendar_days")}))
    moved = in_work(agency)
    moved = step("2026-11-04 15:00", moved, "transfer", agency.officer, unit="roads", reason="J.")
    assert not moved.events.filter(kind="due_moved").exists()
    held = step("2026-11-03 09:00", in_work(agency), "hold", agency.officer, **HELD)
    with on("2026-11-05 10:00"):
        opening.edit(None, {"days": {"2026-11-06": {"name": "X", "hours": []}}}, None, "uji")
    swept("2026-11-05 10:01")
    assert not held.events.filter(kind="due_moved").exists()


def test_a_promise_kept_in_the_last_minute_of_its_day_is_kept(agency: Agency):
    case = in_work(agency)
    case = step(
        "2026-11-03 09:00", case, "promise", agency.officer, text="Ganti.", until="2026-11-05"
    )
    case = step("2026-11-05 23:59:30", case, "keep", agency.officer, text="Sudah.")
    assert clock_of(case, "commitment").breached_at is None
