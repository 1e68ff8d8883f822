"""Drawings of a PDF, written anew: what draws stays; remarks, marks and properties go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import ContentStreamInlineImage, Name, Object, Page

from casework.cleaning import Unfit
from casework.cleaning.colours import colour
from casework.cleaning.jpeg import strip_jpeg
from casework.cleaning.walk import FILTERS, PACKED, Walk, filters_of, listed, part, plain

#: The operators of ISO 32000-2, annex A, but those of marked content.
_DRAW = {
    *("b", "B", "b*", "B*", "BT", "BX", "c", "cm", "CS", "cs", "d", "d0", "d1", "Do", "ET", "EX"),
    *("f", "F", "f*", "G", "g", "gs", "h", "i", "j", "J", "K", "k", "l", "m", "M", "n", "q", "Q"),
    *("re", "RG", "rg", "ri", "s", "S", "SC", "sc", "SCN", "scn", "sh", "T*", "Tc", "Td", "TD"),
    *("Tf", "Tj", "TJ", "TL", "Tm", "Tr", "Ts", "Tw", "Tz", "v", "w", "W", "W*", "y", "'", '"'),
}
#: The standard knows no other packing for a picture in a drawing.
_INLINE = FILTERS - {"/JPXDecode", "/JBIG2Decode"}
#: What writes words, and how many operands that takes; the words are the last one.
_WRITE = {"Tj": 1, "TJ": 1, "'": 1, '"': 3}
#: What names a resource last of all. A font is named before its size.
_USE = {"Do", "gs", "cs", "CS", "scn", "SCN", "sh", "BDC"}
_BEGIN, _END = {"BMC", "BDC"}, "EMC"


def redrawn(walk: Walk, drawn: Page | Object) -> bytes:
    """The drawing of a page or of a stream."""
    out: list[bytes] = []
    run: list[Any] = []
    for one in _kept(pikepdf.parse_content_stream(drawn)):
        if isinstance(one, ContentStreamInlineImage):
            out += [pikepdf.unparse_content_stream(run), _inline(walk, one.iimage)]
            run = []
        else:
            run.append(_bare(walk, one))
    return b"\n".join([*out, pikepdf.unparse_content_stream(run)])


def _kept(drawing: Any) -> Iterator[Any]:
    """What draws. Of what is marked, only that it belongs to a layer."""
    marks: list[bool] = []
    for one in drawing:
        operator = str(one.operator)
        if operator in _BEGIN:
            marks.append(_names_a_layer(one))
            if marks[-1]:
                yield one
        elif operator == _END:
            if marks and marks.pop():
                yield one
        elif operator in _DRAW or isinstance(one, ContentStreamInlineImage):
            yield one


def _bare(walk: Walk, one: Any) -> Any:
    """An instruction without words, but where it writes them, and with our names of resources."""
    operator, operands = str(one.operator), list(one.operands)
    if operator in _WRITE:
        return pikepdf.ContentStreamInstruction(operands[-_WRITE[operator] :], one.operator)
    kept = [said for said in operands if plain(walk, said) is not None]
    if operator in _USE and kept and isinstance(kept[-1], Name):
        kept[-1] = walk.named(kept[-1])
    elif operator == "Tf" and kept and isinstance(kept[0], Name):
        kept[0] = walk.named(kept[0])
    elif len(kept) == len(operands):
        return one
    return pikepdf.ContentStreamInstruction(kept, one.operator)


def _names_a_layer(one: Any) -> bool:
    operands = list(one.operands)
    return len(operands) == 2 and operands[0] == Name.OC and isinstance(operands[1], Name)


def _inline(walk: Walk, picture: Any) -> bytes:
    """A picture that lies in the drawing itself."""
    told, data = picture.obj, picture.read_raw_bytes()
    filters = filters_of(told)
    if set(filters) - _INLINE or ("/DCTDecode" in filters and len(filters) > 1):
        raise Unfit  # nobody could take the notes out of the photo below other layers
    if filters == ["/DCTDecode"]:
        data = strip_jpeg(data)
    kept = _PICTURE(walk, told)
    return b"BI " + kept.unparse()[2:-2] + b" ID " + data + b"\nEI"


_PICTURE = part(
    {
        **listed("/Width", "/Height", "/BitsPerComponent", "/Decode", "/Intent"),
        **listed("/ImageMask", "/Interpolate"),
        **{name: keep for name, keep in PACKED.items() if name != "/Length"},
        "/ColorSpace": colour,
    }
)
