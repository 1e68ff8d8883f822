"""How long each stage waits before time itself acts.

Whom staff tell by hand is waited for once they were told: until then no time runs
(`actions._keep_time`). Working days are Monday to Friday in the unit's zone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from casework.models import Case

Moment = Callable[[Case, datetime], datetime]

#: Calendar days for an answer to our question, and the day of the reminder.
ANSWER_DAYS, ANSWER_REMINDER_DAY = 30, 20
#: Working days of silence after an answer, and the working day of the reminder.
SILENCE_DAYS, SILENCE_REMINDER_DAY = 10, 7
#: Calendar days of silence where news cannot be sent to the citizen.
UNREACHABLE_SILENCE_DAYS = 30
#: The longest that a case may wait for a third party, in calendar days.
MAX_HOLD_DAYS = 60


def after_days(days: int) -> Moment:
    """A moment `days` calendar days later."""
    return lambda case, at: at + timedelta(days=days)


def end_of_working_day(at: datetime, days: int, zone: str) -> datetime:
    """The end of the `days`-th working day after the local day of `at`, which is day 0."""
    local = at.astimezone(ZoneInfo(zone))
    day = local.date()
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    midnight = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone))
    return midnight.astimezone(at.tzinfo)


def silence(case: Case, at: datetime) -> datetime:
    """When an answer that nobody disputes closes the case."""
    if not case.complainant.has_push_channel:
        return at + timedelta(days=UNREACHABLE_SILENCE_DAYS)
    return end_of_working_day(at, SILENCE_DAYS, case.unit.time_zone)


def silence_reminder(case: Case, at: datetime) -> datetime:
    """When to remind of an answer that nobody confirmed."""
    return end_of_working_day(at, SILENCE_REMINDER_DAY, case.unit.time_zone)


def hold_until(case: Case, at: datetime) -> datetime:
    """The date that the hold was given; the longest hold where none is known."""
    return case.hold_until or at + timedelta(days=MAX_HOLD_DAYS)
