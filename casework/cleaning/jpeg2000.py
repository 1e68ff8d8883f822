"""JPEG 2000 inside documents (ISO/IEC 15444-1): what shows pixels stays, byte by byte."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from casework.cleaning import Unfit

_BOXES = (b"jP  ", b"ftyp", b"jp2h", b"jp2c")
_HEADER, _CODESTREAM = b"jp2h", b"jp2c"
_OF_HEADER = (b"ihdr", b"bpcc", b"colr", b"pclr", b"cmap", b"cdef", b"res ")
_SOC, _SOT, _SOD, _EOC = b"\xff\x4f", b"\xff\x90", b"\xff\x93", b"\xff\xd9"
#: Segments that say how pixels are read: those of annex A, and of the second part of the standard.
#: Not the lengths of tile-parts (TLM), which would no longer be true, and no comments.
_SEGMENTS = {
    *(0x50, 0x51, 0x52, 0x53, 0x56, 0x57, 0x58, 0x59, 0x5C, 0x5D, 0x5E, 0x5F, 0x60, 0x61, 0x63),
    *range(0x70, 0x7A),
}


def strip_jpeg2000(raw: bytes) -> bytes:
    """A file or a bare codestream without notes. Raises `Unfit` where no picture is in it."""
    if raw.startswith(_SOC):
        return _codestream(raw)
    kept = dict.fromkeys(_BOXES, b"")
    for name, body in _boxes(raw, _BOXES):
        kept[name] = kept[name] or _box(name, body)
    if not kept[_CODESTREAM]:
        raise Unfit
    return b"".join(kept.values())


def _box(name: bytes, body: bytes) -> bytes:
    if name == _CODESTREAM:
        body = _codestream(body)
    elif name == _HEADER:
        body = b"".join(_box(*inside) for inside in _boxes(body, _OF_HEADER))
    return (len(body) + 8).to_bytes(4, "big") + name + body


def _boxes(raw: bytes, names: Collection[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """The boxes of these names, each with its content."""
    at = 0
    while at < len(raw):
        length, name, head = int.from_bytes(raw[at : at + 4], "big"), raw[at + 4 : at + 8], 8
        if length == 1:
            length, head = int.from_bytes(raw[at + 8 : at + 16], "big"), 16
        length = length or len(raw) - at
        if length < head:
            raise Unfit
        if name in names:
            yield name, raw[at + head : at + length]
        at += length


def _codestream(raw: bytes) -> bytes:
    head, at = _segments(raw, 2, _SOT)
    kept = [_SOC, head]
    while raw[at : at + 2] == _SOT:
        part, at = _tile_part(raw, at)
        kept.append(part)
    return b"".join([*kept, _EOC])


def _segments(raw: bytes, at: int, last: bytes) -> tuple[bytes, int]:
    """The segments from a place on that are kept, and where the last one's marker stands."""
    kept = []
    while (marker := raw[at : at + 2]) != last:
        if marker[:1] != b"\xff" or len(marker) < 2:
            raise Unfit
        end = at + 2 + int.from_bytes(raw[at + 2 : at + 4], "big")
        if marker[1] in _SEGMENTS:
            kept.append(raw[at:end])
        at = end
    return b"".join(kept), at


def _tile_part(raw: bytes, at: int) -> tuple[bytes, int]:
    """A part of the picture, which says how long it is, and where it ends."""
    length = int.from_bytes(raw[at + 6 : at + 10], "big")
    head, data = _segments(raw, at + 12, _SOD)
    end = at + length if length else raw.find(_EOC, data)
    if 0 <= end < data:
        raise Unfit
    end = len(raw) if end < 0 else end
    shorter = data - at - 12 - len(head)
    said = max(length - shorter, 0).to_bytes(4, "big")
    return raw[at : at + 6] + said + raw[at + 10 : at + 12] + head + raw[data:end], end
