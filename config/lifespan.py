"""What starts and ends with the web server: ASGI's lifespan.

`uvicorn.run` never returns to its caller, so a clean end has its place here.
"""

import asyncio
from collections.abc import Callable, Iterable
from typing import Any, Protocol

Receive = Callable[[], Any]
Send = Callable[[dict], Any]


class Companion(Protocol):
    """A module or an object that lives as long as the web server."""

    def start(self) -> None:
        """Begin; called on the server's loop, so it must not take long."""

    def stop(self) -> None:
        """End; called in a thread, and waited for."""


class Lifespan:
    """ASGI application for the scope `lifespan`."""

    def __init__(self, company: Iterable[Companion]) -> None:
        self.company = list(company)

    async def __call__(self, scope: dict, receive: Receive, send: Send) -> None:
        await receive()
        for companion in self.company:
            companion.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for companion in self.company:
            await asyncio.to_thread(companion.stop)
        await send({"type": "lifespan.shutdown.complete"})
