"""CSV, one record at a time."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workflows.forms.base import is_readable
from workflows.imports.files.unreadable import NOT_UTF_8, Unreadable

#: Characters of one field. Beyond it a quotation mark was never closed.
csv.field_size_limit(1024**2)


@dataclass(frozen=True)
class Delimited:
    """A CSV file in UTF-8, with or without a byte order mark."""

    path: Path
    delimiter: str

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each record with its number, as a spreadsheet counts them.

        Bytes that are not UTF-8 become lone surrogates: the row is rejected, not the file. Raises
        `Unreadable` where quotation marks leave open where a record ends, and at the end of a
        file in which nothing speaks for UTF-8 and something against it.
        """
        with self.path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as text:
            records = csv.reader(text, delimiter=self.delimiter, strict=True)
            try:
                yield from enumerate(_in_utf_8(records), 1)
            except csv.Error as error:
                where = f"line {records.line_num}: {error}"
                raise Unreadable(
                    f"The quotation marks of the CSV file are wrong ({where})."
                ) from None


def _in_utf_8(records: Iterator[list[str]]) -> Iterator[list[str]]:
    proven = foreign = False
    for cells in records:
        yield cells
        if (line := "".join(cells)).isascii():
            continue
        if is_readable(line.replace("\x00", "")):
            proven = True
        else:
            foreign = True
    if foreign and not proven:
        raise Unreadable(NOT_UTF_8)
