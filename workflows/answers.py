"""Which of our words stand as the answer to a complaint, as its complainant reads them."""

from __future__ import annotations

from collections.abc import Iterable

from casework import timeline
from casework.models import Case, Event
from workflows.conditions import was_turned_away

_ANSWERS = ("respond", "approve")
#: After one of these the last answer no longer stands.
_UNDONE = ("recall", "dispute", "reopen")


def target_of(case: Case) -> Case:
    """The case that this one goes on in: itself, unless it was merged."""
    while case.merged_into:
        case = case.merged_into
    return case


def answer_to(case: Case, events: Iterable[Event]) -> Event | None:
    """The answer that stands; a merged case has that of its target.

    `events`: those of the case that its complainant sees, newest first.
    """
    target = target_of(case)
    return _newest_answer(events) if target == case else _shared_answer(target)


def shared_answer_to(case: Case) -> Event | None:
    """What a merged case has of its target; nothing of any other case."""
    return _shared_answer(target_of(case)) if case.merged_into else None


def _shared_answer(target: Case) -> Event | None:
    """What those read of it whose complaints were merged into it: our decision, or our answer."""
    events = timeline.shown_to_citizen(target)
    if was_turned_away(target):
        return events.filter(kind__in=("reject", "refer")).first()
    return _newest_answer(events)


def _newest_answer(events: Iterable[Event]) -> Event | None:
    """Our latest answer, unless it was taken back or disputed since."""
    for event in events:
        if event.kind in _UNDONE:
            return None
        if event.kind in _ANSWERS:
            return event
    return None
