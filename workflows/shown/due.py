"""A due date, and the time up to it or since, as people count that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from workflows.calendars import Calendar
from workflows.targets import In

A_DAY = timedelta(days=1)
#: Counted by what the office is open; the others by the calendar on the wall.
WORKING = frozenset({In.WORKING_MINUTES, In.WORKING_HOURS, In.WORKING_DAYS})
#: From this share of its time on, in percent, it is said to be due soon.
SOON = 75


@dataclass(frozen=True)
class Due:
    """When a running clock is due. `unit`: what its target counts; None of a date that was set.

    `span`: seconds of the clock's own time from start to due, pauses out.
    """

    at: datetime
    calendar: Calendar
    unit: In | None
    span: int
    now: datetime

    @property
    def is_late(self) -> bool:
        """Time alone decides that; the due moment itself is still in time."""
        return self.at < self.now

    @property
    def is_working(self) -> bool:
        return self.unit in WORKING

    @cached_property
    def own(self) -> int:
        """Seconds of the clock's own time that are left; below 0 once that is past.

        Own is what its target counts: real time for calendar hours, else what the office is open.
        """
        early, late = sorted((self.now, self.at))
        if self.unit == In.CALENDAR_HOURS:
            passed = (late - early) // timedelta(seconds=1)
        else:
            passed = self.calendar.worked(early, late)
        return -passed if self.is_late else passed

    @property
    def share(self) -> int:
        """How much of its time is used, in percent; over 100 once it is late."""
        if self.span <= 0:
            return 101 if self.is_late else 0
        used = (self.span - self.own) * 100 // self.span
        return max(used, 101) if self.is_late else min(used, 100)

    @property
    def state(self) -> str:
        if self.is_late:
            return "late"
        used = self.span - self.own
        return "soon" if self.span and used * 100 >= self.span * SOON else "calm"

    @cached_property
    def days(self) -> int:
        """Whole days after today up to the date, or since it; working days if so counted."""
        calendar = self.calendar
        if self.is_late:
            return self._days_late()
        today = calendar.local_day(self.now)
        if self.is_working:
            return calendar.working_day_ends(calendar.end_of_local_day(today), self.at)
        return (calendar.local_day(self.at - timedelta(seconds=1)) - today).days

    def _days_late(self) -> int:
        if not self.is_working:
            return (self.now - self.at) // A_DAY
        day = self.calendar.local_day(self.at)
        # Of the day on which it was due a part may have been left: that is no day of its own.
        over = self.calendar.end_of(day) if self.calendar.is_working(day) else self.at
        return self.calendar.working_day_ends(max(over, self.at), self.now)

    @property
    def seconds(self) -> int:
        """What is left or over, for those who count hours: working time if its target does."""
        own = abs(self.own) if self.is_working else 0
        return own or abs(self.at - self.now) // timedelta(seconds=1)
