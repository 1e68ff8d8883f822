"""A long text in few letters: it travels with each step of the filing, down and up again."""

from __future__ import annotations

import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode

from django.conf import settings


def pack(text: str) -> str:
    """The text as one short line, fit for a hidden field; empty where it is."""
    return urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode() if text else ""


def unpack(packed: str) -> str:
    """What was packed; empty where it is none of ours.

    No more comes out than could have come unpacked: a form of our own never holds more, and a few
    letters made to swell fill no memory.
    """
    reader = zlib.decompressobj()
    try:
        text = reader.decompress(urlsafe_b64decode(packed), settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        return text.decode() if reader.eof else ""
    except (ValueError, zlib.error):
        return ""
