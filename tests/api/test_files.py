from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from casework.models import Attachment, Case
from tests.agency import Agency, citizen, do, file_case, walk
from tests.api.conftest import client
from workflows import filing

CASES = "/api/v1/cases/"
TRACK = "/api/v1/track/"


def answered_with_file(agency: Agency) -> Case:
    """A case whose answer came over the API, with a file."""
    case = walk(agency, "work")
    said = {
        "action": "respond",
        "text": "Pompa sudah diganti.",
        "files": SimpleUploadedFile("pompa.txt", b"Pompa nomor 12"),
    }
    answer = client(agency.officer).post(f"{CASES}{case.reference}/actions/", said)
    assert answer.status_code == 200
    return case


def test_a_file_of_the_timeline_opens_where_it_says(agency: Agency) -> None:
    case = answered_with_file(agency)
    api = client(agency.officer)
    (file,) = api.get(f"{CASES}{case.reference}/timeline/").data[0]["files"]
    held = Attachment.objects.get()
    assert (file["id"], file["name"], file["size"]) == (held.pk, "pompa.txt", 14)
    assert file["url"] == f"http://localhost:8000{CASES}{case.reference}/files/{held.pk}/"
    answer = api.get(file["url"], HTTP_ACCEPT="text/plain")
    assert answer.content == b"Pompa nomor 12"
    assert answer["Content-Type"] == "text/plain"
    assert answer["Content-Disposition"] == 'attachment; filename="pompa.txt"'
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-store"


def test_a_file_of_another_case_is_not_there(agency: Agency) -> None:
    answered_with_file(agency)
    number = Attachment.objects.get().pk
    other = walk(agency, "work")
    api = client(agency.officer)
    for name in (f"{other.reference}/files/{number}/", f"{other.reference}/files/{10**30}/"):
        answer = api.get(CASES + name)
        assert answer.status_code == 404
        assert answer["Content-Type"] == "application/problem+json"


def test_a_file_is_not_there_for_whoever_may_not_see_the_case(agency: Agency) -> None:
    case = answered_with_file(agency)
    address = f"{CASES}{case.reference}/files/{Attachment.objects.get().pk}/"
    assert client(agency.officer).get(address).status_code == 200
    assert client(agency.roads_officer).get(address).status_code == 404
    assert client().get(address).status_code == 401


def test_a_file_that_hangs_on_no_case_is_not_there(agency: Agency) -> None:
    case = answered_with_file(agency)
    Attachment.objects.update(case=file_case())
    address = f"{CASES}{case.reference}/files/{Attachment.objects.get().pk}/"
    assert client(agency.auditor).get(address).status_code == 404


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("pompa.txt", b"Pompa nomor 12")


def kept(media: Path) -> list[Path]:
    """What is left behind, in the records or on the disk."""
    return [*Attachment.objects.all(), *(path for path in media.rglob("*") if path.is_file())]


@pytest.mark.parametrize(
    ("who", "said", "status"),
    [
        ("auditor", {"action": "note", "text": "x"}, 403),
        ("officer", {"action": "approve"}, 422),
        ("officer", {"action": "no-such-act"}, 422),
        ("officer", {"action": "respond"}, 422),
        ("officer", {"action": "respond", "text": "Sudah.", "seen": 1}, 409),
    ],
)
def test_a_refused_act_leaves_no_file(
    agency: Agency, media: Path, who: str, said: dict[str, Any], status: int
) -> None:
    case = walk(agency, "work")
    do(case, "message", citizen(case), text="Sekarang keruh.")
    api = client(getattr(agency, who))
    answer = api.post(f"{CASES}{case.reference}/actions/", {**said, "files": photo()})
    assert answer.status_code == status
    assert kept(media) == []


def test_a_file_that_is_refused_takes_the_others_along(agency: Agency, media: Path) -> None:
    case = walk(agency, "work")
    files = [photo(), SimpleUploadedFile("foto.jpg", b"MZ\x90\x00\x03")]
    said = {"action": "note", "text": "Foto.", "files": files}
    answer = client(agency.officer).post(f"{CASES}{case.reference}/actions/", said)
    assert list(answer.data["errors"]) == ["files"]
    assert kept(media) == []


def test_a_refused_complaint_leaves_no_file(agency: Agency, media: Path) -> None:
    answer = client().post(CASES, {"identity": "named", "files": photo()}, format="multipart")
    assert answer.status_code == 422
    assert kept(media) == []


def told_apart(answer: Any) -> tuple[int, str, list[str]]:
    return answer.status_code, answer["Content-Type"], list(answer.data["errors"])


@pytest.mark.parametrize("name", ["media", "file", "proof_files"])
def test_a_file_at_a_name_that_takes_none_is_refused_and_not_dropped(
    agency: Agency, media: Path, name: str
) -> None:
    filed = filing.file({"text": "Lampu jalan mati sejak Senin.", "identity": "none"})
    keys = {"reference": filed.case.reference, "secret": filed.secret}
    message = {"action": "message", "text": "Ini fotonya."}
    note = {"action": "note", "text": "Foto.", "proof_files": photo()}
    complaint = {"text": "Lampu jalan mati sejak Senin.", "identity": "none"}
    acts = f"{CASES}{filed.case.reference}/actions/"
    refused = (422, "application/problem+json", [name])
    assert told_apart(client().post(CASES, {**complaint, name: photo()})) == refused
    assert told_apart(client().post(TRACK, {**keys, name: photo()})) == refused
    told = client().post(f"{TRACK}actions/", {**keys, **message, "files": photo(), name: photo()})
    assert told_apart(told) == refused
    assert told_apart(client(agency.intake).post(acts, {**note, name: photo()})) == refused
    assert kept(media) == []
    assert [event.kind for event in filed.case.events.all()] == ["filed"]
    assert Case.objects.count() == 1


@pytest.mark.parametrize("name", ["files", "proof_files"])
@pytest.mark.parametrize("how", ["json", "multipart"])
def test_what_is_no_file_is_refused_at_the_name_of_one(
    anybody: APIClient, name: str, how: str
) -> None:
    complaint = {"text": "Lampu jalan mati sejak Senin.", "identity": "none"}
    answer = anybody.post(CASES, {**complaint, name: ["a.txt"]}, format=how)
    assert told_apart(answer) == (422, "application/problem+json", [name])
    assert not Case.objects.exists()
    nothing = {**complaint, name: [] if how == "json" else ""}
    assert anybody.post(CASES, nothing, format=how).status_code == 201
