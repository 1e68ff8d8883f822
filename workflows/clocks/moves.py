"""A promised date that moved by our doing: the complainant is told, and nobody else is bothered."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from casework import timeline
from casework.actors import SYSTEM
from casework.models import Audience
from workflows import telling
from workflows.clocks.book import Book, Kept
from workflows.models import ClockEntry, Metric
from workflows.targets import In

#: What a complainant is promised.
PROMISED = (Metric.RESOLUTION, Metric.STAGE2, Metric.COMMITMENT)
#: What of the case row is written beside the clocks and the head of its chain.
FIELDS = ("untold_at",)
#: Of these the day is told, whatever the hour.
_BY_THE_DAY = (In.WORKING_DAYS, In.CALENDAR_DAYS)
_OURS = (ClockEntry.Kind.RETARGETED, ClockEntry.Kind.EXTENDED)


def tell(book: Book) -> None:
    """Record each promised date that moved, before the book is saved."""
    for kept in book.open(*PROMISED):
        before, now = kept.due_before, kept.standing.due
        changes = [entry for entry in kept.fresh if entry.kind in _OURS]
        # A pause moves a date too, but they know why it is waited for.
        if changes and before and now and _is_told(book, kept, before, now):
            _tell(book, kept, before, now, changes[-1].data.get("why", "extension"))


def _is_told(book: Book, kept: Kept, before: datetime, now: datetime) -> bool:
    """Whether they read another date than before, and one that still comes."""
    standing = kept.standing
    if standing.muted or standing.paused_at or now < book.now:
        return False
    if standing.deadline is None and standing.target and standing.target.unit in _BY_THE_DAY:
        return _last_day(before, kept.zone_before) != _last_day(now, standing.zone)
    return before != now


def _last_day(at: datetime, zone: str) -> date:
    """What ends at midnight ends on the day before."""
    return (at - timedelta.resolution).astimezone(ZoneInfo(zone)).date()


def _tell(book: Book, kept: Kept, before: datetime, now: datetime, why: str) -> None:
    event = timeline.record(
        book.case,
        "due_moved",
        SYSTEM,
        audience=Audience.STEP,
        data={
            "metric": kept.metric,
            "from": before.isoformat(),
            "to": now.isoformat(),
            "why": why,
        },
        at=book.now,
        task_id=book.case.active_task_id,
    )
    telling.keep_track(book.case, event)
