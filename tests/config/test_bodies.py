"""What is too much is refused before it is read, and whoever sent it is told in words."""

import json
import socket
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from casework import uploads
from casework.models import Case
from config import bodies

MOST = 300_000
FORM = "multipart/form-data; boundary=x"
SAID = {"text": "Air mati empat hari.", "identity": "none"}


@pytest.fixture
def little(settings: Any) -> int:
    settings.MAX_BODY = MOST
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = MOST // 3
    return MOST


def ask(server: str, path: str, *headers: str, body: bytes = b"", whole: bool = False) -> str:
    """Send the head of a request, and perhaps a body; what is answered, `whole`: until the end."""
    host, port = server.split(":")
    lines = [f"POST {path} HTTP/1.1", f"Host: {server}", "Accept-Language: en", *headers, "", ""]
    with socket.create_connection((host, int(port)), timeout=20) as line:
        line.sendall("\r\n".join(lines).encode() + body)
        heard = b""
        while (whole or not heard.rstrip().endswith((b"</html>", b"}"))) and (
            piece := line.recv(65536)
        ):
            heard += piece
    return heard.decode()


def test_a_length_that_is_too_large_is_refused_before_a_byte_was_sent(server: str) -> None:
    begun = time.monotonic()
    heard = ask(server, "/complain/", "Content-Length: 200000000", f"Content-Type: {FORM}")
    assert heard.startswith("HTTP/1.1 413 ")
    assert "This is too much at once" in heard
    assert "At most 10 files of 10 MB can be sent." in heard
    assert "connection: close" in heard.lower()
    assert "content-security-policy: " in heard.lower()
    # Whoever asks first is not told to go on.
    head = ("Content-Length: 200000000", f"Content-Type: {FORM}", "Expect: 100-continue")
    heard = ask(server, "/complain/", *head, whole=True)
    assert heard.startswith("HTTP/1.1 413 ") and "100 Continue" not in heard
    assert time.monotonic() - begun < bodies.LINGER, "who sends nothing is not waited for"


def test_a_program_is_told_so_in_a_problem_document(server: str) -> None:
    for path, kind in (("cases/", FORM), ("track/", "application/json"), ("nowhere/", "text/x")):
        head = ("Content-Length: 200000000", f"Content-Type: {kind}")
        heard = ask(server, f"/api/v1/{path}", *head)
        assert heard.startswith("HTTP/1.1 413 ")
        assert "application/problem+json" in heard
        assert '"type": "urn:tanggap:problem:too-large"' in heard


def test_only_forms_with_files_may_be_large(server: str, little: int) -> None:
    # What comes in the first is no form after all; but it was read.
    for kind, status in ((FORM, 400), ("application/x-www-form-urlencoded", 413)):
        with httpx.Client(base_url=f"http://{server}") as web:
            web.get("/complain/")
            sent = {"Content-Type": kind, "X-CSRFToken": web.cookies["csrftoken"]}
            answer = web.post("/complain/", content=b"x" * (little // 2), headers=sent)
        assert answer.status_code == status


def chunks(total: int) -> Iterator[bytes]:
    for _number in range(total // 10_000):
        yield b"x" * 10_000


def test_a_body_without_a_length_is_read_to_the_limit_and_no_further(
    server: str, little: int
) -> None:
    headers = {"Content-Type": FORM}
    begun = time.monotonic()
    with httpx.Client(base_url=f"http://{server}", headers=headers, timeout=30) as web:
        within = web.post("/complain/", content=chunks(little))
        beyond = web.post("/complain/", content=chunks(little * 40))
        program = web.post("/api/v1/cases/", content=chunks(little * 2))
    assert time.monotonic() - begun < 2 * bodies.LINGER
    assert (within.status_code, beyond.status_code, program.status_code) == (403, 413, 413)
    assert "<h1" in beyond.text
    assert json.loads(program.text)["status"] == 413


def test_whoever_sends_everything_before_listening_hears_the_answer(
    server: str, little: int
) -> None:
    head = ("Content-Length: 20000000", f"Content-Type: {FORM}")
    heard = ask(server, "/complain/", *head, body=b"x" * 20_000_000)
    assert heard.startswith("HTTP/1.1 413 ") and "</html>" in heard


def test_a_sender_that_never_ends_is_let_go(
    server: str, little: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "LINGER", 0.2)
    head = ("Content-Length: 200000000", f"Content-Type: {FORM}")
    assert ask(server, "/complain/", *head, whole=True).startswith("HTTP/1.1 413 ")


def test_as_much_as_is_allowed_comes_in(server: str, settings: Any) -> None:
    assert settings.MAX_BODY == (
        uploads.MAX_FILES * uploads.MAX_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    )
    files = [("files", (f"{number}.txt", b"a" * uploads.MAX_BYTES)) for number in range(3)]
    address = f"http://{server}/api/v1/cases/"
    answer = httpx.post(address, data=SAID, files=files, timeout=60)
    assert answer.status_code == 201
    assert Case.objects.get().attachments.count() == 3
