"""What we owe a complainant, and by when: our answer, and what we promised with one."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from casework.models import Case
from casework.templatetags.moments import last_minute
from workflows.clocks import reading
from workflows.models import Clock, Metric, State

#: By when we answer is what a complainant is promised; the other targets are between us.
_ANSWERS = (Metric.RESOLUTION, Metric.STAGE2)
_OPEN = (State.RUNNING, State.PAUSED)


def promised(case: Case) -> Clock | None:
    """The clock of the answer that we owe; None once it is sent, or where nothing is promised."""
    if case.is_final:
        return None
    return next((clock for clock in reversed(_open(case)) if _is_answer(clock, case)), None)


def promised_by(case: Case) -> datetime | None:
    """By when we answer, in the reader's zone; what ends at midnight, on the day before.

    None where nothing is promised, while time stands still, and once it has passed.
    """
    clock = promised(case)
    until = clock.due_at if clock else None
    return last_minute(until) if until and until > timezone.now() else None


def owed(case: Case) -> list[Clock]:
    """All that we owe them: the answer, then what was promised, the nearest first."""
    if case.is_final and case.next_due_at is None:
        return []
    answer = promised(case)
    promises = [clock for clock in _open(case) if clock.metric == Metric.COMMITMENT]
    promises.sort(key=lambda clock: clock.due_at or clock.started_at)
    return [answer, *promises] if answer else promises


def _open(case: Case) -> list[Clock]:
    clocks = reading.clocks(case)
    return [clock for clock in clocks if clock.state in _OPEN and not clock.muted]


def _is_answer(clock: Clock, case: Case) -> bool:
    return clock.metric in _ANSWERS and clock.cycle == case.cycle
