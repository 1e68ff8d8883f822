"""Files as they come in: no more is kept than may be, and under no name on disk."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from casework import receiving, uploads
from casework.models import Attachment
from portal.packed import unpack
from tests.agency import Agency
from tests.portal.pages import forms_in
from tests.samples import HTML

TOKENS = {"token": "a-form", "upload": "its-files"}


def send(*files: SimpleUploadedFile) -> Any:
    """Attach files on their step of the filing."""
    said = {**TOKENS, "text": "Air mati empat hari.", "step": "files", "go": "next"}
    return Client(headers={"accept-language": "en"}).post("/complain/", said | {"files": files})


def a_text(name: str, size: int) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"a" * size)


def test_of_a_file_that_is_too_large_nothing_is_kept_and_the_others_are(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = []
    monkeypatch.setattr(receiving, "MAX_BYTES", 1_000)
    monkeypatch.setattr(uploads, "MAX_BYTES", 1_000)
    stage = uploads.stage

    def watched(file: Any, token: str, *more: object) -> Attachment:
        kept.append((file.name, file.size, len(file.read())))
        file.seek(0)
        return stage(file, token)

    monkeypatch.setattr(uploads, "stage", watched)
    page = send(a_text("besar.txt", 200_000), a_text("pas.txt", 1_000), a_text("lebih.txt", 1_001))
    assert kept == [("besar.txt", 200_000, 0), ("pas.txt", 1_000, 1_000), ("lebih.txt", 1_001, 0)]
    assert page.status_code == 422
    html = page.content.decode()
    assert "besar.txt: This file is larger than 10 MB." in html
    assert [file.name for file in uploads.staged(TOKENS["upload"])] == ["pas.txt"]
    (form,) = forms_in(html, "/complain/")
    assert unpack(form.fields["packed"]) == "Air mati empat hari.", "what was typed comes back"


def test_under_however_many_names_they_come_no_more_than_two_fields_of_files_are_kept(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, complete = [], receiving.Sparing.file_complete

    def watched(handler: receiving.Sparing, size: int, *more: object) -> Any:
        kept.append(handler.kept.tell())
        return complete(handler, size)

    monkeypatch.setattr(receiving.Sparing, "file_complete", watched)
    fields = {f"field-{number}": a_text("a.txt", 1_000) for number in range(30)}
    Client().post("/complain/", fields)
    assert (len(kept), sum(kept)) == (30, 20_000)


def test_of_more_than_ten_files_ten_are_kept_and_it_is_said_once_for_all(agency: Agency) -> None:
    page = send(*[a_text(f"{number}.txt", 10) for number in range(60)])
    assert page.status_code == 422
    assert page.content.decode().count("At most 10 files can be sent.") == 2, (
        "above, and beside the field"
    )
    assert uploads.staged(TOKENS["upload"]).count() == 10


def test_a_file_of_which_nothing_was_kept_is_never_taken_for_an_empty_one(agency: Agency) -> None:
    uploads.stage(a_text("ada.txt", 10), TOKENS["upload"])
    empty = SimpleUploadedFile("ada.txt", b"")
    pages = [SimpleUploadedFile(f"{number}.html", HTML) for number in range(3)]
    page = send(empty, *pages, *[a_text(f"{number}.txt", 10) for number in range(7)])
    assert page.status_code == 422
    assert {file.size for file in uploads.staged(TOKENS["upload"])} == {10}


def test_a_file_that_is_being_read_has_no_name_on_the_disk(
    agency: Agency, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = []
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def looking(files: Any, token: str, *more: object) -> list[str]:
        there.extend((file.size, list(tmp_path.rglob("*"))) for file in files)
        return []

    monkeypatch.setattr(uploads, "stage_all", looking)
    assert send(a_text("surat.txt", 5_000_000)).status_code == 200
    assert there == [(5_000_000, [])]
