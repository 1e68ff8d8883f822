"""One run of an import: streams a file, enters good rows in batches, keeps bad ones apart."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from accounts.models import Unit
from workflows import historic
from workflows.imports.mappings import Mapping
from workflows.imports.rows import Reader, Rejected, Row, known_references

csv.field_size_limit(10 * 1024**2)


class Unreadable(Exception):
    """The file as a whole cannot be read; the message says why."""


@dataclass
class Counts:
    imported: int = 0
    skipped: int = 0
    rejected: int = 0

    def __str__(self) -> str:
        return f"{self.imported} imported, {self.skipped} skipped, {self.rejected} rejected"


@dataclass
class Run:
    """An import of one file into one unit. `progress` hears the share done, 0 to 1.

    What was committed stays when a run is cut short; the next one skips it.
    """

    path: Path
    mapping: Mapping
    unit: Unit
    rejects: Path
    progress: Callable[[float], None] = lambda share: None
    counts: Counts = field(default_factory=Counts)
    reader: Reader = field(init=False)
    _out: Any = field(init=False)

    def __post_init__(self) -> None:
        self.reader = Reader(self.mapping, self.unit)

    def run(self) -> Counts:
        """Raises `Unreadable`."""
        batch: dict[str, historic.HistoricCase] = {}
        with ExitStack() as stack:
            for number, row in self._rows(stack):
                self._take(number, row, batch, stack)
                if len(batch) == historic.BATCH:
                    self._enter(batch)
            self._enter(batch)
        self.progress(1)
        return self.counts

    def _rows(self, stack: ExitStack) -> Iterator[tuple[int, Row]]:
        """Rows with their numbers as a spreadsheet counts them: the heading is row 1."""
        text = stack.enter_context(self.path.open(encoding="utf-8-sig", newline=""))
        rows = csv.DictReader(self._telling(text), delimiter=self.mapping.delimiter)
        try:
            if missing := self.mapping.missing_in(list(rows.fieldnames or [])):
                raise Unreadable(f"The file lacks these columns: {', '.join(missing)}.")
            yield from enumerate(rows, 2)
        except UnicodeDecodeError:
            raise Unreadable("The file is not UTF-8. Save it as CSV (UTF-8).") from None
        except csv.Error as error:
            raise Unreadable(f"The file is not CSV: {error}.") from None

    def _telling(self, text: TextIO) -> Iterator[str]:
        done, size = 0, self.path.stat().st_size or 1
        for count, line in enumerate(text):
            done += len(line)
            if count % 500 == 0:
                self.progress(min(done / size, 1))
            yield line

    def _take(
        self, number: int, row: Row, batch: dict[str, historic.HistoricCase], stack: ExitStack
    ) -> None:
        try:
            case = self.reader.read(row)
        except Rejected as reason:
            self._reject(number, str(reason), row, stack)
            return
        if case.external_reference in batch:
            self.counts.skipped += 1
            return
        batch[case.external_reference] = case

    def _enter(self, batch: dict[str, historic.HistoricCase]) -> None:
        known = known_references(self.mapping.source, list(batch.values()))
        fresh = [case for case in batch.values() if case.external_reference not in known]
        self.counts.imported += historic.enter(fresh)
        self.counts.skipped += len(known)
        batch.clear()

    def _reject(self, number: int, reason: str, row: Row, stack: ExitStack) -> None:
        if not self.counts.rejected:
            self.rejects.parent.mkdir(parents=True, exist_ok=True)
            out = stack.enter_context(self.rejects.open("w", encoding="utf-8", newline=""))
            self._out = csv.writer(out)
            self._out.writerow(["row", "reason", *(key for key in row if key)])
        self.counts.rejected += 1
        self._out.writerow([number, reason, *(row[key] for key in row if key)])
