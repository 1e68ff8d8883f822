"""Lines of a ledger that no act of these tests writes: added as the engine itself adds them."""

from __future__ import annotations

from typing import Any

from casework.models import Case
from tests.clockwork import at
from workflows.clocks import row
from workflows.clocks.book import Book, save
from workflows.models import Clock


def noted(case: Case, metric: str, kind: str, when: str, **data: Any) -> Clock:
    """One more line of the clock of that metric that is open."""
    book = Book.of(case, at(when))
    kept = next(book.open(metric))
    book.add(kept, kind, at(when), **data)
    return _written(book, kept.row)


def promised(case: Case, when: str, until: str) -> Clock:
    """What was promised with an answer, by a date."""
    book = Book.of(case, at(when))
    aim = {"target": None, "deadline": at(until).isoformat(), **book.by_calendar()}
    kept = book.start("commitment", at(when), aim)
    assert kept
    return _written(book, kept.row)


def _written(book: Book, clock: Clock) -> Clock:
    row.write(book.case, book)
    save([book])
    book.case.save(update_fields=row.FIELDS)
    return clock
