"""Files from strangers: judged by their bytes, pictures made anew, nothing lost or run."""

import hashlib
import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from PIL import Image

from casework import uploads
from tests.agency import Agency, do, file_case
from tests.samples import GPS, HTML, SVG, pdf, picture

pytestmark = pytest.mark.django_db
UPLOAD = "a-form"


def with_a_second_view() -> bytes:
    """What many phones call a JPEG: the photo, and behind it another of the same moment."""
    out = io.BytesIO()
    second = Image.new("RGB", (40, 20), "navy")
    Image.new("RGB", (40, 20), "teal").save(out, "MPO", save_all=True, append_images=[second])
    return out.getvalue()


def test_of_a_photo_with_a_second_view_the_first_is_kept() -> None:
    kept = send(with_a_second_view())
    assert (kept.content_type, kept.name) == ("image/jpeg", "foto.jpg")
    with kept.file.open() as file, Image.open(file) as image:
        assert (image.format, image.size) == ("JPEG", (40, 20))


def located() -> bytes:
    """A photo that says where and with what it was taken."""
    exif = Image.Exif()
    exif[0x0110] = "Kamera Uji"
    exif[GPS] = {1: "S", 2: (6.0, 54.0, 0.0)}
    return picture(exif=exif)


def send(content: bytes, name: str = "foto.jpg", token: str = UPLOAD) -> Any:
    return uploads.stage(SimpleUploadedFile(name, content), token)


REFUSED = {
    "a page": (HTML, "a.html"),
    "a page that is called a photo": (HTML, "a.jpg"),
    "a page that is called a text": (b"\n\n  " + HTML.lower(), "a.txt"),
    "a drawing with a script": (SVG, "a.svg"),
    "a drawing with a heading": (b'<?xml version="1.0"?>' + SVG, "a.png"),
    "nothing": (b"", "a.jpg"),
    "too much": (b"a" * (11 * 1024**2), "a.txt"),
    "a program": (b"MZ\x90\x00" + b"\x00" * 200, "a.jpg"),
    "an archive": (b"PK\x03\x04" + b"\x00" * 200, "a.pdf"),
    "a broken photo": (picture()[:60], "a.jpg"),
    "a page with the heading of a picture": (b"GIF89a/*" + HTML, "a.gif"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_could_do_harm_is_refused(what: str) -> None:
    content, name = REFUSED[what]
    with pytest.raises(uploads.Refused):
        send(content, name)
    assert not uploads.staged(UPLOAD).exists()


@pytest.mark.parametrize(
    ("content", "name", "kept", "content_type"),
    [
        (picture(), "foto.php.jpg", "foto.jpg", "image/jpeg"),
        (picture("PNG"), "foto.jpg", "foto.png", "image/png"),
        (picture("WEBP"), "../../etc/passwd", "passwd.webp", "image/webp"),
        (b"Halo, air mati.", "catatan.html.txt", "catatan.txt", "text/plain"),
        (pdf(), '"><script>.pdf', "script.pdf", "application/pdf"),
        (picture(), "…", "file.jpg", "image/jpeg"),
    ],
)
def test_a_file_has_the_type_and_the_one_suffix_of_its_content(
    content: bytes, name: str, kept: str, content_type: str
) -> None:
    file = SimpleUploadedFile("x", content)
    file.name = name
    staged = uploads.stage(file, UPLOAD)
    assert (staged.name, staged.content_type) == (kept, content_type)
    assert staged.file.name.endswith(kept[kept.rindex(".") :])
    assert kept.split(".", maxsplit=1)[0] not in staged.file.name


@pytest.mark.parametrize(
    "text",
    [
        "From Bu Siti: air mati.", "BM saya rusak.", "FORMULIR ditolak.", "MZ 12 mogok.",
        "Subject: air mati", "ID3 nomor meteran.", "RIFF, GIF8, OggS dan PK", "#!dan %PDF-",
        "\ufeffYang terhormat,\r\n\tair mati.\f", "II* dan MM*", "BEGIN:VCARD", "%PD",
    ],
)  # fmt: skip
def test_a_text_is_a_text_whatever_letters_it_begins_with(text: str) -> None:
    kept = send(text.encode(), "surat.txt")
    assert (kept.name, kept.content_type) == ("surat.txt", "text/plain")
    with kept.file.open() as file:
        assert file.read() == text.encode()


@pytest.mark.parametrize(
    "text", [r"{\rtf1{\info{\author Wulan}} Air mati.}", "%!PS-Adobe-3.0\n%%For: Wulan\n"]
)
def test_a_text_that_a_program_wrote_for_programs_and_signed_is_refused(text: str) -> None:
    with pytest.raises(uploads.Refused):
        send(text.encode(), "surat.txt")


def test_a_photo_no_longer_says_where_it_was_taken() -> None:
    assert GPS in Image.open(io.BytesIO(located())).getexif()
    with send(located()).file.open() as kept:
        assert dict(Image.open(kept).getexif()) == {}


def test_of_a_photo_that_is_a_page_too_only_the_picture_is_kept() -> None:
    with send(picture() + HTML).file.open() as kept:
        assert b"<script" not in kept.read()


def test_at_most_ten_files_hang_on_one_form() -> None:
    for number in range(uploads.MAX_FILES):
        send(f"Halo {number}".encode())
    with pytest.raises(uploads.Refused):
        send(b"Halo")
    send(b"Halo", token="another form")


def test_the_same_file_under_another_name_is_another_file() -> None:
    sent = [send(b"Halo", name) for name in ("satu.txt", "dua.txt", "satu.txt")]
    assert sent[0] == sent[2] != sent[1]
    assert uploads.staged(UPLOAD).count() == 2


@pytest.mark.parametrize("token", ["", "x" * 65])
def test_a_file_without_a_sound_token_is_refused(token: str) -> None:
    with pytest.raises(uploads.Refused):
        send(picture(), token=token)


def test_a_token_of_nobody_brings_nothing_along(agency: Agency) -> None:
    send(picture(), token="mine")
    case = file_case(upload="not-mine")
    assert not case.attachments.exists()
    assert uploads.staged("mine").count() == 1


def test_what_one_act_took_no_other_takes(agency: Agency) -> None:
    send(picture(), token="mine")
    case = file_case(upload="mine")
    other = do(file_case(), "note", agency.intake, text="Lihat foto.", upload="mine")
    assert case.attachments.get().event.kind == "filed"
    assert not other.attachments.exists()


def test_one_staged_file_is_taken_back_and_only_from_its_own_form() -> None:
    one, two = send(picture(), "satu.jpg"), send(picture(), "dua.jpg")
    uploads.discard("another form", one.pk)
    assert uploads.staged(UPLOAD).count() == 2
    uploads.discard(UPLOAD, one.pk)
    assert [file.name for file in uploads.staged(UPLOAD)] == ["dua.jpg"]
    assert not one.file.storage.exists(one.file.name)
    assert two.file.storage.exists(two.file.name)


def test_a_file_that_was_sent_is_not_taken_back(agency: Agency) -> None:
    sent = send(picture(), token="mine")
    case = file_case(upload="mine")
    uploads.discard("mine", sent.pk)
    uploads.discard("", sent.pk)
    assert case.attachments.get() == sent


def test_of_many_files_each_that_is_refused_is_named() -> None:
    files = [SimpleUploadedFile("foto.jpg", picture()), SimpleUploadedFile("jahat.html", HTML)]
    [said] = uploads.stage_all(files, UPLOAD)
    assert said.startswith("jahat.html: ")
    assert [file.name for file in uploads.staged(UPLOAD)] == ["foto.jpg"]


def test_a_file_of_exactly_ten_megabytes_is_taken_and_a_byte_more_is_not() -> None:
    limit = 10 * 1024**2
    assert send(b"a" * limit, "panjang.txt").size == limit
    with pytest.raises(uploads.Refused, match="10 MB"):
        send(b"a" * (limit + 1), "panjang.txt")


def test_a_picture_that_grew_beyond_the_limit_when_it_was_cleaned_is_not_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = io.BytesIO()
    Image.effect_noise((200, 200), 90).save(out, "JPEG", quality=5)
    monkeypatch.setattr(uploads, "MAX_BYTES", len(out.getvalue()))
    with pytest.raises(uploads.Refused, match="larger than 10 MB"), translation.override("en"):
        send(out.getvalue())
    assert not uploads.staged(UPLOAD).exists()


@pytest.mark.parametrize(("content", "suffix"), [(pdf(), "pdf"), (located(), "jpg")])
def test_what_is_kept_is_what_its_digest_and_size_say(content: bytes, suffix: str) -> None:
    staged = send(content, f"surat.{suffix}")
    with staged.file.open() as kept:
        content = kept.read()
    assert (staged.size, staged.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert re.fullmatch(
        rf"attachments/([0-9a-f]{{2}})/\1[0-9a-f]{{30}}\.{suffix}", staged.file.name
    )


def test_a_photo_stands_upright_without_saying_so() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    with send(picture(exif=exif)).file.open() as kept:
        assert Image.open(kept).size == (20, 40)


@pytest.mark.parametrize(
    ("content", "name"), [(picture(), "foto.jpg"), (b"Halo", "catatan.txt"), (pdf(), "surat.pdf")]
)
def test_no_browser_runs_a_download(content: bytes, name: str) -> None:
    response = uploads.as_response(send(content, name))
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "private, no-store"


def test_a_token_is_new_and_within_its_length() -> None:
    tokens = {uploads.new_token() for _number in range(20)}
    assert len(tokens) == 20
    assert all(0 < len(token) <= uploads.MAX_TOKEN for token in tokens)
    assert send(picture(), token="x" * 64).upload_token == "x" * 64
