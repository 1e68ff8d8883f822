"""XLSX, one row at a time, in constant memory.

openpyxl knows the format: its parts, its styles, what is a date. Its own read-only mode keeps all
strings and an empty element for each row in memory, so these two are read here.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import Element, iterparse

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from workflows.imports.files.archive import CarefulArchive, Measured
from workflows.imports.files.cells import Cells, text_of
from workflows.imports.files.strings import Strings
from workflows.imports.files.unreadable import BROKEN, NEITHER, Unreadable

_ROW, _STRING = f"{{{SHEET_MAIN_NS}}}row", f"{{{SHEET_MAIN_NS}}}si"


@dataclass(frozen=True)
class Sheet:
    """One worksheet of an open workbook."""

    archive: CarefulArchive
    part: str
    cells: Cells

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with its number; raises `Unreadable`."""
        number = 0
        with _broken_otherwise(), self.archive.open(self.part) as stream:
            for row in _elements(stream, _ROW):
                number = int(row.get("r", number + 1))
                yield number, self.cells.line(row)


def sheets(path: Path, stack: ExitStack) -> list[Sheet]:
    """The sheets of a workbook, in order; they can be read as long as the stack is open.

    Raises `Unreadable` for a file that is broken, no workbook, or a bomb.
    """
    file = stack.enter_context(path.open("rb"))
    with _broken_otherwise():
        archive = stack.enter_context(CarefulArchive(file))
        reader = _reader(file, archive)
        strings = Strings()
        stack.callback(strings.close)
        strings.fill(_shared(reader))
        book: Any = reader.wb
        cells = Cells(strings, book.epoch, book._date_formats)
        return [Sheet(archive, rel.target, cells) for _, rel in reader.parser.find_sheets()]


def _reader(file: IO[bytes], archive: CarefulArchive) -> ExcelReader:
    """The parts of a workbook that say where its sheets are and what its styles mean."""
    if "[Content_Types].xml" not in archive.namelist():
        raise Unreadable(NEITHER)
    reader = ExcelReader(file, read_only=True, data_only=True, keep_links=False)
    reader.archive = archive
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl would not keep on saving
        reader.read_manifest()
        try:
            reader.read_workbook()
        except OSError:
            raise Unreadable(NEITHER) from None
        apply_stylesheet(archive, reader.wb)
    return reader


def _shared(reader: ExcelReader) -> Iterator[str]:
    part = reader.package.find(SHARED_STRINGS)
    if part is not None:
        with reader.archive.open(part.PartName[1:]) as stream:
            yield from map(text_of, _elements(stream, _STRING))


def _elements(stream: IO[bytes], tag: str) -> Iterator[Element]:
    """The elements of that name as each ends, and nothing behind them. What was read is let go."""
    source, above = Measured(stream), []
    parent = None
    # Expat 2.4 and newer stop entity bombs themselves.
    for event, element in iterparse(source, ("start", "end")):  # noqa: S314
        if event == "start":
            above.append(element)
            continue
        above.pop()
        if element is parent:
            return
        if element.tag == tag:
            yield element
            source.done()
            parent = above[-1]
            parent.clear()


@contextmanager
def _broken_otherwise() -> Iterator[None]:
    """Whatever a foreign file makes the parsers raise, it is the file that is broken."""
    try:
        yield
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(BROKEN) from error
