"""Mappings: small YAML files that say what the columns of an export mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from casework.models import Channel, Kind, Priority
from casework.stages import Stage
from workflows.historic import CLOSINGS

FOLDER = Path(__file__).parent / "mappings"
#: What a column can become.
NAMES = frozenset({
    "external_reference", "received_at", "closed_at", "due_at", "occurred_on", "text", "subject",
    "answer", "about", "kind", "priority", "channel", "category", "service", "unit", "status",
    "privacy", "name", "address", "lat", "lon", "note",
})  # fmt: skip
#: Without these a row is no case.
NEEDED = ("external_reference", "received_at", "text")
PRIVACY = ("withheld", "never")
#: A real date, alone or with an hour of the same or of another cell.
_CELL_DATES = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H.%M", "%Y-%m-%d")

_HOUR = re.compile("%[HIcTX]")


class NoSuchMapping(Exception):
    """No mapping has this name, or it cannot be understood; the message says which."""


@dataclass(frozen=True)
class Mapping:
    """One export. `columns` leads from our names to theirs: one column, or several joined.

    `zone` is that of dates without an offset. `statuses` lead to a stage, or to a stage and the
    event that ended the case (`stage`, `closing`); `unsure` are statuses worth a warning.
    `optional` columns may be absent. `aliases` lead from other headings to the one used here.
    `categories`, `services` and `units` lead from their words to our codes. `privacy`: from the
    parts of that column, split at `|`, to `withheld` (the name) or `never` (published). Letter
    case does not count on the left side of any of them.
    """

    source: str
    name: str
    zone: ZoneInfo
    dates: list[str]
    columns: dict[str, Any]
    delimiter: str = ","
    optional: list[str] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)
    months: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, Any] = field(default_factory=dict)
    unsure: list[str] = field(default_factory=list)
    categories: dict[str, str] = field(default_factory=dict)
    services: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    priorities: dict[str, str] = field(default_factory=dict)
    channels: dict[str, str] = field(default_factory=dict)
    privacy: dict[str, str] = field(default_factory=dict)

    def columns_of(self, name: str) -> list[str]:
        """Their columns for one of our names; none where the export has no such thing."""
        theirs = self.columns.get(name, [])
        return [theirs] if isinstance(theirs, str) else theirs

    def reads(self) -> list[str]:
        """All columns that the mapping reads, each once."""
        return list(
            dict.fromkeys(column for ours in self.columns for column in self.columns_of(ours))
        )

    def names_of(self, heading: list[str]) -> list[str]:
        """The columns of a heading, by the names used here."""
        cleaned = (" ".join(cell.split()) for cell in heading)
        return [self.aliases.get(cell, cell) for cell in cleaned]

    def missing_in(self, names: list[str]) -> list[str]:
        """Columns that the mapping needs and the file lacks."""
        return [name for name in self.reads() if name not in names and name not in self.optional]

    def moment(self, said: str) -> datetime | None:
        """A date as the export writes it, or as a date cell of a workbook is read; else None."""
        return self._read(said)[0]

    def due(self, said: str) -> datetime | None:
        """The same of a due date: what names no hour is due when its day is over."""
        at, form = self._read(said)
        return at + timedelta(days=1) if at and not _HOUR.search(form) else at

    def _read(self, said: str) -> tuple[datetime | None, str]:
        for theirs, english in self.months.items():
            said = said.replace(f" {theirs} ", f" {english} ")
        for form in (*self.dates, *_CELL_DATES):
            try:
                at = datetime.strptime(said, form).replace(tzinfo=self.zone)
            except ValueError:
                continue
            return (at if 1900 <= at.year < 9999 else None), form
        return None, ""

    def is_unsure(self, status: str) -> bool:
        known = status.casefold()
        return known not in self.statuses or known in self.unsure


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def load(name: str) -> Mapping:
    """The mapping of that name, or in that YAML file. Raises `NoSuchMapping`."""
    path = Path(name)
    if name in names():
        path = FOLDER / f"{name}.yaml"
    elif path.suffix not in (".yaml", ".yml") or not path.is_file():
        raise NoSuchMapping(
            f"There is no mapping {name!r}. There are: {', '.join(names())}; or name a YAML file."
        )
    try:
        return _understood(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, TypeError, ValueError, KeyError, OSError) as error:
        raise NoSuchMapping(f"The mapping {name!r} cannot be understood: {_brief(error)}") from None


def _understood(said: Any) -> Mapping:
    if not isinstance(said, dict):
        raise ValueError("it is not a table of names.")
    if flat := [key for key in said if key in _TABLES and not isinstance(said[key], dict)]:
        raise ValueError(f"{', '.join(flat)}: a table that leads from one word to another.")
    plain = {key: _without_case(value) if key in _WORDS else value for key, value in said.items()}
    mapping = Mapping(**plain | {"zone": ZoneInfo(said["zone"])})
    _check_file(mapping)
    _check_words(mapping)
    return mapping


def _check_file(mapping: Mapping) -> None:
    if not re.fullmatch("[a-z0-9_-]{1,30}", mapping.source):
        raise ValueError("source: up to 30 small letters, digits, - and _.")
    if len(mapping.delimiter) != 1:
        raise ValueError("delimiter: one character.")
    _only(mapping.columns, NAMES)
    if lacking := [name for name in NEEDED if not mapping.columns_of(name)]:
        raise ValueError(f"columns: {', '.join(lacking)} must be named.")
    if not all(isinstance(column, str) for column in mapping.reads()):
        raise ValueError("columns: each is a heading, or a list of headings.")


def _check_words(mapping: Mapping) -> None:
    meant = [way if isinstance(way, dict) else {"stage": way} for way in mapping.statuses.values()]
    _only([way["stage"] for way in meant], set(Stage) - {Stage.MERGED})
    _only([way["closing"] for way in meant if "closing" in way], CLOSINGS)
    _only(mapping.kinds.values(), Kind)
    _only(mapping.priorities.values(), Priority)
    _only(mapping.channels.values(), Channel)
    _only(mapping.privacy.values(), PRIVACY)


_WORDS = frozenset({
    "statuses", "unsure", "categories", "services", "units", "kinds", "priorities", "channels",
    "privacy",
})  # fmt: skip


_TABLES = _WORDS - {"unsure"} | {"columns", "months", "aliases"}


def _without_case(said: Any) -> Any:
    if isinstance(said, dict):
        return {str(key).casefold(): value for key, value in said.items()}
    return [str(value).casefold() for value in said]


def _only(said: Any, known: Any) -> None:
    if unknown := sorted(set(said) - set(known)):
        raise ValueError(f"{', '.join(unknown)}: not among {', '.join(sorted(known))}.")


def _brief(error: Exception) -> str:
    return " ".join(str(error).split())
