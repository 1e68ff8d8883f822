"""Another unit, category, kind or priority: which targets a case has from then on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casework.models import Case
from workflows.clocks.book import Book, Kept
from workflows.clocks.starts import moment_of, start_added
from workflows.models import ClockEntry, Metric

Kind = ClockEntry.Kind


#: These count from the last news, and from the hand-over, whatever the rule.
_THEIR_OWN_STARTS = (Metric.NEXT_UPDATE, Metric.UNIT_WORK)


@dataclass(frozen=True)
class Sorted:
    """What of a case decides which rule fits it, in the words of the ledger."""

    unit: int
    category: int | None
    kind: str
    priority: str

    @classmethod
    def of(cls, case: Case) -> Sorted:
        return cls(case.unit_id, case.category_id, case.kind, case.priority)

    def changed(self, case: Case) -> str:
        """The first of them that is another now; empty where none is."""
        now = Sorted.of(case)
        names = ("unit", "category", "kind", "priority")
        return next((name for name in names if getattr(now, name) != getattr(self, name)), "")


def sort_anew(book: Book, at: datetime, why: str) -> None:
    """Measure each clock by the rule that fits now, from its start, with pauses and extensions.

    A metric that the rule lacks is cancelled; one that it adds starts from its own start.
    """
    book.forget()
    aim_all_anew(book, at, why)
    start_added(book, at, why)


def aim_all_anew(book: Book, at: datetime, why: str) -> None:
    """Measure every open clock by the rule that fits the case now."""
    for kept in list(book.open()):
        if kept.metric == Metric.COMMITMENT or kept.standing.deadline:
            follow_calendar(book, kept, at, why)
            continue
        aim = book.aim(kept.metric)
        if aim is None:
            book.add(kept, Kind.CANCELLED, at, why=why)
        elif not _is_measured_so(kept, aim):
            book.aim_anew(kept, at, why, **aim, **start_of(book, kept, aim))


def follow_calendar(book: Book, kept: Kept, at: datetime, why: str) -> None:
    """Count it in the calendar that the case's unit has now, where it is counted in another."""
    now = book.by_calendar()
    standing = kept.standing
    if (standing.version, standing.zone) != (now["calendar"], now["zone"]):
        book.aim_anew(kept, at, why, **now)


def _is_measured_so(kept: Kept, aim: dict[str, Any]) -> bool:
    standing = kept.standing
    target = standing.target and standing.target.as_dict()
    mine = (target, standing.rule, standing.version, standing.zone)
    return mine == (aim["target"], aim["rule"], aim["calendar"], aim["zone"])


def start_of(book: Book, kept: Kept, aim: dict[str, Any]) -> dict[str, str]:
    """Where the new target counts from another moment of the first cycle: that moment."""
    target = kept.standing.target
    starts_on = aim["target"]["starts_on"]
    if kept.row.cycle > 1 or kept.metric in _THEIR_OWN_STARTS or target is None:
        return {}
    if target.starts_on == starts_on:
        return {}
    moment = moment_of(book.case, starts_on)
    return {"start": moment.isoformat()} if moment else {}
