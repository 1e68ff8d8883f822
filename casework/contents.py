"""What a file is, judged by its bytes alone, and what of it is kept."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Condition

import puremagic
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.cleaning import Film, Locked, TooLong, TooManyPixels

#: What is taken, with the suffix of each; both kinds are cleaned.
IMAGES = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}
DOCUMENTS = {"application/pdf": ".pdf"}
SOUNDS = {
    "audio/webm": ".webm",
    "audio/ogg": ".ogg",
    "audio/mp4": ".m4a",
    "audio/mpeg": ".mp3",
    "audio/wav": ".wav",
}
_PICTURES_TOO = (b"heic", b"heix", b"mif1", b"avif")  # brands of ISO files that hold photos

#: Text that some program would take for a page.
_MARKUP = re.compile(r"<\s*(html|script|svg|\?xml|!doctype)", re.IGNORECASE)
#: What is in no text that is taken as one whatever it begins with ("From", "BM", as files do):
#: commands, and the beginnings of texts that programs write, and sign.
_NOT_PLAIN = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]|\A(%PDF-|%!PS|\{\\rtf)")
_NO_TEXT = re.compile("\x00")
_PROJECT = Path(__file__).resolve().parent.parent
_SECONDS = 60
_WHY: dict[int, Promise] = {
    TooManyPixels.code: gettext_lazy("This picture has too many pixels."),
    TooLong.code: gettext_lazy("This sound is longer than three minutes."),
    Film.code: gettext_lazy("Films cannot be sent. Send the sound alone."),
    Locked.code: gettext_lazy("This PDF asks for a password. Send one that opens without."),
}


class Refused(Exception):
    """A file that is not taken; the message is a sentence for whoever sent it."""


class Places:
    """So many files are cleaned at once by one process; the others wait, for `_SECONDS` at most.

    A sender has one place at a time: however many files come from there, others get a turn.
    """

    def __init__(self, count: int) -> None:
        self._free = count
        self._taken: set[str] = set()
        self._changed = Condition()

    @contextmanager
    def one(self, sender: str) -> Iterator[None]:
        """A place, as soon as there is one. Raises `Refused`. Nobody in particular is ""."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._is_free_for(sender), _SECONDS):
                raise Refused(_("Many files come in just now. Send it again in a minute."))
            self._free -= 1
            self._taken |= {sender} - {""}
        try:
            yield
        finally:
            with self._changed:
                self._free += 1
                self._taken.discard(sender)
                self._changed.notify_all()

    def _is_free_for(self, sender: str) -> bool:
        return self._free > 0 and sender not in self._taken


_PLACES = Places(2)


@dataclass(frozen=True)
class Content:
    """What is kept of a file."""

    content: bytes
    content_type: str
    suffix: str


def cleaned(raw: bytes, sender: str = "") -> Content:
    """What of `raw` may be kept, of a file from a sender. Raises `Refused`."""
    if _is_plain_text(raw, _NOT_PLAIN):
        return Content(raw, "text/plain", ".txt")
    if kind := _kind_of_sound(raw):
        return Content(_clean(raw, kind, sender), kind, SOUNDS[kind])
    kind = _kind(raw)
    if kind in IMAGES:
        return Content(_clean(raw, kind, sender), kind, IMAGES[kind])
    if kind in DOCUMENTS and raw.startswith(b"%PDF-"):
        return Content(_clean(raw, kind, sender), kind, DOCUMENTS[kind])
    if not kind and _is_plain_text(raw):
        return Content(raw, "text/plain", ".txt")
    raise Refused(_("Send a photo (JPEG, PNG, WebP), a PDF, a sound or a plain text."))


def _kind(raw: bytes) -> str:
    try:
        return puremagic.from_string(raw, mime=True)
    except (puremagic.PureError, ValueError):
        return ""


def _kind_of_sound(raw: bytes) -> str:
    """The type of what may be a sound, by its first bytes; else the empty string."""
    if raw.startswith(b"\x1a\x45\xdf\xa3"):
        return "audio/webm"
    if raw.startswith(b"OggS"):
        return "audio/ogg"
    if raw[4:8] == b"ftyp" and raw[8:12] not in _PICTURES_TOO:
        return "audio/mp4"
    if raw.startswith(b"RIFF") and raw[8:12] == b"WAVE":
        return "audio/wav"
    return "audio/mpeg" if raw.startswith(b"ID3") or _is_mp3_frame(raw) else ""


def _is_mp3_frame(raw: bytes) -> bool:
    """Whether it begins with eleven set bits and the number of the third layer (ISO 11172-3)."""
    return len(raw) > 1 and raw[0] == 0xFF and raw[1] & 0xE6 == 0xE2


def _is_plain_text(raw: bytes, never: re.Pattern[str] = _NO_TEXT) -> bool:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not never.search(text) and not _MARKUP.search(text)


def _clean(raw: bytes, kind: str, sender: str) -> bytes:
    """Have the file cleaned by a process of its own, whose time and memory are bounded."""
    try:
        with _PLACES.one(sender):
            done = subprocess.run(
                [sys.executable, "-m", "casework.cleaning", kind],
                input=raw,
                capture_output=True,
                cwd=_PROJECT,
                timeout=_SECONDS,
                check=False,
            )
    except subprocess.TimeoutExpired as error:
        raise Refused(_unreadable(kind)) from error
    if done.returncode:
        raise Refused(str(_WHY.get(done.returncode) or _unreadable(kind)))
    return done.stdout


def _unreadable(kind: str) -> str:
    if kind in IMAGES:
        return _("This picture cannot be read.")
    if kind in SOUNDS:
        return _("This sound cannot be read. Record it again, or write.")
    return _("This PDF cannot be read. Print it into a new PDF and send that.")
