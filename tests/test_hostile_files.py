"""Files that could do harm, by every way in: each is refused in a sentence, or made harmless."""

from __future__ import annotations

import html
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from casework import links, uploads
from casework.models import Attachment, Case
from casework.pieces import LARGEST
from tests.agency import Agency, walk
from tests.api.conftest import client as program
from tests.samples import (
    HTML,
    SVG,
    archive,
    pdf,
    pdf_bomb,
    picture,
    png_bomb,
    streams,
    telling_pdf,
    telling_photo,
)

NAME = "Wulan Anggraini"
MEGABYTE = 1024**2
KINDS = "Send a photo (JPEG, PNG, WebP), a PDF, a sound or a plain text."
PICTURE = "This picture cannot be read."
#: What is refused, and in which words.
REFUSED = {
    "halaman.html": (HTML, KINDS),
    "gambar.svg": (SVG, KINDS),
    "halaman.jpg": (HTML, KINDS),
    "surat.txt": (b"Yang terhormat,\n" + HTML, KINDS),
    "foto.jpg.exe": (b"MZ\x90\x00" + b"\x00" * 200, KINDS),
    "kosong.jpg": (b"", "This file is empty."),
    "besar.txt": (b"a" * 11 * MEGABYTE, "This file is larger than 10 MB."),
    "bom.png": (png_bomb(), "This picture has too many pixels."),
    "bom.pdf": (pdf_bomb(150), "This PDF cannot be read. Print it into a new PDF and send that."),
    "arsip.zip": (archive(megabytes=50), KINDS),
    "surat.docx": (archive("word/document.xml", 50), KINDS),
    "tabel.xlsx": (archive("xl/worksheets/sheet1.xml", 50), KINDS),
    "lucu.gif": (b"GIF89a/*" + b"\x00" * 20 + b"*/=1;alert(1)//", KINDS),
    "lucu.jpg": (b"\xff\xd8\xff\xe0/*" + HTML + b"*/=alert(1)", PICTURE),
    "lebar.txt": (("\ufeff" + HTML.decode()).encode("utf-16"), KINDS),
    "<script>alert(1)<.script>.html": (HTML, KINDS),
}
#: What is taken, under which name and type; of what was in it nothing acts or tells.
HARMLESS = {
    "liburan.jpg": (telling_photo(NAME), "liburan.jpg", "image/jpeg"),
    "foto.php.jpg": (picture() + HTML, "foto.jpg", "image/jpeg"),
    "gambar.html": (telling_photo(NAME, "PNG"), "gambar.png", "image/png"),
    "skrip.pdf": (telling_pdf(NAME), "skrip.pdf", "application/pdf"),
    "dua.html.pdf": (
        pdf().replace(b"\n", b"\n%" + HTML + b"\n", 1) + HTML,
        "dua.pdf",
        "application/pdf",
    ),
    "catatan.html": (b"<img src=x onerror=alert(1)>", "catatan.txt", "text/plain"),
}
SAID = {"text": "Air mati empat hari di RT 03.", "identity": "none"}
PROOF = {"channel": "letter", "proof": "Surat bertanda tangan tanggal 3."}
Files = list[SimpleUploadedFile]
Way = Callable[[Agency, Files], Any]


def files_of(which: dict[str, tuple]) -> Files:
    return [SimpleUploadedFile(name, what[0], "image/jpeg") for name, what in which.items()]


def browser(person: Any = None) -> Client:
    client = Client(headers={"accept-language": "en"})
    if person:
        client.force_login(person)
    return client


def by_the_steps(agency: Agency, files: Files) -> Any:
    said = SAID | {"token": uploads.new_token(), "upload": uploads.new_token()}
    web = browser()
    page = web.post("/complain/", said | {"step": "files", "go": "next", "files": files})
    return page if page.status_code == 422 else web.post("/complain/", said | {"step": "check"})


def in_a_message(agency: Agency, files: Files) -> Any:
    address = f"/c/{links.link_for(walk(agency, 'work', identity='none'))}/message/"
    said = {"text": "Masih mati.", "upload": uploads.new_token()}
    return browser().post(address, said | {"files": files})


def at_the_counter(agency: Agency, files: Files) -> Any:
    said = SAID | {"channel": "counter", "kind": "complaint", "language": "id"}
    return browser(agency.intake).post("/desk/file/", said | {"files": files})


def with_a_note(agency: Agency, files: Files) -> Any:
    case = walk(agency, "work", identity="none")
    said = {"text": "Lihat.", "upload": uploads.new_token(), "files": files}
    return browser(agency.officer).post(f"/desk/cases/{case.reference}/note/", said)


def as_a_proof(agency: Agency, files: Files) -> Any:
    case = walk(agency, "wait_work", identity="none")
    said = {"seen": case.last_event_id, "text": "Dua belas rumah.", **PROOF}
    tokens = {"upload": uploads.new_token(), "proof_upload": uploads.new_token()}
    address = f"/desk/cases/{case.reference}/answered/"
    return browser(agency.officer).post(address, said | tokens | {"proof_files": files})


def filed_by_rest(agency: Agency, files: Files) -> Any:
    return program().post("/api/v1/cases/", SAID | {"files": files}, **IN_ENGLISH)


def acted_by_rest(agency: Agency, files: Files) -> Any:
    address = f"/api/v1/cases/{walk(agency, 'work', identity='none').reference}/actions/"
    said = {"action": "note", "text": "Lihat.", "files": files}
    return program(agency.officer).post(address, said, **IN_ENGLISH)


def tracked_by_rest(agency: Agency, files: Files) -> Any:
    filed = program().post("/api/v1/cases/", SAID).data
    said = {name: filed[name] for name in ("reference", "secret")}
    said |= {"action": "message", "text": "Masih mati."}
    return program().post("/api/v1/track/actions/", said | {"files": files}, **IN_ENGLISH)


IN_ENGLISH = {"format": "multipart", "HTTP_ACCEPT_LANGUAGE": "en"}
WAYS = (
    by_the_steps,
    in_a_message,
    at_the_counter,
    with_a_note,
    as_a_proof,
    filed_by_rest,
    acted_by_rest,
    tracked_by_rest,
)


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_each_hostile_file_is_refused_in_a_sentence_and_leaves_nothing(
    agency: Agency, media: Path, way: Way
) -> None:
    hostile = files_of(REFUSED)
    for part in (hostile[:10], hostile[10:]):
        answer = way(agency, part)
        assert answer.status_code == 422
        said = answer.content.decode()
        is_page = answer["Content-Type"].startswith("text/html")
        assert not (is_page and "<script>alert" in said)
        words = html.unescape(said) if is_page else said
        for file in part:
            assert f"{file.name}: {REFUSED[file.name][1]}" in words
    assert not Attachment.objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_a_hostile_file_is_refused_in_pieces_too(agency: Agency, media: Path) -> None:
    for number, (name, (raw, why)) in enumerate(REFUSED.items()):
        told = {"token": f"form-{number}", "key": "file", "length": len(raw), "offset": 0}
        headers = {f"Upload-{word}": str(said) for word, said in told.items()}
        answer = browser().post(
            "/complain/pieces/",
            raw[:LARGEST],
            "application/octet-stream",
            headers=headers | {"Upload-Name": quote(name)},
        )
        assert (answer.status_code, answer.json()) == (422, {"refused": why})
    assert not Attachment.objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_what_is_taken_is_harmless_to_whoever_opens_it(agency: Agency, way: Way) -> None:
    assert way(agency, files_of(HARMLESS)).status_code in (200, 201, 302)
    case = Case.objects.get()
    kept = list(case.attachments.order_by("pk"))
    numbered = way not in (with_a_note, acted_by_rest)  # these are files of staff
    for file, (_raw, name, kind) in zip(kept, HARMLESS.values(), strict=True):
        suffix = name.partition(".")[2]
        assert file.content_type == kind
        assert file.name == (f"Berkas {kept.index(file) + 1}.{suffix}" if numbered else name)
        for answer in opened(agency, case, file):
            check(answer, file)


def opened(agency: Agency, case: Case, file: Attachment) -> list[Any]:
    """The file by every address that gives it: the desk, a program, and the complainant's page."""
    where = [
        browser(agency.head).get(f"/desk/cases/{case.reference}/files/{file.pk}/"),
        program(agency.head).get(f"/api/v1/cases/{case.reference}/files/{file.pk}/"),
    ]
    theirs = browser().get(f"/c/{links.link_for(case)}/files/{file.pk}/")
    shown = file.event is not None and file.event.audience == "public"
    assert theirs.status_code == (200 if shown else 404)
    return [*where, theirs] if shown else where


def check(answer: Any, file: Attachment) -> None:
    assert answer.status_code == 200
    assert answer["Content-Type"] == file.content_type
    assert answer["Content-Disposition"] == f'attachment; filename="{file.name}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Cache-Control"] == "private, no-store"
    is_pdf = file.content_type == "application/pdf"
    content = streams(answer.content) if is_pdf else answer.content
    for trace in (NAME.encode(), NAME.encode("utf-16-be"), b"<script", b"/JavaScript", b"/AA"):
        assert trace not in content
