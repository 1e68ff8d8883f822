"""What is due on a case, as its page says and explains it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from casework.models import Case, Event
from workflows import shown
from workflows.clocks import reading
from workflows.models import Clock, Metric, State

_OPEN = (State.RUNNING, State.PAUSED)


def dues_of(case: Case, events: Iterable[Event], now: datetime) -> dict[str, Any]:
    """The due dates of a case, their explanations, and how earlier cycles ended.

    `events`: the history of the case, in which what was promised is said.
    """
    clocks = reading.clocks(case)
    shown.warm_clocks(clocks)
    said = {event.pk: event.text for event in events}
    present = _present(case, clocks)
    told = _nearest_first(present)
    sources = shown.Sources.of(told)
    return {
        "dues": [shown.of_clock(clock, now) for clock in told if not _goes_unsaid(clock)],
        "explained": [_explained(clock, now, sources, said) for clock in told],
        "earlier": _by_cycle([clock for clock in clocks if clock not in present], now),
    }


def dues_beside(case: Case, now: datetime) -> list[shown.Shown]:
    """What is due on a case, for the form of an act that is about it."""
    clocks = reading.clocks(case)
    shown.warm_clocks(clocks)
    told = _nearest_first(_present(case, clocks))
    return [shown.of_clock(clock, now) for clock in told if not _goes_unsaid(clock)]


def _present(case: Case, clocks: Iterable[Clock]) -> list[Clock]:
    """Those of this cycle, and what an earlier one left open."""
    return [clock for clock in clocks if clock.cycle == case.cycle or clock.state in _OPEN]


def _by_cycle(clocks: Iterable[Clock], now: datetime) -> list[dict[str, Any]]:
    """How clocks of earlier cycles ended."""
    cycles = groupby(clocks, key=lambda clock: clock.cycle)
    return [
        {"cycle": cycle, "dues": [shown.of_clock(clock, now) for clock in ended]}
        for cycle, ended in cycles
    ]


def _nearest_first(clocks: Sequence[Clock]) -> list[Clock]:
    """What runs, the nearest first; what is held; then of what has ended the last of each kind."""
    open_ = [clock for clock in clocks if clock.state in _OPEN]
    running = [clock.metric for clock in open_]
    last = {clock.metric: clock for clock in clocks if clock.state not in _OPEN}
    ended = [clock for metric, clock in last.items() if metric not in running]
    return [*sorted(open_, key=_nearness), *ended]


def _nearness(clock: Clock) -> tuple[bool, float]:
    return clock.due_at is None, clock.due_at.timestamp() if clock.due_at else clock.pk


def _goes_unsaid(clock: Clock) -> bool:
    """Whether nobody has to do anything about it: no rule asks for it any more."""
    return clock.muted or (clock.state == State.CANCELLED and clock.breached_at is None)


def _explained(
    clock: Clock, now: datetime, sources: shown.Sources, said: dict[int, str]
) -> dict[str, Any]:
    due = shown.of_clock(clock, now)
    first = clock.ledger[0]
    words = said.get(first.event_id or 0, "") if clock.metric == Metric.COMMITMENT else ""
    title = f"{due.label}: {' '.join(words.split())}" if words else due.label
    return {"title": title, "due": due, "lines": shown.explained(clock, now, sources)}
