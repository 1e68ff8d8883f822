"""Moments that cannot be of one case."""

from __future__ import annotations

from datetime import datetime, timedelta

#: Due dates further away than this mean that there is none: 31 December 9999.
FURTHEST = timedelta(days=50 * 365)


def between(received_at: datetime, closed_at: datetime | None, due_at: datetime | None) -> str:
    """What is wrong with the moments of a case; empty where nothing is.

    A due date that nobody could have promised is refused as a closing is that came too early:
    left out, the case would be held to another date than the source says.
    """
    if closed_at and closed_at < received_at:
        return "closed before opened"
    if due_at and due_at < received_at:
        return "due before opened"
    if due_at and due_at - received_at > FURTHEST:
        return "due more than 50 years after it was opened"
    return ""
