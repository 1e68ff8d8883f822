"""What people see when there is nothing, when they may not, and when the database is busy."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from accounts import api_keys
from casework.models import Case
from tests.agency import Agency, walk
from tests.server import database_url

IN_THE_DESK = 'class="desk"'


def officer(agency: Agency) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(agency.officer)
    return client


@contextmanager
def held(case: Case) -> Iterator[None]:
    """Somebody else changes the case, and we wait for a moment only."""
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '50ms'")
    other = psycopg2.connect(database_url())
    with other.cursor() as cursor:
        cursor.execute("SELECT 1 FROM casework_case WHERE id = %s FOR UPDATE", [case.pk])
    try:
        yield
    finally:
        other.close()
        connection.close()  # its lock_timeout with it


@pytest.mark.parametrize("path", ["/desk/nowhere/", "/desk/cases/26-AAAAAAA/"])
def test_staff_who_find_nothing_keep_the_way_to_their_queue(agency: Agency, path: str) -> None:
    answer = officer(agency).get(path)
    page = answer.content.decode()
    assert answer.status_code == 404
    assert IN_THE_DESK in page
    assert "secret" not in page


@pytest.mark.parametrize("path", ["/desk/nowhere/", "/nowhere/"])
def test_anybody_who_finds_nothing_is_told_how_to_find_a_complaint(db: None, path: str) -> None:
    answer = Client(headers={"accept-language": "en"}).get(path)
    page = answer.content.decode()
    assert answer.status_code == 404
    assert IN_THE_DESK not in page
    assert "With your reference and secret" in page


@pytest.mark.django_db(transaction=True)
def test_a_case_that_stays_busy_is_answered_with_a_page_that_says_to_wait(agency: Agency) -> None:
    case, client = walk(agency, "work"), officer(agency)
    client.cookies["django_language"] = "en"
    at = f"/desk/cases/{case.reference}/note/"
    with held(case):
        answer = client.post(at, {"text": "Sudah dicek."})
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "What you typed is still on the page before this one." in answer.content.decode()
    assert client.post(at, {"text": "Sudah dicek."}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_a_program_that_meets_a_busy_case_is_told_when_to_come_again(agency: Agency) -> None:
    case = walk(agency, "work")
    client = Client(
        headers={"authorization": f"Bearer {api_keys.issue('t', 'rest', agency.officer)}"}
    )
    at, note = f"/api/v1/cases/{case.reference}/actions/", {"action": "note", "text": "Dicek."}
    with held(case):
        answer = client.post(at, note, content_type="application/json")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert answer.json()["type"] == "urn:tanggap:problem:unavailable"
    assert not case.events.filter(kind="note").exists()


def test_our_own_fault_is_a_page_that_says_so(agency: Agency, monkeypatch) -> None:
    monkeypatch.setattr("desk.queue.render", None)
    answer = officer(agency).get("/desk/")
    assert answer.status_code == 500
    assert "<h1" in answer.content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        {"text": "x" * 3_000_000},
        {f"field{number}": "x" for number in range(1200)},
        {"files": [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(1001)]},
    ],
    ids=["too long", "too many fields", "far too many files"],
)
def test_what_is_too_much_to_read_is_a_page_that_says_so(db: None, sent: dict) -> None:
    client = Client(raise_request_exception=False, headers={"accept-language": "en"})
    answer = client.post("/complain/", sent)
    assert answer.status_code == 400
    assert "We could not read what was sent" in answer.content.decode()


def test_a_wrong_host_and_a_wrong_filter_are_pages_that_say_so(agency: Agency) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(agency.administrator)
    for answer in (
        client.get("/track/", headers={"host": "evil.example"}),
        client.get("/admin/accounts/user/?password__startswith=a"),
    ):
        assert (answer.status_code, b"<h1" in answer.content) == (400, True)
