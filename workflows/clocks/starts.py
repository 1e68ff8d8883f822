"""From when the targets of the first cycle count, and whether they were met before they began."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from casework.models import Audience, Case, Event
from casework.models.event import ActorKind
from casework.stages import CHECKING, Stage
from workflows.clocks.book import Book
from workflows.models import ClockEntry, Metric
from workflows.targets import StartsOn

#: Words of ours that answer the complainant, in every stage; those of a machine never do.
REPLIES = ("ask", "message", "respond", "approve", "reject", "refer", "promise", "keep")
_OF_THE_FIRST = (Metric.ACKNOWLEDGEMENT, Metric.FIRST_RESPONSE, Metric.RESOLUTION)


def start_due(book: Book) -> None:
    """Start what has a target, counts from a moment that has come, and is not answered yet.

    In later cycles every target starts with the cycle.
    """
    case = book.case
    if case.cycle > 1 or case.is_final:
        return
    for metric in _OF_THE_FIRST:
        aim = None if book.of_cycle(metric) else book.aim(metric)
        if aim and not _is_over(case, metric):
            since = moment_of(case, aim["target"]["starts_on"])
            if since:
                book.start(metric, since, aim)


def start_added(book: Book, at: datetime, why: str) -> None:
    """Start what the rule that fits now asks for and the one before did not, from its own start.

    What a rule had cancelled in this cycle goes on: its pauses and extensions are still true.
    """
    case = book.case
    if case.is_final:
        return
    for metric in Metric:
        _revive(book, metric, at, why)
    start_due(book)
    if case.cycle > 1:
        _start_of_cycle(book)
    owed = case.stage not in (Stage.CONFIRM, Stage.REVIEW)
    if owed and not book.of_cycle(Metric.NEXT_UPDATE) and (replied := replied_at(case)):
        book.start(Metric.NEXT_UPDATE, replied, book.aim(Metric.NEXT_UPDATE))


def _revive(book: Book, metric: str, at: datetime, why: str) -> None:
    """Take the cancellation of the last clock of a metric back, where a target is there again."""
    last = next(reversed(book.of_cycle(metric)), None)
    if last is None or not last.standing.cancelled or _is_over(book.case, metric):
        return
    aim = book.aim(metric)
    if aim and last.standing.deadline is None:
        book.add(last, ClockEntry.Kind.RESUMED, at, undo="cancelled")
        book.aim_anew(last, at, why, **aim)


def _start_of_cycle(book: Book) -> None:
    """What a later cycle begins with."""
    case = book.case
    for metric in (answer_of(case), Metric.ACKNOWLEDGEMENT):
        if not book.of_cycle(metric) and not _is_over(case, metric):
            began = began_at(case)
            book.start(metric, began.at if began else case.received_at, book.aim(metric))


def answer_of(case: Case) -> Metric:
    """What an answer meets at the level of a case."""
    return Metric.STAGE2 if case.level > 1 else Metric.RESOLUTION


def began_at(case: Case) -> Event | None:
    """What began the running cycle; None of the first one."""
    if case.cycle == 1:
        return None
    return case.events.filter(data__cycle=case.cycle).order_by("number").first()


def moment_of(case: Case, starts_on: str) -> datetime | None:
    """When what a target counts from happened; None where it has not.

    Acknowledged: the way out of triage; complete: the acceptance, or the complainant's last
    answer before it; replied: our latest public message.
    """
    return {
        StartsOn.RECEIVED: lambda case: case.received_at,
        StartsOn.ACKNOWLEDGED: acknowledged_at,
        StartsOn.COMPLETE: _complete_at,
        StartsOn.REPLIED: replied_at,
    }[StartsOn(starts_on)](case)


def acknowledged_at(case: Case) -> datetime | None:
    checking = sorted(CHECKING)
    ways_out = case.events.filter(data__left__in=checking).exclude(stage__in=checking)
    return _first_at(ways_out.order_by("number"))


def replied_at(case: Case) -> datetime | None:
    """When we last said something to the complainant, in this cycle."""
    began = began_at(case)
    words = case.events.filter(
        ~Q(data__has_key="on_behalf"),
        number__gt=began.number if began else 0,
        kind__in=REPLIES,
        actor_kind=ActorKind.STAFF,
        audience=Audience.PUBLIC,
    )
    return _first_at(words.order_by("-number"))


def _complete_at(case: Case) -> datetime | None:
    accepted = case.events.filter(kind="accept").order_by("number").first()
    if accepted is None:
        return None
    answers = case.events.filter(kind="answered", number__lt=accepted.number)
    return _first_at(answers.order_by("-number")) or accepted.at


def _first_at(events) -> datetime | None:
    found: Event | None = events.first()
    return found.at if found else None


def _is_over(case: Case, metric: str) -> bool:
    """Whether what a target asks for was done before the target was there."""
    if metric == Metric.ACKNOWLEDGEMENT:
        return case.stage not in CHECKING
    if metric == Metric.FIRST_RESPONSE:
        return replied_at(case) is not None
    return case.stage == Stage.CONFIRM
