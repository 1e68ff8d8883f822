"""On what terms a clock runs: the target in force, how that is counted, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflows import opening
from workflows.calendars import Calendar
from workflows.models import Clock, ClockEntry
from workflows.shown.due import Due
from workflows.targets import In, Target

_SETS = (ClockEntry.Kind.STARTED, ClockEntry.Kind.RETARGETED)


@dataclass(frozen=True)
class Terms:
    """`deadline`: a date that was set; no target is counted then. `policy`: a version's id."""

    target: Target | None
    calendar: Calendar
    policy: int | None = None
    deadline: datetime | None = None

    @property
    def unit(self) -> In | None:
        """What is counted; None of a date that was set."""
        return self.target.unit if self.target and not self.deadline else None

    def due(self, at: datetime, span: int, now: datetime) -> Due:
        return Due(at=at, calendar=self.calendar, unit=self.unit, span=span, now=now)


def terms_in(data: Mapping[str, Any]) -> Terms:
    """The terms that an entry of the ledger sets."""
    return Terms(
        target=Target.from_dict(data["target"]) if data.get("target") else None,
        calendar=opening.calendar(data.get("calendar"), data["zone"]),
        policy=data.get("policy"),
        deadline=moment(data.get("deadline")),
    )


def terms_of(clock: Clock) -> Terms:
    """The terms in force, by the clock's ledger."""
    return terms_in(next(e.data for e in reversed(clock.ledger) if e.kind in _SETS))


def keys_of(clocks: Iterable[Clock]) -> set[tuple[int | None, str]]:
    """The calendars that clocks were counted in, to be loaded at once."""
    entries = (entry for clock in clocks for entry in clock.ledger)
    return {(e.data.get("calendar"), e.data["zone"]) for e in entries if e.kind in _SETS}


def moment(said: str | None) -> datetime | None:
    """A moment as JSON keeps it."""
    return datetime.fromisoformat(said) if said else None


def pauses_in(data: Mapping[str, Any]) -> list[tuple[datetime, datetime]]:
    """The pauses that a clock brought along from before."""
    said = data.get("pauses") or ()
    return [(datetime.fromisoformat(since), datetime.fromisoformat(until)) for since, until in said]
