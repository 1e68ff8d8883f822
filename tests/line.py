"""A line between a browser and the server: it counts, it can be slow, and it can be cut."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

READ = 4096  # bytes at a time


class Line:
    """Bytes that went over it, and what it is like.

    `rate`: bytes a second in each direction, 0 for no limit. `delay`: seconds one way.
    `allowance`: how many more bytes go up before the line is cut, None for no limit.
    """

    def __init__(self, host: str, *, rate: float = 0, delay: float = 0) -> None:
        self.server, self.server_port = host.split(":")
        self.rate, self.delay = rate, delay
        self.down = self.up = 0
        self.allowance: int | None = None
        self.is_cut = False
        self._free = {True: 0.0, False: 0.0}
        self._open: set[asyncio.StreamWriter] = set()
        self.loop = asyncio.new_event_loop()

    @property
    def total(self) -> int:
        """What went up and down."""
        return self.up + self.down

    def cut(self) -> None:
        """No connection lives, and none is taken, until `mend`."""
        self.is_cut = True
        self.loop.call_soon_threadsafe(self._drop)

    def mend(self) -> None:
        self.is_cut, self.allowance = False, None

    def _drop(self) -> None:
        for writer in self._open:
            writer.transport.abort()

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of the browser, to its end."""
        if self.is_cut:
            return writer.transport.abort()
        there, back = await asyncio.open_connection(self.server, int(self.server_port))
        self._open |= {writer, back}
        try:
            await asyncio.gather(
                self._carry(reader, back, up=True), self._carry(there, writer, up=False)
            )
        except (OSError, asyncio.CancelledError):
            pass  # one end is gone, or the line is taken down
        finally:
            for end in (writer, back):
                self._open.discard(end)
                end.transport.abort()
        return None

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, up: bool
    ) -> None:
        while data := await reader.read(READ):
            self._count(len(data), up)
            await self._wait_for_room(len(data), up)
            self.loop.call_later(self.delay, self._deliver, writer, data)
        self.loop.call_later(self.delay + 0.01, writer.close)
        await asyncio.sleep(self.delay + 0.02)

    def _deliver(self, writer: asyncio.StreamWriter, data: bytes) -> None:
        if not writer.is_closing():
            writer.write(data)

    def _count(self, size: int, up: bool) -> None:
        if not up:
            self.down += size
            return
        self.up += size
        if self.allowance is not None:
            self.allowance -= size
            if self.allowance < 0:
                self.is_cut = True
                self._drop()

    async def _wait_for_room(self, size: int, up: bool) -> None:
        """All connections share the line, as they do on a phone."""
        if not self.rate:
            return
        start = max(self.loop.time(), self._free[up])
        self._free[up] = start + size / self.rate
        await asyncio.sleep(self._free[up] - self.loop.time())


@contextmanager
def line_to(host: str, *, rate: float = 0, delay: float = 0) -> Iterator[tuple[Line, str]]:
    """Lay a line to `host`; gives it, and the `host:port` at its other end."""
    line = Line(host, rate=rate, delay=delay)
    thread = threading.Thread(target=line.loop.run_forever)
    thread.start()

    async def listen() -> asyncio.Server:
        return await asyncio.start_server(line.take, "127.0.0.1", 0)

    server = asyncio.run_coroutine_threadsafe(listen(), line.loop).result(10)
    try:
        yield line, f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        asyncio.run_coroutine_threadsafe(_end(line, server), line.loop).result(10)
        line.loop.call_soon_threadsafe(line.loop.stop)
        thread.join(10)
        line.loop.close()


async def _end(line: Line, server: asyncio.Server) -> None:
    server.close()
    line.cut()
    mine = asyncio.current_task()
    others = [task for task in asyncio.all_tasks() if task is not mine]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
