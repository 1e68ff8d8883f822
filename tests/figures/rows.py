"""Cases and clocks as the engine would leave them, set where a test needs them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from casework.models import Case
from workflows.models import Clock, ClockEntry


def due(case: Case, state: str, now: datetime, **facts: Any) -> Case:
    """Write on the row of a case how its nearest clock stands at a moment.

    `hours`: until it is due, for what runs. `turns`: hours until the state turns.
    """
    hours = {"late": -2, "soon": 3, "calm": 30}.get(state)
    hours = facts.get("hours", hours)
    turns = facts.get("turns", {"soon": hours, "calm": 20}.get(state))
    Case.objects.filter(pk=case.pk).update(
        due_state=state,
        next_due_at=None if hours is None else now + timedelta(hours=hours),
        turns_at=None if turns is None else now + timedelta(hours=turns),
    )
    case.refresh_from_db()
    return case


def clock(case: Case, metric: str = "resolution", *, first_due: datetime, **said: Any) -> Clock:
    """A clock with the first line of its ledger; it runs until then, unless said otherwise.

    Its subject is one that no clock of the engine has.
    """
    row = {"state": "running", "due_at": first_due, "cycle": 1, "subject": 7} | said
    row.setdefault("started_at", case.received_at)
    made = Clock.objects.create(case=case, metric=metric, **row)
    _line(made, 1, "started", made.started_at, first_due, deadline=made.due_at.isoformat())
    if made.ended_at:
        _line(made, 2, made.state, made.ended_at)
    return made


def _line(
    made: Clock, number: int, kind: str, at: datetime, due_at: datetime | None = None, **data: Any
) -> None:
    said = {"target": None, "zone": "Asia/Jakarta"} | data
    ClockEntry.objects.create(clock=made, number=number, kind=kind, at=at, due_at=due_at, data=said)


def met(case: Case, metric: str = "resolution", *, due_at: datetime, **said: Any) -> Clock:
    """A clock that was met an hour before it was due."""
    ended = {"state": "met", "due_at": due_at, "ended_at": due_at - timedelta(hours=1)}
    return clock(case, metric, **{"first_due": due_at} | ended | said)


def missed(case: Case, metric: str = "resolution", *, due_at: datetime, **said: Any) -> Clock:
    """A clock that runs on after its due date."""
    return clock(case, metric, first_due=due_at, **{"breached_at": due_at} | said)
