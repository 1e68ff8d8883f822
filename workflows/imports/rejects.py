"""The file of rejected rows: number, reason, and the row as it came."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workflows.imports.files import quoting


@dataclass
class Rejects:
    """Written from the first rejected row on; open as long as the stack.

    For its owner alone, as it holds what citizens wrote. Put right, it can be imported as it is.
    """

    path: Path
    heading: list[str]
    stack: ExitStack
    _out: Any = field(default=None, init=False)
    _of_ours: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.path.unlink(missing_ok=True)
        if self.heading[:2] == quoting.HEADING:
            self._of_ours = 2

    def add(self, number: int, reason: str, cells: Iterable[str]) -> None:
        if self._out is None:
            self._begin()
        self._write([str(number), reason, *list(cells)[self._of_ours :]])

    def _begin(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.touch(mode=0o600)
        file = self.path.open("w", encoding="utf-8", errors="backslashreplace", newline="")
        self._out = csv.writer(self.stack.enter_context(file))
        self._write([*quoting.HEADING, *self.heading[self._of_ours :]])

    def _write(self, cells: list[str]) -> None:
        self._out.writerow([quoting.quoted(cell).replace("\x00", "\\x00") for cell in cells])
