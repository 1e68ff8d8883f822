"""Cases that happened elsewhere have clocks at their real times, as far as these are known."""

import pytest

from casework.models import Event
from casework.stages import Stage
from tests.agency import Agency, citizen
from tests.clockwork import at, clock_of, due, kinds, policy, rule, states, step, swept
from tests.workflows.clocks.pasts import ENTRY, FULL, entered, row


@pytest.fixture
def full(agency: Agency) -> Agency:
    policy(rule("semua", FULL))
    return agency


def test_a_closed_case_met_its_targets_when_it_was_answered(full: Agency):
    case = entered(row(full, "2026-09-07 09:00", "2026-09-11 10:00", answer="Sudah."))
    assert states(case) == {"resolution 1.0": "met", "first_response 1.0": "met"}
    clock = clock_of(case, "resolution")
    assert (clock.started_at, clock.ended_at) == (at("2026-09-07 09:00"), at("2026-09-11 10:00"))
    assert (due(clock), clock.breached_at) == ("2026-09-25 16:30", None)
    assert kinds(clock) == ["started", "met"]
    assert (case.next_due_at, case.due_state) == (None, "none")


def test_a_case_that_was_answered_after_due_is_late_since_its_due_date(full: Agency):
    case = entered(row(full, "2026-09-07 09:00", "2026-09-25 16:31", answer="Sudah."))
    assert clock_of(case, "resolution").breached_at == at("2026-09-25 16:30")
    assert clock_of(case, "first_response").breached_at == at("2026-09-14 16:00")
    assert kinds(clock_of(case, "resolution")) == ["started", "breached", "met"]


def test_a_case_that_was_answered_at_due_is_in_time(full: Agency):
    case = entered(row(full, "2026-09-07 09:00", "2026-09-25 16:30", answer="Sudah."))
    assert clock_of(case, "resolution").breached_at is None


@pytest.mark.parametrize(
    ("stage", "state"),
    [
        (Stage.AUTO_CLOSED, "met"),
        (Stage.REJECTED, "met"),
        (Stage.REFERRED, "met"),
        (Stage.WITHDRAWN, "cancelled"),
        (Stage.LAPSED, "cancelled"),
    ],
)
def test_each_end_has_its_outcome_and_a_breach_before_it_stands(full: Agency, stage, state):
    case = entered(row(full, "2026-09-07 09:00", "2026-09-11 10:00", stage=stage))
    assert states(case) == {"resolution 1.0": state}
    assert clock_of(case, "resolution").breached_at is None
    case = entered(row(full, "2026-09-07 09:00", "2026-10-12 10:00", stage=stage))
    assert states(case) == {"resolution 1.0": state}
    assert clock_of(case, "resolution").breached_at == at("2026-09-25 16:30")


def test_a_closing_of_an_unknown_day_gives_no_outcome(full: Agency):
    day = "2026-09-07 09:00"
    said = {"answer": "Sudah.", "due_at": at("2026-09-09 09:00")}
    case = entered(row(full, day, day, undated=True, **said))
    assert (states(case), case.due_state) == ({}, "none")


def test_nobody_knows_when_a_closed_case_without_an_answer_had_its_first_response(full: Agency):
    assert "first_response 1.0" not in states(
        entered(row(full, "2026-09-07 09:00", "2026-09-11 10:00"))
    )


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        (Stage.TRIAGE, {"acknowledgement": "running"}),
        (Stage.WAIT_TRIAGE, {"acknowledgement": "paused"}),
        (Stage.ASSIGN, {"unit_work": "running"}),
        (Stage.WORK, {"unit_work": "running"}),
        (Stage.REVIEW, {"unit_work": "running"}),
        (Stage.WAIT_WORK, {"unit_work": "paused"}),
        (Stage.ON_HOLD, {"unit_work": "paused"}),
        (Stage.CONFIRM, {}),
    ],
)
def test_live_cases_have_the_clocks_of_their_stage(full: Agency, stage, expected):
    state = "met" if stage == Stage.CONFIRM else next(iter(expected.values()))
    expected = {"first_response": state, "resolution": state} | expected
    case = entered(row(full, "2026-10-30 09:00", stage=stage))
    assert states(case) == {f"{metric} 1.0": state for metric, state in expected.items()}


def test_a_unit_has_its_time_from_the_entry_on(full: Agency):
    case = entered(row(full, "2026-07-06 09:00", stage=Stage.WORK))
    assert clock_of(case, "unit_work").started_at == at(ENTRY)
    assert due(clock_of(case, "unit_work")) == "2026-11-12 16:00"


def test_what_waits_is_paused_from_the_entry_on_and_goes_on_through_the_door(full: Agency):
    case = entered(row(full, "2026-10-30 09:00", stage=Stage.WAIT_WORK, assignee=full.officer))
    assert (case.next_due_at, case.due_state) == (None, "complainant")
    case = step("2026-11-04 10:00", case, "answered", citizen(case), text="Di RT 03.")
    # Two working days ended while we waited: 2 and 3 November.
    assert due(clock_of(case, "resolution")) == "2026-11-23 16:00"
    assert case.next_due_at == at("2026-11-10 16:00")  # the first response: 6 November and two days


def test_a_hold_lasts_no_longer_than_its_stage(full: Agency):
    case = entered(row(full, "2026-10-30 09:00", stage=Stage.ON_HOLD))
    clock = clock_of(case, "resolution")
    assert (clock.reason, clock.until) == ("third_party", case.timeout_at)
    assert clock.wake_at == case.timeout_at


def test_a_passed_due_date_is_a_breach_and_nobody_hears_of_it(full: Agency):
    case = entered(row(full, "2026-07-06 09:00", stage=Stage.WORK, assignee=full.officer))
    clock = clock_of(case, "resolution")
    assert clock.breached_at == at("2026-07-24 16:30")
    assert kinds(clock) == ["started", "breached", "warned", "warned", "warned", "warned"]
    assert all(e.data["silent"] for e in clock.entries.filter(kind="warned"))
    assert (case.due_state, clock.wake_at) == ("late", None)
    before = Event.objects.count()
    swept("2026-11-02 09:05", "2026-11-03 07:30", "2026-11-04 07:30")
    assert Event.objects.count() == before


def test_a_mark_that_is_still_ahead_is_told(full: Agency):
    case = entered(row(full, "2026-10-30 09:00", stage=Stage.REVIEW))
    swept("2026-11-06 16:31")
    late = case.events.filter(kind="late").values_list("data__metric", flat=True)
    assert list(late) == ["first_response"]


def test_what_waits_warns_of_no_mark_that_it_passed_before_it_entered(full: Agency):
    said = {"stage": Stage.WAIT_WORK, "assignee": full.officer}
    case = entered(row(full, "2026-10-16 09:00", **said))  # 11 of its 14 days have passed
    step("2026-11-02 09:10", case, "answered", citizen(case), text="Di RT 03.")
    swept("2026-11-02 09:15")
    assert not case.events.filter(kind__in=("warned", "late")).exists()


def test_an_entered_case_is_checked_and_answered_through_the_door(full: Agency):
    case = entered(row(full, "2026-10-30 09:00", unit=full.root))
    case = step("2026-11-03 09:00", case, "accept", full.intake, category="water", unit="water")
    case = step("2026-11-03 09:00", case, "assigned", full.supervisor, assignee="officer")
    case = step("2026-11-24 09:00", case, "respond", full.officer, text="Sudah.")
    assert set(states(case).values()) == {"met"}
    assert clock_of(case, "acknowledgement").breached_at is None
    assert clock_of(case, "resolution").breached_at == at("2026-11-19 16:00")


def test_an_answer_that_is_recalled_was_none(full: Agency):
    row_ = row(full, "2026-10-30 09:00", stage=Stage.CONFIRM, assignee=full.officer, answer="Ya.")
    case = entered(row_)
    case = step("2026-11-02 10:00", case, "recall", full.officer)
    assert clock_of(case, "resolution").state == "running"
    assert clock_of(case, "first_response").state == "met"


def test_what_somebody_was_told_before_is_their_first_response(full: Agency):
    case = entered(row(full, "2026-10-30 09:00", answer="Kami periksa.", stage=Stage.ASSIGN))
    assert clock_of(case, "first_response").state == "met"
    case = step("2026-11-02 10:00", case, "assigned", full.supervisor, assignee="officer")
    assert clock_of(case, "first_response").state == "met"
    assert "first_response 1.1" not in states(case)
