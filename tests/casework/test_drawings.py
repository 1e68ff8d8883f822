"""What a page of a PDF shows is drawn anew: the same strokes, and no word beside them."""

import io
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

from casework.cleaning import Unfit, pdfs
from tests.drawn import IN_DRAWINGS, draw
from tests.samples import pdf, saved, streams

NAME = "Wulan Anggraini"


def planted(*places: str) -> bytes:
    with Pdf.new() as document:
        pdf(document)
        draw(document, NAME, places)
        return saved(document)


def drawn(content: bytes, **resources: Any) -> bytes:
    with Pdf.new() as document:
        page = document.add_blank_page(page_size=(200, 100))
        page.obj.Contents = document.make_stream(content)
        page.obj.Resources = Dictionary(**resources)
        return saved(document)


def opened(raw: bytes) -> Any:
    return pikepdf.open(io.BytesIO(raw))


def is_told(raw: bytes) -> bool:
    written = streams(raw)
    return any(NAME.encode(sign) in written for sign in ("utf-8", "utf-16-be")) or (
        NAME.replace(" ", "#20").encode() in written
    )


@pytest.mark.parametrize("place", IN_DRAWINGS)
def test_a_drawing_says_nothing_of_who_made_it(place: str) -> None:
    raw = planted(place)
    assert is_told(raw)
    assert not is_told(pdfs.clean(raw))


def strokes(page: Any) -> list[tuple[list[str], str]]:
    marks = ("BMC", "BDC", "EMC", "MP", "DP", "INLINE IMAGE")
    return [
        ([str(said) for said in one.operands], str(one.operator))
        for one in pikepdf.parse_content_stream(page)
        if str(one.operator) not in marks
    ]


#: Here names change, or words go that were nowhere to be seen.
RENAMED = ("names of what is used", "words that draw nothing")
#: Where each instruction looks for what it names.
KINDS = {"Do": "/XObject", "gs": "/ExtGState", "cs": "/ColorSpace", "Tf": "/Font"}


def test_what_is_used_is_found_under_its_new_name() -> None:
    raw = planted("names of what is used", "a form")
    with opened(raw) as before, opened(pdfs.clean(raw)) as after:
        page = after.pages[0]
        kept, used = page.Resources, [one for one in strokes(page) if one[1] in KINDS]
        assert [one[1] for one in strokes(before.pages[0])] == [one[1] for one in strokes(page)]
        last = {operator: said[0] for said, operator in used if said[0] not in ("/F1", "/Fm9")}
        named = {operator: kept[KINDS[operator]][said] for operator, said in last.items()}
        assert named["Do"].Subtype == Name.Form
        assert (named["gs"].LW, named["Tf"].BaseFont) == (3, Name.Helvetica)
        assert bytes(named["cs"][3]) == b"abc"
        [(line, _gs)] = [one for one in strokes(named["Do"]) if one[1] == "gs"]
        assert kept.ExtGState[line[0]].LW == 3, "a form may use what is the page's"
        assert b"/Fm9 Do" in page.Contents.read_bytes(), "names that tell nothing stay"
        in_it = next(
            one.iimage
            for one in pikepdf.parse_content_stream(page)
            if isinstance(one, pikepdf.ContentStreamInlineImage)
        )
        assert str(in_it.obj.ColorSpace) in kept.ColorSpace


def test_a_name_of_another_alphabet_is_changed_as_any_other() -> None:
    raw = drawn(b"/Gar#e9ant gs q Q", ExtGState=Dictionary(GarAant=Dictionary(LW=3)))
    with opened(pdfs.clean(raw.replace(b"/GarAant", b"/Gar#e9ant"))) as document:
        kept = document.pages[0].obj.Resources.ExtGState
        [(named, _gs), *_rest] = strokes(document.pages[0])
        assert kept[named[0]].LW == 3


def test_of_an_instruction_with_words_that_are_not_drawn_the_rest_stays() -> None:
    with opened(pdfs.clean(drawn(b'(Wulan) 3 w BT (Wulan) (a) Tj 1 2 (b) " ET'))) as document:
        assert strokes(document.pages[0])[:3:2] == [(["3"], "w"), (["a"], "Tj")]
        assert strokes(document.pages[0])[3] == (["1", "2", "b"], '"')


def test_every_stroke_and_word_of_a_drawing_stays_in_its_order() -> None:
    raw = planted(*(place for place in IN_DRAWINGS if place not in RENAMED))
    with opened(raw) as before, opened(pdfs.clean(raw)) as after:
        assert strokes(before.pages[0]) == strokes(after.pages[0])
        assert len(strokes(after.pages[0])) > 30
        kept = after.pages[0].obj.Resources
        assert strokes(kept.Font.F9.CharProcs.a) == [
            (["9", "0"], "d0"),
            (["0"] * 2 + ["9"] * 2, "re"),
            ([], "f"),
        ]
        assert b"<61> <0062> endbfchar" in kept.Font.F9.ToUnicode.read_bytes()
        assert kept.XObject.Fm9.read_bytes() == b"q\nQ"
        assert kept.ExtGState.G8.LW == 1


def test_what_a_layer_hides_stays_hidden() -> None:
    with opened(pdfs.clean(planted("a layer"))) as document:
        (hidden,) = document.Root.OCProperties.D.OFF
        resources = document.pages[0].obj.Resources
        assert resources.Properties.L0.objgen == hidden.objgen
        assert b"/OC /L0 BDC" in document.pages[0].Contents.read_bytes()
        assert str(hidden.Name) == "-"


def test_a_photo_in_the_drawing_keeps_its_pixels() -> None:
    with opened(pdfs.clean(planted("a photo in the drawing"))) as document:
        (photo,) = (
            one.iimage
            for one in pikepdf.parse_content_stream(document.pages[0])
            if isinstance(one, pikepdf.ContentStreamInlineImage)
        )
        assert photo.obj.Width == photo.obj.Height == 8
        with Image.open(io.BytesIO(photo.read_raw_bytes())) as image:
            assert image.getpixel((4, 4)) == (254, 0, 0)


def test_colours_of_a_profile_are_those_of_a_device_or_of_what_it_names_instead() -> None:
    with Pdf.new() as document:
        page = document.add_blank_page()
        white = Dictionary(WhitePoint=Array([0.9505, 1, 1.089]))
        mine, lab = document.make_stream(NAME.encode()), document.make_stream(NAME.encode())
        mine.N, lab.N, lab.Alternate = 4, 3, Array([Name.Lab, white])
        table = Array([Name.Indexed, Array([Name.ICCBased, mine]), 0, String(b"abcd")])
        spaces = {
            "A": [Name.ICCBased, mine],
            "B": [Name.ICCBased, lab],
            "DefaultCMYK": [Name.ICCBased, mine],
        }
        shared = {name: document.make_indirect(Array(space)) for name, space in spaces.items()}
        page.obj.Resources = Dictionary(ColorSpace=Dictionary(**shared, C=table, D=shared["B"]))
        raw = saved(document)
    with opened(pdfs.clean(raw)) as document:
        kept = document.pages[0].obj.Resources.ColorSpace
        assert set(kept.keys()) == {"/A", "/B", "/C", "/D"}
        assert Name.DeviceCMYK == kept.A
        assert (kept.B[0], kept.D[0]) == (Name.Lab, Name.Lab)
        assert list(kept.C)[:3] == [Name.Indexed, Name.DeviceCMYK, 0]
        assert bytes(kept.C[3]) == b"abcd"


def in_a_circle() -> bytes:
    with Pdf.new() as document:
        page = document.add_blank_page()
        form = document.make_stream(b"/Me Do")
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
        form.Resources = Dictionary(XObject=Dictionary(Me=form))
        space = document.make_indirect(Array([Name.Pattern]))
        space.append(space)
        page.obj.Resources = Dictionary(XObject=Dictionary(Me=form), ColorSpace=Dictionary(C=space))
        return saved(document)


def test_what_contains_itself_is_cleaned_once() -> None:
    with opened(pdfs.clean(in_a_circle())) as document:
        resources = document.pages[0].obj.Resources
        assert resources.XObject.Me.Resources.XObject.Me.objgen == resources.XObject.Me.objgen


def nested(times: int) -> Array:
    space = Array([Name.Pattern])
    for _one in range(times):
        space = Array([Name.Pattern, space])
    return space


PHOTO_BELOW = b"BI /W 1 /H 1 /CS /RGB /BPC 8 /F [/AHx /DCT] ID ffd8>\nEI"


@pytest.mark.parametrize(
    "raw",
    [
        drawn(PHOTO_BELOW),
        drawn(b"BI (x) /W ID abc EI Q"),
        drawn(b"BI /W 1 /H 1 /F /Crypt ID abc EI Q"),
        drawn(b"BI /W 1 /H 1 /F /DCT ID abc EI Q"),
        drawn(b"", ColorSpace=Dictionary(A=nested(150))),
        drawn(b"", ColorSpace=Dictionary(A=Array([Name.Indexed]))),
        drawn(b"", ColorSpace=Dictionary(A=Array([Name.ICCBased, Dictionary(N=7)]))),
    ],
    ids=[
        "a photo below another layer", "no picture", "a lock", "no photo",
        "too deep", "no table", "no colours",
    ],
)  # fmt: skip
def test_a_drawing_that_cannot_be_cleaned_is_refused(raw: bytes) -> None:
    with pytest.raises(Unfit):
        pdfs.clean(raw)


@pytest.mark.parametrize("broken", [b"] q", b"q <<", b"(", b"1 2", b"EMC EMC", b"/OC BDC", b"\x00"])
def test_half_a_drawing_is_drawn_as_far_as_it_goes(broken: bytes) -> None:
    assert pdfs.clean(drawn(b"0 0 9 9 re f " + broken))
