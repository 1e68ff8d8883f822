"""How much of a request is read at all: bounded before anything is kept, whatever it claims.

Django takes a whole body before it asks anything. Here it is counted as it comes, so that neither
a length that lies nor a body without one fills memory or disk.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import loader

from api.parsers import TooLarge
from api.problems import MEDIA_TYPE, as_problem

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

#: So long what still comes in is thrown away: a browser that is cut off in the middle of sending
#: shows no page.
LINGER = 5  # seconds
_MARK = "tanggap.too_large"


class Bounded:
    """ASGI application: `app`, but for requests that are too large. Those Django answers unread."""

    def __init__(self, app: Callable[[Any, Any, Any], Awaitable[None]]) -> None:
        self.app = app

    async def __call__(self, scope: dict, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        most = _most(headers.get(b"content-type", b""))
        if int(headers.get(b"content-length", b"0")) > most:
            await self._refuse(scope, receive, send)
            return
        body = _Counted(receive, most)
        await self.app(scope, body.read, send)
        if body.left < 0:
            await self._refuse(scope, receive, send)

    async def _refuse(self, scope: dict, receive: Receive, send: Send) -> None:
        # Who asks first whether to send (RFC 9110, 10.1.1) sends nothing more.
        waits = any(name == b"expect" for name, _value in scope["headers"])

        async def answer(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"Connection", b"close")]
            elif not message.get("more_body") and not waits:
                await send({**message, "more_body": True})
                await _let_go(receive)
                message = {"type": "http.response.body"}
            await send(message)

        bare = [pair for pair in scope["headers"] if pair[0] not in _OF_THE_BODY]
        await self.app({**scope, "headers": bare, _MARK: True}, _empty(), answer)


_OF_THE_BODY = (b"content-length", b"content-type", b"transfer-encoding")


def _most(content_type: bytes) -> int:
    """How many bytes are read of this kind of body: files come in forms of several parts."""
    if content_type.lower().startswith(b"multipart/form-data"):
        return settings.MAX_BODY
    return settings.DATA_UPLOAD_MAX_MEMORY_SIZE


class _Counted:
    """A body that breaks off, as if its sender had left, where it is too long."""

    def __init__(self, receive: Receive, most: int) -> None:
        self.receive, self.left = receive, most

    async def read(self) -> dict[str, Any]:
        message = await self.receive()
        self.left -= len(message.get("body", b""))
        return message if self.left >= 0 else {"type": "http.disconnect"}


def _empty() -> Receive:
    """A request without a body, whose sender stays."""
    messages: list[dict[str, Any]] = [{"type": "http.request"}]

    async def read() -> dict[str, Any]:
        return messages.pop() if messages else await asyncio.Future()

    return read


async def _let_go(receive: Receive) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(LINGER):
            while (await receive()).get("more_body"):
                pass


def refuse_too_large(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: 413 for a request that `Bounded` did not read; after the language is known."""

    def respond(request: HttpRequest) -> HttpResponse:
        if not getattr(request, "scope", {}).get(_MARK):
            return get_response(request)
        if not request.path.startswith("/api/"):
            return HttpResponse(loader.render_to_string("413.html"), status=413)
        problem = as_problem(TooLarge(), {})
        said = json.dumps(problem.data) if problem else ""
        return HttpResponse(said, status=413, content_type=MEDIA_TYPE)

    return respond
