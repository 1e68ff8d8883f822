"""Calendars that tests count on."""

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from workflows.calendars import Calendar, Day, Week

CLOSED: Day = ()


def hours(*said: str) -> Day:
    """Intervals as people write them: "08:00-12:00"."""
    return tuple((_minutes(start), _minutes(end)) for start, end in (s.split("-") for s in said))


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def week(day: Day, friday: Day | None = None) -> Week:
    """Monday to Friday."""
    return (day, day, day, day, day if friday is None else friday, CLOSED, CLOSED)


#: Perpres 21/2023.
STANDARD = week(hours("07:30-12:00", "13:00-16:00"), hours("07:30-11:30", "13:00-16:30"))
RAMADAN = week(hours("08:00-12:00", "12:30-15:00"), hours("08:00-11:30", "12:30-15:30"))
NINE_TO_FIVE = week(hours("09:00-17:00"))
ROUND_THE_CLOCK = (hours("00:00-24:00"),) * 7


@cache
def indonesia() -> Calendar:
    """The office hours of Perpres 21/2023, with the public holidays and joint leave of 2024-27."""
    days = holidays.country_holidays(
        "ID", years=range(2024, 2028), categories=("public", "government"), language="id"
    )
    return Calendar(
        "Asia/Jakarta", STANDARD, days={day: (name, CLOSED) for day, name in days.items()}
    )


def at(clock: str, zone: str = "Asia/Jakarta", fold: int = 0) -> datetime:
    """The instant (UTC) at which the zone's wall clock shows "2026-03-02 09:00"."""
    return datetime.fromisoformat(clock).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)
