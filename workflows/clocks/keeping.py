"""How the doors keep the clocks of a case: before an act, after it, and at its filing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from casework import timeline
from casework.models import Case, Event
from workflows.clocks import moves, notices, reading, row, wiring
from workflows.clocks.book import Book, save
from workflows.clocks.missing import follow_ended_rule
from workflows.lock import locked_cases


def begin(case: Case, event: Event) -> None:
    """Start the clocks of a case that was filed; the caller saves the row."""
    book = Book(case, event.at, [])
    wiring.begin(book)
    _write(book, event)


def opened(case: Case, now: datetime) -> Book:
    """The book of a locked case, to be written, with what a rule asks for since another ended."""
    book = reading.book_of(case, now)
    follow_ended_rule(book)
    return book


def close(book: Book, event: Event, before: wiring.Before) -> None:
    """Write what an act means for the clocks; the caller saves the row."""
    wiring.happened(book, event, before)
    moves.tell(book)
    _write(book, event)


def look(pk: int, now: datetime) -> None:
    """Let time do to the clocks of a case what it did until `now`, and say what is to be said."""
    with transaction.atomic():
        case = locked_cases(pk)[pk]
        book = opened(case, now)
        notices.give(book)
        moves.tell(book)
        _write(book, None)
        case.save(update_fields=(*row.FIELDS, *moves.FIELDS, *timeline.HEAD))


def _write(book: Book, event: Event | None) -> None:
    row.write(book.case, book)
    save([book], event)
