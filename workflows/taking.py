"""Taking the next case: the most urgent one that somebody may claim, and each case once."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Q

from accounts.models import User
from casework.access import can_claim
from casework.models import Case, Priority
from workflows.actions import Done, act

#: Urgent ones first, then what is due first.
URGENT = ExpressionWrapper(Q(priority=Priority.URGENT), output_field=BooleanField())
MOST_URGENT_FIRST = (URGENT.desc(), "due_rank", "pk")
#: Cases that look free and are not, before the search is given up.
TRIES = 20


def claim_next(user: User) -> Done | None:
    """Claim the most urgent case that the user may take; None where nothing waits for them.

    People who ask at the same moment get different cases.
    """
    with transaction.atomic():
        free = (case for case in _waiting_for(user) if can_claim(user, case))
        case = next(free, None)
        return act(case, "claim", user) if case else None


def _waiting_for(user: User) -> Iterator[Case]:
    """Cases in their order, each locked; one that somebody acts on right now is passed over."""
    waiting = Case.objects.claimable_by(user).select_related("unit").order_by(*MOST_URGENT_FIRST)
    passed: list[int] = []
    while len(passed) < TRIES:
        rows = waiting.exclude(pk__in=passed)
        case = rows.select_for_update(no_key=True, of=("self",), skip_locked=True).first()
        if case is None:
            return
        yield case
        passed.append(case.pk)
