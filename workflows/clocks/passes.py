"""Going through the open cases in the background, after a calendar or a policy was changed.

A few cases at a time are locked, so that no act on them waits for long; what is done is kept, so
that a pass goes on where it stopped, and can be watched.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from casework import bulk, timeline
from casework.models import Case
from casework.querysets import CaseQuerySet
from workflows.clocks import moves, row
from workflows.clocks.book import Book, save
from workflows.clocks.missing import follow_ended_rule, start_missing
from workflows.clocks.passing import catch_up
from workflows.jobs import Turn
from workflows.lock import locked_cases
from workflows.models import LEDGERS, Clock, Pass

#: Cases that are locked at once: some tenths of a second.
BATCH = 25


def run(turn: Turn) -> None:
    """Go on with the passes that are not through, the oldest first."""
    for each in Pass.objects.filter(finished_at=None).select_related("unit").order_by("at", "pk"):
        while _step(each, turn.now):
            if turn.is_over():
                return


def cases_of(each: Pass) -> CaseQuerySet:
    """The open cases that a pass goes through."""
    cases = Case.objects.live()
    return cases.filter(unit__path__startswith=each.unit.path) if each.unit else cases


def _step(each: Pass, now: datetime) -> bool:
    """The next few cases of a pass; False once it is through."""
    if each.total == 0:
        each.total = cases_of(each).count()
    following = cases_of(each).filter(pk__gt=each.cursor).order_by("pk")
    pks = list(following.values_list("pk", flat=True)[:BATCH])
    with transaction.atomic():
        if pks:
            each.moved += _through(pks, now)
            each.cursor = pks[-1]
            each.done += len(pks)
        else:
            each.finished_at = timezone.now()
        each.save(update_fields=("total", "done", "moved", "cursor", "finished_at"))
    return bool(pks)


def _through(pks: list[int], now: datetime) -> int:
    """Bring the clocks of some cases up to date; returns of how many a date moved."""
    rows = list(locked_cases(*pks).values())
    books = _books([case for case in rows if not case.is_final], now)
    moved = 0
    for book in books:
        catch_up(book)
        follow_ended_rule(book)
        start_missing(book)
        before = book.case.event_count
        moves.tell(book)
        moved += book.case.event_count > before
        row.write(book.case, book)
    cases = [book.case for book in books]
    save(books)
    bulk.update(cases, (*row.FIELDS, *moves.FIELDS, *timeline.HEAD))
    return moved


def _books(cases: list[Case], now: datetime) -> list[Book]:
    """Their books: two queries for all of them, and one for each unit."""
    found = defaultdict(list)
    for clock in Clock.objects.filter(case__in=cases).order_by("pk").prefetch_related(LEDGERS):
        found[clock.case_id].append(clock)
    openings: dict[int, list] = {}
    books = []
    for case in cases:
        mine = [c for c in found[case.pk] if c.cycle == case.cycle or c.ended_at is None]
        book = Book(case, now, mine)
        if case.unit_id in openings:
            book.openings = openings[case.unit_id]
        openings[case.unit_id] = book.openings
        books.append(book)
    return books
