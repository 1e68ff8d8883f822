"""When a complaint came, was due, and was closed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from demo.dates import Dates
from demo.year.terms import Lateness, Year
from workflows.calendars import Calendar
from workflows.targets import In, Target, due

#: Hours of the day at which people complain, by weight.
_HOURS = {7: 3, 8: 8, 9: 12, 10: 12, 11: 9, 12: 6, 13: 8, 14: 8, 15: 7, 16: 5, 19: 7, 20: 8, 21: 4}
#: Until the plan shows, the share that is late falls over so long.
_SETTLING = timedelta(weeks=5)
#: Of what would still be open now, one of so many is; the others were closed quickly.
_LEFT_OPEN = 3
#: What chance owes is paid back by so much at a time: offices are steadier than dice.
_MAKING_UP = 0.2
_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Course:
    """`closed_at` is none where it is still open; moments are in UTC or the office's zone."""

    received_at: datetime
    due_at: datetime
    closed_at: datetime | None
    is_late: bool


class Courses:
    """Draws when things happen, as late as each unit is."""

    def __init__(self, year: Year, dates: Dates, calendar: Calendar, now: datetime) -> None:
        self.year, self.dates, self.calendar, self.now = year, dates, calendar, now
        self.target = Target(year.answered_in, In.WORKING_DAYS)
        self.owed: defaultdict[str, float] = defaultdict(float)

    def draw(self, source: Random, day: date, unit: str) -> Course:
        """For a complaint to that unit (its code) on that day."""
        received = self._received(source, day)
        due_at = due(self.target, self.calendar, received)
        is_late = self._is_late(source, unit, due_at.date())
        closed = self._closed(source, received, due_at, is_late)
        if closed < self.now - _HOUR:
            return Course(received, due_at, closed, is_late)
        if source.randrange(_LEFT_OPEN) and self.now - received > timedelta(days=2):
            closed = received + (self.now - received) * source.uniform(0.3, 0.9)
            return Course(received, due_at, closed, is_late=closed > due_at)
        return Course(received, due_at, None, is_late=self.now > due_at)

    def _is_late(self, source: Random, unit: str, day: date) -> bool:
        """By chance, which makes up by and by for what it gave too much or too little."""
        share = self._share_late(self.year.lateness[unit], day)
        self.owed[unit] += share
        is_late = source.random() < share + _MAKING_UP * (self.owed[unit] - share)
        self.owed[unit] -= is_late
        return is_late

    def _received(self, source: Random, day: date) -> datetime:
        (hour,) = source.choices(list(_HOURS), list(_HOURS.values()))
        at = time(hour, source.randrange(60), source.randrange(60))
        return datetime.combine(day, at, ZoneInfo(self.calendar.zone))

    def _closed(
        self, source: Random, received: datetime, due_at: datetime, is_late: bool
    ) -> datetime:
        if is_late:
            waited = timedelta(days=1 + min(source.expovariate(1 / 6), 30))
            return self.calendar.next_open(due_at + waited) + source.random() * _HOUR
        share = 0.12 + 0.86 * source.betavariate(2.2, 1.8)
        closed = self.calendar.next_open(received + (due_at - received) * share)
        return min(closed + source.random() * _HOUR, due_at - _HOUR / 4)

    def _share_late(self, unit: Lateness, day: date) -> float:
        """By the day on which it was due."""
        if unit.noticed is None or unit.after is None:
            return unit.usual
        if self.dates.baseline_began <= day <= self.dates.noticed:
            return unit.noticed
        if day < self.dates.start:
            return unit.usual
        settled = min((day - self.dates.start) / _SETTLING, 1.0)
        return unit.usual + (unit.after - unit.usual) * settled
