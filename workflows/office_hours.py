"""What the country packs say of opening hours: data, each with its source."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from workflows.calendars import Calendar, Day, Season, Week

#: The country whose hours hold in a zone of which there is no pack.
USUAL = "ID"
FOLDER = Path(__file__).parent / "presets" / "calendars"


@dataclass(frozen=True)
class OfficeHours:
    """Of one country. `subdivision`: the part of it whose public days are meant, if they differ.

    `reviewed`: the years whose public days somebody has looked at, and where. `expected`: seasons
    that were calculated, and do not count until a person enters them.
    """

    country: str
    language: str
    subdivision: str
    calendar: Calendar
    expected: tuple[Season, ...]
    reviewed: dict[int, str]


@cache
def packs() -> dict[str, OfficeHours]:
    """By country."""
    found = (_pack(yaml.safe_load(path.read_text("utf-8"))) for path in FOLDER.glob("*.yaml"))
    return {pack.country: pack for pack in found}


def standard(zone: str) -> OfficeHours:
    """What holds where nobody said anything: that of the zone's own country, else the usual one."""
    own = (pack for pack in packs().values() if pack.calendar.zone == zone)
    return next(own, packs()[USUAL])


def _pack(said: dict[str, Any]) -> OfficeHours:
    seasons = [(_season(season), season.get("expected", False)) for season in said["seasons"]]
    certain = tuple(season for season, expected in seasons if not expected)
    return OfficeHours(
        country=said["country"],
        language=said["language"],
        subdivision=said.get("subdivision", ""),
        calendar=Calendar(said["zone"], _week(said["weekly"]), certain),
        expected=tuple(season for season, expected in seasons if expected),
        reviewed=said["reviewed"],
    )


def _season(said: dict[str, Any]) -> Season:
    return Season(said["name"], said["first"], said["last"], _week(said["weekly"]))


def _week(said: list[list[str]]) -> Week:
    return tuple(_day(day) for day in said)


def _day(said: list[str]) -> Day:
    edges = (interval.split("-") for interval in said)
    return tuple((_minutes(start), _minutes(end)) for start, end in edges)


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)
