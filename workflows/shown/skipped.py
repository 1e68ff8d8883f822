"""The days between a start and a due date that are not as others: closed ones, and other hours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby, zip_longest
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.templatetags.moments import TO, in_hours
from workflows.calendars import Calendar, Day
from workflows.models import Clock
from workflows.shown.due import WORKING
from workflows.shown.terms import terms_of
from workflows.targets import In

#: More stretches of closed days than these are said as one.
_MOST = 6


class Days(NamedTuple):
    """A first and a last local date, both included."""

    first: date
    last: date


def out_of_the_ordinary(clock: Clock, now: datetime) -> list[tuple[str, str]]:
    """When and what: the days up to the due date that its target does not count, or not wholly.

    The entries of the clock are read already.
    """
    terms, entries = terms_of(clock), clock.ledger
    until = next((entry.due_at for entry in reversed(entries) if entry.due_at), None)
    if until is None or terms.unit not in WORKING:
        return []
    until = min(until, clock.ended_at or until)
    calendar, today = terms.calendar, timezone.localdate(now)
    days = Days(calendar.local_day(entries[0].at), calendar.local_day(until))
    hours = [] if terms.unit == In.WORKING_DAYS else seasons(calendar, days, today)
    return skipped(calendar, days, today) + hours


def skipped(calendar: Calendar, days: Days, today: date) -> list[tuple[str, str]]:
    """When and what: the closed days of the week together, then the others by their names."""
    every = [days.first + timedelta(days=n) for n in range((days.last - days.first).days + 1)]
    usual = [day for day in every if not calendar.hours(day) and _is_usual(calendar, day)]
    named = [day for day in every if day in calendar.days and day not in usual]
    lines = [_weekly(usual, today, alone=not named)] if usual else []
    for said, same in _runs(named, lambda day: calendar.days[day]):
        lines.append((ranges([same], today), _by_name(calendar, same.first, *said)))
    return lines


def seasons(calendar: Calendar, days: Days, today: date) -> list[tuple[str, str]]:
    """When and what: the seasons with other hours that touch those days."""
    return [
        (
            ranges([Days(season.first, season.last)], today),
            _("Other opening hours: %(name)s.") % {"name": season.name},
        )
        for season in calendar.seasons
        if season.first <= days.last and days.first <= season.last
    ]


def ranges(stretches: Sequence[Days], today: date) -> str:
    """Such as 14 to 15 and 21 to 22 Nov: a month once, with its year where that is not this."""
    pairs = zip_longest(stretches, stretches[1:])
    return ", ".join(_range(one, then, today) for one, then in pairs)


def _range(days: Days, then: Days | None, today: date) -> str:
    month = "j M" if days.last.year == today.year else "j M Y"
    goes_on = then and _month(days.last) == _month(then.first) == _month(then.last)
    last = date_format(days.last, "j" if goes_on else month)
    if days.first == days.last:
        return last
    if _month(days.first) == _month(days.last):
        return f"{days.first.day}{TO}{last}"
    return f"{date_format(days.first, 'j M')} {TO} {last}"


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _weekly(days: list[date], today: date, *, alone: bool) -> tuple[str, str]:
    """The days of the week that are closed. `alone`: no other day is out of the ordinary."""
    stretches = [same for _key, same in _runs(days, lambda _day: None)]
    names = [str(WEEKDAYS[number]) for number in sorted({day.weekday() for day in days})]
    what = _("Not counted: %(days)s.") % {"days": listed(names)}
    if alone:
        what = f"{what} {_('No holiday lies between.')}"
    if len(stretches) <= _MOST:
        return ranges(stretches, today), what
    count = ngettext("%(n)d closed day", "%(n)d closed days", len(days)) % {"n": len(days)}
    return ranges([Days(days[0], days[-1])], today), f"{what} {count}."


def listed(words: Sequence[str]) -> str:
    """ "Friday, Saturday and Sunday"."""
    if len(words) < 2:
        return "".join(words)
    said = {"some": ", ".join(words[:-1]), "last": words[-1]}
    return _("%(some)s and %(last)s") % said


def _runs(days: Iterable[date], key: Callable[[date], Any]) -> Iterable[tuple[Any, Days]]:
    """Days in a row that are alike."""
    numbered = enumerate(days)
    groups = groupby(numbered, lambda pair: (pair[1].toordinal() - pair[0], key(pair[1])))
    for (_place, said), pairs in groups:
        found = [day for _number, day in pairs]
        yield said, Days(found[0], found[-1])


def _by_name(calendar: Calendar, day: date, name: str, hours: Day) -> str:
    if not hours:
        return _("Closed, not counted: %(name)s.") % {"name": name}
    said = {"name": name, "hours": listed([f"{_at(start)}{TO}{_at(end)}" for start, end in hours])}
    if _is_usual(calendar, day):
        return _("Open besides, %(hours)s: %(name)s.") % said
    return _("Open only %(hours)s: %(name)s.") % said


def _at(minutes: int) -> str:
    hour, minute = divmod(minutes, 60)
    return in_hours(time(hour, minute)) if hour < 24 else "24" + in_hours(time(0))[2:]


def _is_usual(calendar: Calendar, day: date) -> bool:
    """Whether that day of the week is closed anyhow; else it is closed by its own name."""
    return not calendar.weekly[day.weekday()] or day not in calendar.days
