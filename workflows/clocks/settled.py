"""What people settle about clocks: extensions, deadlines, promises, reasons for being late."""

from __future__ import annotations

from collections.abc import Callable

from casework.models import Event
from workflows.clocks.book import Book, Kept, go_on
from workflows.clocks.sorting import sort_anew
from workflows.models import ClockEntry, Metric

Kind = ClockEntry.Kind


def happened(book: Book, event: Event) -> None:
    """Write what the verbs of `workflows.deadlines` settle; nothing of any other act."""
    if settle := _SETTLED.get(event.kind):
        settle(book, event)


def clock_named(book: Book, event: Event) -> Kept | None:
    """The clock that an event names by its id."""
    return next((each for each in book.kept if each.row.pk == event.data["clock"]), None)


def _to_the_clock(kind: str, *names: str) -> Callable[[Book, Event], None]:
    """Write a line of that kind to the clock that the event names."""

    def settle(book: Book, event: Event) -> None:
        if kept := clock_named(book, event):
            book.add(kept, kind, event.at, **{name: event.data[name] for name in names})

    return settle


def _extended(book: Book, event: Event) -> None:
    if kept := clock_named(book, event):
        book.add(kept, Kind.EXTENDED, event.at, amount=event.data["amount"], by=event.actor_id)


def _set(book: Book, event: Event) -> None:
    if kept := clock_named(book, event):
        go_on(book, kept, event.at)  # a deadline waits for nobody
        book.aim_anew(kept, event.at, "deadline", deadline=event.data["until"])


def _lifted(book: Book, event: Event) -> None:
    if kept := clock_named(book, event):
        if aim := book.aim(kept.metric):
            book.aim_anew(kept, event.at, "lifted", **aim | {"deadline": None})
        else:
            book.add(kept, Kind.CANCELLED, event.at, why="lifted")


def _asked(book: Book, event: Event) -> None:
    sort_anew(book, event.at, "asked")


def _promised(book: Book, event: Event) -> None:
    aim = {"deadline": event.data["until"], **book.by_calendar()}
    book.start(Metric.COMMITMENT, event.at, aim)


_SETTLED: dict[str, Callable[[Book, Event], None]] = {
    "extend": _extended,
    "set_deadline": _set,
    "lift_deadline": _lifted,
    "retarget": _asked,
    "promise": _promised,
    "keep": _to_the_clock(Kind.MET),
    "explain_late": _to_the_clock(Kind.EXPLAINED, "code"),
    "accept_late": _to_the_clock(Kind.ACCEPTED),
    "return_late": _to_the_clock(Kind.RETURNED),
}
