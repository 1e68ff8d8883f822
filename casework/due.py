"""How cases stand by their nearest due date at a moment: what a list asks and a figure counts.

By the moment, never by whether a sweep has run: `due_state` is as of the last write, and from
`turns_at` on it is another one.
"""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from casework.models.kinds import DueState
from casework.querysets import OPEN, PAUSED, SOON


class Due(models.TextChoices):
    """What a list can be narrowed to."""

    LATE = "late", DueState.LATE.label
    SOON = "soon", DueState.SOON.label
    CALM = "calm", DueState.CALM.label
    PAUSED = "paused", _("paused")
    COMPLAINANT = "complainant", DueState.COMPLAINANT.label
    THIRD_PARTY = "third_party", DueState.THIRD_PARTY.label
    LEGAL_HOLD = "legal_hold", DueState.LEGAL_HOLD.label
    NONE = "none", DueState.NONE.label


def turned(now: datetime) -> Q:
    """Whose state is another one by time alone, which nobody has written yet: few."""
    return Q(turns_at__lte=now)


def state_after_turning(now: datetime) -> Case:
    """The state, at a moment, of what has `turned` by then. A due date passes when it is over."""
    soon = When(next_due_at__gte=now, then=Value(DueState.SOON.value))
    return Case(soon, default=Value(DueState.LATE.value), output_field=models.CharField())


def standing(due: str, now: datetime) -> Q:
    """The open cases that stand so at a moment. `due`: a value of `Due`."""
    if due == Due.LATE:
        late = Q(due_state=DueState.LATE) | turned(now) & Q(next_due_at__lt=now)
        # Says nothing more, but lets every queue end where the late ones do.
        return OPEN & Q(due_rank__lte=now.timestamp()) & late
    if due == Due.SOON:
        return SOON & ~turned(now) | OPEN & turned(now) & Q(next_due_at__gte=now)
    if due == Due.PAUSED:
        return PAUSED
    if due in (Due.COMPLAINANT, Due.THIRD_PARTY, Due.LEGAL_HOLD):
        return PAUSED & Q(due_state=due)
    return OPEN & Q(due_state=due) & ~turned(now)
