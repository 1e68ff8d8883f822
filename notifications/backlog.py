"""What an operator watches: how much is owed, how late it is, and whether time still acts.

Each answer costs a bounded look into a partial index, however many messages were ever sent.
"""

from __future__ import annotations

from datetime import datetime

from notifications.models import COUNTED, LastRun, Outbox
from notifications.relay import SWEEP

MOST = 1000  # counts stop here: more says nothing more


def counts() -> dict[str, int]:
    """How many messages are in each state that is not an end, or given up; at most 1,000 each."""
    rows = Outbox.objects.order_by()
    return {state.value: rows.filter(state=state)[:MOST].count() for state in COUNTED}


def lateness(now: datetime) -> float:
    """Seconds for which the longest due message has been due; 0 where none is."""
    longest = Outbox.objects.due(now).values_list("next_try", flat=True).first()
    return (now - longest).total_seconds() if longest else 0.0


def last_sweep() -> datetime | None:
    """When a sweep last came to its end, and none of its jobs failed."""
    return LastRun.objects.filter(name=SWEEP).values_list("at", flat=True).first()
