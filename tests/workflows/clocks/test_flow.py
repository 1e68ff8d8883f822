"""Which act starts, holds and meets which clock."""

import pytest

from casework.models import Case
from tests.agency import Agency, citizen
from tests.clockwork import (
    at,
    clock_of,
    due,
    filed,
    kinds,
    on,
    policy,
    rule,
    states,
    step,
    target,
)  # fmt: skip

FULL = {
    "acknowledgement": target(3),
    "first_response": target(5),
    "next_update": target(10, starts_on="replied"),
    "resolution": target(14),
    "stage2": target(20),
    "unit_work": target(8),
}


@pytest.fixture
def full(agency: Agency) -> Agency:
    with on("2026-01-01 08:00"):
        policy(rule("semua", FULL))
    return agency


def test_filing_starts_what_counts_from_receipt(full: Agency):
    case = filed()
    assert states(case) == {
        "acknowledgement 1.0": "running",
        "first_response 1.0": "running",
        "resolution 1.0": "running",
    }
    assert due(clock_of(case, "acknowledgement")) == "2026-11-05 16:00"
    case.refresh_from_db()
    assert case.next_due_at == at("2026-11-05 16:00")
    assert case.due_state == "calm"


def test_acceptance_acknowledges_and_hands_over_to_the_unit(full: Agency):
    case = filed()
    case = step("2026-11-03 09:00", case, "accept", full.intake, category="water", unit="water")
    assert clock_of(case, "acknowledgement").state == "met"
    assert due(clock_of(case, "unit_work")) == "2026-11-13 16:30"
    assert case.next_due_at == at("2026-11-09 16:00")  # the first response


def work(full: Agency) -> Case:
    case = filed()
    case = step("2026-11-03 09:00", case, "accept", full.intake, category="water", unit="water")
    return step("2026-11-03 10:00", case, "assigned", full.supervisor, assignee="officer")


def test_a_question_meets_the_first_response_and_holds_every_clock(full: Agency):
    case = step("2026-11-04 10:00", work(full), "ask", full.officer, text="Di mana?")
    assert states(case) == {
        "acknowledgement 1.0": "met",
        "first_response 1.0": "met",
        "resolution 1.0": "paused",
        "unit_work 1.0": "paused",
        "next_update 1.0": "paused",
    }
    assert (case.next_due_at, case.due_state) == (None, "complainant")
    case = step("2026-11-06 09:00", case, "answered", citizen(case), text="Di RT 03.")
    # Two working days ended while we waited: 4 and 5 March.
    assert due(clock_of(case, "resolution")) == "2026-11-24 16:00"
    assert kinds(clock_of(case, "resolution")) == ["started", "paused", "resumed"]


def test_an_answer_meets_the_resolution_and_a_recall_withdraws_that(full: Agency):
    case = step("2026-11-05 10:00", work(full), "respond", full.officer, text="Sudah.")
    assert set(states(case).values()) == {"met"}
    assert case.next_due_at is None
    case = step("2026-11-05 11:00", case, "recall", full.officer)
    assert clock_of(case, "resolution").state == "running"
    assert clock_of(case, "unit_work").state == "running"
    assert clock_of(case, "first_response").state == "met"


def test_an_answer_after_due_is_late_though_nobody_swept(full: Agency):
    case = step("2026-12-21 10:00", work(full), "respond", full.officer, text="Sudah.")
    clock = clock_of(case, "resolution")
    assert clock.state == "met"
    assert clock.breached_at == at("2026-11-20 16:30")
    assert kinds(clock) == ["started", "breached", "met"]


def test_an_answer_exactly_at_due_is_in_time(full: Agency):
    case = step("2026-11-20 16:30", work(full), "respond", full.officer, text="Sudah.")
    assert clock_of(case, "resolution").breached_at is None


def test_a_dispute_opens_a_cycle_with_its_own_target(full: Agency):
    case = step("2026-11-05 10:00", work(full), "respond", full.officer, text="Sudah.")
    case = step("2026-11-06 10:00", case, "dispute", citizen(case), reason="Belum.")
    assert due(clock_of(case, "resolution", 2)) == "2026-11-26 16:00"
    assert clock_of(case, "resolution").state == "met"
    assert "first_response 2.0" not in states(case)
