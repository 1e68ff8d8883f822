"""What a file carries beside what it shows is gone, and a trap costs bounded time and memory."""

import io
import zlib
from concurrent.futures import ThreadPoolExecutor
from queue import Queue
from subprocess import CompletedProcess
from threading import Event
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

from casework import contents
from casework.cleaning import Locked, TooManyPixels, Unfit, images, pdfs
from tests import samples
from tests.samples import HTML, pdf, picture, streams, telling_pdf, telling_photo

NAME = "Wulan Anggraini"


def is_told(raw: bytes) -> bool:
    wide = NAME.encode("utf-16-be")
    return NAME.encode() in raw or wide in raw or NAME.encode("utf-16-le") in raw


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_says_nothing_but_its_pixels(form: str) -> None:
    told = telling_photo(NAME, form)
    kind = f"image/{form.lower()}"
    assert is_told(told)
    cleaned = images.clean(told, kind)
    assert not is_told(cleaned)
    assert b"profile" not in cleaned
    with Image.open(io.BytesIO(cleaned)) as image:
        assert (image.size, dict(image.getexif())) == ((40, 20), {})
        assert not {"comment", "exif", "xmp", "icc_profile"} & set(image.info)


def test_of_a_moving_picture_the_first_one_is_kept() -> None:
    out = io.BytesIO()
    second = Image.new("RGB", (40, 20), "navy")
    Image.new("RGB", (40, 20), "teal").save(out, "PNG", save_all=True, append_images=[second])
    with Image.open(io.BytesIO(images.clean(out.getvalue(), "image/png"))) as image:
        assert getattr(image, "n_frames", 1) == 1
        assert image.convert("RGB").getpixel((0, 0)) == (0, 128, 128)


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_what_was_clear_stays_clear(form: str) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (4, 2), (0, 0, 0, 0)).save(out, form)
    with Image.open(io.BytesIO(images.clean(out.getvalue(), f"image/{form.lower()}"))) as image:
        assert image.convert("RGBA").getpixel((0, 0))[3] == 0


def test_too_many_pixels_are_refused_before_they_are_decoded(monkeypatch: Any) -> None:
    monkeypatch.setattr(Image.Image, "load", lambda *_: pytest.fail("It was decoded."))
    with pytest.raises(TooManyPixels):
        images.clean(samples.png_bomb(8_000), "image/png")


def test_exactly_the_most_pixels_are_taken(monkeypatch: Any) -> None:
    monkeypatch.setattr(images, "MAX_PIXELS", 40 * 20)
    assert images.clean(picture(), "image/jpeg")
    monkeypatch.setattr(images, "MAX_PIXELS", 40 * 20 - 1)
    with pytest.raises(TooManyPixels):
        images.clean(picture(), "image/jpeg")


def test_a_pdf_says_nothing_of_who_wrote_it() -> None:
    told = telling_pdf(NAME)
    for place in ("author", "creator", "script", "attached", "xfa", "private", "note", "artist"):
        assert f"{NAME} {place}".encode() in streams(told), place
    assert not is_told(streams(pdfs.clean(told)))


def test_a_pdf_does_nothing_when_it_is_opened() -> None:
    cleaned = streams(pdfs.clean(telling_pdf(NAME)))
    for deed in (b"/JavaScript", b"/JS", b"/OpenAction", b"/AA", b"/EmbeddedFile", b"/XFA"):
        assert deed not in cleaned


def test_the_page_of_a_pdf_still_shows_what_it_showed() -> None:
    with pikepdf.open(io.BytesIO(pdfs.clean(telling_pdf(NAME)))) as document:
        (page,) = document.pages
        assert list(page.mediabox) == [0, 0, 200, 100]
        assert b"(Halo) Tj" in page.Contents.read_bytes()
        shown = pikepdf.PdfImage(page.get_images()["/Im0"]).as_pil_image()
    before = Image.open(io.BytesIO(telling_photo(NAME)))
    assert shown.tobytes() == before.tobytes()


def test_what_was_filled_into_a_form_stays_to_be_read() -> None:
    with Pdf.new() as document:
        page = document.add_blank_page(page_size=(200, 100))
        look = document.make_stream(b"BT (Tagihan 9) Tj ET")
        look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
        box = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("a"))
        box.Rect, box.AP = Array([0, 0, 9, 9]), Dictionary(N=look)
        page.obj.Annots = Array([document.make_indirect(box)])
        document.Root.AcroForm = Dictionary(Fields=Array([page.obj.Annots[0]]))
        cleaned = pdfs.clean(samples.saved(document))
    assert b"(Tagihan 9) Tj" in streams(cleaned)
    assert b"/Widget" not in streams(cleaned)


def test_the_language_of_a_pdf_stays_and_its_tags_go() -> None:
    with Pdf.new() as document:
        pdf(document)
        click = document.make_indirect(samples.note(document, NAME, document.pages[0].obj))
        link = Dictionary(S=Name.Link, Alt=String("Peta"))
        link.K = Array([Dictionary(Type=Name.OBJR, Obj=click)])
        document.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=Array([link]))
        document.Root.MarkInfo, document.Root.Lang = Dictionary(Marked=True), String("id-ID")
        cleaned = pdfs.clean(samples.saved(document))
    assert b"(Peta)" not in streams(cleaned)
    assert b"/Lang (id)" in streams(cleaned)
    assert not is_told(streams(cleaned))


@pytest.mark.parametrize("layer", ["/FlateDecode", "/ASCIIHexDecode"])
def test_a_photo_in_a_pdf_is_found_under_another_layer(layer: str) -> None:
    dress = zlib.compress if layer == "/FlateDecode" else lambda raw: raw.hex().encode() + b">"
    with Pdf.new() as document:
        page = document.add_blank_page()
        image = samples.photo_inside(document, NAME, dress)
        image.Filter = Array([Name(layer), Name.DCTDecode])
        page.obj.Resources = Dictionary(XObject=Dictionary(Im0=image))
        cleaned = pdfs.clean(samples.saved(document))
    assert not is_told(streams(cleaned))
    with pikepdf.open(io.BytesIO(cleaned)) as document:
        assert pikepdf.PdfImage(document.pages[0].get_images()["/Im0"]).as_pil_image().size == (
            40,
            20,
        )


def test_a_photo_of_the_newer_kind_loses_its_notes_too() -> None:
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "teal").save(out, "JPEG2000")
    words = f"<x:xmpmeta>{NAME}</x:xmpmeta>".encode()
    noted = out.getvalue() + (len(words) + 8).to_bytes(4, "big") + b"xml " + words
    with Pdf.new() as document:
        page = document.add_blank_page()
        image = document.make_stream(noted)
        image.Type, image.Subtype, image.Filter = Name.XObject, Name.Image, Name.JPXDecode
        image.Width, image.Height = 40, 20
        page.obj.Resources = Dictionary(XObject=Dictionary(Im0=image))
        cleaned = pdfs.clean(samples.saved(document))
    assert not is_told(cleaned)
    with pikepdf.open(io.BytesIO(cleaned)) as document:
        raw = document.pages[0].get_images()["/Im0"].read_raw_bytes()
    with Image.open(io.BytesIO(raw)) as after, Image.open(out) as before:
        assert after.tobytes() == before.tobytes()


def locked() -> bytes:
    with Pdf.new() as document:
        document.add_blank_page()
        return samples.saved(document, encryption=pikepdf.Encryption(owner="a", user="b"))


def with_an_open_lock() -> bytes:
    """Banks send these: all may read, and only the bank may change."""
    with Pdf.new() as document:
        document.docinfo["/Author"] = String(NAME)
        pdf(document)
        return samples.saved(document, encryption=pikepdf.Encryption(owner="a", user=""))


def test_a_pdf_that_everybody_may_read_is_taken_and_its_lock_goes() -> None:
    with pikepdf.open(io.BytesIO(pdfs.clean(with_an_open_lock()))) as document:
        assert not document.is_encrypted
        assert b"(Halo)" in document.pages[0].Contents.read_bytes()
        assert "/Info" not in document.trailer


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (locked(), Locked),
        (b"%PDF-1.4\n%%EOF\n", Unfit),
        (b"%PDF-1.7\n" + b"[" * 100_000, Unfit),
        (samples.pdf_bomb(150), Unfit),
        (b"%PDF-1.4\n" + HTML, Unfit),
    ],
    ids=["locked", "no page", "too deep", "bomb", "a page of the web"],
)
def test_a_pdf_that_cannot_be_cleaned_is_refused(raw: bytes, why: type[Exception]) -> None:
    with pytest.raises(why):
        pdfs.clean(raw)


@pytest.mark.parametrize(
    "raw", [samples.pdf_bomb(3000), samples.png_bomb()], ids=["document", "picture"]
)
def test_a_trap_takes_its_own_process_along_and_nothing_else(raw: bytes) -> None:
    assert len(raw) < 10 * 1024**2
    with pytest.raises(contents.Refused):
        contents.cleaned(raw)


def test_each_refusal_of_the_cleaning_is_a_sentence() -> None:
    told = {}
    for name, raw in (("locked", locked()), ("broken", b"%PDF-"), ("huge", samples.png_bomb())):
        with pytest.raises(contents.Refused) as refused:
            contents.cleaned(raw)
        told[name] = str(refused.value)
    assert len(set(told.values())) == 3, told


def test_a_sender_has_one_place_at_a_time_and_others_get_theirs(monkeypatch: Any) -> None:
    begun, go = Queue[bytes](), Event()

    def slow(*args: Any, **more: Any) -> CompletedProcess:
        begun.put(more["input"])
        go.wait(10)
        return CompletedProcess([], 0, b"")

    monkeypatch.setattr(contents.subprocess, "run", slow)
    mine, theirs = picture(), picture("PNG")
    with ThreadPoolExecutor(5) as pool:
        for _file in range(4):
            pool.submit(contents.cleaned, mine, "192.0.2.1")
        first = begun.get(timeout=5)
        pool.submit(contents.cleaned, theirs, "192.0.2.2")
        assert (first, begun.get(timeout=5)) == (mine, theirs)
        go.set()
    assert begun.qsize() == 3, "the others had their turn afterwards"


def test_what_is_a_page_of_the_web_too_is_only_a_pdf_afterwards() -> None:
    raw = pdf().replace(b"\n", b"\n%" + HTML + b"\n", 1) + HTML
    assert raw.startswith(b"%PDF-")
    kept = contents.cleaned(raw)
    assert kept.content_type == "application/pdf"
    assert b"<script" not in kept.content
