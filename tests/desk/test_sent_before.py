"""A form at the counter that comes back: Back, Reload, and the next person's letter."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from casework.models import Case
from tests.agency import Agency
from tests.desk.pages import at_desk
from tests.samples import picture, telling_pdf

PATH = "/desk/file/"
SAID = {
    "channel": "letter",
    "text": "Surat dari warga: air mati sepekan di RT 07.",
    "identity": "named",
    "name": "Pak Slamet",
    "token": "of-the-form",
    "upload": "papers",
    "proof_upload": "scans",
}


@pytest.fixture
def clerk(agency: Agency) -> Client:
    return at_desk(agency.officer)


def test_the_next_letter_in_an_old_form_is_neither_dropped_nor_called_filed(clerk: Client) -> None:
    assert clerk.post(PATH, SAID).status_code == 302
    first = Case.objects.get()
    clerk.get(PATH)  # what was said about the first is read
    other = {"text": "Surat lain: lampu jalan padam di RT 02.", "name": "Bu Wati"}
    answer = clerk.post(PATH, SAID | other)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "What stands here now was not filed." in page
    assert f'href="/desk/receipts/{first.reference}/"' in page
    assert f"Filed: {first.reference}" not in page
    tokens = dict(re.findall(r'name="(token|upload|proof_upload)" value="([^"]+)"', page))
    assert other["text"] in page
    assert 'value="Bu Wati"' in page
    assert tokens["token"] != SAID["token"]
    assert tokens["upload"] == SAID["upload"]
    filed = clerk.post(PATH, SAID | other | tokens)
    second = Case.objects.latest("pk")
    assert filed.headers["Location"] == f"/desk/receipts/{second.reference}/"
    assert [case.complainant.name for case in Case.objects.order_by("pk")] == [
        "Pak Slamet",
        "Bu Wati",
    ]


@pytest.mark.parametrize("identity", ["named", "none"])
def test_a_lost_answer_brings_the_same_receipt_with_the_files_as_they_come_again(
    clerk: Client, identity: str
) -> None:
    def again(photo: bytes, scan: bytes) -> str:
        files = {
            "files": SimpleUploadedFile("foto.jpg", photo, "image/jpeg"),
            "proof_files": SimpleUploadedFile("surat.pdf", scan, "application/pdf"),
        }
        answer = clerk.post(PATH, SAID | {"identity": identity} | files)
        assert answer.status_code == 302, re.findall("<li>.*?</li>", answer.content.decode())
        return str(answer.headers["Location"])

    first = again(picture(), telling_pdf("Slamet"))
    assert again(picture(), telling_pdf("Slamet")) == first
    assert again(b"", telling_pdf("Slamet")) == first, "a shrunk photo, loaded again"
    assert Case.objects.count() == 1
    assert Case.objects.get().attachments.count() == 2


def test_another_scan_is_another_content(clerk: Client) -> None:
    assert clerk.post(PATH, SAID).status_code == 302
    scan = {"proof_files": SimpleUploadedFile("surat.txt", b"Kepada Yth.", "text/plain")}
    answer = clerk.post(PATH, SAID | scan)
    assert answer.status_code == 409
    assert "surat.txt" in answer.content.decode()


def test_the_moment_of_now_makes_no_difference(clerk: Client) -> None:
    for received in ("", " "):
        assert clerk.post(PATH, SAID | {"received_at": received}).status_code == 302
    assert Case.objects.count() == 1
