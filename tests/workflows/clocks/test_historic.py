"""Cases that happened elsewhere have clocks at their real times, as far as these are known."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.models import Case, Event
from casework.stages import LIVE, Stage
from tests.agency import Agency, citizen, do
from tests.clockwork import (
    CALENDAR_DAYS,
    at,
    clock_of,
    due,
    kinds,
    on,
    policy,
    rule,
    states,
    target,
)
from workflows.clocks.book import Kept, project, standing_of
from workflows.historic import HistoricCase, enter
from workflows.models import Clock, ClockEntry
from workflows.sweep import sweep

FULL = {
    "acknowledgement": target(3),
    "first_response": target(5),
    "next_update": target(10, starts_on="replied"),
    "resolution": target(14),
    "unit_work": target(8),
}
HOURS_ROUND = "calendar_hours"
COLUMNS = [field.attname for field in Clock._meta.concrete_fields]
ENTRY = "2026-03-02 09:00"


@pytest.fixture
def full(agency: Agency) -> Agency:
    policy(rule("semua", FULL))
    return agency


def row(agency: Agency, received: str, closed: str = "", **said) -> HistoricCase:
    """A case of Jakarta's wall clock: in triage, or closed."""
    stage = said.pop("stage", Stage.CLOSED if closed else Stage.TRIAGE)
    return HistoricCase(
        text="Lampu jalan padam.",
        unit=said.pop("unit", agency.water),
        received_at=at(received),
        closed_at=at(closed) if closed else None,
        stage=stage,
        **said,
    )


def entered(*rows: HistoricCase, clock: str = ENTRY) -> Case:
    """The last of the rows, entered at that moment."""
    with on(clock):
        enter(rows)
    return Case.objects.latest("pk")


def test_a_closed_case_met_its_targets_when_it_was_answered(full: Agency):
    case = entered(row(full, "2026-01-05 09:00", "2026-01-09 10:00", answer="Sudah."))
    assert states(case) == {"resolution 1.0": "met", "first_response 1.0": "met"}
    clock = clock_of(case, "resolution")
    assert (clock.started_at, clock.ended_at) == (at("2026-01-05 09:00"), at("2026-01-09 10:00"))
    assert (due(clock), clock.breached_at) == ("2026-01-23 16:30", None)
    assert kinds(clock) == ["started", "met"]
    assert (case.next_due_at, case.due_state) == (None, "none")


def test_a_case_that_was_answered_after_due_is_late_since_its_due_date(full: Agency):
    case = entered(row(full, "2026-01-05 09:00", "2026-01-23 16:31", answer="Sudah."))
    assert clock_of(case, "resolution").breached_at == at("2026-01-23 16:30")
    assert clock_of(case, "first_response").breached_at == at("2026-01-12 16:00")
    assert kinds(clock_of(case, "resolution")) == ["started", "breached", "met"]


def test_a_case_that_was_answered_at_due_is_in_time(full: Agency):
    case = entered(row(full, "2026-01-05 09:00", "2026-01-23 16:30", answer="Sudah."))
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
    case = entered(row(full, "2026-01-05 09:00", "2026-01-09 10:00", stage=stage))
    assert states(case) == {"resolution 1.0": state}
    assert clock_of(case, "resolution").breached_at is None
    case = entered(row(full, "2026-01-05 09:00", "2026-02-09 10:00", stage=stage))
    assert states(case) == {"resolution 1.0": state}
    assert clock_of(case, "resolution").breached_at == at("2026-01-23 16:30")


def test_a_closing_of_an_unknown_day_gives_no_outcome(full: Agency):
    day = "2026-01-05 09:00"
    said = {"answer": "Sudah.", "due_at": at("2026-01-07 09:00")}
    case = entered(row(full, day, day, undated=True, **said))
    assert (states(case), case.due_state) == ({}, "none")


def test_nobody_knows_when_a_closed_case_without_an_answer_had_its_first_response(full: Agency):
    assert "first_response 1.0" not in states(
        entered(row(full, "2026-01-05 09:00", "2026-01-09 10:00"))
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
    case = entered(row(full, "2026-02-27 09:00", stage=stage))
    assert states(case) == {f"{metric} 1.0": state for metric, state in expected.items()}


def test_a_unit_has_its_time_from_the_entry_on(full: Agency):
    case = entered(row(full, "2025-11-03 09:00", stage=Stage.WORK))
    assert clock_of(case, "unit_work").started_at == at(ENTRY)
    assert due(clock_of(case, "unit_work")) == "2026-03-12 16:00"


def test_what_waits_is_paused_from_the_entry_on_and_goes_on_through_the_door(full: Agency):
    case = entered(row(full, "2026-02-27 09:00", stage=Stage.WAIT_WORK, assignee=full.officer))
    assert (case.next_due_at, case.due_state) == (None, "complainant")
    with on("2026-03-04 10:00"):
        case = do(case, "answered", citizen(case), text="Di RT 03.")
    # Two working days ended while we waited: 2 and 3 March.
    assert due(clock_of(case, "resolution")) == "2026-03-23 16:00"
    assert case.next_due_at == at("2026-03-10 16:00")  # the first response: 6 March and two days


def test_a_hold_lasts_no_longer_than_its_stage(full: Agency):
    case = entered(row(full, "2026-02-27 09:00", stage=Stage.ON_HOLD))
    clock = clock_of(case, "resolution")
    assert (clock.reason, clock.until) == ("third_party", case.timeout_at)
    assert clock.wake_at == case.timeout_at


def test_a_passed_due_date_is_a_breach_and_nobody_hears_of_it(full: Agency):
    case = entered(row(full, "2025-11-03 09:00", stage=Stage.WORK, assignee=full.officer))
    clock = clock_of(case, "resolution")
    assert clock.breached_at == at("2025-11-21 16:30")
    assert kinds(clock) == ["started", "breached", "warned", "warned", "warned", "warned"]
    assert all(e.data["silent"] for e in clock.entries.filter(kind="warned"))
    assert (case.due_state, clock.wake_at) == ("late", None)
    before = Event.objects.count()
    for day in ("2026-03-02 09:05", "2026-03-03 07:30", "2026-03-04 07:30"):
        with on(day):
            sweep()
    assert Event.objects.count() == before


def test_a_mark_that_is_still_ahead_is_told(full: Agency):
    case = entered(row(full, "2026-02-27 09:00", stage=Stage.REVIEW))
    with on("2026-03-06 16:31"):
        sweep()
    late = case.events.filter(kind="late").values_list("data__metric", flat=True)
    assert list(late) == ["first_response"]


def test_what_waits_warns_of_no_mark_that_it_passed_before_it_entered(full: Agency):
    said = {"stage": Stage.WAIT_WORK, "assignee": full.officer}
    case = entered(row(full, "2026-02-13 09:00", **said))  # 11 of its 14 days have passed
    with on("2026-03-02 09:10"):
        do(case, "answered", citizen(case), text="Di RT 03.")
    with on("2026-03-02 09:15"):
        sweep()
    assert not case.events.filter(kind__in=("warned", "late")).exists()


def test_an_entered_case_is_checked_and_answered_through_the_door(full: Agency):
    case = entered(row(full, "2026-02-27 09:00", unit=full.root))
    with on("2026-03-03 09:00"):
        case = do(case, "accept", full.intake, category="water", unit="water")
        case = do(case, "assigned", full.supervisor, assignee="officer")
    with on("2026-03-24 09:00"):
        case = do(case, "respond", full.officer, text="Sudah.")
    assert set(states(case).values()) == {"met"}
    assert clock_of(case, "acknowledgement").breached_at is None
    assert clock_of(case, "resolution").breached_at == at("2026-03-19 16:00")


def test_an_answer_that_is_recalled_was_none(full: Agency):
    row_ = row(full, "2026-02-27 09:00", stage=Stage.CONFIRM, assignee=full.officer, answer="Ya.")
    case = entered(row_)
    with on("2026-03-02 10:00"):
        case = do(case, "recall", full.officer)
    assert clock_of(case, "resolution").state == "running"
    assert clock_of(case, "first_response").state == "met"


def test_what_somebody_was_told_before_is_their_first_response(full: Agency):
    case = entered(row(full, "2026-02-27 09:00", answer="Kami periksa.", stage=Stage.ASSIGN))
    assert clock_of(case, "first_response").state == "met"
    with on("2026-03-02 10:00"):
        case = do(case, "assigned", full.supervisor, assignee="officer")
    assert clock_of(case, "first_response").state == "met"
    assert "first_response 1.1" not in states(case)


def test_each_case_is_measured_by_the_first_rule_that_takes_it(agency: Agency):
    policy(
        rule("pungutan", {"resolution": target(60)}, categories=["graft"]),
        rule("darurat", {"resolution": target(1)}, priorities=["urgent"]),
        rule("saran", {"resolution": target(30)}, kinds=["suggestion"]),
        rule("jalan", {"resolution": target(9, CALENDAR_DAYS)}, units=["roads"]),
        rule("dinas", {"resolution": target(5)}, units=["root"], kinds=["complaint"]),
        rule("lain", {"resolution": target(14)}),
    )
    received = "2026-02-02 09:00"
    rows = [
        row(agency, received, category=agency.restricted, priority="urgent"),
        row(agency, received, priority="urgent"),
        row(agency, received, kind="suggestion"),
        row(agency, received, unit=agency.roads),
        row(agency, received),
        row(agency, received, kind="praise"),
    ]
    entered(*rows)
    entries = ClockEntry.objects.filter(kind="started", clock__metric="resolution")
    rules = entries.order_by("clock__case").values_list("data__rule", flat=True)
    assert list(rules) == ["pungutan", "darurat", "saran", "jalan", "dinas", "lain"]


def test_each_case_has_the_policy_of_its_day(agency: Agency):
    old = policy(rule("lama", {"resolution": target(30)}), code="lama").policy
    old.effective_to = at("2024-12-31 00:00").date()
    old.save()
    new = policy(rule("baru", {"resolution": target(14)}), code="baru").policy
    new.effective_from = at("2025-01-01 00:00").date()
    new.save()
    moments = ["2024-12-31 23:59", "2025-01-01 00:00", "1999-05-05 09:00"]
    entered(*(row(agency, moment) for moment in moments))
    entries = ClockEntry.objects.filter(kind="started").order_by("clock__case")
    assert list(entries.values_list("data__rule", flat=True)) == ["lama", "baru", "lama"]


def test_what_counts_from_a_check_that_nobody_dated_has_no_clock(agency: Agency):
    policy(rule("semua", {"resolution": target(10, starts_on="acknowledged")}))
    assert states(entered(row(agency, "2026-01-05 09:00", "2026-01-09 10:00"))) == {}
    case = entered(row(agency, "2026-02-27 09:00", unit=agency.root))
    with on("2026-03-03 09:00"):
        case = do(case, "accept", agency.intake, category="water", unit="water")
    assert clock_of(case, "resolution").started_at == at("2026-03-03 09:00")


def test_without_a_policy_only_the_due_dates_of_the_source_are_kept(agency: Agency):
    assert states(entered(row(agency, "2026-01-05 09:00"))) == {}
    case = entered(row(agency, "2026-01-05 09:00", due_at=at("2026-04-01 23:17")))
    assert states(case) == {"resolution 1.0": "running"}
    assert case.next_due_at == at("2026-04-01 23:17")


def test_a_due_date_of_the_source_goes_before_the_policy_and_no_pause_moves_it(full: Agency):
    said = {"due_at": at("2026-03-04 23:17"), "assignee": full.officer}
    case = entered(row(full, "2026-02-27 09:00", stage=Stage.WAIT_WORK, **said))
    clock = clock_of(case, "resolution")
    assert (clock.state, clock.due_at) == ("running", at("2026-03-04 23:17"))
    assert clock_of(case, "first_response").state == "paused"
    with on("2026-03-04 10:00"):
        do(case, "answered", citizen(case), text="Di RT 03.")
    assert due(clock_of(case, "resolution")) == "2026-03-04 23:17"
    with on("2026-03-05 10:00"):
        sweep()
    assert clock_of(case, "resolution").breached_at == at("2026-03-04 23:17")


@pytest.mark.parametrize(
    ("moment", "why"), [("2026-01-04 09:00", "before opened"), ("2077-01-05 09:00", "50 years")]
)
def test_a_due_date_that_nobody_promised_is_refused(full: Agency, moment, why):
    with pytest.raises(ValueError, match=why):
        entered(row(full, "2026-01-05 09:00", due_at=at(moment)))
    assert not Case.objects.exists()


def in_new_york(moment: str) -> datetime:
    return at(moment, "America/New_York")


def test_whoever_replays_a_ledger_sees_what_the_rows_say(agency: Agency):
    policy(rule("jam", {"resolution": target(24, HOURS_ROUND)}, kinds=["praise"]), rule("x", FULL))
    # A night on which New York's clocks were put back, and one on which they were put on.
    moments = [
        ("2025-11-01 20:00", "2025-11-02 01:30", "2025-11-03 09:00"),
        ("2025-11-01 20:00", "", "2025-11-03 09:00"),
        ("2025-03-08 20:00", "2025-03-09 02:30", "2025-03-09 03:10"),
        ("2025-03-08 20:00", "2025-03-09 03:10", "2025-03-09 02:30"),
    ]
    rows = [
        HistoricCase(
            text="Lamp out.",
            unit=agency.water,
            received_at=in_new_york(received),
            due_at=in_new_york(due_at) if due_at else None,
            closed_at=in_new_york(closed),
            stage=Stage.CLOSED,
            kind="praise",
        )
        for received, due_at, closed in moments
    ]
    rows += [row(agency, "2026-02-20 09:00", stage=stage) for stage in sorted(LIVE)]
    entered(*rows)
    found = list(Clock.objects.order_by("pk").prefetch_related("entries", "case"))
    assert len(found) == 27
    for clock in found:
        assert_whole(clock)
    # One hour came twice, and 02:30 was skipped: it is 03:30 on that day.
    late = ["2025-11-02 05:30", "2025-11-03 00:00", "", "2025-03-09 07:10"]
    assert [f"{c.breached_at:%Y-%m-%d %H:%M}" if c.breached_at else "" for c in found[:4]] == late


def assert_whole(clock: Clock) -> None:
    """What the row says, and each line of the due date, follows from the ledger alone."""
    said = {name: getattr(clock, name) for name in COLUMNS}
    entries = list(clock.entries.all())
    assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))
    assert entries[-1].due_at == (None if clock.ended_at else clock.due_at)
    project(Kept(clock, standing_of(clock), 0), at(ENTRY), urgent=False)
    assert {name: getattr(clock, name) for name in COLUMNS} == said


def test_a_batch_costs_the_same_few_queries_however_many_days_and_kinds(full: Agency):
    def queries(count: int) -> int:
        rows = [
            row(
                full,
                f"20{10 + n % 15}-0{1 + n % 9}-1{n % 10} 09:00",
                kind=["complaint", "praise"][n % 2],
                priority=["normal", "urgent"][n % 3 > 1],
                stage=[Stage.WORK, Stage.TRIAGE][n % 2],
            )
            for n in range(count)
        ]
        with (
            on(ENTRY),
            CaptureQueriesContext(
                connection,
            ) as asked,
        ):
            enter(rows)
        return len(asked)

    queries(2)
    assert queries(60) == queries(6)
