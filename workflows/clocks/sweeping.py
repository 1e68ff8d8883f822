"""The sweep's part in the clocks: it looks after those that have something to say, and no other."""

from __future__ import annotations

import logging

from workflows.clocks.keeping import look
from workflows.due import came_due
from workflows.jobs import Turn
from workflows.models import Clock

log = logging.getLogger(__name__)


def sweep(turn: Turn) -> None:
    """Look after each case of which a clock wakes.

    A case that fails changes nothing, is logged, and is looked after again by the next sweep.
    """
    looked: set[int] = set()
    for clock in came_due(Clock.objects.only("case_id", "wake_at"), "wake_at", turn.now):
        if clock.case_id not in looked:
            looked.add(clock.case_id)
            _look(clock.case_id, turn)


def _look(pk: int, turn: Turn) -> None:
    try:
        look(pk, turn.now)
    except Exception:
        log.exception("The clocks of case %s failed; the next sweep tries again", pk)
        turn.swept.failed += 1
