"""A promised date that moved by our doing: the complainant is told, and nobody else is bothered."""

from __future__ import annotations

from datetime import datetime

from casework import timeline
from casework.actors import SYSTEM
from casework.models import Audience
from workflows import telling
from workflows.clocks.book import Book, Kept
from workflows.models import ClockEntry, Metric

#: What a complainant is promised.
PROMISED = (Metric.RESOLUTION, Metric.STAGE2, Metric.COMMITMENT)
#: What of the case row is written beside the clocks and the head of its chain.
FIELDS = ("untold_at",)
_OURS = (ClockEntry.Kind.RETARGETED, ClockEntry.Kind.EXTENDED)


def tell(book: Book) -> None:
    """Record each promised date that moved, before the book is saved."""
    for kept in book.open(*PROMISED):
        before, now = kept.due_before, kept.standing.due
        changes = [entry for entry in kept.fresh if entry.kind in _OURS]
        # A pause moves a date too, but they know why it is waited for.
        if changes and before and now and before != now and not kept.standing.muted:
            _tell(book, kept, before, now, changes[-1].data.get("why", "extension"))


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
