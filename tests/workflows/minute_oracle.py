"""Counts time by walking through it minute by minute, and asks zoneinfo what the wall clock shows.

It shares no code with workflows.calendars and workflows.targets, which it judges. It knows a
window of some weeks; what lies beyond is None.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache, cached_property
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)


@cache
def walls(zone: str, first: date, days: int) -> list[tuple[date, int]]:
    """What the wall clock shows in each minute from a UTC midnight on: date, minute of the day."""
    begin = datetime(first.year, first.month, first.day, tzinfo=UTC)
    keeper = ZoneInfo(zone)
    shown = ((begin + MINUTE * n).astimezone(keeper) for n in range(days * 1440))
    return [(at.date(), at.hour * 60 + at.minute) for at in shown]


@cache
def _ends(zone: str, first: date, days: int) -> list[tuple[date, int]]:
    last = {day: minute for minute, (day, _shown) in enumerate(walls(zone, first, days))}
    return [(day, last[day] + 1) for day in sorted(last)]


@dataclass
class Oracle:
    """`days` go before `seasons` (first, last, week), those before `weekly`: pairs of minutes."""

    zone: str
    first: date
    length: int
    weekly: tuple
    seasons: tuple = ()
    days: dict = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.begin = datetime(self.first.year, self.first.month, self.first.day, tzinfo=UTC)
        self.walls = walls(self.zone, self.first, self.length)

    @cached_property
    def open(self) -> list[bool]:
        """Whether the office is, by the minute."""
        dates = [self.first + timedelta(days=number) for number in range(-1, self.length + 1)]
        table = {day: self._table(day) for day in dates}
        return [table[day][minute] for day, minute in self.walls]

    def _table(self, day: date) -> list[bool]:
        hours = self.weekly[day.weekday()]
        for first, last, weekly in reversed(self.seasons):
            if first <= day <= last:
                hours = weekly[day.weekday()]
        hours = self.days.get(day, hours)
        minutes = {minute for start, end in hours for minute in range(start, end)}
        return [minute in minutes for minute in range(1440)]

    def minute(self, at: datetime) -> int:
        return (at - self.begin) // MINUTE

    def instant(self, minute: int | None) -> datetime | None:
        return None if minute is None or minute >= len(self.walls) else self.begin + MINUTE * minute

    def worked(self, a: datetime, b: datetime) -> int:
        """Open minutes."""
        return sum(self.open[self.minute(a) : self.minute(b)])

    def next_open(self, at: datetime) -> datetime | None:
        for minute in range(self.minute(at), len(self.open)):
            if self.open[minute]:
                return self.instant(minute)
        return None

    def closings(self) -> Iterator[tuple[date, int]]:
        """The working days, and the minute at which the last open one of each is over."""
        last = {day: minute for minute, (day, _shown) in enumerate(self.walls) if self.open[minute]}
        for day in sorted(last):
            yield day, last[day] + 1

    def midnights(self) -> Iterator[tuple[date, int]]:
        """The dates, and the minute at which the last one of each is over."""
        yield from _ends(self.zone, self.first, self.length)

    def counted(self, start: datetime, pauses: list, real: bool) -> Iterator[tuple[int, bool]]:
        """The minutes from start on, and whether each belongs to a clock."""
        held = [(self.minute(since), self.minute(until)) for since, until in pauses]
        for minute in range(self.minute(start), len(self.walls)):
            paused = any(since <= minute < until for since, until in held)
            yield minute, (real or self.open[minute]) and not paused

    def by_time(
        self, start: datetime, seconds: int, pauses: list, real: bool = False
    ) -> datetime | None:
        """When so many seconds were counted."""
        done = 0
        for minute, counts in self.counted(start, pauses, real):
            if counts and done + 60 >= seconds:
                at = self.instant(minute)
                return at and at + timedelta(seconds=seconds - done)
            done += 60 * counts
        return None

    def span(self, start: datetime, due: datetime, pauses: list, real: bool = False) -> int:
        """Seconds that were counted."""
        end = self.minute(due)
        return 60 * sum(
            counts for minute, counts in self.counted(start, pauses, real) if minute < end
        )

    def by_working_day(self, start: datetime, amount: int, pauses: list) -> datetime | None:
        zero = self.walls[self.minute(start)][0]
        ends = [end for day, end in self.closings() if day > zero]
        return self._moved(ends, amount - 1, pauses, [end for _day, end in self.closings()])

    def by_date(self, start: datetime, amount: int, pauses: list) -> datetime | None:
        zero = self.walls[self.minute(start)][0]
        ends = [end for day, end in self.midnights() if day > zero]
        return self._moved(ends, amount - 1, pauses, [end for _day, end in self.midnights()])

    def _moved(
        self, ends: list[int], place: int, pauses: list, passed: list[int]
    ) -> datetime | None:
        for pause in pauses:
            since, until = (self.minute(at) for at in pause)
            if place >= len(ends):
                return None
            if since < ends[place]:
                place += sum(since < end <= until for end in passed)
        return self.instant(ends[place]) if place < len(ends) else None
