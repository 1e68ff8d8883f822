"""An open page, as its socket hears."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.test import Client
from websockets.sync.client import ClientConnection, connect

ORIGIN = "http://localhost:8000"
GRACE = 1.2  # seconds in which nothing may come


def cookie_of(client: Client) -> dict[str, str]:
    return {"Cookie": f"sessionid={client.cookies['sessionid'].value}"}


@contextmanager
def listening(
    server: str, path: str = "/ws/me/", user=None, origin: str | None = ORIGIN
) -> Iterator[ClientConnection]:
    """A socket to `host:port`, of a person who is signed in or of nobody."""
    headers = {}
    if user:
        client = Client()
        client.force_login(user)
        headers = cookie_of(client)
    with connect(f"ws://{server}{path}", additional_headers=headers, origin=origin) as page:
        yield page


def heard(page: ClientConnection, within: float = GRACE) -> set[str]:
    """The topics that arrive until it is silent for `within` seconds."""
    topics = set()
    while True:
        try:
            note = json.loads(page.recv(timeout=within))
        except TimeoutError:
            return topics
        assert note.pop("type") == "newer" and list(note) == ["topic"]
        topics.add(note["topic"])


def watch(page: ClientConnection, case) -> None:
    page.send(json.dumps({"watch": case.reference}))
    time.sleep(0.3)
