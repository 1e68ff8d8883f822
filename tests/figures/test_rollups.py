"""The roll-ups say what a recount says, however a case or a clock is written."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from casework.models import Case
from figures import recount
from figures.folding import fold, key_of
from figures.models import Answered, AnsweredDelta, Delta, Fallen, FallenDelta, Standing
from tests.agency import PATHS, Agency, do, walk
from tests.figures.rows import clock, due, met, missed
from workflows.historic import enter
from workflows.management.commands.bench_data import synthetic_cases
from workflows.models import Clock

NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


def is_right() -> bool:
    return not any(recount.differences().values())


def folded() -> None:
    fold(Standing, Delta)
    fold(Fallen, FallenDelta)
    fold(Answered, AnsweredDelta)


def numbers(model) -> dict[tuple, int]:
    """What is kept, by everything that it is counted by, zeros left out."""
    names = [field.name for field in key_of(model)]
    rows = model.objects.values_list(*names).annotate(number=Sum("n"))
    return {tuple(key): n for *key, n in rows if n}


@pytest.mark.parametrize("stage", PATHS)
def test_a_case_is_counted_as_it_goes_through_the_flow(agency: Agency, stage: str):
    case = walk(agency, stage, category="bills" if stage == "review" else "water")
    assert is_right()
    folded()
    assert is_right()
    assert Delta.objects.count() == 0
    unassigned = case.assignee_id is None and not stage.startswith("wait")
    kept = {} if case.is_final else {(case.unit_id, False, "none", not unassigned): 1}
    assert numbers(Standing) == kept


def test_cases_entered_at_once_are_counted_in_few_rows(agency: Agency):
    enter(synthetic_cases(300))
    assert is_right()
    assert Delta.objects.count() < 20
    assert sum(numbers(Delta).values()) == Case.objects.live().count()


WRITES: dict[str, Callable[[Agency, Case], object]] = {
    "moved": lambda agency, case: Case.objects.update(unit=agency.roads),
    "restricted": lambda agency, case: Case.objects.update(restricted=True),
    "turned": lambda agency, case: Case.objects.update(due_state="late"),
    "taken away": lambda agency, case: Case.objects.update(assignee=None),
    "by hand": lambda agency, case: _run("UPDATE casework_case SET due_state = 'soon'"),
    "as an object": lambda agency, case: due(case, "soon", NOW).save(),
}


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("write", WRITES)
def test_no_way_of_writing_forgets_the_roll_up(agency: Agency, write: str):
    case = walk(agency, "work")
    met(case, due_at=NOW)
    missed(case, "unit_work", due_at=NOW, breach_reason="parts")
    folded()
    before = Delta.objects.count(), numbers(Standing)
    WRITES[write](agency, case)
    assert is_right()
    folded()
    assert is_right()
    assert numbers(Standing) != before[1]


def test_what_no_figure_counts_writes_nothing(agency: Agency):
    case = walk(agency, "work")
    running = clock(case, first_due=timezone.now() + timedelta(days=3))
    ended = walk(agency, "closed")
    do(case, "note", agency.officer, text="Sudah dicek.")  # the row says now what its clock does
    folded()
    do(case, "note", agency.officer, text="Sudah dicek lagi.")
    Case.objects.filter(pk=case.pk).update(subject="Air keruh", next_due_at=NOW)
    Case.objects.filter(pk=ended.pk).update(due_state="late", unit=agency.roads)
    Clock.objects.filter(pk=running.pk).update(due_at=NOW + timedelta(days=4), state="paused")
    assert Delta.objects.count() == FallenDelta.objects.count() == 0


CLOCKS: dict[str, Callable[[Case], Clock]] = {
    "kept": lambda case: met(case, due_at=NOW),
    "moved": lambda case: met(case, due_at=NOW, first_due=NOW - timedelta(days=2)),
    "missed": lambda case: missed(case, due_at=NOW),
    "missed parts": lambda case: missed(case, due_at=NOW, breach_reason="parts"),
    "": lambda case: clock(case, first_due=NOW),
}


@pytest.mark.parametrize("name", CLOCKS)
def test_a_clock_is_counted_by_how_it_came_out(agency: Agency, name: str):
    case = walk(agency, "work")
    CLOCKS[name](case)
    assert is_right()
    folded()
    outcome, _space, reason = name.partition(" ")
    key = (agency.water.pk, False, NOW.astimezone(UTC).date(), "resolution", outcome, reason)
    assert numbers(Fallen) == ({key: 1} if name else {})


CHANGES: dict[str, dict[str, object]] = {
    "met": {"state": "met", "ended_at": NOW - timedelta(hours=1)},
    "breached": {"breached_at": NOW},
    "explained": {"breach_reason": "parts", "breached_at": NOW},
    "cancelled": {"state": "cancelled", "ended_at": NOW},
    "taken back": {"state": "running", "ended_at": None},
    "met another day": {"due_at": NOW + timedelta(days=2), "state": "met", "ended_at": NOW},
}


@pytest.mark.parametrize("name", CLOCKS)
@pytest.mark.parametrize("change", CHANGES)
def test_a_clock_that_changes_is_counted_anew(agency: Agency, name: str, change: str):
    made = CLOCKS[name](walk(agency, "work"))
    folded()
    Clock.objects.filter(pk=made.pk).update(**CHANGES[change])
    assert is_right()


def test_clocks_follow_their_case_to_another_unit(agency: Agency):
    case = walk(agency, "work")
    met(case, due_at=NOW)
    clock(case, "next_update", first_due=NOW)
    missed(case, "unit_work", due_at=NOW, breach_reason="parts")
    do(case, "transfer", agency.supervisor, unit="roads")
    folded()
    assert is_right()
    assert {unit for unit, *_rest in numbers(Fallen)} == {agency.roads.pk}


def test_folding_twice_or_in_batches_changes_no_number(agency: Agency, monkeypatch):
    for _n in range(3):
        walk(agency, "work")
    before = numbers_in_all()
    monkeypatch.setattr("figures.folding.BATCH", 2)
    while fold(Standing, Delta):
        assert numbers_in_all() == before
    assert Delta.objects.count() == 0
    assert fold(Standing, Delta) == 0


def numbers_in_all() -> dict[tuple, int]:
    both = Counter(numbers(Standing))
    both.update(numbers(Delta))
    return {key: n for key, n in both.items() if n}
