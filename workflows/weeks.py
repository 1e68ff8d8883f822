"""The hours of a day, a week and a season, as data; and what can be wrong with them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

Interval = tuple[int, int]  # minutes from local midnight, start < end <= 1440
Day = tuple[Interval, ...]  # () is closed; sorted, not overlapping
Week = tuple[Day, ...]  # seven, Monday first


@dataclass(frozen=True)
class Season:
    """Other hours from a first to a last local date, both included, as in Ramadan."""

    name: str
    first: date
    last: date
    weekly: Week

    @classmethod
    def from_content(cls, said: Mapping[str, Any]) -> "Season":
        first, last = date.fromisoformat(said["first"]), date.fromisoformat(said["last"])
        return cls(said["name"], first, last, week_from(said["weekly"]))

    def content(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "weekly": listed(self.weekly),
        }


def day_from(said: Sequence[Sequence[int]]) -> Day:
    """The intervals of a day as JSON lists them: pairs of minutes. Raises ValueError, TypeError."""
    return tuple((int(start), int(end)) for start, end in said)


def week_from(said: Sequence[Sequence[Sequence[int]]]) -> Week:
    return tuple(day_from(day) for day in said)


def listed(week: Week) -> list[list[list[int]]]:
    return [[list(interval) for interval in day] for day in week]


def refusals(
    zone: str,
    weekly: Week,
    seasons: Sequence[Season],
    days: Mapping[date, tuple[str, Day]],
) -> list[str]:
    """What is wrong with a calendar, in sentences; nothing where it can be used."""
    found = [] if _is_zone(zone) else [_("There is no time zone “%(zone)s”.") % {"zone": zone}]
    found += _of_week(weekly, "")
    for season in seasons:
        found += [*_of_week(season.weekly, season.name), *_of_season(season)]
    for one, other in combinations(seasons, 2):
        found += _of_two(one, other)
    for day, (_name, hours) in sorted(days.items()):
        found += _of_day(hours, date_format(day, "DATE_FORMAT"))
    if not any(weekly):
        found.append(_("No day of the week is open."))
    return found


def _is_zone(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, KeyError):
        return False
    return True


def _of_season(season: Season) -> Iterator[str]:
    name = {"season": season.name}
    if season.last < season.first:
        yield _("The season “%(season)s” ends before it begins.") % name
    elif not any(season.weekly) and (season.last - season.first).days >= 365:
        yield _("The season “%(season)s” is closed for over a year.") % name


def _of_two(one: Season, other: Season) -> Iterator[str]:
    if one.name == other.name:
        yield _("Two seasons are called “%(season)s”.") % {"season": one.name}
    elif one.first <= other.last and other.first <= one.last:
        names = {"one": one.name, "other": other.name}
        yield _("The seasons “%(one)s” and “%(other)s” overlap.") % names


def _of_week(week: Week, season: str) -> Iterator[str]:
    if len(week) != len(WEEKDAYS):
        yield _("A week has seven days.")
        return
    for number, hours in enumerate(week):
        name = str(WEEKDAYS[number])
        yield from _of_day(hours, f"{season}, {name}" if season else name)


def _of_day(hours: Day, where: str) -> Iterator[str]:
    if any(not 0 <= start < end <= 1440 for start, end in hours):
        yield _("%(where)s: opening hours end after they begin, on the same day.") % {
            "where": where
        }
    elif any(later[0] < earlier[1] for earlier, later in pairwise(hours)):
        yield _("%(where)s: the opening hours overlap or are out of order.") % {"where": where}
