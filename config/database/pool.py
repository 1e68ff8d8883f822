"""Connections kept between requests: at most `size` of them, however many threads there are.

Under ASGI every request runs in a thread of its own, so Django's CONN_MAX_AGE never finds a
connection to use again. docs/decisions/0002-connection-pool.md tells the alternatives.
"""

import os
import select
import threading
import time
import weakref
from collections.abc import Callable

from psycopg2 import Error, OperationalError
from psycopg2.extensions import TRANSACTION_STATUS_UNKNOWN, connection

Connect = Callable[[], connection]


class Pool:
    """At most `size` open connections; who finds none free waits up to `timeout` seconds."""

    def __init__(self, size: int, timeout: float) -> None:
        self.size = size
        self.timeout = timeout
        self._idle: list[connection] = []
        self._all: weakref.WeakSet[connection] = weakref.WeakSet()
        self._being_made = 0
        self._turn = threading.Condition()

    def take(self, connect: Connect) -> connection:
        """A healthy connection, kept or made by `connect`.

        Raises OperationalError when all are in use for longer than the timeout.
        """
        return self._kept_or_place() or self._made(connect)

    def _kept_or_place(self) -> connection | None:
        """A kept connection; None where there is a place for a new one, which is then taken."""
        deadline = time.monotonic() + self.timeout
        with self._turn:
            while True:
                if kept := self._pop_healthy():
                    return kept
                if self._open_count() + self._being_made < self.size:
                    self._being_made += 1
                    return None
                if time.monotonic() > deadline:
                    raise OperationalError(
                        f"All {self.size} database connections have been in use for "
                        f"{self.timeout:g} seconds. Raise pool_size in DATABASE_URL, or find what "
                        "holds them."
                    )
                # Short waits: a thread that died holding one lets go of it without a word.
                self._turn.wait(0.1)

    def _made(self, connect: Connect) -> connection:
        """Others go on meanwhile: a server out of reach lets each wait for its own timeout only."""
        made = None
        try:
            made = connect()
            return made
        finally:
            with self._turn:
                self._being_made -= 1
                if made is not None:
                    self._all.add(made)
                self._turn.notify()

    def give_back(self, returned: connection) -> None:
        """Keep `returned` for the next one, as clean as a new one; drop it when it is broken."""
        if not _cleaned(returned):
            returned.close()
        with self._turn:
            if not returned.closed and returned in self._all:
                self._idle.append(returned)
            self._turn.notify()

    def close(self) -> None:
        """Close what is idle; what is in use is closed when it comes back."""
        with self._turn:
            for kept in self._idle:
                kept.close()
            self._idle.clear()
            for used in list(self._all):
                self._all.discard(used)

    def _pop_healthy(self) -> connection | None:
        while self._idle:
            kept = self._idle.pop()
            if not _has_news(kept):
                return kept
            kept.close()
        return None

    def _open_count(self) -> int:
        return sum(1 for known in self._all if not known.closed)


def _cleaned(returned: connection) -> bool:
    """Undo what a session leaves behind: transaction, settings, advisory locks, listening."""
    if returned.closed or returned.info.transaction_status == TRANSACTION_STATUS_UNKNOWN:
        return False
    try:
        returned.rollback()
        returned.autocommit = True
        with returned.cursor() as cursor:
            cursor.execute("DISCARD ALL")
    except Error:
        return False
    return True


def _has_news(kept: connection) -> bool:
    """An idle connection has nothing to say but farewell: a restarted server is seen for free."""
    try:
        watched = select.poll()
        watched.register(kept.fileno(), select.POLLIN)
        return bool(watched.poll(0))
    except (Error, OSError, ValueError):
        return True


_pools: dict[tuple, Pool] = {}
_making = threading.Lock()


def pool_for(parameters: tuple, size: int, timeout: float) -> Pool:
    """The one pool of this process for these connection parameters and limits."""
    with _making:
        return _pools.setdefault((parameters, size, timeout), Pool(size, timeout))


def close_pools() -> None:
    """Close every idle connection of this process, whatever its database."""
    with _making:
        for pool in _pools.values():
            pool.close()


# A child must not talk over its parent's sockets. psycopg2 closes none that it did not open.
os.register_at_fork(after_in_child=_pools.clear)
