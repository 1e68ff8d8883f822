"""Public holidays and joint leave: brought in from the `holidays` package, confirmed by people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import holidays
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from workflows.calendars import Calendar, Impossible
from workflows.models import PublicDay
from workflows.office_hours import packs
from workflows.rewriting import edit, one_at_a_time, own_of

#: Years of which public days can be loaded.
EARLIEST, LATEST = 1950, 2150
Kind = PublicDay.Kind
#: The package's default leaves out joint leave (cuti bersama).
CATEGORIES = (Kind.HOLIDAY, Kind.LEAVE)
#: The furthest ahead that due dates are usually promised: working days.
AHEAD = 60


class Unknown(ValueError):
    """There is no such country, or nothing is known of such a year: a sentence."""


@dataclass(frozen=True)
class Loaded:
    added: int
    were_there: int
    dropped: int


def load_days(country: str, first: int, last: int, now: datetime | None = None) -> Loaded:
    """Bring in the public days of a country from year to year, both included.

    They count once they are confirmed; those of the years that a country pack has reviewed are,
    and then count at once. What was expected, and is known to be on another day now, goes where
    nobody has said anything of it. To run it again changes nothing. Raises Unknown.
    """
    found = _found(country, first, last)
    with _followed_by_the_calendar(None, _("Public days that were reviewed."), now) as at:
        rows = PublicDay.objects.filter(country=country, day__year__range=(first, last))
        known = {(row.day, row.name): row for row in rows}
        stale = [row.pk for key, row in known.items() if key not in found and _is_open(row)]
        PublicDay.objects.filter(pk__in=stale).delete()
        fresh = [
            PublicDay(country=country, day=day, name=name, kind=kind)
            for (day, name), kind in found.items()
            if (day, name) not in known
        ]
        PublicDay.objects.bulk_create(fresh)
        _reviewed(country).update(confirmed_at=at)
    return Loaded(len(fresh), len(found) - len(fresh), len(stale))


def confirm_days(days: Iterable[PublicDay], by: User | None, now: datetime | None = None) -> None:
    """Have public days count: one new version of the installation's calendar, closed on them.

    A day that has hours of its own there keeps them.
    """
    with _followed_by_the_calendar(by, _("Public days were confirmed."), now) as at:
        rows = PublicDay.objects.filter(pk__in=[day.pk for day in days], confirmed_at=None)
        rows.update(confirmed_at=at, confirmed_by=by, dismissed=False)


def dismiss_days(days: Iterable[PublicDay], by: User | None, now: datetime | None = None) -> None:
    """Have public days not count, confirmed or not: a new version where they did."""
    with _followed_by_the_calendar(by, _("Public days were dismissed."), now):
        rows = PublicDay.objects.filter(pk__in=[day.pk for day in days])
        rows.update(dismissed=True, confirmed_at=None, confirmed_by=None)


def missing_days_warning(calendar: Calendar, today: date) -> str | None:
    """A sentence where due dates soon reach a year whose public days nobody has loaded.

    Soon: today and 60 working days. Where no joint leave was ever loaded (a country may have none),
    holidays are looked for.
    """
    try:
        reached = calendar.working_day_after(today, AHEAD)
    except Impossible:
        return None
    leave = PublicDay.objects.filter(kind=Kind.LEAVE)
    rows = leave if leave.exists() else PublicDay.objects.all()
    known = rows.filter(day__year__gte=today.year).order_by()
    years = set(known.values_list("day__year", flat=True))
    for year in range(today.year, reached.year + 1):
        if year not in years:
            said = _(
                "Due dates reach %(year)s, and nobody has loaded its holidays and joint leave."
            )
            return said % {"year": year}
    return None


def _found(country: str, first: int, last: int) -> dict[tuple[date, str], str]:
    """The kind, by day and one name each."""
    if country not in holidays.list_supported_countries(include_aliases=False):
        raise Unknown(f"There is no country {country!r}: it takes two letters, as in ID.")
    if first > last:
        raise Unknown(f"The years are the wrong way round: {first} is after {last}.")
    if not (first >= EARLIEST and last <= LATEST):
        raise Unknown(f"Years are given from {EARLIEST} to {LATEST}.")
    pack = packs().get(country)
    part = pack.subdivision or None if pack else None
    plain = holidays.country_holidays(country, part)
    found: dict[tuple[date, str], str] = {}
    for kind in CATEGORIES:
        if kind in plain.supported_categories:
            days: Any = holidays.country_holidays(
                country,
                part,
                years=range(first, last + 1),
                categories=(kind,),
                language=pack.language if pack else plain.default_language,
            )
            found |= {(day, name): kind for day in sorted(days) for name in days.get_list(day)}
    if not found:
        raise Unknown(f"Nothing is known of the public days of {country} in {first}-{last}.")
    return found


def _is_open(row: PublicDay) -> bool:
    """Whether nobody has said anything of it."""
    return row.confirmed_at is None and not row.dismissed


def _reviewed(country: str) -> QuerySet[PublicDay]:
    """What nobody has said anything of, though the country pack has."""
    pack = packs().get(country)
    rows = PublicDay.objects.filter(country=country, confirmed_at=None, dismissed=False)
    return rows.filter(day__year__in=list(pack.reviewed) if pack else [])


@contextmanager
def _followed_by_the_calendar(
    by: User | None, note: str, now: datetime | None
) -> Iterator[datetime]:
    """Bring the installation's calendar up to date with what is confirmed, if that changes.

    What people said of a day themselves stays. Yields the moment of the change.
    """
    at = now or timezone.now()
    with transaction.atomic():
        one_at_a_time()
        before = closed_days()
        yield at
        after = closed_days()
        if before != after:
            own = own_of(None)
            said = {d: s for d, s in own.get("days", {}).items() if before.get(d) != s}
            edit(None, own | {"days": after | said}, by, note, at)


def closed_days() -> dict[str, dict[str, Any]]:
    """The days that are confirmed, as a calendar has them."""
    names: dict[str, list[str]] = defaultdict(list)
    rows = PublicDay.objects.filter(confirmed_at__isnull=False).order_by("day", "name")
    for day, name in rows.values_list("day", "name"):
        names[day.isoformat()].append(name)
    return {day: {"name": "; ".join(found), "hours": []} for day, found in names.items()}
