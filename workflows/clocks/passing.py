"""What time and configuration did to the clocks of a case since anybody looked.

It is written at the moment at which it happened, in that order, whoever looks first and however
late: the outcome never hangs on the sweep.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from workflows import policies
from workflows.clocks.book import Book, Kept, go_on
from workflows.clocks.sorting import start_of
from workflows.ledger import Standing
from workflows.models import ClockEntry, PolicyVersion
from workflows.opening import Opening

Kind = ClockEntry.Kind
#: When something happened, what goes first at the same moment, and how it is written.
Happening = tuple[datetime, int, Callable[[], None]]


def catch_up(book: Book) -> None:
    """Write what happened to each open clock until now."""
    for kept in list(book.open()):
        while found := min(_since(book, kept), key=lambda each: each[:2], default=None):
            found[2]()


def _since(book: Book, kept: Kept) -> Iterator[Happening]:
    standing, now = kept.standing, book.now
    if not kept.is_open:
        return
    if standing.paused_at and standing.until and standing.until <= now:
        yield standing.until, 0, partial(_resume, book, kept, standing.until)
    if (late := standing.late_since(now)) and not standing.breach_noted:
        yield late, 1, partial(book.add, kept, Kind.BREACHED, late)
    if newer := _newer_opening(book, standing):
        since = max(newer.effective_at or standing.last_at, standing.last_at)
        if since <= now:
            yield since, 2, partial(_by_calendar, book, kept, since, newer)
    if ended := _rule_ended(book, standing):
        at, version = ended
        if at <= now:
            yield max(at, standing.last_at), 3, partial(_by_policy, book, kept, at, version)


def _resume(book: Book, kept: Kept, at: datetime) -> None:
    book.add(kept, Kind.RESUMED, at, by="time")


def _newer_opening(book: Book, standing: Standing) -> Opening | None:
    """The calendar that followed on the one by which a clock is measured."""
    known = book.openings
    places = {(each.version, each.zone): place for place, each in enumerate(known)}
    place = places.get((standing.version, standing.zone), len(known) - 2)
    return known[place + 1] if place + 1 < len(known) else None


def _by_calendar(book: Book, kept: Kept, at: datetime, newer: Opening) -> None:
    book.aim_anew(kept, at, "calendar", calendar=newer.version, zone=newer.zone)


def _rule_ended(book: Book, standing: Standing) -> tuple[datetime, PolicyVersion] | None:
    if standing.policy is None or standing.muted:
        return None
    return book.rule_ended(standing.policy, standing.rule)


def _by_policy(book: Book, kept: Kept, at: datetime, version: PolicyVersion) -> None:
    """To the next rule of that version; a clock that was late by then leaves every view.

    A date that a supervisor set stays until one lifts it.
    """
    book.rule_ended_at = at
    match = policies.match_in(book.case, version)
    aim = book.aim(kept.metric, match) if match else None
    standing = kept.standing
    if standing.deadline:
        stays = {"deadline": standing.deadline.isoformat()}
        book.aim_anew(kept, at, "policy", **(aim or _NO_RULE) | stays)
    elif standing.breached_at:
        book.aim_anew(kept, at, "policy", **(aim or {}), muted=True)
    elif aim is None:
        book.add(kept, Kind.CANCELLED, at, why="policy")
    else:
        book.aim_anew(kept, at, "policy", **aim, **start_of(book, kept, aim))
        if not kept.standing.may_pause:
            go_on(book, kept, at)


_NO_RULE = {"target": None, "policy": None, "rule": ""}
