"""When a clock next has something to say: its marks, its end of a pause, its reminders.

Notices go out from opening to closing, closing included, unless the case is urgent; the sweep
may send up to five minutes after.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from workflows.ledger import Standing
from workflows.targets import MARKS, Impossible

#: So long after closing a notice still goes out.
GRACE = timedelta(minutes=5)
#: A due date has passed when it is over.
INSTANT = timedelta(microseconds=1)
BREACH = MARKS[-1]


def wake_at(standing: Standing, now: datetime, *, urgent: bool) -> datetime | None:
    """When the sweep has something to do for a clock next; None where nothing happens by time."""
    if standing.ended_at:
        return None
    if standing.paused_at:
        return standing.until
    if standing.muted or standing.due is None:
        return None
    found = _next_mark(standing) or _next_reminder(standing)
    if found is None or found > now or may_send(standing, now, urgent=urgent):
        return found
    return _next_opening(standing, now)


def passed(standing: Standing, now: datetime) -> list[int]:
    """The marks that were passed and not noted yet; the last one means that the clock is late."""
    if not standing.runs or standing.muted or standing.due is None:
        return []
    return [mark for mark in MARKS if mark > standing.percent and _moment_of(standing, mark) <= now]


def may_send(standing: Standing, now: datetime, *, urgent: bool) -> bool:
    """Whether a notice may go out now."""
    calendar = standing.calendar
    return urgent or calendar.is_open(now) or calendar.worked(now - GRACE, now) > 0


def reminder_is_due(standing: Standing, now: datetime) -> bool:
    """Whether a late clock reminds the next level up: once on each following working day."""
    found = _next_reminder(standing)
    return found is not None and found <= now


def _moment_of(standing: Standing, mark: int) -> datetime:
    moment = standing.mark(mark)
    return moment + INSTANT if mark == BREACH else moment


def _next_mark(standing: Standing) -> datetime | None:
    return next((_moment_of(standing, m) for m in MARKS if m > standing.percent), None)


def _next_reminder(standing: Standing) -> datetime | None:
    """The opening of the working day after the last notice, while it is late and unexplained."""
    if standing.noticed_at is None or standing.accepted or standing.breached_at is None:
        return None
    if standing.muted or not standing.runs:
        return None
    after = max(standing.noticed_at, standing.due or standing.noticed_at)
    return _opening_after(standing, standing.calendar.local_day(after))


def _opening_after(standing: Standing, day: date) -> datetime | None:
    calendar = standing.calendar
    try:
        return calendar.next_open(calendar.end_of_local_day(day))
    except Impossible:
        return None


def _next_opening(standing: Standing, now: datetime) -> datetime | None:
    try:
        return standing.calendar.next_open(now)
    except Impossible:
        return None
