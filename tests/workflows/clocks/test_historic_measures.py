"""By what cases that happened elsewhere are measured, and what their ledgers say to anybody."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.models import Case
from casework.stages import FINAL, LIVE, Stage
from tests.agency import Agency, citizen
from tests.clockwork import (
    CALENDAR_DAYS,
    at,
    clock_of,
    due,
    on,
    policy,
    rule,
    states,
    step,
    swept,
    target,
)  # fmt: skip
from tests.workflows.clocks.pasts import ENTRY, FULL, entered, row
from workflows.clocks.book import Kept, project, standing_of
from workflows.historic import HistoricCase, enter
from workflows.models import Clock, ClockEntry
from workflows.timeouts import answer_by, silence

HOURS_ROUND = "calendar_hours"
COLUMNS = [field.attname for field in Clock._meta.concrete_fields]


@pytest.fixture
def full(agency: Agency) -> Agency:
    policy(rule("semua", FULL))
    return agency


def test_each_case_is_measured_by_the_first_rule_that_takes_it(agency: Agency):
    policy(
        rule("pungutan", {"resolution": target(60)}, categories=["graft"]),
        rule("darurat", {"resolution": target(1)}, priorities=["urgent"]),
        rule("saran", {"resolution": target(30)}, kinds=["suggestion"]),
        rule("jalan", {"resolution": target(9, CALENDAR_DAYS)}, units=["roads"]),
        rule("dinas", {"resolution": target(5)}, units=["root"], kinds=["complaint"]),
        rule("lain", {"resolution": target(14)}),
    )
    received = "2026-10-05 09:00"
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
    assert states(entered(row(agency, "2026-09-07 09:00", "2026-09-11 10:00"))) == {}
    case = entered(row(agency, "2026-10-30 09:00", unit=agency.root))
    case = step("2026-11-03 09:00", case, "accept", agency.intake, category="water", unit="water")
    assert clock_of(case, "resolution").started_at == at("2026-11-03 09:00")


def test_without_a_policy_only_the_due_dates_of_the_source_are_kept(agency: Agency):
    assert states(entered(row(agency, "2026-09-07 09:00"))) == {}
    case = entered(row(agency, "2026-09-07 09:00", due_at=at("2026-12-02 23:17")))
    assert states(case) == {"resolution 1.0": "running"}
    assert case.next_due_at == at("2026-12-02 23:17")


def test_a_due_date_of_the_source_goes_before_the_policy_and_no_pause_moves_it(full: Agency):
    said = {"due_at": at("2026-11-04 23:17"), "assignee": full.officer}
    case = entered(row(full, "2026-10-30 09:00", stage=Stage.WAIT_WORK, **said))
    clock = clock_of(case, "resolution")
    assert (clock.state, clock.due_at) == ("running", at("2026-11-04 23:17"))
    assert clock_of(case, "first_response").state == "paused"
    step("2026-11-04 10:00", case, "answered", citizen(case), text="Di RT 03.")
    assert due(clock_of(case, "resolution")) == "2026-11-04 23:17"
    swept("2026-11-05 10:00")
    assert clock_of(case, "resolution").breached_at == at("2026-11-04 23:17")


@pytest.mark.parametrize(
    ("moment", "why"), [("2026-09-06 09:00", "before opened"), ("2077-01-05 09:00", "50 years")]
)
def test_a_due_date_that_nobody_promised_is_refused(full: Agency, moment, why):
    with pytest.raises(ValueError, match=why):
        entered(row(full, "2026-09-07 09:00", due_at=at(moment)))
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
    rows += [row(agency, "2026-10-23 09:00", stage=stage) for stage in sorted(LIVE)]
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


@pytest.mark.parametrize(
    ("stage", "wait"), [(Stage.WAIT_WORK, answer_by), (Stage.CONFIRM, silence)]
)
def test_we_wait_for_the_complainant_from_the_entry_on_as_long_as_ever(agency: Agency, stage, wait):
    targets = {"incomplete": target(7), "silence": target(3)}
    policy(rule("air", targets, units=["water"]), rule("lain", FULL))
    person = {"identity": "named", "name": "Wulan", "email": "wulan@example.org"}
    case = entered(row(agency, "2026-09-07 09:00", stage=stage, answer="Sudah.", **person))
    assert case.timeout_at == wait(case, at(ENTRY))
    assert at(ENTRY) < case.remind_at < case.timeout_at < at("2026-11-12 00:00")
    case = entered(row(agency, "2026-09-07 09:00", "2026-10-05 09:00", answer="Sudah.", **person))
    assert (case.timeout_at, case.remind_at) == (None, None)


def test_a_batch_costs_the_same_few_queries_however_many_days_and_kinds(full: Agency):
    stages = sorted(Stage)
    stages.remove(Stage.MERGED)

    def queries(count: int) -> int:
        rows = []
        for n in range(count):
            day = f"20{10 + n % 15}-0{1 + n % 9}-1{n % 10} 09:00"
            stage = stages[n % len(stages)]
            said = {
                "kind": ["complaint", "praise"][n % 2],
                "priority": ["normal", "urgent"][n % 3 > 1],
                "answer": "Sudah.",
            }
            rows.append(row(full, day, day if stage in FINAL else "", stage=stage, **said))
        with on(ENTRY), CaptureQueriesContext(connection) as asked:
            enter(rows)
        # Now and then a table that has grown is analysed: that hangs on what was there before.
        return sum("ANALYZE" not in query["sql"] for query in asked.captured_queries)

    queries(len(stages))
    few = queries(len(stages))
    assert queries(5 * len(stages)) == few
    assert few < 30
