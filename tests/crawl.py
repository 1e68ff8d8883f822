"""What a scanner of links does: open every address that a page names, with GET and HEAD."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import Resolver404, resolve

NAMES_ADDRESSES = ("href", "src", "action", "formaction", "data-socket", "poster", "data")
MOST = 600  # addresses of one person: a crawl that does not end is a failure
URL = re.compile(r"https?://[^\s\"'<>]+")
#: Rows that looking may write: who looked, and what a browser brings along.
WRITTEN_BY_LOOKING = ("casework_accesslog", "django_session", "django_migrations")


class _Addresses(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.fields: dict[str, str] = {}
        self.action: str | None = None

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        attrs = {name: value or "" for name, value in pairs}
        self.found += [v for name, v in attrs.items() if name in NAMES_ADDRESSES]
        self.found += [v for name, v in attrs.items() if name.startswith("hx-") and "/" in v[:2]]
        if tag == "form":
            self.action, self.fields = attrs.get("action", ""), {}
        elif self.action is not None and attrs.get("name"):
            self.fields[attrs["name"]] = attrs.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.action is not None:
            # As a GET, whatever the form says: scanners do.
            said = {k: v for k, v in self.fields.items() if k != "csrfmiddlewaretoken"}
            self.found.append(f"{self.action}?{urlencode(said)}")
            self.action = None


def addresses_in(page: str, here: str) -> set[str]:
    """Every path of this site that a page or a mail names."""
    reader = _Addresses()
    reader.feed(page)
    found = [*reader.found, *URL.findall(page)]
    absolute = (urlsplit(urljoin(settings.BASE_URL + here, each)) for each in found)
    host = urlsplit(settings.BASE_URL).netloc
    return {f"{url.path}?{url.query}".rstrip("?") for url in absolute if url.netloc == host}


def kind_of(address: str) -> str:
    """One of each kind is opened: the same view of the same thing with the same parameters."""
    url = urlsplit(address)
    try:
        found = resolve(url.path)
    except Resolver404:
        return "nowhere"
    asked = sorted({name for name, _value in parse_qsl(url.query, keep_blank_values=True)})
    # Of the filters of a queue each is opened, and not each with each.
    return f"{found.view_name} {found.kwargs} {asked if len(asked) < 2 else 'several'}"


def scan(client: Client, starts: Iterable[str]) -> list[str]:
    """Open all there is to open from these addresses on; returns what was opened."""
    waiting, kinds, opened = list(starts), set(), []
    while waiting:
        address = waiting.pop(0)
        if address.startswith(settings.STATIC_URL) or kind_of(address) in kinds:
            continue
        kinds.add(kind_of(address))
        assert len(kinds) < MOST, sorted(kinds)
        client.head(address)
        answer = client.get(address)
        assert answer.status_code < 500, address
        opened.append(address)
        if "Location" in answer:
            waiting.append(urljoin(address, answer["Location"]))
        if answer.get("Content-Type", "").startswith("text/html"):
            waiting += sorted(addresses_in(answer.content.decode(), address))
    return opened


def everything_kept() -> dict[str, str]:
    """A digest of each table but those that looking may write; a new table is seen by itself."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        return {name: _digest(cursor, name) for name in tables if name not in WRITTEN_BY_LOOKING}


def _digest(cursor, table: str) -> str:
    name = connection.ops.quote_name(table)
    rows = "SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM"
    cursor.execute(f"{rows} {name} t")
    return cursor.fetchone()[0]
