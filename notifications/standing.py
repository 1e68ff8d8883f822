"""Whether a message still stands when it is sent: the newest state wins.

A mail may be late by days. What it says must be so when it leaves, not when it was written.
"""

from __future__ import annotations

from collections.abc import Callable

from casework.access import can_see
from casework.models import Case, Event
from casework.stages import Stage
from notifications.models import Notification, Outbox, Reason


class Obsolete(Exception):
    """The message is not to be sent any more; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


#: Letters about a stage: they stand while the case has not left it.
OF_A_STAGE = {
    "question",
    "answer",
    "still_asked",
    "still_answered",
    "joined_answer",
    "returned",
    "approval",
    "yes_or_no",
    "disputed",
    "hold_over",
}
#: Letters about an end: they stand while the case rests there.
OF_AN_END = {
    "closed",
    "disagreed",
    "auto_closed",
    "lapsed",
    "rejected",
    "referred",
    "merged",
    "withdrawn",
    "joined_closed",
}


def _is_newest_date(event: Event, case: Case) -> bool:
    """Whether the date still comes, and did not move again."""
    moved = case.events.filter(kind="due_moved", number__gt=event.number)
    return not case.is_final and not moved.exists()


def _is_unkept(event: Event, case: Case) -> bool:
    """Whether what was promised is still to be done."""
    return case.clocks.filter(pk=event.data["clock"], ended_at=None).exists()


def _waits_for_judgement(event: Event, case: Case) -> bool:
    """Whether the reason still waits for somebody to judge it."""
    judged = case.events.filter(kind__in=("accept_late", "return_late"), number__gt=event.number)
    return not judged.filter(data__clock=event.data["clock"]).exists()


#: Letters about a due date, and whether what they say is still so.
_SUPERSEDED: dict[str, Callable[[Event, Case], bool]] = {
    "due_moved": _is_newest_date,
    "broken": _is_unkept,
    "reason": _waits_for_judgement,
}


def refuse_obsolete(message: Outbox, case: Case, told: Case) -> None:
    """Raise `Obsolete` unless the message is to be sent now.

    `case` is the recipient's, `told` the one of which the message tells: it may have been merged
    into that one.
    """
    reason = _of_person(message, told) if message.user_id else _of_complainant(case, told)
    if reason is None and not _still_so(message, told):
        reason = Reason.OVERTAKEN
    if reason:
        raise Obsolete(reason)


def _of_complainant(case: Case, told: Case) -> Reason | None:
    if not case.complainant.has_push_channel:
        return Reason.NO_ADDRESS
    joined = told.pk in (case.pk, case.merged_into_id)
    return None if joined else Reason.OVERTAKEN


def _of_person(message: Outbox, case: Case) -> Reason | None:
    user = message.user
    if user is None or not user.is_active or not user.email:
        return Reason.NO_ADDRESS
    if not can_see(user, case):
        return Reason.OUT_OF_SIGHT
    lines = Notification.objects.filter(dedupe=f"{message.event_id}:{user.pk}")
    return Reason.READ if lines.filter(read_at__isnull=False).exists() else None


def _still_so(message: Outbox, told: Case) -> bool:
    if message.letter in _SUPERSEDED:
        return _SUPERSEDED[message.letter](message.of_event, told)
    if message.letter in OF_A_STAGE:
        return told.active_task_id is not None and told.active_task_id == message.of_event.task_id
    if message.letter in OF_AN_END:
        return told.stage == Stage(message.of_event.stage)
    return message.letter != "assigned" or told.assignee_id == message.user_id
