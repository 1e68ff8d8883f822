from typing import Any

from django.conf import settings as real
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from casework.models import Attachment, Case

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


def test_too_many_complaints_are_slowed(anybody: APIClient, settings: Any) -> None:
    rates = {"DEFAULT_THROTTLE_RATES": {"filing": "1/hour"}}
    settings.REST_FRAMEWORK = {**real.REST_FRAMEWORK, **rates}
    cache.clear()
    assert anybody.post(CASES, SAID, format="json").status_code == 201
    answer = anybody.post(CASES, SAID, format="json")
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


def test_of_what_cannot_be_read_nothing_else_is_said(anybody: APIClient) -> None:
    said = {"text": "a\x00b", "identity": "named", "name": "W\x00"}
    answer = anybody.post(CASES, said, format="json", HTTP_ACCEPT_LANGUAGE="en")
    unread = ["This value cannot be read."]
    assert answer.data["errors"] == {"text": unread, "name": unread}
