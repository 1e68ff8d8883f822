"""Which of our words stand as the answer to a complaint, as its complainant reads them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casework import timeline
from casework.access import can_speak_for_citizen, is_member
from casework.actors import Actor
from casework.models import Case, Event
from casework.stages import Stage
from workflows.conditions import was_turned_away, was_withdrawn

_ANSWERS = ("respond", "approve")
#: After one of these the last answer no longer stands.
_UNDONE = ("recall", "dispute", "reopen")
#: What a complainant can answer, and what leaves nothing of it to answer.
_ANSWERABLE = ("ask", *_ANSWERS, "reject", "refer")
_ANSWERED = (*_UNDONE, "contest", "answered")


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


def waiting_for_a_word(events: Iterable[Event]) -> Event | None:
    """Our question, answer or decision that stands: what the complainant says is said to it.

    `events`: those of the case that its complainant sees, newest first.
    """
    return _newest(events, _ANSWERABLE, _ANSWERED)


def what_stands(case: Case, events: Iterable[Event]) -> Event | None:
    """The word of ours that stands: as above, but of a withdrawn case no question stays open."""
    return _newest_answer(events) if was_withdrawn(case) else waiting_for_a_word(events)


def _newest_answer(events: Iterable[Event]) -> Event | None:
    """Our latest answer, unless it was taken back or disputed since."""
    return _newest(events, _ANSWERS, _UNDONE)


def _newest(events: Iterable[Event], kinds: Sequence[str], undone: Sequence[str]) -> Event | None:
    """The newest event of some kinds, unless one came after it that undoes it."""
    found = next((event for event in events if event.kind in (*kinds, *undone)), None)
    return found if found and found.kind in kinds else None


def is_for_a_colleague(actor: Actor, case: Case) -> bool:
    """Whether a yes or no is open that the actor, who answered, leaves to others to record."""
    barred = is_member(actor, case) and not can_speak_for_citizen(actor, case)
    return barred and case.stage == Stage.CONFIRM
