from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.throttles import Pace, Throttle
from casework import limits
from casework.models import Attachment, Case
from tests.agency import Agency
from tests.api.conftest import client

CASES = "/api/v1/cases/"
SAID = {"text": "Lampu jalan mati sejak Senin malam.", "identity": "none"}
KEY = {"HTTP_IDEMPOTENCY_KEY": "a-key-that-nobody-can-guess"}


def test_a_complaint_is_filed(anybody: APIClient) -> None:
    answer = anybody.post(CASES, SAID, format="json")
    assert answer.status_code == 201
    case = Case.objects.get()
    assert answer.data["reference"] == case.reference
    assert len(answer.data["secret"]) == 16
    assert answer.data["track_url"] == f"http://localhost:8000/track/?reference={case.reference}"
    assert case.channel == "api"
    assert answer["Cache-Control"] == "private, no-store"


def test_files_come_with_it(anybody: APIClient) -> None:
    file = SimpleUploadedFile("bukti.txt", b"Tiang nomor 12")
    assert anybody.post(CASES, {**SAID, "files": file}, format="multipart").status_code == 201
    assert Attachment.objects.get().case == Case.objects.get()


def test_a_program_in_disguise_is_refused(anybody: APIClient) -> None:
    file = SimpleUploadedFile("bukti.jpg", b"MZ\x90\x00\x03")
    answer = anybody.post(CASES, {**SAID, "files": file}, format="multipart")
    assert answer.status_code == 422
    assert "files" in answer.data["errors"]
    assert not Case.objects.exists()


def test_the_same_key_and_body_give_the_same_answer(anybody: APIClient) -> None:
    def send() -> Any:
        file = SimpleUploadedFile("bukti.txt", b"Tiang nomor 12")
        return anybody.post(CASES, {**SAID, "files": file}, format="multipart", **KEY)

    assert send().data == send().data
    assert Case.objects.count() == Attachment.objects.count() == 1


def test_the_same_key_with_another_body_is_refused(anybody: APIClient) -> None:
    anybody.post(CASES, SAID, format="json", **KEY)
    answer = anybody.post(CASES, {**SAID, "address": "RT 03"}, format="json", **KEY)
    assert answer.status_code == 422
    assert answer.data["type"] == "urn:tanggap:problem:key-reused"


def test_a_short_key_is_refused(anybody: APIClient) -> None:
    answer = anybody.post(CASES, SAID, format="json", HTTP_IDEMPOTENCY_KEY="1")
    assert answer.status_code == 400


def test_what_is_missing_is_named(anybody: APIClient) -> None:
    answer = anybody.post(CASES, {"identity": "named"}, format="json")
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert set(answer.data["errors"]) == {"text", "name"}


def test_too_many_complaints_are_slowed_but_not_those_with_a_key(
    anybody: APIClient, agency: Agency, counted: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    paces = {"address": Pace(1, 3600, first=60, longest=60)}
    monkeypatch.setattr(limits, "FILING", Throttle("filing", 9, paces))
    keys = [{"HTTP_IDEMPOTENCY_KEY": f"a complaint of ours {n}"} for n in range(3)]
    answers = [anybody.post(CASES, SAID, format="json", **key) for key in keys]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert answers[2].data["type"] == "urn:tanggap:problem:throttled"
    assert 0 < int(answers[2]["Retry-After"]) <= 60
    assert anybody.post(CASES, SAID, format="json", **keys[0]).data == answers[0].data
    assert client(agency.officer).post(CASES, SAID, format="json").status_code == 201


def test_a_flood_of_what_cannot_be_filed_keeps_nobody_from_filing(
    anybody: APIClient, agency: Agency, counted: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    paces = {"address": Pace(60, 3600, first=5, longest=120)}
    monkeypatch.setattr(limits, "FILING", Throttle("filing", 1, paces))
    with time_machine.travel(timezone.now(), tick=False):
        for n in range(5):
            empty = anybody.post(CASES, {}, format="json", REMOTE_ADDR=f"192.0.2.{n}")
            assert empty.status_code == 422
        assert anybody.post(CASES, SAID, format="json").status_code == 201


def test_of_what_cannot_be_read_nothing_else_is_said(anybody: APIClient) -> None:
    said = {"text": "a\x00b", "identity": "named", "name": "W\x00"}
    answer = anybody.post(CASES, said, format="json", HTTP_ACCEPT_LANGUAGE="en")
    unread = ["This value cannot be read."]
    assert answer.data["errors"] == {"text": unread, "name": unread}


def test_the_postal_address_comes_with_it_and_is_read_by_who_handles_it(
    anybody: APIClient, agency: Agency
) -> None:
    said = {**SAID, "identity": "named", "name": "Pak Slamet", "postal": "Jalan Melati 7\nSolo"}
    reference = anybody.post(CASES, said, format="json").data["reference"]
    whole = client(agency.intake).get(f"{CASES}{reference}/").data
    assert whole["contacts"] == {
        "name": "Pak Slamet", "email": "", "phone": "", "postal": "Jalan Melati 7\nSolo",
    }  # fmt: skip
    none = anybody.post(CASES, {**said, "identity": "none"}, format="json").data["reference"]
    assert Case.objects.get(reference=none).complainant.postal == ""
