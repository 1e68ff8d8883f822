"""What the acts of the flow do to clocks: the one table of which act starts, holds, meets what.

It reads what happened, the event, and writes ledgers; the door calls it after every act.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casework.models import Audience, Case, Event
from casework.models.event import ActorKind
from casework.stages import CHECKING, FINAL, WAITING, Stage
from workflows.clocks import settled
from workflows.clocks.book import Book, Kept, go_on
from workflows.clocks.sorting import Sorted, follow_calendar, sort_anew
from workflows.clocks.starts import REPLIES, answer_of, start_due
from workflows.models import ClockEntry, Metric, Reason

Kind = ClockEntry.Kind

_ANSWER = (Metric.RESOLUTION, Metric.STAGE2)


@dataclass(frozen=True)
class Before:
    """What of a case decides which targets it has, and its cycle, before an act."""

    stage: str
    cycle: int
    closed_at: datetime | None
    sorted_as: Sorted

    @classmethod
    def of(cls, case: Case) -> Before:
        return cls(case.stage, case.cycle, case.closed_at, Sorted.of(case))


def begin(book: Book) -> None:
    """A complaint was filed: what counts from receipt starts there."""
    start_due(book)


def happened(book: Book, event: Event, before: Before) -> None:
    """Write what an act means for the clocks of its case."""
    case = book.case
    if case.cycle != before.cycle:
        _new_cycle(book, event, before)
    elif why := before.sorted_as.changed(case):
        if case.unit_id != before.sorted_as.unit:  # what was theirs ends by their own calendar
            _meet(book, event.at, Metric.UNIT_WORK)
        sort_anew(book, event.at, why)
    settled.happened(book, event)
    if event.kind == "recall" and before.stage == Stage.CONFIRM:
        _take_back(book, event)
    _check(book, event, before)
    _hand_over(book, event, before)
    if is_reply(event):
        _reply(book, event)
    if case.stage == Stage.CONFIRM and before.stage != Stage.CONFIRM:
        _meet(book, event.at, *_ANSWER, Metric.UNIT_WORK, Metric.NEXT_UPDATE)
    rest(book, event.at, event.data.get("waits_for", ""))


def is_reply(event: Event) -> bool:
    """Whether it is a public, substantive word of ours."""
    ours = event.actor_kind == ActorKind.STAFF and not event.is_theirs
    return ours and event.audience == Audience.PUBLIC and event.kind in REPLIES


def _meet(book: Book, at: datetime, *metrics: str) -> None:
    for kept in list(book.open(*metrics)):
        book.add(kept, Kind.MET, at)


def _cancel(book: Book, at: datetime, why: str, *but: str) -> None:
    for kept in list(book.open()):
        if kept.metric not in but:
            book.add(kept, Kind.CANCELLED, at, why=why)


def _check(book: Book, event: Event, before: Before) -> None:
    """Every way out of triage but a question, a merger or the end of the matter acknowledges."""
    stage, at = book.case.stage, event.at
    if before.stage not in CHECKING or stage in (*CHECKING, *_UNDONE):
        return
    _meet(book, at, Metric.ACKNOWLEDGEMENT)
    start_due(book)


#: Ends without a decision of ours in the matter.
_UNDONE = (Stage.MERGED, Stage.WITHDRAWN, Stage.LAPSED)


def _hand_over(book: Book, event: Event, before: Before) -> None:
    """A unit's own clock runs from hand-over to answer or onward transfer."""
    case = book.case
    theirs = case.stage not in (*FINAL, *CHECKING, Stage.CONFIRM)
    if case.stage in _UNDONE:
        return
    if not theirs or case.unit_id != before.sorted_as.unit:
        _meet(book, event.at, Metric.UNIT_WORK)
    if theirs and not any(book.open(Metric.UNIT_WORK)):
        book.start(Metric.UNIT_WORK, event.at, book.aim(Metric.UNIT_WORK))


def _reply(book: Book, event: Event) -> None:
    """The first one meets its target; each one starts the time until the next news anew."""
    _meet(book, event.at, Metric.FIRST_RESPONSE, Metric.NEXT_UPDATE)
    if book.case.stage not in (*FINAL, Stage.CONFIRM):
        book.start(Metric.NEXT_UPDATE, event.at, book.aim(Metric.NEXT_UPDATE))
    start_due(book)


def _take_back(book: Book, event: Event) -> None:
    """A recalled answer met nothing; we owe the next news since then, as if it were a message."""
    for metrics in (_ANSWER, (Metric.UNIT_WORK,)):
        met = [each for each in book.of_cycle(*metrics) if _was_met(each)]
        for kept in met[-1:]:
            answered = kept.standing.ended_at or event.at
            follow_calendar(book, kept, event.at, "calendar")
            book.add(kept, Kind.RESUMED, event.at, undo="met")
            if metrics == _ANSWER:
                book.start(Metric.NEXT_UPDATE, answered, book.aim(Metric.NEXT_UPDATE))


def _was_met(kept: Kept) -> bool:
    return kept.standing.ended_at is not None and not kept.standing.cancelled


def rest(book: Book, at: datetime, waits_for: str = "") -> None:
    """Where the case now stands: clocks are held, go on, or end with it.

    `waits_for`: the reason of a hold that begins now.
    """
    case = book.case
    if case.stage in (Stage.REJECTED, Stage.REFERRED):
        _meet(book, at, *_ANSWER, Metric.UNIT_WORK)
    if case.stage in FINAL:
        goes_on = () if case.stage in _UNDONE else (Metric.COMMITMENT,)
        _cancel(book, at, case.stage, *goes_on)
        return
    reason, until = _hold(book, at, waits_for)
    for kept in list(book.open()):
        _hold_or_go_on(book, kept, at, reason, until)


def _hold(book: Book, at: datetime, waits_for: str) -> tuple[str, datetime | None]:
    """Why the clocks of a stage are held, and until when at most; not once that has come."""
    case = book.case
    if case.stage in WAITING:
        return Reason.COMPLAINANT, None
    if case.stage != Stage.ON_HOLD or (case.timeout_at and case.timeout_at <= at):
        return "", None
    held = next((each.standing.reason for each in book.open() if each.standing.reason), "")
    return waits_for or held or _waits_for(case), case.timeout_at


def _waits_for(case: Case) -> str:
    """For whom a case is held, as was said when the hold began."""
    if case.pk is None:  # it happened elsewhere, and nobody says
        return Reason.THIRD_PARTY
    held = case.events.filter(kind="hold").order_by("-number").first()
    return held.data.get("waits_for", Reason.THIRD_PARTY) if held else Reason.THIRD_PARTY


def _hold_or_go_on(
    book: Book, kept: Kept, at: datetime, reason: str, until: datetime | None
) -> None:
    standing = kept.standing
    if not reason or not standing.may_pause:
        go_on(book, kept, at)
    elif not _is_held(standing, reason, until):
        said = {"until": until.isoformat()} if until else {}
        book.add(kept, Kind.PAUSED, at, reason=reason, **said)


def _is_held(standing: Any, reason: str, until: datetime | None) -> bool:
    """Whether it is held for this already; another message while it waits changes nothing."""
    same = standing.reason == reason and until in (None, standing.until)
    return standing.paused_at is not None and same


def _new_cycle(book: Book, event: Event, before: Before) -> None:
    """A new cycle has its own targets; an answer after a lapse takes the time since receipt up."""
    _cancel(book, event.at, "cycle", Metric.COMMITMENT)
    book.forget()
    resumed = before.stage in (Stage.LAPSED, Stage.MERGED)
    metric = answer_of(book.case)
    aim = book.aim(metric)
    if resumed and aim:
        aim = aim | {"pauses": _pauses_until(book, before, event.at)}
    book.start(metric, book.case.received_at if resumed else event.at, aim)
    if book.case.stage == Stage.TRIAGE:
        book.start(Metric.ACKNOWLEDGEMENT, event.at, book.aim(Metric.ACKNOWLEDGEMENT))


def _pauses_until(book: Book, before: Before, at: datetime) -> list[list[str]]:
    """The pauses of the cycle before, and the time for which the case was closed."""
    earlier = [
        each for each in book.kept if each.metric in _ANSWER and each.row.cycle == before.cycle
    ]
    pauses = []
    if earlier:
        standing = earlier[-1].standing
        pauses = list(standing.pauses)
        if standing.paused_at and standing.ended_at:
            pauses.append((standing.paused_at, standing.ended_at))
    pauses.append((before.closed_at or at, at))
    return [[since.isoformat(), until.isoformat()] for since, until in pauses]
