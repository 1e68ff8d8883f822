"""Places in the drawings of a PDF where programs leave the name of who made it."""

import io
from collections.abc import Callable, Collection
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

Plant = Callable[[Pdf, Any, str], bytes]


def draw(document: Pdf, name: str, places: Collection[str]) -> None:
    """Plant a name at those places of the first page."""
    page = document.pages[0].obj
    if "/Resources" not in page:
        page.Resources = Dictionary()
    for kind in ("/XObject", "/Font", "/ExtGState", "/ColorSpace", "/Properties", "/Pattern"):
        if kind not in page.Resources:
            page.Resources[kind] = Dictionary()
    drawn = [IN_DRAWINGS[place](document, page.Resources, name) for place in places]
    page.Contents = document.make_stream(b"\n".join([page.Contents.read_bytes(), *drawn]))


def remark(document: Pdf, resources: Any, name: str) -> bytes:
    return b"%%For: " + name.encode() + b"\nq Q"


def photo_in_the_drawing(document: Pdf, resources: Any, name: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "JPEG", comment=name.encode())
    told = f"BI /W 8 /H 8 /CS /RGB /BPC 8 /F /DCT /Author ({name}) ID ".encode()
    return b"q 9 0 0 9 0 0 cm " + told + out.getvalue() + b"\nEI Q"


def words_of_a_mark(document: Pdf, resources: Any, name: str) -> bytes:
    return f"/Span <</Alt ({name})>> BDC q Q EMC /P <</T ({name})>> DP".encode()


def property_list(document: Pdf, resources: Any, name: str) -> bytes:
    resources.Properties.P0 = Dictionary(Author=String(name))
    return b"/Artifact /P0 BDC q Q EMC"


def layer(document: Pdf, resources: Any, name: str) -> bytes:
    group = document.make_indirect(Dictionary(Type=Name.OCG, Name=String(name)))
    group.Usage = Dictionary(CreatorInfo=Dictionary(Creator=String(name)))
    shown = Dictionary(OFF=Array([group]), Order=Array([String(name), group]), Creator=String(name))
    document.Root.OCProperties = Dictionary(OCGs=Array([group]), D=shown)
    resources.Properties.L0 = group
    return b"/OC /L0 BDC 1 0 0 rg 0 0 9 9 re f EMC"


def tag(document: Pdf, resources: Any, name: str) -> bytes:
    element = Dictionary(Type=Name.StructElem, S=Name.P, T=String(name), Alt=String(name))
    tree = Dictionary(Type=Name.StructTreeRoot, K=Array([element]))
    document.Root.StructTreeRoot = document.make_indirect(tree)
    return b""


def form(document: Pdf, resources: Any, name: str) -> bytes:
    part = document.make_stream(f"q Q % {name}\n".encode())
    part.Type, part.Subtype, part.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    part.Author = String(name)
    part.Resources = Dictionary(ExtGState=Dictionary(G9=Dictionary(Title=String(name))))
    resources.XObject.Fm9 = part
    return b"/Fm9 Do"


def state(document: Pdf, resources: Any, name: str) -> bytes:
    resources.ExtGState.G8 = Dictionary(Type=Name.ExtGState, LW=1, Title=String(name))
    return b"/G8 gs"


def profile(document: Pdf, resources: Any, name: str) -> bytes:
    measured = document.make_stream(f"desc {name} laptop".encode())
    measured.N = 3
    resources.ColorSpace.C8 = Array([Name.ICCBased, measured])
    return b"/C8 cs 1 0 0 sc 0 0 9 9 re f"


def ink(document: Pdf, resources: Any, name: str) -> bytes:
    mixed = document.make_stream(f"{{ dup 0 % {name}\n dup }}".encode())
    mixed.FunctionType, mixed.Domain = 4, Array([0, 1])
    mixed.Range = Array([0, 1, 0, 1, 0, 1, 0, 1])
    mine = Name("/" + name)
    more = Dictionary(Colorants=Dictionary(C=String(name)))
    inks = Array([Name.DeviceN, Array([mine]), Name.DeviceCMYK, mixed, more])
    resources.ColorSpace.C9 = inks
    return b"/C9 cs 1 sc 0 0 9 9 re f"


def font(document: Pdf, resources: Any, name: str) -> bytes:
    glyph = document.make_stream(f"9 0 d0 0 0 9 9 re f % {name}\n".encode())
    codes = document.make_stream(
        f"%%Title: ({name})\nbegincmap /Author ({name}) def 1 begincodespacerange <00> <ff> "
        "endcodespacerange 1 beginbfchar <61> <0062> endbfchar endcmap".encode()
    )
    drawn = Dictionary(Type=Name.Font, Subtype=Name.Type3, ToUnicode=codes, Author=String(name))
    drawn.FontBBox, drawn.FontMatrix = Array([0, 0, 9, 9]), Array([0.1, 0, 0, 0.1, 0, 0])
    drawn.CharProcs = Dictionary(a=glyph)
    drawn.Encoding = Dictionary(Differences=Array([97, Name.a]), Owner=String(name))
    drawn.FirstChar, drawn.LastChar, drawn.Widths = 97, 97, Array([9])
    drawn.FontDescriptor = Dictionary(FontName=Name.A, FontFamily=String(name))
    resources.Font.F9 = drawn
    return b"BT /F9 9 Tf (a) Tj ET"


def tile(document: Pdf, resources: Any, name: str) -> bytes:
    pattern = document.make_stream(f"0 0 1 1 re f % {name}\n".encode())
    pattern.PatternType, pattern.PaintType, pattern.TilingType = 1, 1, 1
    pattern.BBox, pattern.XStep, pattern.YStep = Array([0, 0, 2, 2]), 2, 2
    pattern.Resources, pattern.Title = Dictionary(), String(name)
    resources.Pattern.P9 = pattern
    return b"/Pattern cs /P9 scn 0 0 9 9 re f"


def names(document: Pdf, resources: Any, name: str) -> bytes:
    """What somebody called what the page uses, and a form that has no resources of its own."""
    named = name.replace(" ", "#20")
    part = document.make_stream(f"/Garis-{named} gs 0 0 5 5 re f".encode())
    part.Type, part.Subtype, part.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    resources.XObject[f"/Foto-{name}"] = part
    resources.ExtGState[f"/Garis-{name}"] = Dictionary(LW=3)
    resources.ColorSpace[f"/Warna-{name}"] = Array([Name.Indexed, Name.DeviceRGB, 0, String("abc")])
    resources.Font[f"/Huruf-{name}"] = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica
    )
    return (
        f"/Foto-{named} Do /Warna-{named} cs 0 sc /Garis-{named} gs 1 1 4 4 re f "
        f"BT /Huruf-{named} 9 Tf (a) Tj ET "
        f"BI /W 1 /H 1 /BPC 8 /CS /Warna-{named} ID a\nEI"
    ).encode()


def words_that_draw_nothing(document: Pdf, resources: Any, name: str) -> bytes:
    return f"({name}) 1 w [({name})] 2 w <</A ({name})>> 0 0 m 5 5 l S".encode()


def intent(document: Pdf, resources: Any, name: str) -> bytes:
    group = document.make_indirect(Dictionary(Type=Name.OCG, Name=String("a"), Intent=Name.View))
    group.Intent = Array([Name.View, Name("/" + name)])
    resources.Properties.L1 = group
    return b"/OC /L1 BDC 0 0 9 9 re f EMC"


IN_DRAWINGS: dict[str, Plant] = {
    "a remark": remark,
    "a photo in the drawing": photo_in_the_drawing,
    "the words of a mark": words_of_a_mark,
    "a list of properties": property_list,
    "a layer": layer,
    "a tag": tag,
    "a form": form,
    "a state": state,
    "a profile of colours": profile,
    "an ink": ink,
    "a font": font,
    "a tile": tile,
    "names of what is used": names,
    "words that draw nothing": words_that_draw_nothing,
    "what a layer is for": intent,
}
