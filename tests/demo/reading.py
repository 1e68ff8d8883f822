"""Reading all that a person can open, one of each kind of page."""

from __future__ import annotations

from collections.abc import Iterable
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve

from tests.crawl import addresses_in

SPOKEN = ("title", "alt", "placeholder", "aria-label", "value", "content", "label")
SILENT = ("script", "style")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT
        if ("type", "hidden") not in pairs:  # what is drawn by lot and nobody reads
            self.said += [value for name, value in pairs if name in SPOKEN and value]
        self.said += [v for name, v in pairs if name.startswith("data-") and v and " " in v]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if not self.silent and data.strip():
            self.said.append(" ".join(data.split()))


def words_of(page: str) -> list[str]:
    """What a page says, to eyes and to ears."""
    reader = _Words()
    reader.feed(page)
    return reader.said


def _kind(address: str) -> str:
    url = urlsplit(address)
    try:
        name = resolve(url.path).view_name
    except Resolver404:
        return "nowhere"
    asked = sorted({name for name, _value in parse_qsl(url.query, keep_blank_values=True)})
    return f"{name} {asked if len(asked) < 2 else 'several'}"


def read_all(client: Client, starts: Iterable[str]) -> dict[str, list[str]]:
    """By address what its page says, of these addresses and of one of each kind beyond them."""
    starts = list(starts)
    waiting, kinds, read = [*starts], set[str](), dict[str, list[str]]()
    while waiting:
        address = waiting.pop(0)
        if address in read or address.startswith(settings.STATIC_URL):
            continue
        if address not in starts and _kind(address) in kinds:
            continue
        kinds.add(_kind(address))
        answer = client.get(address)
        read[address] = []
        if "Location" in answer:
            waiting.append(urljoin(address, answer["Location"]))
        if answer.get("Content-Type", "").startswith("text/html"):
            page = answer.content.decode()
            read[address] = words_of(page)
            waiting += sorted(addresses_in(page, address))
    return read
