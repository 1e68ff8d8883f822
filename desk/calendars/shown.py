"""A calendar as its page shows it: the week, seasons and days in words, and what would be due."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.dates import WEEKDAYS

from accounts.models import Unit
from desk.calendars.hours import shown as in_words
from workflows import opening
from workflows.calendars import Calendar, Impossible, Season, Week
from workflows.models import CalendarVersion
from workflows.policies.words import amount
from workflows.public_days import missing_days_warning
from workflows.targets import In, Target, due

#: Working days of which the preview says the dates.
TRIED = (3, 5, 14)


@dataclass(frozen=True)
class SpecialDay:
    """A day with hours of its own. `own`: whether this calendar says so itself."""

    day: date
    name: str
    hours: str
    own: bool


@dataclass(frozen=True)
class Due:
    """When so much would be due if it began now: as it is, and as it would be."""

    amount: str
    old: datetime | None
    new: datetime | None

    @property
    def moves(self) -> bool:
        return self.old != self.new


def current(unit: Unit | None) -> Calendar:
    """The calendar of a unit, or of the installation, as it is."""
    if unit is not None:
        found = opening.opening_of(unit)
        return opening.calendar(found.version, found.zone)
    newest = CalendarVersion.objects.filter(unit=None).order_by("-number").first()
    return Calendar.from_content(newest.content) if newest else opening.STANDARD


def missing() -> str | None:
    """A sentence where due dates soon reach a year whose public days nobody has loaded."""
    return missing_days_warning(current(Unit.objects.receiving()), timezone.localdate())


def week(weekly: Week) -> list[tuple[Any, str]]:
    """Each weekday with its hours in words."""
    return [(WEEKDAYS[number], in_words(hours)) for number, hours in enumerate(weekly)]


def days_of(calendar: Calendar, own: Mapping[str, Any], year: int) -> list[SpecialDay]:
    """The special days of a year, in their order."""
    mine = own.get("days", {})
    return [
        SpecialDay(day, name, in_words(hours), day.isoformat() in mine)
        for day, (name, hours) in sorted(calendar.days.items())
        if day.year == year
    ]


def seasons_of(calendar: Calendar, year: int) -> list[tuple[Season, list[tuple[Any, str]]]]:
    """The seasons that reach into a year, each with its week in words."""
    seasons = (one for one in calendar.seasons if one.first.year <= year <= one.last.year)
    return [(season, week(season.weekly)) for season in seasons]


def years_of(calendar: Calendar) -> list[int]:
    """The years of which something is special, and this one."""
    years = {day.year for day in calendar.days} | {one.last.year for one in calendar.seasons}
    return sorted(years | {timezone.localdate().year})


def compared(old: Calendar, new: Calendar) -> list[Due]:
    """When 3, 5 and 14 working days from now would be over, in both calendars."""
    return list(_compared(old, new))


def _compared(old: Calendar, new: Calendar) -> Iterator[Due]:
    now = timezone.now()
    for number in TRIED:
        target = Target(number, In.WORKING_DAYS)
        yield Due(amount(number, target.unit), _due(target, old, now), _due(target, new, now))


def _due(target: Target, calendar: Calendar, now: datetime) -> datetime | None:
    try:
        return due(target, calendar, now)
    except Impossible:
        return None
