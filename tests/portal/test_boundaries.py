"""What must not reach the citizen, and what comes from outside in no shape of ours."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from casework import links, uploads
from casework.models import Case
from tests.agency import Agency, do, walk

SENT = {"step": "check", "text": "Air mati empat hari di RT 03.", "identity": "none"}


def a_file(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"halo warga")


def test_of_a_bare_step_neither_words_nor_files_reach_the_citizen(
    client: Client, agency: Agency
) -> None:
    case = walk(agency, "work")
    uploads.stage(a_file("dalam.txt"), "a-token")
    reason = {"unit": "roads", "reason": "kata untuk petugas saja"}
    case = do(case, "transfer", agency.supervisor, upload="a-token", **reason)
    address = f"/c/{links.link_for(case)}/"
    page = client.get(address).content.decode()
    assert "kata untuk petugas saja" not in page and "dalam.txt" not in page
    assert client.get(f"{address}files/{case.attachments.get().pk}/").status_code == 404


@pytest.mark.parametrize("token", ["", "a/b", "x\x00y", "z" * 65])
def test_a_token_that_is_none_of_ours_files_nothing(
    client: Client, agency: Agency, token: str
) -> None:
    page = client.post("/complain/", SENT | {"token": token, "upload": "an-upload"})
    assert page.status_code == 200 and not Case.objects.exists()
    assert "Air mati empat hari" in page.content.decode()


@pytest.mark.parametrize("upload", ["", "x\x00y", "z" * 65])
def test_a_file_under_no_token_of_ours_is_an_error_in_words(
    client: Client, agency: Agency, upload: str
) -> None:
    sent = {"step": "files", "token": "t", "upload": upload, "files": a_file("a.txt")}
    assert client.post("/complain/", sent).status_code == 200
    address = f"/c/{links.link_for(walk(agency, 'work'))}/message/"
    sent = {"text": "Ada kabar?", "upload": upload, "files": a_file("a.txt")}
    assert client.post(address, sent).status_code == 422


def test_removing_what_is_no_number_removes_nothing(client: Client, agency: Agency) -> None:
    sent = {"step": "files", "token": "t", "upload": "u", "remove": "²"}
    assert client.post("/complain/", sent).status_code == 200
