"""The cells of a worksheet as the text that a CSV export would have."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Protocol
from xml.etree.ElementTree import Element

from openpyxl.utils import column_index_from_string
from openpyxl.utils.datetime import from_excel, from_ISO8601
from openpyxl.utils.escape import unescape
from openpyxl.xml.constants import SHEET_MAIN_NS

_VALUE, _FORMULA, _INLINE, _RUN, _TEXT = (
    f"{{{SHEET_MAIN_NS}}}{tag}" for tag in ("v", "f", "is", "r", "t")
)


class Texts(Protocol):
    def __getitem__(self, number: int) -> str: ...


@dataclass(frozen=True)
class Cells:
    """Reads the rows of one workbook: its shared strings, the day it counts from, and the
    numbers of the styles that show a date or an hour."""

    strings: Texts
    epoch: datetime
    dates: Collection[int]

    def line(self, row: Element) -> list[str]:
        """The texts of a row from column A on; empty where there is no cell."""
        column, texts = 0, {}
        for cell in row:
            place = cell.get("r")
            column = _column(place.rstrip("0123456789")) if place else column + 1
            texts[column] = self.text(cell)
        return [texts.get(number, "") for number in range(1, max(texts, default=0) + 1)]

    def text(self, cell: Element) -> str:
        """Numbers without a needless fraction, dates as in ISO 8601, a formula's last value."""
        kind, value = cell.get("t", "n"), cell.findtext(_VALUE)
        if kind == "inlineStr":
            inline = cell.find(_INLINE)
            return "" if inline is None else text_of(inline)
        if not value:
            formula = cell.findtext(_FORMULA)
            return f"={formula}" if formula else ""
        if kind == "s":
            return self.strings[int(value)]
        if kind == "b":
            return "TRUE" if int(value) else "FALSE"
        if kind == "d":
            return _moment(from_ISO8601(value))
        return self._number(value, int(cell.get("s", 0))) if kind == "n" else unescape(value)

    def _number(self, value: str, style: int) -> str:
        if style in self.dates:
            return self._date(float(value))
        if value.lstrip("-").isdigit():
            return value
        number = float(value)
        return str(int(number)) if number.is_integer() else f"{number:.15g}"

    def _date(self, serial: float) -> str:
        try:
            return _moment(from_excel(serial, self.epoch))
        except (OverflowError, ValueError):
            return f"{serial:.15g}"  # no date, whatever its style says


def text_of(string: Element) -> str:
    """The text of a string, plain or of runs; not how it is pronounced."""
    return unescape("".join(_pieces(string)))


def _pieces(string: Element) -> Iterator[str]:
    for child in string:
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag == _RUN:
            yield child.findtext(_TEXT) or ""


_column = lru_cache(maxsize=20_000)(column_index_from_string)


def _moment(value: Any) -> str:
    """To the second; a day where the hour is midnight, as Excel keeps days."""
    if isinstance(value, datetime):
        value = (value + timedelta(milliseconds=500)).replace(microsecond=0)
        return str(value if value.time() != time() else value.date())
    if isinstance(value, time):
        return value.isoformat("seconds")
    return value.isoformat() if isinstance(value, date) else str(value)
