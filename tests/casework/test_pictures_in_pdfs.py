"""Pictures inside a PDF: their pixels stay, and what their makers wrote into them goes."""

import io
import struct
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from casework.cleaning import Unfit, pdfs
from casework.cleaning.jbig2 import strip_jbig2
from casework.cleaning.jpeg2000 import strip_jpeg2000
from tests.samples import picture, saved

NAME = b"Wulan Anggraini"
SOT, SOD = b"\xff\x90\x00\x0a", b"\xff\x93"


def in_a_pdf(raw: bytes, kind: str, **more: Any) -> bytes:
    with Pdf.new() as document:
        page = document.add_blank_page()
        image = document.make_stream(raw)
        image.Type, image.Subtype, image.Filter = Name.XObject, Name.Image, Name(kind)
        image.Width, image.Height = 40, 20
        if shared := more.get("shared"):
            image.DecodeParms = Dictionary(JBIG2Globals=document.make_stream(shared))
        page.obj.Resources = Dictionary(XObject=Dictionary(Im0=image))
        return saved(document)


def kept_of(raw: bytes, kind: str, **more: Any) -> Any:
    """The picture in the cleaned document: its bytes, and those it shares."""
    with pikepdf.open(io.BytesIO(pdfs.clean(in_a_pdf(raw, kind, **more)))) as document:
        image = document.pages[0].Resources.XObject.Im0
        parms = image.get("/DecodeParms")
        parms = parms[0] if isinstance(parms, Array) else parms
        shared = parms.JBIG2Globals.read_bytes() if parms is not None else b""
        return image.read_raw_bytes(), shared


def photo(bare: bool, **how: Any) -> bytes:
    out = io.BytesIO()
    image = Image.effect_noise((40, 20), 90).convert("RGB")
    image.save(out, "JPEG2000", no_jp2=bare, comment=NAME, **how)
    return out.getvalue()


def pixels(raw: bytes) -> bytes:
    with Image.open(io.BytesIO(raw)) as image:
        return image.tobytes()


def remarked(raw: bytes) -> bytes:
    """The same with a remark at the head of each tile-part, and with the lengths that follow."""
    remark = b"\xff\x64" + struct.pack(">HH", len(NAME) + 4, 1) + NAME
    head, *parts = raw.split(SOT)
    for number, part in enumerate(parts):
        tile, length, data = part[:2], struct.unpack(">I", part[2:6])[0], part[6:]
        longer = struct.pack(">I", length + len(remark) if length else 0)
        parts[number] = tile + longer + data.replace(SOD, remark + SOD, 1)
    return SOT.join([head, *parts])


@pytest.mark.parametrize("how", [{}, {"tile_size": (16, 16)}, {"plt": True}])
def test_of_a_codestream_the_pixels_stay_and_no_remark(how: dict[str, Any]) -> None:
    told = remarked(photo(True, **how))
    assert told.count(NAME) == told.count(SOT) + 1
    kept, _shared = kept_of(told, "/JPXDecode")
    assert NAME not in kept
    assert pixels(kept) == pixels(told)
    assert strip_jpeg2000(kept) == kept


def test_the_last_tile_part_may_leave_its_length_open() -> None:
    plain = photo(True)
    told = remarked(plain)
    at = told.index(SOT) + 6
    told = told[:at] + b"\0\0\0\0" + told[at + 4 :] + NAME
    kept = strip_jpeg2000(told)
    assert NAME not in kept
    assert pixels(kept) == pixels(plain)


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + name + body


@pytest.mark.parametrize("name", [b"xml ", b"uuid", b"uinf", b"asoc", b"jp2i", b"free", b"nlst"])
def test_of_a_file_only_the_boxes_stay_that_show_something(name: bytes) -> None:
    told = photo(False)
    at = told.index(b"jp2h") - 4
    (length,) = struct.unpack(">I", told[at : at + 4])
    inside = box(name, NAME)
    header = box(b"jp2h", told[at + 8 : at + length] + inside)
    kept, _shared = kept_of(
        told[:at] + inside + header + told[at + length :] + inside, "/JPXDecode"
    )
    assert NAME not in kept and name not in kept
    assert pixels(kept) == pixels(told)


def segment(number: int, kind: int, body: bytes, refers: tuple[int, ...] = ()) -> bytes:
    size = "B" if number <= 256 else "H" if number <= 65536 else "I"
    count = bytes([len(refers) << 5 & 0xFF])
    if len(refers) > 4:
        count = struct.pack(">I", 7 << 29 | len(refers)) + b"\0" * ((len(refers) + 8) // 8)
    others = struct.pack(f">{len(refers)}{size}", *refers)
    page = b"\0\0\0\1" if kind & 0x40 else b"\1"
    return struct.pack(">IB", number, kind) + count + others + page + _sized(body)


def _sized(body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + body


SHOWN = [
    segment(0, 0, b"symbols"),
    segment(2, 48, b"\0" * 19),
    segment(3, 6, b"letters", (0,)),
    segment(300, 38 | 0x40, b"region", (0, 2)),
    segment(70000, 7, b"more", (0, 1, 2, 3, 4, 5, 6, 7)),
]


def test_of_a_fax_what_it_shows_stays_and_no_remark() -> None:
    remark = segment(1, 62, b"\x20\0\0\0Author\0" + NAME, (0,))
    told = remark.join([b"", *SHOWN, b""])
    kept, shared = kept_of(told, "/JBIG2Decode", shared=SHOWN[0] + remark)
    assert (kept, shared) == (b"".join(SHOWN), SHOWN[0])


@pytest.mark.parametrize(
    "raw",
    [
        b"\x97JB2\r\n\x1a\n\1\0\0\0\1" + SHOWN[1],
        struct.pack(">IBBBI", 1, 38, 0, 1, 0xFFFFFFFF) + NAME,
        segment(5, 6, b"", (1, 2, 3, 4, 5, 6, 7))[:12],
    ],
    ids=["a file", "without a length", "cut in its head"],
)
def test_a_fax_whose_segments_cannot_be_told_apart_is_refused(raw: bytes) -> None:
    with pytest.raises(Unfit):
        strip_jbig2(raw)


@pytest.mark.parametrize(
    "raw",
    [b"\xff\x4f", photo(True)[:60], box(b"ftyp", b"jp2 "), b"\0\0\0\2jp2c", photo(True)[:200]],
    ids=["a marker", "cut in its head", "no picture", "no box", "cut in a tile"],
)
def test_a_photo_of_the_newer_kind_that_cannot_be_read_is_refused_or_cut(raw: bytes) -> None:
    try:
        assert NAME not in strip_jpeg2000(raw)
    except Unfit:
        return
    assert len(raw) == 200, "a picture that was cut off ends with the file"


@pytest.mark.parametrize("name", ["/JPXDecode", "/JBIG2Decode"])
def test_no_drawing_has_such_a_picture_in_itself(name: str) -> None:
    with Pdf.new() as document:
        page = document.add_blank_page()
        drawn = f"BI /W 1 /H 1 /CS /G /BPC 8 /F {name} ID ".encode() + NAME + b"\nEI"
        page.obj.Contents = document.make_stream(drawn)
        with pytest.raises(Unfit):
            pdfs.clean(saved(document))


@pytest.mark.parametrize("marker", [0x02, 0xBF, 0xE5, 0xF0, 0xF7, 0xFD, 0xFE])
def test_of_a_jpeg_no_segment_stays_that_says_nothing_of_pixels(marker: int) -> None:
    said = bytes([0xFF, marker]) + struct.pack(">H", len(NAME) + 2) + NAME
    plain = picture()
    kept, _shared = kept_of(plain[:2] + said + plain[2:], "/DCTDecode")
    assert NAME not in kept
    assert pixels(kept) == pixels(plain)
