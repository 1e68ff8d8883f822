"""What a sweep costs when a hundred fall due: .venv/bin/python benchmarks/sweep.py [CASES …]

Enters cases that cannot be removed: run it on a demo installation. See README.md beside it.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import here  # the project comes first: this sets Django up

# isort: split
from django.db import connection
from django.db.models import Count, QuerySet
from django.utils import timezone

from benchmarks.cost import Backend, Cost, what_is_measured
from casework.models import Case
from workflows.models import Clock
from workflows.sweep import Swept, sweep

CASES = [10_000, 1_000_000]
DUE = 100
NEAR = 1.1  # so many times as many are about as many
ROUNDS = 3
FACTOR = 1.5  # how much dearer the sweep may be among the most cases than among the fewest
#: So many moments ahead are looked at.
AHEAD = 5_000

#: What the sweep looks for: the rows, and the field that says when.
WAKING = ((Clock, "wake_at"), (Case, "timeout_at"), (Case, "remind_at"))


@dataclass(frozen=True)
class Window:
    """From a moment, exclusive, to another one so many clocks and timers fall due."""

    after: datetime
    until: datetime
    due: int


@dataclass(frozen=True)
class Each:
    """What one of those costs that fell due: statements, and CPU milliseconds."""

    statements: float
    milliseconds: float

    def __str__(self) -> str:
        return f"{self.statements:.1f} SQL, {self.milliseconds:.2f} ms"


def main() -> None:
    """Fill up to each number of cases, and sweep when about a hundred of them fall due."""
    here.somebody()
    here.say(what_is_measured())
    costs = []
    for wanted in here.sizes(CASES):
        cases = here.fill(wanted)
        here.say(f"\n{cases:,} cases, {Case.objects.live().count():,} of them open")
        costs.append(for_each(sweeps()))
        here.say(f"  for each of them {costs[-1]}")
    if len(costs) > 1:
        tell_growth(costs[0], costs[-1])


def tell_growth(few: Each, many: Each) -> None:
    """How much dearer the same work is among more cases."""
    for what, ratio in (
        ("SQL", many.statements / few.statements),
        ("CPU", many.milliseconds / few.milliseconds),
    ):
        here.say(f"{what} x{ratio:.2f} of {FACTOR}{' OVER' if ratio > FACTOR else ''}")


def sweeps() -> Iterator[tuple[Cost, int]]:
    """What each sweep cost, and how many fell due; a first one only warms up."""
    swept_until = timezone.now()
    for number in range(ROUNDS + 1):
        if (window := next_window(swept_until)) is None:
            break
        clear_the_way(window)
        here.tidy()
        swept_until = window.until
        cost, swept = swept_at(swept_until)
        left = sum(rows.count() for _field, rows in waking(until=swept_until))
        role = "" if number else ", to warm up"
        here.say(f"  {window.due} fell due, {left} still are: {cost}   {swept}{role}")
        if number:
            yield cost, window.due


def for_each(rounds: Iterator[tuple[Cost, int]]) -> Each:
    """The medians of the rounds, for one of those that fell due."""
    each = [(cost.statements / due, cost.total / due) for cost, due in rounds]
    if not each:
        sys.exit(f"Too few clocks and timers run here for two sweeps of {DUE}: enter more cases.")
    return Each(*map(statistics.median, zip(*each, strict=True)))


def next_window(after: datetime) -> Window | None:
    """The first run of moments in which about a hundred fall due, or as near to it as there is."""
    windows = list(_windows(upcoming(after)))
    near = (window for window in windows if window.due <= DUE * NEAR)
    return next(near, None) or min(windows, key=lambda window: window.due, default=None)


def _windows(moments: list[tuple[datetime, int]]) -> Iterator[Window]:
    """Each run of moments in which a hundred or more fall due, and no shorter one does."""
    run: deque[tuple[datetime, int]] = deque()
    due = 0
    for moment in moments:
        run.append(moment)
        due += moment[1]
        while due - run[0][1] >= DUE:
            due -= run.popleft()[1]
        if due >= DUE:
            yield Window(run[0][0] - timedelta(microseconds=1), moment[0], due)


def upcoming(after: datetime) -> list[tuple[datetime, int]]:
    """The next moments at which the sweep has something to do, and how much."""
    found: Counter[datetime] = Counter()
    for field, rows in waking(after=after):
        each = rows.order_by(field).values_list(field).annotate(n=Count("pk"))
        found.update(dict(each[:AHEAD]))
    return sorted(found.items())[:AHEAD]


def waking(
    *, after: datetime | None = None, until: datetime | None = None
) -> Iterator[tuple[str, QuerySet[Any]]]:
    """What falls due after a moment, or until one: the field that says so, and the rows."""
    for model, field in WAKING:
        within = {f"{field}__gt": after} if after else {f"{field}__lte": until}
        yield field, model._default_manager.filter(**within)


def clear_the_way(window: Window) -> None:
    """Put off what falls due before: it would be swept too, and is more where cases are more."""
    later = window.until + timedelta(days=365)
    for field, rows in waking(until=window.after):
        rows.update(**{field: later})


def swept_at(now: datetime) -> tuple[Cost, Swept]:
    """One sweep, as if it were that moment: its statements and its CPU time."""
    backend = Backend()
    worked = backend.milliseconds() if backend.is_readable else 0.0
    begun = time.process_time()
    with counted() as statements:
        swept = sweep(now=now)
    server = (time.process_time() - begun) * 1000
    database = backend.milliseconds() - worked if backend.is_readable else None
    return Cost(statements.total(), server, database), swept


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """How many statements are executed meanwhile; Django's own log ends at nine thousand."""
    seen: Counter[str] = Counter()

    def count(execute, sql, params, many, context):
        seen["all"] += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield seen


if __name__ == "__main__":
    main()
