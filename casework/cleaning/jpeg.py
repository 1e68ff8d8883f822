"""JPEG inside documents: its pixels stay as they are, byte by byte, the rest goes."""

from __future__ import annotations

from casework.cleaning import Unfit

_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_RESTARTS = range(0xD0, 0xD8)
_APP0, _ADOBE = 0xE0, 0xEE
_SHOWN = (0x01, *range(0xC0, 0xE0))  # tables, frames, scans; what is beyond carries notes
_BARE = (0x01, *_RESTARTS)  # markers without a body


def strip_jpeg(raw: bytes) -> bytes:
    """A JPEG (ITU-T T.81) without its notes: place, device, thumbnail, comment, what follows it.

    Of the application segments only those stay that say how colours are read. Raises `Unfit`.
    """
    if raw[:2] != b"\xff\xd8":
        raise Unfit
    kept = [raw[:2]]
    at = 2
    while at < len(raw):
        at, marker, end = _segment(raw, at)
        if marker in _SHOWN:
            kept.append(raw[at:end])
        elif marker == _APP0 and raw[at + 4 : at + 9] == b"JFIF\x00":
            # Its sixteen bytes without the thumbnail that may follow them.
            kept.append(b"\xff\xe0\x00\x10" + raw[at + 4 : at + 16] + b"\x00\x00")
        elif marker == _ADOBE and raw[at + 4 : at + 9] == b"Adobe":
            kept.append(b"\xff\xee\x00\x0e" + raw[at + 4 : at + 16])
        if marker == _EOI:
            break
        at = end
    return b"".join(kept)


def _segment(raw: bytes, at: int) -> tuple[int, int, int]:
    """Where the next segment begins, its marker, and where it ends; a scan with its data."""
    while raw[at : at + 2] == b"\xff\xff":
        at += 1
    if at + 2 > len(raw) or raw[at] != 0xFF:
        raise Unfit
    marker = raw[at + 1]
    if marker in (_EOI, *_BARE):
        return at, marker, at + 2
    end = at + 2 + int.from_bytes(raw[at + 2 : at + 4], "big")
    return at, marker, _end_of_scan(raw, end) if marker == _SOS else end


def _end_of_scan(raw: bytes, at: int) -> int:
    """The first marker after compressed data; a picture that was cut off ends with the file."""
    while (at := raw.find(b"\xff", at)) >= 0 and at + 1 < len(raw):
        follower = raw[at + 1]
        if follower == 0xFF:
            at += 1
        elif follower == 0 or follower in _RESTARTS:
            at += 2
        else:
            return at
    return len(raw)
