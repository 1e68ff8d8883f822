"""What we owe a complainant, and by when: our answer, and what we promised with one."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from casework.models import Case
from casework.templatetags.moments import last_minute
from workflows.models import Clock, Metric, State

#: By when we answer is what a complainant is promised; the other targets are between us.
_ANSWERS = (Metric.RESOLUTION, Metric.STAGE2)
_OPEN = (State.RUNNING, State.PAUSED)


def promised(case: Case) -> Clock | None:
    """The clock of the answer that we owe; None once it is sent, or where nothing is promised."""
    if case.is_final:
        return None
    ours = case.clocks.filter(cycle=case.cycle, metric__in=_ANSWERS, state__in=_OPEN)
    return ours.order_by("pk").last()


def promised_by(case: Case) -> datetime | None:
    """By when we answer, in the reader's zone; what ends at midnight, on the day before.

    None where nothing is promised, while time stands still, and once it has passed.
    """
    clock = promised(case)
    until = clock.due_at if clock else None
    return last_minute(until) if until and until > timezone.now() else None


def owed(case: Case) -> list[Clock]:
    """All that we owe them, entries read: the answer, then what was promised, nearest first."""
    if case.is_final and case.next_due_at is None:
        return []
    clocks = case.clocks.filter(state__in=_OPEN).prefetch_related("entries")
    answers = [] if case.is_final else [c for c in clocks if _is_answer(c, case)]
    promises = [clock for clock in clocks if clock.metric == Metric.COMMITMENT]
    return answers[-1:] + sorted(promises, key=lambda clock: clock.due_at or clock.started_at)


def _is_answer(clock: Clock, case: Case) -> bool:
    return clock.metric in _ANSWERS and clock.cycle == case.cycle
