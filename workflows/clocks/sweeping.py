"""The sweep's part in the clocks: it looks after those that have something to say, and no other."""

from __future__ import annotations

import logging
from datetime import datetime

from workflows.clocks.keeping import look
from workflows.jobs import Turn
from workflows.models import Clock

log = logging.getLogger(__name__)

_BATCH = 200


def sweep(turn: Turn) -> None:
    """Look after each case of which a clock wakes.

    A case that fails changes nothing, is logged, and is looked after again by the next sweep.
    """
    looked: set[int] = set()
    while cases := _waking(turn.now, looked):
        for pk in cases:
            looked.add(pk)
            try:
                look(pk, turn.now)
            except Exception:
                log.exception("The clocks of case %s failed; the next sweep tries again", pk)
                turn.swept.failed += 1


def _waking(now: datetime, looked: set[int]) -> list[int]:
    waking = Clock.objects.filter(wake_at__lte=now).exclude(case__in=looked)
    found = waking.order_by("wake_at", "case").values_list("case", flat=True)[:_BATCH]
    return list(dict.fromkeys(found))
