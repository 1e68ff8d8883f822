"""Colours of a PDF, and the functions that reckon them: numbers, without names of people's own."""

from __future__ import annotations

import re
from typing import Any

from pikepdf import Array, Name, String

from casework.cleaning import Unfit
from casework.cleaning.walk import (
    Keep,
    Walk,
    by,
    either,
    listed,
    part,
    plain,
    several,
    stream,
    written,
)

#: What stands for a profile, which tells of the device and of who measured it.
_OF_DEVICES = {1: Name.DeviceGray, 3: Name.DeviceRGB, 4: Name.DeviceCMYK}
#: Inks that are told by their names; any other is mixed from those.
_INKS = {"/All", "/None", "/Cyan", "/Magenta", "/Yellow", "/Black"}


def colour(walk: Walk, value: Any) -> Any:
    """A colour space; of a profile only how many numbers a colour has.

    A name alone is that of a device or of a resource.
    """
    if isinstance(value, Name):
        return walk.named(value)
    if not isinstance(value, Array):
        return None
    kind = _SPACES.get(str(value[0])) if len(value) else None
    if kind is None:
        return None
    with walk.deeper():
        return walk.instead(value, lambda: kind(walk, value))


def _measured(walk: Walk, value: Any) -> Any:
    return Array([value[0], _WHITE(walk, value[1])])


def _profile(walk: Walk, value: Any) -> Any:
    other = value[1].get("/Alternate")
    if isinstance(other, Array):
        return colour(walk, other)
    if value[1].get("/N") not in _OF_DEVICES:
        raise Unfit
    return _OF_DEVICES[value[1].N]


def _indexed(walk: Walk, value: Any) -> Any:
    table = value[3] if isinstance(value[3], String) else _TABLE(walk, value[3])
    return Array([value[0], colour(walk, value[1]), value[2], table])


def _uncoloured(walk: Walk, value: Any) -> Any:
    return Array([value[0], *(colour(walk, base) for base in list(value)[1:2])])


def _separated(walk: Walk, value: Any) -> Any:
    """Inks: one by its name, several in an array; what says more of them is left out."""
    many = isinstance(value[1], Array)
    inks = [_ink(name, at) for at, name in enumerate(value[1] if many else [value[1]])]
    mixed = [colour(walk, value[2]), function(walk, value[3])]
    return Array([value[0], Array(inks) if many else inks[0], *mixed])


def _ink(name: Any, at: int) -> Any:
    return name if str(name) in _INKS else Name(f"/Ink{at}")


_SPACES: dict[str, Keep] = {
    **dict.fromkeys(("/CalGray", "/CalRGB", "/Lab"), _measured),
    "/ICCBased": _profile,
    "/Indexed": _indexed,
    "/I": _indexed,
    "/Pattern": _uncoloured,
    **dict.fromkeys(("/Separation", "/DeviceN"), _separated),
}
_WHITE = part(listed("/WhitePoint", "/BlackPoint", "/Gamma", "/Matrix", "/Range"))


_TABLE = stream({})


# Functions


def function(walk: Walk, value: Any) -> Any:
    """A function, by name or written out, or an array of functions."""
    return _FUNCTIONS(walk, value)


def _without_remarks(walk: Walk, value: Any, program: bytes) -> bytes:
    """A little program of numbers and names: what stands behind a % is for readers."""
    return re.sub(rb"%[^\r\n]*", b" ", program)


_COMMON = listed("/FunctionType", "/Domain", "/Range")
_JOINED: dict[str, Keep] = {**_COMMON, **listed("/Bounds", "/Encode"), "/Functions": function}
_KINDS = {
    "0": stream({**_COMMON, **listed("/Size", "/BitsPerSample", "/Order", "/Encode", "/Decode")}),
    "2": part({**_COMMON, **listed("/C0", "/C1", "/N")}),
    "3": part(_JOINED),
    "4": written(_COMMON, _without_remarks),
}
_FUNCTIONS = several(either(by("/FunctionType", _KINDS), plain))
