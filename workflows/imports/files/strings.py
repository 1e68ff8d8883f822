"""The shared strings of a workbook, on disk: they can be larger than memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from functools import lru_cache
from typing import BinaryIO

_POSITION = 8


class Strings:
    """Texts by number. Its two files have no name and end with it."""

    def __init__(self) -> None:
        self._texts: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `close`
        self._ends: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115
        self._count = 0
        self._read = lru_cache(maxsize=1024)(self._fetch)

    def fill(self, texts: Iterable[str]) -> None:
        """Keep these, numbered from 0. Once."""
        end = 0
        for text in texts:
            end += self._texts.write(text.encode("utf-8", "surrogatepass"))
            self._ends.write(end.to_bytes(_POSITION, "big"))
            self._count += 1

    def __getitem__(self, number: int) -> str:
        if not 0 <= number < self._count:
            raise IndexError(number)
        return self._read(number)

    def close(self) -> None:
        self._texts.close()
        self._ends.close()

    def _fetch(self, number: int) -> str:
        start = self._end(number - 1) if number else 0
        self._texts.seek(start)
        return self._texts.read(self._end(number) - start).decode("utf-8", "surrogatepass")

    def _end(self, number: int) -> int:
        self._ends.seek(number * _POSITION)
        return int.from_bytes(self._ends.read(_POSITION), "big")
