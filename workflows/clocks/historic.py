"""Clocks of cases that happened elsewhere: at their real times, as far as these are known.

Silently: no event, no notice, now or later, for what was before they entered. What nobody knows
gives no outcome: of cases that were checked elsewhere, when that was; of closed ones, what became
of the first response where no answer came along.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import methodcaller

from casework.models import Case
from casework.stages import CHECKING, FINAL, Stage
from workflows.clocks import notices, row, wiring
from workflows.clocks.book import Book, Kept
from workflows.clocks.measures import Measures
from workflows.models import ClockEntry, Metric
from workflows.targets import StartsOn

Kind = ClockEntry.Kind
#: Stages of which an answer is part. Rejected and referred ones end as they do here (`rest`).
_ANSWERED = (Stage.CONFIRM, Stage.CLOSED, Stage.AUTO_CLOSED)
#: As the database gives them back: in a zone of their own, moments are compared by its wall clock.
utc = methodcaller("astimezone", UTC)


@dataclass(frozen=True)
class Past:
    """What is known of a case beside its row.

    `due_at`: an absolute due date of the source; it goes before the policy's. `told`: whether the
    complainant was answered, at the closing or else by the entry. `undated`: nobody knows when it
    was closed. `because`: why the answer was late, if it was.
    """

    case: Case
    due_at: datetime | None
    told: bool
    undated: bool
    because: str = ""


def begin(pasts: Iterable[Past], now: datetime, measures: Measures) -> list[Book]:
    """The clocks of cases that are entered `now`; on the cases is written what follows of them.

    Nothing is saved.
    """
    return [_book(past, now, measures) for past in pasts]


def _book(past: Past, now: datetime, measures: Measures) -> Book:
    case = past.case
    book = Book(case, utc(case.closed_at or now), [])
    measures.give(book)
    # Closed, and nobody knows since when: in time or late, either would be a lie.
    if not past.undated:
        _start(book, past, measures)
        _live_through(book, past)
    row.write(case, book)
    return book


def _live_through(book: Book, past: Past) -> None:
    """What became of its clocks until it ended, or until now."""
    for kept in list(book.open()):
        if late := kept.standing.late_since(book.now):
            book.add(kept, Kind.BREACHED, late)
            _explain(book, kept, past.because)
    if past.case.stage not in FINAL:
        notices.note_marks(book, book.open())
    if past.told or past.case.stage == Stage.CONFIRM:
        _meet(book, Metric.FIRST_RESPONSE)
    if past.case.stage in _ANSWERED:
        _meet(book, Metric.RESOLUTION)
    wiring.rest(book, book.now)


def _explain(book: Book, kept: Kept, because: str) -> None:
    if because and kept.metric == Metric.RESOLUTION:
        book.add(kept, Kind.EXPLAINED, book.now, code=because)


def _start(book: Book, past: Past, measures: Measures) -> None:
    case = past.case
    live = case.stage not in FINAL
    if past.due_at:
        deadline = {"deadline": utc(past.due_at).isoformat(), **book.by_calendar()}
        book.start(Metric.RESOLUTION, utc(case.received_at), deadline)
    else:
        _start_from_receipt(book, measures, Metric.RESOLUTION)
    if live or past.told:
        _start_from_receipt(book, measures, Metric.FIRST_RESPONSE)
    if case.stage in CHECKING:
        _start_from_receipt(book, measures, Metric.ACKNOWLEDGEMENT)
    elif live and case.stage != Stage.CONFIRM:
        # Since when the unit had it elsewhere is not known: its time begins here.
        book.start(Metric.UNIT_WORK, book.now, measures.aim(book, Metric.UNIT_WORK))


def _meet(book: Book, metric: str) -> None:
    for kept in list(book.open(metric)):
        book.add(kept, Kind.MET, book.now)


def _start_from_receipt(book: Book, measures: Measures, metric: str) -> None:
    """What counts from another moment has none here: the check and the acceptance are unknown."""
    aim = measures.aim(book, metric)
    if aim and aim["target"]["starts_on"] == StartsOn.RECEIVED:
        book.start(metric, utc(book.case.received_at), aim)
