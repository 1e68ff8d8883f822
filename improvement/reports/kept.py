"""How facts are kept: levels and days as plain data, and names in each language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import translation

from improvement.indicators import Level

#: Both languages of the product: names of categories and causes are kept in each.
LANGUAGES = ("id", "en")


def level_as_data(level: Level) -> dict[str, Any]:
    return {
        "number": level.number,
        "among": level.among,
        "first": level.first.isoformat(),
        "last": level.last.isoformat(),
    }


def level_of(said: dict[str, Any]) -> Level:
    """A level as it was kept."""
    first, last = date.fromisoformat(said["first"]), date.fromisoformat(said["last"])
    return Level(said["number"], said["among"], first, last)


def in_each_language(words: Callable[[], Any]) -> dict[str, str]:
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = str(words())
    return found


def day_as_data(day: date | None) -> str:
    return day.isoformat() if day else ""
