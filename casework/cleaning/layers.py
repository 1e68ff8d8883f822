"""Layers of a PDF: which are shown, without their names or what made them."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, String

from casework.cleaning.walk import Keep, Walk, by, either, listed, part, plain, several


def _nameless(walk: Walk, value: Any) -> Any:
    return String("-")  # a name has to be there


def _intent(walk: Walk, value: Any) -> Any:
    """What a layer is for, as far as the standard knows it."""
    return value if str(value) in ("/View", "/Design", "/All") else None


_USAGE: dict[str, Keep] = {
    "/View": part(listed("/ViewState")),
    "/Print": part(listed("/PrintState")),
    "/Export": part(listed("/ExportState")),
    "/Zoom": part(listed("/min", "/max")),
}
_GROUP = part(
    {
        **listed("/Type"),
        "/Intent": several(_intent),
        "/Name": _nameless,
        "/Usage": part(_USAGE),
    }
)


def _condition(walk: Walk, value: Any) -> Any:
    kind = several(_condition) if isinstance(value, Array) else either(_GROUP_ALONE, plain)
    return kind(walk, value)


_GROUP_ALONE = by("/Type", {"/OCG": _GROUP})
_GROUPS = several(_GROUP_ALONE)
_MEMBERSHIP = part({**listed("/Type", "/P"), "/OCGs": _GROUPS, "/VE": _condition})
#: What a part of a page belongs to.
layer = by("/Type", {"/OCG": _GROUP, "/OCMD": _MEMBERSHIP})

_AUTOMATIC = part({**listed("/Event", "/Category"), "/OCGs": _GROUPS})
_SHOWN = part(
    {
        **listed("/BaseState"),
        "/Intent": several(_intent),
        **dict.fromkeys(("/ON", "/OFF"), _GROUPS),
        "/AS": several(_AUTOMATIC),
    }
)
#: The layers of a document.
layers = part({"/OCGs": _GROUPS, "/D": _SHOWN})
