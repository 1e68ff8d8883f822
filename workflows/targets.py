"""What is promised, and when that is due: pure functions over a calendar.

Every instant is aware; pauses come in order and do not overlap.
"""

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from workflows.calendars import Calendar, Impossible

#: From, up to but without (UTC).
Pause = tuple[datetime, datetime]

#: The percentages of its time at which a clock warns; at the last it is breached.
MARKS = (50, 75, 90, 100)


class In(StrEnum):
    """What a target is counted in."""

    WORKING_MINUTES = "working_minutes"
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"
    CALENDAR_HOURS = "calendar_hours"
    CALENDAR_DAYS = "calendar_days"
    WEEKS = "weeks"
    MONTHS = "months"


class StartsOn(StrEnum):
    """What a target counts from."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    COMPLETE = "complete"
    REPLIED = "replied"


RECEIPT, NEXT_WORKING_DAY = "receipt", "next_working_day"
FORWARD = "forward"


@dataclass(frozen=True)
class Target:
    """An amount of time that is promised; see `due`.

    `day_zero`: the local date of the start (`receipt`), or that of the first open instant from it
    on. `roll`: `forward` moves what is due on a closed day to the next working day; for calendar
    days, weeks and months. `extension`: the most that all extensions together may add, in `unit`.
    """

    amount: int
    unit: In
    starts_on: StartsOn = StartsOn.RECEIVED
    day_zero: str = RECEIPT
    roll: str = ""
    pausable: bool = True
    extension: int = 0

    def __post_init__(self) -> None:
        # What JSON says becomes what the code compares with.
        object.__setattr__(self, "unit", In(self.unit))
        object.__setattr__(self, "starts_on", StartsOn(self.starts_on))
        if type(self.amount) is not int or self.amount < 1:
            raise ValueError(_("An amount is a whole number above zero."))
        if type(self.extension) is not int or self.extension < 0:
            raise ValueError(_("An extension is a whole number, or zero where there is none."))
        if self.day_zero not in (RECEIPT, NEXT_WORKING_DAY) or self.roll not in ("", FORWARD):
            raise ValueError(_("This is no way to count days."))

    @classmethod
    def from_dict(cls, said: Mapping[str, Any]) -> "Target":
        """The target that JSON describes. Raises ValueError or TypeError with what is wrong."""
        return cls(**said)

    def as_dict(self) -> dict[str, Any]:
        said = asdict(self)
        return said | {"unit": self.unit.value, "starts_on": self.starts_on.value}


def due(
    target: Target,
    calendar: Calendar,
    start: datetime,
    pauses: Sequence[Pause] = (),
    extended: int = 0,
) -> datetime:
    """When a target that started at `start` is due. Raises Impossible.

    Working time ends inside, or at the end of, an interval. Working days: at the end of the last
    interval of working day N, day 0 not counted. Calendar days, weeks and months: when the last
    local date is over. `extended`: what extensions added, in the target's unit, before pauses move
    it. A pause that begins at or after the due it would move moves nothing.
    """
    held = _held(target, start, pauses)
    count = _DUE[target.unit]
    try:
        return count(target, calendar, _utc(start), held, target.amount + extended)
    except OverflowError:
        raise Impossible(_("This is further away than the calendar goes.")) from None


def span(
    target: Target,
    calendar: Calendar,
    start: datetime,
    due: datetime,
    pauses: Sequence[Pause] = (),
) -> int:
    """Seconds of the clock's own time from `start` to `due`, pauses out; never below 0."""
    measure = _measure(target, calendar)
    paused = sum(
        measure(since, min(until, _utc(due))) for since, until in _held(target, start, pauses)
    )
    return max(measure(start, due) - paused, 0)


def left(target: Target, calendar: Calendar, now: datetime, due: datetime) -> int:
    """Seconds of the clock's own time from `now` to `due`; negative when that is past."""
    measure = _measure(target, calendar)
    return measure(now, due) - measure(due, now)


def mark(
    target: Target,
    calendar: Calendar,
    start: datetime,
    due: datetime,
    pauses: Sequence[Pause],
    percent: int,
) -> datetime:
    """When that percentage of the span was used; `due` where that has no time of its own."""
    needed = -(-span(target, calendar, start, due, pauses) * percent // 100)
    if percent >= 100 or needed == 0:
        return due
    return _used(target, calendar, _utc(start), needed, _held(target, start, pauses))


def _held(target: Target, start: datetime, pauses: Sequence[Pause]) -> list[Pause]:
    """The pauses that hold a clock which started at `start`."""
    if not target.pausable:
        return []
    begin = _utc(start)
    return [(max(_utc(since), begin), _utc(until)) for since, until in pauses if until > begin]


def _utc(at: datetime) -> datetime:
    """The same instant. Between two times of one zone Python counts what the wall clock shows."""
    return at.astimezone(UTC)


def _measure(target: Target, calendar: Calendar) -> Callable[[datetime, datetime], int]:
    return _real if target.unit == In.CALENDAR_HOURS else calendar.worked


def _real(a: datetime, b: datetime) -> int:
    return max((_utc(b) - _utc(a)) // timedelta(seconds=1), 0)


def _used(
    target: Target, calendar: Calendar, start: datetime, seconds: int, held: list[Pause]
) -> datetime:
    """When so many seconds of the clock's own time have passed outside of its pauses."""
    if target.unit == In.CALENDAR_HOURS:
        at = start + timedelta(seconds=seconds)
        for since, until in held:
            if since < at:
                at += until - since
        return at
    at = calendar.after(start, seconds)
    for since, until in held:
        if since < at:
            at = calendar.after(at, calendar.worked(since, until))
    return at


def _by_time(
    target: Target, calendar: Calendar, start: datetime, held: list[Pause], amount: int
) -> datetime:
    seconds = amount * (60 if target.unit == In.WORKING_MINUTES else 3600)
    return _used(target, calendar, start, seconds, held)


def _by_working_day(
    target: Target, calendar: Calendar, start: datetime, held: list[Pause], amount: int
) -> datetime:
    day = calendar.working_day_after(_day_zero(target, calendar, start), amount)
    for since, until in held:
        ends = calendar.working_day_ends(since, until)
        if ends and since < calendar.end_of(day):
            day = calendar.working_day_after(day, ends)
    return calendar.end_of(day)


def _by_date(
    target: Target, calendar: Calendar, start: datetime, held: list[Pause], amount: int
) -> datetime:
    day = _dates_on(target.unit, _day_zero(target, calendar, start), amount)
    for since, until in held:
        rolled = _rolled(target, calendar, day)
        if since >= calendar.end_of_local_day(rolled):
            break
        # A pause in the days that it rolled over moves what it was rolled to: else it would be due
        # before the pause is over.
        if since >= calendar.end_of_local_day(day):
            day = rolled
        day += timedelta(days=calendar.midnights(since, until))
    return calendar.end_of_local_day(_rolled(target, calendar, day))


def _day_zero(target: Target, calendar: Calendar, start: datetime) -> date:
    at = calendar.next_open(start) if target.day_zero == NEXT_WORKING_DAY else start
    return calendar.local_day(at)


def _rolled(target: Target, calendar: Calendar, day: date) -> date:
    if target.roll != FORWARD or calendar.is_working(day):
        return day
    return calendar.working_day_after(day, 1)


def _dates_on(unit: In, day: date, amount: int) -> date:
    if unit != In.MONTHS:
        return day + timedelta(days=amount * (7 if unit == In.WEEKS else 1))
    year, month = divmod(day.year * 12 + day.month - 1 + amount, 12)
    if year > date.max.year:
        raise OverflowError
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


_DUE = {
    In.WORKING_MINUTES: _by_time,
    In.WORKING_HOURS: _by_time,
    In.WORKING_DAYS: _by_working_day,
    In.CALENDAR_HOURS: _by_time,
    In.CALENDAR_DAYS: _by_date,
    In.WEEKS: _by_date,
    In.MONTHS: _by_date,
}
