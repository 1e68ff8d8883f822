"""What the case row says of its clocks: the nearest due date, for lists and for the wall."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from casework.models import Case, DueState
from workflows.clocks.book import Book, Kept
from workflows.ledger import Standing
from workflows.targets import In

#: From this share of its time on a clock is at risk.
AT_RISK = 75
#: What `write` sets.
FIELDS = ("next_due_at", "due_state", "turns_at", "due_facts")


def write(case: Case, book: Book) -> None:
    """Write the nearest due date on the locked row; saves nothing."""
    said = said_of([each for each in book.open() if not each.standing.muted], book.now)
    for name in FIELDS:
        setattr(case, name, said[name])


def said_of(clocks: list[Kept], now: datetime) -> dict[str, Any]:
    """The same as values: of open clocks."""
    running = [(each.standing.due, each) for each in clocks if each.standing.runs]
    dated = [(due, each) for due, each in running if due is not None]
    if dated:
        due, nearest = min(dated, key=lambda each: each[0])
        return _running(nearest.metric, nearest.standing, due, now)
    held = next((each for each in clocks if each.standing.paused_at), None)
    if held:
        return _held(held.metric, held.standing)
    return {"next_due_at": None, "due_state": DueState.NONE, "turns_at": None, "due_facts": {}}


def _running(metric: str, standing: Standing, due: datetime, now: datetime) -> dict[str, Any]:
    at_risk = standing.mark(AT_RISK)
    state, turns = DueState.CALM, at_risk
    if due < now:
        state = DueState.LATE
    elif at_risk <= now:
        state, turns = DueState.SOON, due
    return {
        "next_due_at": due,
        "due_state": state,
        "turns_at": None if state == DueState.LATE else turns,
        "due_facts": {
            "metric": metric,
            "span": standing.span,
            "real": standing.measure.unit == In.CALENDAR_HOURS,
            "unit": _unit(standing),
            "version": standing.version,
            "zone": standing.zone,
        },
    }


def _unit(standing: Standing) -> str | None:
    """What the target counts; None of a date that was set."""
    return standing.target.unit if standing.target and not standing.deadline else None


def _held(metric: str, standing: Standing) -> dict[str, Any]:
    said = {"since": standing.paused_at, "until": standing.until}
    facts = {name: moment.isoformat() for name, moment in said.items() if moment}
    return {
        "next_due_at": None,
        "due_state": standing.reason,
        "turns_at": None,
        "due_facts": {"metric": metric, **facts},
    }
