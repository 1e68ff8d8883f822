"""Mappings: small YAML files that say what the columns of an export mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

FOLDER = Path(__file__).parent / "mappings"


class NoSuchMapping(Exception):
    """No mapping has this name; the message lists those there are."""


@dataclass(frozen=True)
class Mapping:
    """One export. `columns` leads from our names to theirs: one column, or several joined.

    `zone` is that of dates without an offset. `statuses` lead to a stage, or to a stage and the
    event that ended the case (`stage`, `closing`); `unsure` are statuses worth a warning.
    """

    source: str
    name: str
    zone: ZoneInfo
    dates: list[str]
    columns: dict[str, Any]
    delimiter: str = ","
    months: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, Any] = field(default_factory=dict)
    unsure: list[str] = field(default_factory=list)
    categories: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    channels: dict[str, str] = field(default_factory=dict)
    #: By the parts of the privacy column, split at `|`: `withheld`, `none` or `never`.
    privacy: dict[str, str] = field(default_factory=dict)

    def columns_of(self, name: str) -> list[str]:
        """Their columns for one of our names; none where the export has no such thing."""
        theirs = self.columns.get(name, [])
        return [theirs] if isinstance(theirs, str) else theirs

    def missing_in(self, header: list[str]) -> list[str]:
        """Columns that the mapping reads and the file lacks."""
        wanted = [theirs for ours in self.columns for theirs in self.columns_of(ours)]
        return [column for column in wanted if column not in header]


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def load(name: str) -> Mapping:
    """The mapping of that name. Raises `NoSuchMapping`."""
    if name not in names():
        raise NoSuchMapping(f"There is no mapping {name!r}. There are: {', '.join(names())}.")
    said = yaml.safe_load((FOLDER / f"{name}.yaml").read_text())
    return Mapping(**said | {"zone": ZoneInfo(said["zone"])})
