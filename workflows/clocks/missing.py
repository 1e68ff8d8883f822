"""Clocks for open cases that came before their policy, or before the rule that asks for them.

Of their running cycle, and silently. Their pauses are those of their history; what was answered was
answered then.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby, zip_longest

from casework.models import Case, Event
from casework.stages import CHECKING, WAITING, Stage
from workflows.clocks import notices, wiring
from workflows.clocks.book import Book, Kept
from workflows.clocks.starts import answer_of, began_at, moment_of, replied_at, start_added
from workflows.models import ClockEntry, Metric, Reason

Kind = ClockEntry.Kind
#: A stretch of waiting: since when, until when (None: it goes on), and for whom.
Wait = tuple[datetime, datetime | None, str]
_STILL = (*WAITING, Stage.ON_HOLD)


def start_missing(book: Book) -> None:
    """Start what an open case would have, had the policy been there; marks passed are not told."""
    if any(each.metric != Metric.COMMITMENT for each in book.kept) or book.match is None:
        return
    there = len(book.kept)
    if book.case.stage == Stage.CONFIRM:
        _start_answered(book)
    else:
        start_added(book, book.now, "policy")
        _start_unit_work(book)
    waits = list(_waits_of(book.case))
    for kept in book.kept[there:]:
        _leave_out(book, kept, waits)
    if book.case.stage == Stage.CONFIRM and (answered := replied_at(book.case)):
        for kept in book.kept[there:]:
            book.add(kept, Kind.MET, answered)
    wiring.rest(book, book.now)
    notices.note_silently(book)


def follow_ended_rule(book: Book) -> None:
    """Start what the next rule asks for besides, where one ended since anybody looked: silently."""
    if book.rule_ended_at:
        there = len(book.kept)
        start_added(book, book.rule_ended_at, "policy")
        notices.note_marks(book, book.kept[there:])


def _start_answered(book: Book) -> None:
    """The clock of the answer that was sent: it may be taken back."""
    case, metric = book.case, answer_of(book.case)
    if aim := book.aim(metric):
        began = began_at(case)
        since = began.at if began else moment_of(case, aim["target"]["starts_on"])
        book.start(metric, since or case.received_at, aim)


def _start_unit_work(book: Book) -> None:
    """A unit's own clock runs from the hand-over."""
    case = book.case
    if case.stage not in CHECKING:
        ways = case.events.filter(data__has_key="left", stage=Stage.ASSIGN).order_by("-number")
        handed = ways.first()
        since = handed.at if handed else case.received_at
        book.start(Metric.UNIT_WORK, since, book.aim(Metric.UNIT_WORK))


def _leave_out(book: Book, kept: Kept, waits: list[Wait]) -> None:
    """The stretches of waiting since a clock started, where its target waits for anybody."""
    for since, until, reason in waits:
        if since < kept.standing.started_at or not kept.standing.may_pause:
            continue
        ends = None if until or book.case.stage != Stage.ON_HOLD else book.case.timeout_at
        said = {"until": ends.isoformat()} if ends else {}
        book.add(kept, Kind.PAUSED, since, reason=reason, **said)
        if until:
            book.add(kept, Kind.RESUMED, until)


def _waits_of(case: Case) -> Iterator[Wait]:
    """When a case waited in its running cycle, as its history says: one query."""
    began = began_at(case)
    events = case.events.filter(number__gte=began.number if began else 0).order_by("number")
    stretches = [next(same) for _stage, same in groupby(events, key=lambda event: event.stage)]
    for first, then in zip_longest(stretches, stretches[1:]):
        if first.stage in _STILL:
            yield first.at, then.at if then else None, _reason(first)


def _reason(began: Event) -> str:
    if began.stage in WAITING:
        return Reason.COMPLAINANT
    return began.data.get("waits_for", Reason.THIRD_PARTY)
