"""Identity `none`: nothing that is stored or logged joins a person to the complaint."""

import hashlib
import json
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.models import Session
from django.test import Client
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from casework import links
from tests.agency import Agency, file_case
from tests.nameless import Complainant, Installation, installed
from tests.samples import streams, telling_pdf, telling_photo

NAME = "Wulan Anggraini"
PLANTED = {
    "the address": "203.0.113.77",
    "the browser": "Peramban-Wulan/9.7",
    "the language": "en-ZW",
    "the page before": "perujuk.example",
    "the name": NAME,
    "the first name": "Wulan",
    "the mail": "wulan@contoh.example",
    "the number": "081234567",
}
HEADERS = {
    "X-Forwarded-For": PLANTED["the address"],
    "User-Agent": PLANTED["the browser"],
    "Accept-Language": f"{PLANTED['the language']},en",
    "Referer": f"https://{PLANTED['the page before']}/",
}
SAID = {
    "text": "Air mati empat hari di RT 03.",
    "identity": "none",
    "name": NAME,
    "email": PLANTED["the mail"],
    "phone": f"{PLANTED['the number']}890",
}
FILES = [(f"{NAME}.jpg", telling_photo(NAME)), (f"Surat {NAME}.pdf", telling_pdf(NAME))]
INTO = """
INSERT INTO casework_complainant (identity, language, sealed_name, sealed_email, sealed_phone,
sealed_postal, email_index, phone_index)
VALUES ('none', 'id', 'Wulan Anggraini', '', '', '', '', '')
"""
KEY = "a-key-of-the-program-for-one-complaint"


@dataclass
class Left:
    """What is left of two complaints once they were filed and looked at."""

    dump: str
    logs: str
    media: dict[str, bytes]
    secrets: dict[str, str]

    def rows(self, table: str) -> list[dict[str, str]]:
        copied = rf"COPY public\.{table} \((.*?)\) FROM stdin;\n(.*?)\\\.\n"
        columns, body = re.search(copied, self.dump, re.DOTALL).groups()
        names = columns.split(", ")
        return [dict(zip(names, row.split("\t"), strict=True)) for row in body.splitlines()]


@pytest.fixture(scope="module")
def left() -> Iterator[Left]:
    with tempfile.TemporaryDirectory(prefix="tanggap-") as folder:
        with installed(Path(folder)) as place:
            known = by_pages(place) | by_rest(place)
            mistakes_in_the_database(place)
            place.manage("sweep")
            dump = place.dump()
        yield Left(dump, place.logs(), place.media(), known)


def by_pages(place: Installation) -> dict[str, str]:
    """File, have the receipt, track, look on live, write once more; with mistakes on the way.

    What carries files arrives twice.
    """
    with httpx.Client(base_url=f"http://{place.address}", headers=HEADERS, timeout=60) as web:
        person = Complainant(web)
        person.begin_to_send(FILES[0])
        person.fill(SAID, FILES)
        receipt = f"/complain/receipt/{person.token}/"
        web.post(receipt, data=person.form(receipt).fields)
        assert web.post("/complain/", data=SAID | {"csrfmiddlewaretoken": "x"}).status_code == 403
        assert person.track("0000 0000 0000 0000").status_code == 422
        case = person.track().headers["Location"]
        token = case.split("/")[2]
        listen(place, token)
        assert web.get(f"/c/{token[:-3]}aaa/").status_code == 404
        assert web.get(f"/C/{token}").status_code == 404
        said = person.form(f"{case}message/").fields | {"text": "Masih mati."}
        for _time in range(2):
            sent = web.post(f"{case}message/", data=said, files=[("files", FILES[0])])
            assert sent.status_code == 302, sent.text
    return {
        "the reference": person.reference,
        "the secret": person.secret.replace(" ", ""),
        "the link": token,
        "the token": person.token,
    }


def listen(place: Installation, token: str) -> None:
    """Open the page's socket, as a browser does, and one that is refused."""
    here, headers = (
        f"ws://{place.address}/ws/c",
        HEADERS | {"Origin": place.environment["BASE_URL"]},
    )
    with connect(f"{here}/{token}/", additional_headers=headers):
        pass
    with pytest.raises(InvalidStatus):
        connect(f"{here}/{token}/", additional_headers=HEADERS)


def by_rest(place: Installation) -> dict[str, str]:
    """The same by a program with a key, which passes on what somebody sent it."""
    headers = HEADERS | {"Authorization": f"Bearer {place.key}", "Idempotency-Key": KEY}
    with httpx.Client(base_url=f"http://{place.address}/api/v1", headers=headers) as program:
        files = [("files", file) for file in FILES]
        for _time in range(2):
            filed = program.post("/cases/", data=SAID, files=files, timeout=60)
            assert filed.status_code == 201, filed.text
        told = filed.json()
        sent = {"reference": told["reference"], "secret": told["secret"]}
        assert program.post("/track/", json=sent).status_code == 200
        assert program.post("/track/", json=sent | {"secret": "1"}).status_code == 404
        assert program.post("/cases/", json=SAID | {"text": NAME}).status_code == 422
        again = headers | {"Idempotency-Key": f"{KEY}-again"}
        assert program.post("/cases/", json=SAID, headers=again).status_code == 201
    return {
        "the program's reference": told["reference"],
        "the program's secret": told["secret"],
        "the program's key": KEY,
    }


def mistakes_in_the_database(place: Installation) -> None:
    """Statements that fail quote rows and values, unless the server is told not to."""
    place.client("psql", "-c", INTO)
    place.client("psql", "-c", "SELECT 'Wulan Anggraini'::text FROM nowhere")


@pytest.mark.parametrize("what", PLANTED)
def test_nothing_that_is_kept_or_logged_tells_of_the_person(left: Left, what: str) -> None:
    planted = PLANTED[what]
    assert planted not in left.dump
    assert planted not in left.logs
    for path, content in left.media.items():
        assert planted not in path
        content = streams(content) if path.endswith(".pdf") else content
        for sign in ("utf-8", "utf-16-be", "utf-16-le"):
            assert planted.encode(sign) not in content


def test_no_log_tells_of_a_complaint(left: Left) -> None:
    assert "violates check constraint" in left.logs, "the database's log was looked at"
    assert "Uvicorn running" in left.logs, "the web server's log was looked at"
    for what, known in left.secrets.items():
        assert known not in left.logs, what
    for place in ("/complain", "/track", "/c/", "complain/", "c/<str"):
        assert place not in left.logs


def test_the_web_server_has_no_line_for_a_socket_or_a_request(left: Left) -> None:
    said = re.findall(r"INFO uvicorn\.error: (\w+ \w+)", left.logs)
    assert said, "the web server's log was looked at"
    assert set(said) <= {
        *("Started server", "Waiting for", "Application startup", "Uvicorn running"),
        *("Shutting down", "Application shutdown", "Finished server"),
    }
    assert left.logs.count("uvicorn.error") == len(said)


def test_a_secret_is_nowhere_but_with_the_person(left: Left) -> None:
    references = {row["reference"] for row in left.rows("casework_case")}
    for what, known in left.secrets.items():
        if known not in references:
            assert known not in left.dump, what


def test_nobody_has_a_session_and_no_draft_is_left(left: Left) -> None:
    assert left.rows("django_session") == []
    assert all(row["case_id"] != r"\N" for row in left.rows("casework_attachment"))
    assert {row["upload_token"] for row in left.rows("casework_attachment")} == {""}
    assert left.rows("casework_sending") == left.rows("casework_piece") == []


def test_files_have_names_of_ours_and_nothing_temporary_stays(left: Left) -> None:
    names = sorted(row["name"] for row in left.rows("casework_attachment"))
    first, second, third = "Berkas 1.jpg", "Berkas 2.pdf", "Berkas 3.jpg"
    assert names == [first, first, second, second, third]
    assert len(left.media) == 5
    assert all("/media/attachments/" in path for path in left.media)


def test_the_language_of_the_browser_is_not_kept(left: Left) -> None:
    people = left.rows("casework_complainant")
    assert [row["language"] for row in people] == ["id"] * 3
    assert {row[f"sealed_{name}"] for row in people for name in ("name", "email", "phone")} == {""}


def test_when_somebody_looked_at_their_complaint_is_not_kept(left: Left) -> None:
    [visit] = left.rows("casework_trackinglink")
    assert set(visit) == {"id", "case_id", "mailed_to", "expires_at", "revoked_at"}
    assert not visit["mailed_to"]
    assert re.search(r" \d\d:00:00\+", visit["expires_at"])


def test_of_the_use_of_a_key_the_day_alone_is_kept(left: Left) -> None:
    [key] = left.rows("accounts_apikey")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", key["last_used_on"])


def test_what_a_program_sent_is_kept_as_a_digest_that_nobody_can_guess(left: Left) -> None:
    kept = {name: words for name, words in SAID.items() if name in ("identity", "text")}
    sent = json.dumps(kept, sort_keys=True)
    assert hashlib.sha256(sent.encode()).hexdigest() not in left.dump
    kept = [row["body_digest"] for row in left.rows("casework_receipt")]
    assert len(kept) == 3, "one by pages, two by a program"
    assert len(set(kept)) == 2, "one of them came with files"
    assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in kept)


def test_a_contact_that_came_along_leaves_no_trace_in_the_digest(agency: Agency) -> None:
    program, key = Client(), {"HTTP_IDEMPOTENCY_KEY": KEY}
    answers = [
        program.post("/api/v1/cases/", SAID | {"name": name}, "application/json", **key)
        for name in (NAME, "Siti")
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].content == answers[1].content


def test_nothing_that_a_citizen_is_told_opens_a_session(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CookieStorage, "max_cookie_size", 20)
    address = f"/c/{links.link_for(file_case())}/message/"
    assert Client().post(address, {"text": "Masih mati."}).status_code == 302
    assert not Session.objects.exists()
