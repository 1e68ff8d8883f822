"""JBIG2 inside documents (ITU-T T.88): its segments, as they are, without those of remarks."""

from __future__ import annotations

from casework.cleaning import Unfit

#: Types of segments that show something: symbols, patterns, regions, pages, tables.
_SHOWN = {0, 4, 6, 7, 16, 20, 22, 23, 36, 38, 39, 40, 42, 43, 48, 49, 50, 51, 53}
_TYPE, _WIDE_PAGE = 0x3F, 0x40
_MANY = 7  # as a count of segments: the count follows in four bytes, with a bit for each
_ENDLESS = 0xFFFFFFFF


def strip_jbig2(raw: bytes) -> bytes:
    """The segments of a stream that show something. Raises `Unfit` where they cannot be told apart.

    A PDF has them without the head of a file.
    """
    kept, at = [], 0
    while at + 11 <= len(raw):
        data = _end_of_head(raw, at)
        length = int.from_bytes(raw[data - 4 : data], "big")
        if raw[at] == 0x97 or data > len(raw) or length == _ENDLESS:
            raise Unfit
        if raw[at + 4] & _TYPE in _SHOWN:
            kept.append(raw[at : data + length])
        at = data + length
    return b"".join(kept)


def _end_of_head(raw: bytes, at: int) -> int:
    """Where the data of a segment begin: its head has the numbers of others, of 1, 2 or 4 bytes."""
    number, count = int.from_bytes(raw[at : at + 4], "big"), raw[at + 5] >> 5
    others = at + 6
    if count == _MANY:
        count = int.from_bytes(raw[at + 5 : at + 9], "big") & 0x1FFFFFFF
        others = at + 9 + (count + 8) // 8
    width = 1 if number <= 256 else 2 if number <= 65536 else 4
    page = 4 if raw[at + 4] & _WIDE_PAGE else 1
    return others + count * width + page + 4
