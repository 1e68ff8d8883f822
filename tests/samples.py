"""Files as strangers send them, made by code: honest ones that tell too much, and traps."""

import io
import struct
import zipfile
import zlib
from collections.abc import Collection
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

from tests.drawn import IN_DRAWINGS, draw

HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
GPS, MODEL, ARTIST = 0x8825, 0x0110, 0x013B


def picture(form: str = "JPEG", **extra: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "teal").save(out, form, **extra)
    return out.getvalue()


def telling_photo(name: str, form: str = "JPEG") -> bytes:
    """A photo that says who took it, where, and with what, in every place that has room."""
    exif = Image.Exif()
    exif[MODEL], exif[ARTIST] = f"{name} model", f"{name} artist"
    exif[GPS] = {1: "S", 2: (6.0, 54.0, 0.0)}
    more: dict[str, Any] = {"exif": exif, "icc_profile": f"{name} profile".encode()}
    if form != "PNG":
        more["xmp"] = f"<x:xmpmeta>{name}</x:xmpmeta>".encode()
    if form == "JPEG":
        more["comment"] = f"{name} comment"
    return picture(form, **more) + f"{name} behind".encode()


def pdf(pdf: Pdf | None = None, text: str = "Halo") -> bytes:
    """One page with a line of text, in `pdf` or a document of its own."""
    pdf = pdf or Pdf.new()
    page = pdf.add_blank_page(page_size=(200, 100))
    page.obj.Contents = pdf.make_stream(f"BT /F1 12 Tf 9 9 Td ({text}) Tj ET".encode())
    return saved(pdf)


def saved(pdf: Pdf, **how: Any) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **{"compress_streams": False, **how})
    return out.getvalue()


def streams(raw: bytes) -> bytes:
    """A PDF with everything in it unpacked, to be searched."""
    with pikepdf.open(io.BytesIO(raw)) as document:
        whole = saved(document, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
    return raw + whole


def telling_pdf(name: str, places: Collection[str] = tuple(IN_DRAWINGS)) -> bytes:
    """A PDF that says who wrote it in all places that programs use, scripts and files besides."""
    with Pdf.new() as document:
        _fill(document, name)
        first = pdf(document)
    with pikepdf.open(io.BytesIO(first)) as document:
        page = document.pages[0]
        page.obj.Resources = Dictionary(XObject=Dictionary(Im0=photo_inside(document, name)))
        page.obj.PieceInfo = Dictionary(Editor=Dictionary(Private=String(f"{name} private")))
        page.obj.LastModified = String(f"{name} then")
        page.obj.AA = Dictionary(O=script(name))
        page.obj.Annots = Array([document.make_indirect(note(document, name, page.obj))])
        draw(document, name, places)
        whole = saved(document)
    # A revision that somebody thought gone, and a word behind the end.
    return whole + f"\n9999 0 obj\n({name} old)\nendobj\n%%EOF\n% {name} behind\n".encode()


def script(name: str) -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{name} script')"))


def _fill(document: Pdf, name: str) -> None:
    with document.open_metadata(update_docinfo=False) as metadata:
        metadata["dc:creator"] = [f"{name} creator"]
    document.docinfo["/Author"] = String(f"{name} author")
    document.Root.OpenAction = script(name)
    document.Root.AA = Dictionary(WC=script(name))
    document.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array([String("a"), script(name)])),
    )
    document.attachments[f"{name}.txt"] = f"{name} attached".encode()
    field = Dictionary(FT=Name.Tx, T=String(f"{name} field"), V=String(f"{name} value"))
    xfa = document.make_stream(f"<xdp>{name} xfa</xdp>".encode())
    document.Root.AcroForm = Dictionary(Fields=Array([document.make_indirect(field)]), XFA=xfa)
    document.Root.PieceInfo = Dictionary(App=Dictionary(Private=String(f"{name} app")))
    document.trailer.ID = Array([String(f"{name} id"), String(f"{name} id")])


def note(document: Pdf, name: str, page: Any) -> Dictionary:
    """A comment on the page, by name; a click on it runs a script."""
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Text,
        Rect=Array([0, 0, 9, 9]),
        T=String(f"{name} note"),
        Contents=String(f"{name} said"),
        A=script(name),
        P=page,
    )


def photo_inside(document: Pdf, name: str, dress: Any = None) -> Any:
    """A photo as scanners and phones put it into a PDF: with all that it says of itself."""
    raw = telling_photo(name)
    stream = document.make_stream(raw if dress is None else dress(raw))
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width, stream.Height, stream.BitsPerComponent = 40, 20, 8
    stream.ColorSpace, stream.Filter = Name.DeviceRGB, Name.DCTDecode
    stream.Metadata = document.make_stream(f"<x:xmpmeta>{name} image</x:xmpmeta>".encode())
    return stream


def png_bomb(side: int = 30_000) -> bytes:
    """A small file that asks for side x side pixels."""
    header = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    rows = zlib.compress(b"\x00" * 10_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    )


def pdf_bomb(megabytes: int) -> bytes:
    """A page whose drawing is short, and unpacks to very much."""
    runs = zlib.compress(b"\x81 " * (megabytes * 1024**2 // 128))
    with Pdf.new() as document:
        page = document.add_blank_page()
        page.obj.Contents = document.make_stream(runs)
        page.obj.Contents.Filter = Array([Name.FlateDecode, Name.RunLengthDecode])
        return saved(document)


def archive(name: str = "a.txt", megabytes: int = 1) -> bytes:
    """A ZIP: a bomb where it is large."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr(name, b"\x00" * megabytes * 1024**2)
    return out.getvalue()
