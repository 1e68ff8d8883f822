"""Cutting the parts of a PDF to what is listed, part by part, from a page on.

A `Keep` gets a value and gives what is kept of it, None for nothing. Parts are cut where they lie:
one that is met again, or that contains itself, is cut once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, StreamDecodeLevel

from casework.cleaning import Unfit
from casework.cleaning.jbig2 import strip_jbig2

MAX_DECODED = 128 * 1024**2  # bytes of drawing and fonts: more is no paper, but a trap
MAX_DEPTH = 100
#: How a stream is packed. What is outside of the file, or locked, is nothing that a page shows.
FILTERS = {
    *("/FlateDecode", "/LZWDecode", "/RunLengthDecode", "/ASCIIHexDecode", "/ASCII85Decode"),
    *("/CCITTFaxDecode", "/JBIG2Decode", "/DCTDecode", "/JPXDecode"),
    *("/Fl", "/LZW", "/RL", "/AHx", "/A85", "/CCF", "/DCT"),
}


#: Names of resources that readers know, and those that are too short to tell of anybody.
_KNOWN_NAMES = re.compile(
    r"/((Device|Default)(Gray|RGB|CMYK)|CMYK|Pattern|Indexed|\w{1,3}\d{0,6})", re.ASCII
)


class Walk:
    """One way through a document: what was met and named, how deep it is, how much was unpacked."""

    def __init__(self, document: Pdf) -> None:
        self.document = document
        self._met: set[tuple[Any, ...]] = set()
        self._instead: dict[tuple[Any, ...], Any] = {}
        self._named: dict[str, str] = {}
        self._depth = self._decoded = 0

    def first(self, part: Object, what: object) -> bool:
        """Whether a part is met as such for the first time."""
        key = (*part.objgen, id(what))
        new = not part.is_indirect or key not in self._met
        self._met.add(key)
        return new

    def instead(self, value: Object, make: Callable[[], Any]) -> Any:
        """What stands for a value: made once, and shared as the value was."""
        if not value.is_indirect:
            return make()
        if value.objgen not in self._instead:
            self._instead[value.objgen] = None  # what contains itself is nothing
            made = make()
            shared = self.document.make_indirect(made) if isinstance(made, Array) else made
            self._instead[value.objgen] = shared
        return self._instead[value.objgen]

    def named(self, name: Object) -> Object:
        """The name of a resource, or ours for what somebody called so: the same everywhere."""
        said = _letters(name)
        return name if _KNOWN_NAMES.fullmatch(said) else Name(self.renamed(said))

    def renamed(self, key: str) -> str:
        """The same of a key of a dictionary."""
        if _KNOWN_NAMES.fullmatch(key):
            return key
        return self._named.setdefault(key, f"/Named{len(self._named) + 1}")

    @contextmanager
    def deeper(self) -> Iterator[None]:
        if self._depth > MAX_DEPTH:
            raise Unfit
        self._depth += 1
        yield
        self._depth -= 1

    def read(self, stream: Object) -> bytes:
        """A stream unpacked. Raises `Unfit` where all together are too much."""
        content = stream.read_bytes(StreamDecodeLevel.specialized)
        self._decoded += len(content)
        if self._decoded > MAX_DECODED:
            raise Unfit
        return content


def _letters(name: Object) -> str:
    """A name as the keys of a dictionary have it: somebody's may be no UTF-8."""
    written = re.sub(rb"#(..)", lambda found: bytes.fromhex(found[1].decode()), name.unparse())
    return written.decode("utf-8", "surrogateescape")


Keep = Callable[[Walk, Any], Any]


def plain(walk: Walk, value: Any) -> Any:
    """Numbers, names and truths, also in arrays: nothing in which somebody would write."""
    if isinstance(value, Array):
        with walk.deeper():
            return value if all(plain(walk, one) is not None for one in value) else None
    return value if not isinstance(value, Object) or isinstance(value, Name) else None


def part(keys: Mapping[str, Keep]) -> Keep:
    """A dictionary or stream of which these keys are kept."""

    def keep(walk: Walk, value: Any) -> Any:
        if not isinstance(value, Dictionary | Stream):
            return None
        if walk.first(value, keys):
            with walk.deeper():
                _cut(walk, value, keys.get)
        return value

    return keep


def stream(keys: Mapping[str, Keep]) -> Keep:
    """A stream of whose dictionary these keys are kept, and how it is packed."""
    keep = part({**keys, **PACKED})

    def keep_stream(walk: Walk, value: Any) -> Any:
        if not isinstance(value, Stream):
            return None
        if set(filters_of(value)) - FILTERS:
            raise Unfit
        return keep(walk, value)

    return keep_stream


def written(keys: Mapping[str, Keep], write: Callable[[Walk, Any, bytes], bytes]) -> Keep:
    """A stream that is written anew from what it says."""
    keep = stream(keys)

    def keep_written(walk: Walk, value: Any) -> Any:
        kept = keep(walk, value)
        if kept is not None and walk.first(kept, write):
            kept.write(write(walk, kept, walk.read(kept)))
        return kept

    return keep_written


def each(keep: Keep) -> Keep:
    """A dictionary of any names, all of whose values are of one kind."""

    def keep_each(walk: Walk, value: Any) -> Any:
        if not isinstance(value, Dictionary):
            return None
        if walk.first(value, keep):
            with walk.deeper():
                _cut(walk, value, lambda name: keep)
        return value

    return keep_each


def resources(keep: Keep) -> Keep:
    """The same, of names that the drawings use: each gets one that tells nothing."""
    keep_each = each(keep)

    def keep_resources(walk: Walk, value: Any) -> Any:
        kept = keep_each(walk, value)
        if kept is not None and walk.first(kept, resources):
            for name in list(kept.keys()):
                if (new := walk.renamed(name)) != name:
                    kept[new] = kept[name]
                    del kept[name]
        return kept

    return keep_resources


def several(keep: Keep) -> Keep:
    """One value of a kind, or an array of them; in the place of what is not kept is nothing."""

    def keep_several(walk: Walk, value: Any) -> Any:
        if not isinstance(value, Array):
            return keep(walk, value)
        if walk.first(value, keep):
            with walk.deeper():
                for at, one in enumerate(list(value)):
                    kept = None if one is None else keep(walk, one)
                    if kept is not one:
                        value[at] = kept
        return value

    return keep_several


def filters_of(value: Any) -> list[str]:
    """How a stream is packed, the outermost layer first."""
    filters = value.get("/Filter")
    if isinstance(filters, Array):
        return [str(one) for one in filters]
    return [] if filters is None else [str(filters)]


def listed(*names: str) -> dict[str, Keep]:
    """Keys that hold plain values."""
    return dict.fromkeys(names, plain)


def by(key: str, kinds: Mapping[str, Keep]) -> Keep:
    """A part whose kind is told by a key of it; other kinds are not kept."""

    def keep_by(walk: Walk, value: Any) -> Any:
        kind = kinds.get(str(value.get(key))) if isinstance(value, Dictionary | Stream) else None
        return kind(walk, value) if kind else None

    return keep_by


def either(*kinds: Keep) -> Keep:
    """What the first of some kinds keeps; the others are asked where it keeps nothing."""

    def keep_either(walk: Walk, value: Any) -> Any:
        return next((kept for kind in kinds if (kept := kind(walk, value)) is not None), None)

    return keep_either


def _cut(walk: Walk, value: Any, keep_of: Callable[[str], Keep | None]) -> None:
    names: Iterable[str] = list(value.keys())
    for name in names:
        one, keep = value[name], keep_of(name)
        kept = keep(walk, one) if keep else None
        if kept is None:
            del value[name]
        elif kept is not one:
            value[name] = kept


def _shared(walk: Walk, value: Any) -> Any:
    """What pictures of a fax have in common."""
    return _SHARED(walk, value)


_PARAMETERS = part(
    {
        **listed("/Predictor", "/Colors", "/BitsPerComponent", "/Columns", "/EarlyChange", "/K"),
        **listed("/EndOfLine", "/EncodedByteAlign", "/Rows", "/EndOfBlock", "/BlackIs1"),
        **listed("/DamagedRowsBeforeError", "/ColorTransform"),
        "/JBIG2Globals": _shared,
    }
)
PACKED: dict[str, Keep] = {
    **listed("/Length", "/Filter"),
    "/DecodeParms": several(_PARAMETERS),
}
_SHARED = written({}, lambda walk, value, content: strip_jbig2(content))
