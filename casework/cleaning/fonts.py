"""Fonts of a PDF. Their outlines stay as they are, with what their makers wrote into them."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from casework.cleaning import Unfit
from casework.cleaning.walk import (
    Keep,
    Walk,
    either,
    listed,
    part,
    plain,
    several,
    stream,
    written,
)

_MARKS = (b"http://ns.adobe.com/xap/", b"<x:xmpmeta", b"<?xpacket")
#: Collections of characters that readers know; another would be somebody's own.
_COLLECTIONS = {"Japan1", "Japan2", "Korea1", "KR", "GB1", "CNS1", "Manga1", "UCS", "Identity"}
#: What a table from codes to letters is made of, each begun and ended.
_TABLES = (
    "codespacerange",
    "bfchar",
    "bfrange",
    "cidchar",
    "cidrange",
    "notdefchar",
    "notdefrange",
)
_ROWS = {*(f"begin{name}" for name in _TABLES), *(f"end{name}" for name in _TABLES), "usecmap"}
_HEAD = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n/CMapName /Codes def\n"
_TAIL = b"\nendcmap CMapName currentdict /CMap defineresource pop end end"


def _outlines(walk: Walk, value: Any) -> Any:
    kept = _OUTLINES(walk, value)
    if kept is not None and walk.first(kept, _MARKS):
        program = walk.read(kept)
        if any(mark in program for mark in _MARKS):
            raise Unfit
    return kept


def _collection(walk: Walk, value: Any) -> Any:
    known = isinstance(value, Dictionary) and str(value.get("/Ordering", "")) in _COLLECTIONS
    ordering = str(value.Ordering) if known else "Identity"
    number = plain(walk, value.get("/Supplement", 0)) if known else 0
    return Dictionary(Registry=String("Adobe"), Ordering=String(ordering), Supplement=number or 0)


def _table(walk: Walk, value: Any, table: bytes) -> bytes:
    """A table from codes to letters, without its title and remarks."""
    rows = (_row(one) for one in pikepdf.parse_content_stream(value))
    return _HEAD + b"\n".join(row for row in rows if row) + _TAIL


def _row(one: Any) -> bytes:
    operator, operands = str(one.operator), list(one.operands)
    if operator in _ROWS or (operator == "def" and operands[:1] == [Name.WMode]):
        return b" ".join([*map(_code, operands), operator.encode()])
    return b""


def _code(value: Any) -> bytes:
    """Codes in hexadecimal digits: some readers know no other way here."""
    if isinstance(value, Array):
        return b"[" + b" ".join(map(_code, value)) + b"]"
    if isinstance(value, String):
        return f"<{bytes(value).hex()}>".encode()
    return str(value).encode()


_OUTLINES = stream(listed("/Length1", "/Length2", "/Length3", "/Subtype"))


def _codes(walk: Walk, value: Any) -> Any:
    return either(_CODES, plain)(walk, value)


_TABLE: dict[str, Keep] = {
    **listed("/Type", "/WMode"),
    "/CMapName": lambda walk, value: Name("/Codes"),
    "/CIDSystemInfo": _collection,
    "/UseCMap": _codes,
}
_CODES = written(_TABLE, _table)
_ENCODING = either(_CODES, part(listed("/Type", "/BaseEncoding", "/Differences")), plain)
_DESCRIPTOR = part(
    {
        **listed("/Type", "/FontName", "/FontStretch", "/FontWeight", "/Flags", "/FontBBox"),
        **listed("/ItalicAngle", "/Ascent", "/Descent", "/Leading", "/CapHeight", "/XHeight"),
        **listed("/StemV", "/StemH", "/AvgWidth", "/MaxWidth", "/MissingWidth"),
        **dict.fromkeys(("/FontFile", "/FontFile2", "/FontFile3"), _outlines),
    }
)
#: Of every font.
FONT: dict[str, Keep] = {
    **listed("/Type", "/Subtype", "/BaseFont", "/FirstChar", "/LastChar", "/Widths"),
    "/FontDescriptor": _DESCRIPTOR,
    "/Encoding": _ENCODING,
    "/ToUnicode": _codes,
}
_OF_CODES = part(
    {
        **listed("/Type", "/Subtype", "/BaseFont", "/DW", "/W", "/DW2", "/W2"),
        "/CIDSystemInfo": _collection,
        "/FontDescriptor": _DESCRIPTOR,
        "/CIDToGIDMap": either(stream({}), plain),
    }
)
SIMPLE = part(FONT)
COMPOSITE = part({**FONT, "/DescendantFonts": several(_OF_CODES)})
