"""Warnings on the way to a due date, and who hears once it has passed: level after level.

Each mark is told once in a cycle. Of several that were passed at once, the highest is told and
the others are noted. Late and unanswered, the next level of the tree of units hears once a
working day, from the top on the top. Of a promise that was not kept, the complainant hears too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from casework import timeline
from casework.actors import SYSTEM
from casework.handlers import supervised_levels
from casework.models import Audience, Event
from workflows import telling
from workflows.clocks.book import Book, Kept
from workflows.clocks.passing import catch_up
from workflows.clocks.wakes import BREACH, may_send, passed, reminder_is_due
from workflows.models import ClockEntry, Metric

Kind = ClockEntry.Kind


def give(book: Book) -> None:
    """Say of each open clock what is to be said now; a case that waits for its opening, later."""
    for kept in list(book.open()):
        standing, now = kept.standing, book.now
        if not may_send(standing, now, urgent=book.is_urgent):
            continue
        if marks := passed(standing, now):
            _warn(book, kept, marks)
        elif reminder_is_due(standing, now):
            _escalate(book, kept)


def note_silently(book: Book) -> None:
    """Note the marks that were passed before anybody watched: nobody is told, now or later."""
    catch_up(book)
    note_marks(book, book.open())


def note_marks(book: Book, clocks: Iterable[Kept]) -> None:
    """Note silently the marks that these clocks have passed."""
    for kept in list(clocks):
        for mark in passed(kept.standing, book.now):
            book.add(kept, Kind.WARNED, book.now, percent=mark, silent=True)


def _warn(book: Book, kept: Kept, marks: list[int]) -> None:
    highest = marks[-1]
    if highest == BREACH:
        event = _record(book, kept, "late", **_level(book, 0))
    else:
        event = _record(book, kept, "warned", percent=highest)
    for mark in marks:
        book.add(kept, Kind.WARNED, book.now, percent=mark)
    kept.fresh[-1].event = event


def _escalate(book: Book, kept: Kept) -> None:
    step = kept.standing.step + 1
    event = _record(book, kept, "escalated", **_level(book, step))
    book.add(kept, Kind.ESCALATED, book.now, step=step)
    kept.fresh[-1].event = event


def _level(book: Book, step: int) -> dict[str, str]:
    """The unit whose supervisors hear; none where nobody may hear of the case."""
    levels = supervised_levels(book.case)
    return {"unit": levels[min(step, len(levels) - 1)].code} if levels else {}


def _record(book: Book, kept: Kept, kind: str, **said: Any) -> Event:
    due = kept.standing.due
    event = timeline.record(
        book.case,
        kind,
        SYSTEM,
        audience=Audience.STEP if _is_broken(kept, kind) else Audience.INTERNAL,
        data={
            "clock": kept.row.pk,
            "metric": kept.metric,
            "due": due and due.isoformat(),
            **said,
        },
        at=book.now,
        task_id=book.case.active_task_id,
    )
    telling.keep_track(book.case, event)
    return event


def _is_broken(kept: Kept, kind: str) -> bool:
    """Whether it is a promise that was not kept: the complainant hears of it, too."""
    return kind == "late" and kept.metric == Metric.COMMITMENT
