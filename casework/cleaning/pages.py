"""What a page of a PDF may show, and of what that consists (ISO 32000-2): nothing else is kept.

Strings are kept in drawings and as tables of colours alone. Tags and properties go as a whole:
their words are not on the page.
"""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Name, Page, Stream, StreamDecodeLevel

from casework.cleaning.colours import colour, function
from casework.cleaning.drawings import redrawn
from casework.cleaning.fonts import COMPOSITE, FONT, SIMPLE
from casework.cleaning.jbig2 import strip_jbig2
from casework.cleaning.jpeg import strip_jpeg
from casework.cleaning.jpeg2000 import strip_jpeg2000
from casework.cleaning.layers import layer
from casework.cleaning.walk import (
    Keep,
    Walk,
    by,
    each,
    either,
    filters_of,
    listed,
    part,
    plain,
    resources,
    several,
    stream,
    written,
)

_PICTURES = {
    **dict.fromkeys(("/DCTDecode", "/DCT"), strip_jpeg),
    "/JPXDecode": strip_jpeg2000,
    "/JBIG2Decode": strip_jbig2,
}


def keep_page(walk: Walk, page: Page) -> None:
    """Cut a page of our document to what it shows."""
    drawn = page.obj.get("/Contents")
    for one in drawn if isinstance(drawn, Array) else [drawn]:
        if isinstance(one, Stream):
            walk.read(one)
    page.obj.Contents = walk.document.make_stream(redrawn(walk, page))
    _PAGE(walk, page.obj)


def _drawing(walk: Walk, value: Any, content: bytes) -> bytes:
    return redrawn(walk, value)


def _resources(walk: Walk, value: Any) -> Any:
    return part(_RESOURCES)(walk, value)


def _form(walk: Walk, value: Any) -> Any:
    return _FORM(walk, value)


def _picture(walk: Walk, value: Any) -> Any:
    """A picture, as its own format has it, without what was laid around that and its notes."""
    kept = _PICTURE(walk, value)
    filters = filters_of(kept) if kept is not None else []
    strip = _PICTURES.get(filters[-1]) if filters else None
    if strip and walk.first(kept, _PICTURES):
        how = kept.get("/DecodeParms")
        bare = strip(_undressed(walk, kept, filters[:-1]))
        last = how[-1] if isinstance(how, Array) else how
        kept.write(bare, filter=Name(filters[-1]), decode_parms=last)
    return kept


def _undressed(walk: Walk, kept: Any, filters: list[str]) -> bytes:
    if not filters:
        return kept.read_raw_bytes()
    dressed = walk.document.make_stream(kept.read_raw_bytes())
    dressed.Filter = Array([Name(name) for name in filters])
    return dressed.read_bytes(StreamDecodeLevel.specialized)


def _colours(walk: Walk, value: Any) -> Any:
    """Colours by their names. That of a device stands for no other, so a default of it is none."""
    kept = _COLOURS(walk, value)
    for name in [] if kept is None else list(kept.keys()):
        if name.startswith("/Default") and not isinstance(kept[name], Array):
            del kept[name]
    return kept


_COLOURS = resources(colour)
_BLENDED = part({**listed("/Type", "/S", "/I", "/K"), "/CS": colour})
_FORM_KEYS: dict[str, Keep] = {
    **listed("/Type", "/Subtype", "/FormType", "/BBox", "/Matrix"),
    "/Resources": _resources,
    "/Group": _BLENDED,
    "/OC": layer,
}
_FORM = written(_FORM_KEYS, _drawing)
_PICTURE_KEYS: dict[str, Keep] = {
    **listed("/Type", "/Subtype", "/Width", "/Height", "/BitsPerComponent", "/Intent"),
    **listed("/ImageMask", "/Decode", "/Interpolate", "/SMaskInData", "/Matte"),
    "/ColorSpace": colour,
    "/Mask": either(_picture, plain),
    "/SMask": _picture,
    "/OC": layer,
}
_PICTURE = stream(_PICTURE_KEYS)
_XOBJECT = by("/Subtype", {"/Form": _form, "/Image": _picture})

_SHADING_KEYS: dict[str, Keep] = {
    **listed("/ShadingType", "/Background", "/BBox", "/AntiAlias", "/Domain", "/Matrix"),
    **listed("/Coords", "/Extend", "/BitsPerCoordinate", "/BitsPerComponent", "/BitsPerFlag"),
    **listed("/Decode", "/VerticesPerRow"),
    "/ColorSpace": colour,
    "/Function": function,
}
_SHADING = either(stream(_SHADING_KEYS), part(_SHADING_KEYS))

_DRAWN: dict[str, Keep] = {
    **FONT,
    **listed("/FontBBox", "/FontMatrix"),
    "/CharProcs": each(written({}, _drawing)),
    "/Resources": _resources,
}
_FONT = by(
    "/Subtype",
    {
        **dict.fromkeys(("/Type1", "/MMType1", "/TrueType"), SIMPLE),
        "/Type0": COMPOSITE,
        "/Type3": part(_DRAWN),
    },
)

_MASK = part({**listed("/Type", "/S", "/BC"), "/G": _form, "/TR": function})
_STATE = part(
    {
        **listed("/Type", "/LW", "/LC", "/LJ", "/ML", "/D", "/RI", "/OP", "/op", "/OPM", "/FL"),
        **listed("/SM", "/SA", "/BM", "/CA", "/ca", "/AIS", "/TK"),
        **dict.fromkeys(("/TR", "/TR2"), function),
        "/Font": several(either(_FONT, plain)),
        "/SMask": either(_MASK, plain),
    }
)
_TILE: dict[str, Keep] = {
    **listed("/Type", "/PatternType", "/PaintType", "/TilingType", "/BBox", "/XStep", "/YStep"),
    **listed("/Matrix"),
    "/Resources": _resources,
}
_SHADED = {**listed("/Type", "/PatternType", "/Matrix"), "/Shading": _SHADING, "/ExtGState": _STATE}
_PATTERN = by("/PatternType", {"1": written(_TILE, _drawing), "2": part(_SHADED)})

_RESOURCES: dict[str, Keep] = {
    "/ProcSet": plain,
    "/ExtGState": resources(_STATE),
    "/ColorSpace": _colours,
    "/Pattern": resources(_PATTERN),
    "/Shading": resources(_SHADING),
    "/XObject": resources(_XOBJECT),
    "/Font": resources(_FONT),
    "/Properties": resources(layer),
}
_PAGE = part(
    {
        **listed("/Type", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit"),
        "/Parent": lambda walk, value: value,
        "/Contents": lambda walk, value: value,
        "/Resources": _resources,
        "/Group": _BLENDED,
    }
)
