"""What starts and ends with the web server: ASGI's lifespan.

`uvicorn.run` never returns to its caller, so a clean end has its place here.
"""

import asyncio
from collections.abc import Callable
from typing import Any

Receive = Callable[[], Any]
Send = Callable[[dict], Any]


class Lifespan:
    """ASGI application: `start` is called on the server's loop, `stop` in a thread at its end."""

    def __init__(self, start: Callable[[], None], stop: Callable[[], None]) -> None:
        self.start = start
        self.stop = stop

    async def __call__(self, scope: dict, receive: Receive, send: Send) -> None:
        await receive()
        self.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await asyncio.to_thread(self.stop)
        await send({"type": "lifespan.shutdown.complete"})
