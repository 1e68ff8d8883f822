import pytest
from rest_framework.test import APIClient

from casework.models import Attachment
from tests.agency import Agency
from tests.api.conftest import client

ADDRESSES = ("/api/v1/cases/", "/api/v1/track/")
BODIES = (
    b"",
    b"{",
    b"[]",
    b"null",
    b'"text"',
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b'{"text": NaN}',
    b'{"text": ' + b"9" * 10_000 + b"}",
    b'{"text": {"a": 1}, "identity": [], "lat": true, "reference": 1, "secret": {}}',
    b'{"text": "a\\u0000b with more words", "identity": "none", "secret": "\\u0000"}',
    b'{"text": "a\\ud800b with more words", "identity": "none", "secret": "\\ud800"}',
    b'{"\\ud800": "\\ud800", "identity": "\\ud800"}',
    b'{"reference": "26-\\u0000", "secret": "x", "lat": 1e999, "identity": "none"}',
)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("body", BODIES)
def test_no_body_breaks_anything(anybody: APIClient, address: str, body: bytes) -> None:
    answer = anybody.post(address, body, content_type="application/json")
    assert answer.status_code in (400, 404, 422)
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.data["status"] == answer.status_code


def test_a_charset_that_is_none_does_not_matter(anybody: APIClient) -> None:
    kind = "multipart/form-data; boundary=x; charset=hex"
    body = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\na\r\n--x--\r\n'
    assert anybody.post(ADDRESSES[0], body, content_type=kind).status_code == 422
    kind = "application/json; charset=rot13"
    assert anybody.post(ADDRESSES[0], b"{}", content_type=kind).status_code == 422


def test_a_huge_body_is_refused(anybody: APIClient) -> None:
    body = b'{"text": "' + b"a" * 3 * 1024**2 + b'"}'
    answer = anybody.post(ADDRESSES[0], body, content_type="application/json")
    assert answer.status_code == 413
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("count", [11, 51])
def test_more_files_than_ten_are_refused_with_the_limit(anybody: APIClient, count: int) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\na\r\n'
    kind = "multipart/form-data; boundary=x"
    answer = anybody.post(
        ADDRESSES[0], part * count + b"--x--\r\n", content_type=kind, HTTP_ACCEPT_LANGUAGE="en"
    )
    assert answer.status_code == 422
    assert answer.data["errors"] == {"files": ["At most 10 files can be sent."]}
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("get", "/api/v1/nothing/", 404),
        ("post", "/api/v1/nothing/", 404),
        ("delete", "/api/v1/cases/", 401),
        ("put", "/api/v1/track/", 405),
        ("options", "/api/v1/track/", 405),
    ],
)
def test_what_is_not_there_is_a_problem_document(
    anybody: APIClient, method: str, address: str, status: int
) -> None:
    answer = getattr(anybody, method)(address)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"


def test_what_can_be_done_at_an_address_is_said(agency: Agency) -> None:
    for method, address, allowed in (
        ("delete", "/api/v1/cases/", {"GET", "HEAD", "POST"}),
        ("options", "/api/v1/track/", {"POST"}),
    ):
        answer = getattr(client(agency.officer), method)(address)
        assert answer.status_code == 405
        assert set(answer["Allow"].split(", ")) == allowed
        assert "{method}" not in answer.data["title"]


def test_other_kinds_of_bodies_are_refused(anybody: APIClient) -> None:
    answer = anybody.post(ADDRESSES[0], b"<a/>", content_type="text/xml")
    assert answer.status_code == 415
    assert answer["Content-Type"] == "application/problem+json"
    assert "{media_type}" not in answer.data["title"]


JSON, FORM = "application/json", "multipart/form-data"


@pytest.mark.parametrize(
    ("method", "body", "kind", "detail"),
    [
        ("PUT", "", JSON, "Metode “PUT” tidak berlaku di sini."),
        ("POST", "{", JSON, "Ini bukan JSON yang sah: baris 1, kolom 2."),
        ("POST", '{"reference": NaN}', JSON, "Ini bukan JSON yang sah."),
        ("POST", "x", FORM, "Formulir ini tidak dapat dibaca."),
    ],
)
def test_refusals_are_said_in_the_language_of_the_caller(
    anybody: APIClient, method: str, body: str, kind: str, detail: str
) -> None:
    answer = anybody.generic(method, ADDRESSES[1], body, kind, HTTP_ACCEPT_LANGUAGE="id")
    assert answer.data["detail"] == detail
    if method == "POST":
        assert answer.data["title"] == "Permintaan ini tidak dapat dibaca."


def test_what_is_wrong_with_a_field_is_said_in_the_language_of_the_caller(
    anybody: APIClient,
) -> None:
    said = {"reference": [], "secret": "x"}
    answer = anybody.post(ADDRESSES[1], said, format="json", HTTP_ACCEPT_LANGUAGE="id")
    assert answer.data["errors"] == {"reference": ["Ini bukan teks."]}
