"""One run of an import: streams a file, enters good rows in batches, keeps bad ones apart."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from accounts.models import Unit
from workflows import historic
from workflows.imports.files.table import Table, find_table
from workflows.imports.mappings import Mapping
from workflows.imports.rejects import Rejects
from workflows.imports.rows import Reader, Rejected, known_references


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

    def __post_init__(self) -> None:
        self.reader = Reader(self.mapping, self.unit)

    def run(self) -> Counts:
        """Raises `Unreadable`, before anything is changed: the file is read to its end first."""
        with ExitStack() as stack:
            table = find_table(self.path, self.mapping, stack)
            total = sum(1 for _ in table.rows())
            self._take_all(table, total, Rejects(self.rejects, table.heading, stack))
        self.progress(1)
        return self.counts

    def _take_all(self, table: Table, total: int, rejects: Rejects) -> None:
        batch: dict[str, historic.HistoricCase] = {}
        for done, (number, cells) in enumerate(table.rows()):
            if done % historic.BATCH == 0:
                self.progress(done / total)
            self._take(table, number, cells, batch, rejects)
            if len(batch) == historic.BATCH:
                self._enter(batch)
        self._enter(batch)

    def _take(
        self,
        table: Table,
        number: int,
        cells: list[str],
        batch: dict[str, historic.HistoricCase],
        rejects: Rejects,
    ) -> None:
        try:
            if table.overflows(cells):
                raise Rejected("more cells than columns")
            if table.falls_short(cells, self.mapping.reads()):
                raise Rejected("fewer cells than columns")
            case = self.reader.read(table.named(cells))
        except Rejected as reason:
            self.counts.rejected += 1
            rejects.add(number, str(reason), cells)
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
