"""Calendars of a tree of units, as of now in the database."""

from datetime import UTC, date, datetime

from accounts.models import Unit
from tests.workflows.offices import NINE_TO_FIVE
from workflows import weeks
from workflows.calendars import Calendar
from workflows.opening import calendar, opening_of

NOW = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
CHRISTMAS_EVE = {"days": {"2026-12-24": {"name": "Christmas Eve", "hours": [[540, 720]]}}}
FIVE_YEARS = {"days": {"2026-12-24": {"name": "Five years", "hours": []}}}
WEEK = {"weekly": weeks.listed(NINE_TO_FIVE)}


def calendar_of(unit: Unit) -> Calendar:
    """As of now, in the database."""
    key = opening_of(Unit.objects.get(pk=unit.pk))
    return calendar(key.version, key.zone)


def name_of(unit: Unit, day: date = date(2026, 12, 24)) -> str:
    return calendar_of(unit).days.get(day, ("", ()))[0]
