"""One person's line to the installation: it breaks at times, and they send the same again."""

from __future__ import annotations

import re
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import httpx

PATIENCE = 90.0  # seconds that somebody goes on trying
ANSWER = 30.0  # seconds that they wait for one answer
HANGS_UP = 25  # one of so many sendings is broken off by the sender, whose answer is lost then
_HIDDEN = re.compile(r"<input\b[^>]*>")
_ATTRIBUTE = re.compile(r'\b(type|name|value)="([^"]*)"')


class Silence(Exception):
    """Nobody answered for longer than anybody waits."""


@dataclass(frozen=True)
class Heard:
    """An answer. `sure`: no earlier try of the same was left without one."""

    status: int
    text: str
    location: str
    sure: bool
    json: Any = None


class Line:
    """A browser or a program; `address` is what a trusted proxy says of where it is."""

    def __init__(self, site: str, *, key: str = "", cookies: Any = None) -> None:
        # Somewhere in 10/8: throttles count each person for themselves.
        address = ".".join(["10", *(str(1 + secrets.randbelow(254)) for _ in range(3))])
        headers = {"X-Forwarded-For": address, "Accept-Language": "en"}
        headers |= {"Authorization": f"Bearer {key}"} if key else {}
        self._http = httpx.Client(
            base_url=site, headers=headers, cookies=cookies, timeout=ANSWER, follow_redirects=False
        )

    def __enter__(self) -> Line:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    @property
    def cookies(self) -> Any:
        return self._http.cookies

    def get(self, path: str) -> Heard:
        return self._until_answered("GET", path)

    def post(self, path: str, **content: Any) -> Heard:
        """Send, and send the very same again until there is an answer. Raises `Silence`."""
        lost = secrets.randbelow(HANGS_UP) == 0 and self._hang_up(path, content)
        return self._until_answered("POST", path, sure=not lost, **content)

    def once(self, path: str, **content: Any) -> int:
        """Send once, whatever comes of it: the status."""
        return self._http.post(path, **content).status_code

    def form(self, path: str) -> dict[str, str] | None:
        """The hidden fields of the form at an address; None where it leads elsewhere."""
        page = self.get(path)
        return hidden_fields(page.text) if page.status == 200 else None

    def _hang_up(self, path: str, content: dict[str, Any]) -> bool:
        wait = httpx.Timeout(ANSWER, read=0.001 + secrets.randbelow(60) / 1000)
        with suppress(httpx.TransportError):
            self._http.post(path, timeout=wait, **content)
        return True

    def _until_answered(
        self, method: str, path: str, *, sure: bool = True, **content: Any
    ) -> Heard:
        deadline, pause = time.monotonic() + PATIENCE, 0.1
        while time.monotonic() < deadline:
            try:
                answer = self._http.request(method, path, **content)
            except httpx.TransportError:
                sure = False
            else:
                if answer.status_code < 500 and answer.status_code != 429:
                    return _heard(answer, sure)
                # A 503 says that the database went away: before the commit, or after it?
                sure = sure and answer.status_code == 429
            time.sleep(pause)
            pause = min(2 * pause, 1.0)
        raise Silence(f"{method} {path}")


def _heard(answer: httpx.Response, sure: bool) -> Heard:
    kind = answer.headers.get("Content-Type", "")
    body = answer.json() if "json" in kind else None
    location = answer.headers.get("Location", "")
    return Heard(answer.status_code, answer.text, location, sure, body)


def hidden_fields(page: str) -> dict[str, str]:
    """Name and value of each hidden input of a page."""
    found = [dict(_ATTRIBUTE.findall(tag)) for tag in _HIDDEN.findall(page)]
    return {tag["name"]: tag.get("value", "") for tag in found if tag.get("type") == "hidden"}
