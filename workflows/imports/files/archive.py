"""The ZIP archive around a workbook, opened with care: it comes from elsewhere."""

from __future__ import annotations

from typing import IO, Any
from zipfile import ZipFile

from workflows.imports.files.unreadable import BOMB, HUGE_PART, Unreadable

#: As Apache POI's ZipSecureFile has it: no honest sheet shrinks to less than a hundredth.
MAX_RATIO = 100
_HARMLESS = 1024**2
#: Bytes of a part that is read whole (types, styles), and of one row or string of the others.
MAX_WHOLE = 16 * 1024**2


class CarefulArchive(ZipFile):
    """Refuses bombs on opening, and to read a large part whole. Raises `Unreadable`."""

    def __init__(self, file: Any) -> None:
        super().__init__(file)
        for part in self.infolist():
            if part.file_size > max(_HARMLESS, MAX_RATIO * part.compress_size):
                self.close()
                raise Unreadable(BOMB.format(MAX_RATIO))

    def read(self, name: Any, pwd: bytes | None = None) -> bytes:
        if self.getinfo(name).file_size > MAX_WHOLE:
            raise _huge()
        return super().read(name, pwd)


class Measured:
    """A stream that is read in pieces, each of which `done` ends, and none of which is huge."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._size = stream, 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._size += len(data)
        if self._size > MAX_WHOLE:
            raise _huge()
        return data

    def done(self) -> None:
        self._size = 0


def _huge() -> Unreadable:
    return Unreadable(HUGE_PART.format(MAX_WHOLE // 1024**2))
