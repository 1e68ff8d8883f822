"""The table in a file: where its heading is, and the rows below it."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from workflows.imports.files import quoting
from workflows.imports.files.delimited import Delimited
from workflows.imports.files.unreadable import EMPTY, NEITHER, OLD_OR_LOCKED, Unreadable
from workflows.imports.files.workbook import sheets
from workflows.imports.mappings import Mapping

#: Exports of LAPOR! tell of themselves in about ten rows before the heading.
HEADING_WITHIN = 30
_HEAD = 64 * 1024
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

Row = dict[str, str]


class Source(Protocol):
    """Something with numbered rows that can be read again and again."""

    def rows(self) -> Iterator[tuple[int, list[str]]]: ...


@dataclass(frozen=True)
class Table:
    """A heading and what stands below it. `heading` is theirs, `names` as the mapping has them."""

    source: Source
    number: int
    heading: list[str]
    names: list[str]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """The rows below the heading that say something, with their numbers."""
        for number, cells in self.source.rows():
            if number > self.number and any(map(str.strip, cells)):
                yield number, self._as_rejected_once(cells)

    def named(self, cells: list[str]) -> Row:
        return dict(zip(self.names, cells, strict=False))

    def overflows(self, cells: list[str]) -> bool:
        """Whether cells stand right of the heading: a comma too many moved all of them."""
        return any(map(str.strip, cells[len(self.names) :]))

    def falls_short(self, cells: list[str], columns: Collection[str]) -> bool:
        """Whether a line of text ends before the last of these columns: it was cut off.

        A workbook leaves empty cells out, and may.
        """
        last = max(place for place, name in enumerate(self.names) if name in columns)
        return isinstance(self.source, Delimited) and len(cells) <= last

    def _as_rejected_once(self, cells: list[str]) -> list[str]:
        ours = self.heading[:2] == quoting.HEADING
        return [quoting.unquoted(cell) for cell in cells] if ours else cells


class Lacking(Unreadable):
    """No row of a source has all columns; `missing` are those that the best one lacks."""

    def __init__(self, missing: list[str]) -> None:
        self.missing = missing
        super().__init__(f"The file lacks these columns: {', '.join(missing)}.")


def find_table(path: Path, mapping: Mapping, stack: ExitStack) -> Table:
    """The first table in the file that has the mapping's columns. Raises `Unreadable`."""
    reasons: list[Unreadable] = []
    for source in _sources(path, mapping, stack):
        try:
            table = _table_in(source, mapping)
            break
        except Unreadable as reason:
            reasons.append(reason)
    else:
        lacking = [reason for reason in reasons if isinstance(reason, Lacking)]
        raise min(lacking, key=lambda reason: len(reason.missing)) if lacking else reasons[0]
    if twice := [name for name in mapping.reads() if table.names.count(name) > 1]:
        raise Unreadable(f"The file has these columns twice: {', '.join(twice)}.")
    return table


def _table_in(source: Source, mapping: Mapping) -> Table:
    missing = []
    for number, cells in itertools.islice(source.rows(), HEADING_WITHIN):
        names = mapping.names_of(cells)
        lacking = mapping.missing_in(names)
        if not lacking:
            return Table(source, number, cells, names)
        missing.append(lacking)
    raise Lacking(min(missing, key=len)) if missing else Unreadable(EMPTY)


def _sources(path: Path, mapping: Mapping, stack: ExitStack) -> list[Source]:
    """By what the file holds, not by its name."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise Unreadable(EMPTY)
    if head.startswith(_ZIP):
        found: list[Source] = list(sheets(path, stack))
        if not found:
            raise Unreadable(EMPTY)
        return found
    if head.startswith(_OLE):
        raise Unreadable(OLD_OR_LOCKED)
    if not _is_text(head.splitlines()[0]):
        raise Unreadable(NEITHER)
    # Excel writes semicolons where the comma is the decimal sign, as in Indonesia.
    return [Delimited(path, mark) for mark in dict.fromkeys((mapping.delimiter, ";", "\t"))]


def _is_text(line: bytes) -> bool:
    try:
        return "\x00" not in line.decode("utf-8")
    except UnicodeDecodeError:
        return False
