"""A line that is cut after sending: one case, and the citizen still sees the secret."""

import json
import re
import secrets
import socket
import struct
import time

import httpx
import pytest

from casework.models import Case, Receipt

pytestmark = pytest.mark.django_db(transaction=True)

#: By each of the two ways; with the other's these are 200.
COMPLAINTS = 100
RETRIES = 5
TEXT = "Air mati empat hari di RT 03 Karangsari. Kami membeli air galon."
#: Closing sends a reset: the server cannot even finish its answer.
RESET = struct.pack("ii", 1, 0)


def send_and_cut(host: str, request: httpx.Request, *, after_commit: bool) -> None:
    """Send a whole request, then cut the line: at once, or when the answer begins to come."""
    name, port = host.split(":")
    lines = [f"{request.method} {request.url.raw_path.decode()} HTTP/1.1"]
    lines += [f"{key}: {value}" for key, value in request.headers.items()]
    with socket.create_connection((name, int(port)), timeout=30) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        line.sendall("\r\n".join([*lines, "", ""]).encode() + request.read())
        if after_commit:
            assert line.recv(1) == b"H", "an answer begins: what it tells of is committed"


class Pages:
    """Filing at the last step of the form."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client
        html = client.get("/complain/").text
        self.csrf = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', html)[0]

    def request(self, key: str) -> httpx.Request:
        said = {"step": "check", "go": "next", "text": TEXT, "identity": "none"}
        tokens = {"token": key, "upload": f"u{key}", "csrfmiddlewaretoken": self.csrf}
        return self.client.build_request("POST", "/complain/", data=said | tokens)

    def secret(self, answer: httpx.Response) -> str:
        html = self.client.get(answer.headers["Location"]).text
        return re.findall(r"data-secret>([\d ]{19})<", html)[0].replace(" ", "")


class Rest:
    """Filing by a program, with an Idempotency-Key."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client

    def request(self, key: str) -> httpx.Request:
        said = {"text": TEXT, "identity": "none"}
        head = {"Idempotency-Key": key}
        return self.client.build_request("POST", "/api/v1/cases/", json=said, headers=head)

    def secret(self, answer: httpx.Response) -> str:
        return json.loads(answer.text)["secret"]


def settle() -> None:
    """Wait until what was cut off is done: nothing more is written."""
    before = -1
    while (now := Case.objects.count()) != before:
        before = now
        time.sleep(0.5)


@pytest.mark.parametrize("way", [Pages, Rest])
def test_cut_and_sent_again_five_times_is_one_case_whose_secret_is_seen(
    server: str, way: type[Pages] | type[Rest]
) -> None:
    with httpx.Client(base_url=f"http://{server}", timeout=30) as client:
        citizen = way(client)
        known = {}
        for _number in range(COMPLAINTS):
            key = secrets.token_urlsafe(24)
            # Cut after the commit, then as soon as it is sent: those overlap on the server.
            for retry in range(RETRIES):
                send_and_cut(server, citizen.request(key), after_commit=retry == 0)
            known[key] = citizen.secret(client.send(citizen.request(key)))
        settle()
        assert Case.objects.count() == Receipt.objects.count() == COMPLAINTS
        assert len(set(known.values())) == COMPLAINTS
        assert all(re.fullmatch(r"\d{16}", secret) for secret in known.values())
        assert_opens(client, list(known.values()))


def assert_opens(client: httpx.Client, secrets_seen: list[str]) -> None:
    """The secrets that were shown, in order, are those of the cases."""
    references = Case.objects.order_by("pk").values_list("reference", flat=True)
    for reference, secret in list(zip(references, secrets_seen, strict=True))[::10]:
        said = {"reference": reference, "secret": secret}
        assert client.post("/api/v1/track/", json=said).status_code == 200
