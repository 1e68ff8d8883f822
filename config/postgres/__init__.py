"""An embedded PostgreSQL: no service to install, no port, no password.

Every process that calls `start` is a user of the server and holds a shared lock for as long as it
lives, however it dies. A detached watchdog restarts a killed server while there are users, and
stops it cleanly when the exclusive lock says that nobody is left.

Standard library only: it runs before anything else. docs/decisions/0001-embedded-postgresql.md
says why we drive the wheel's programs ourselves.
"""

from __future__ import annotations

import fcntl
from pathlib import Path

from config.postgres.locks import held, locked
from config.postgres.programs import PostgresError
from config.postgres.server import Server
from config.postgres.watchdog import ensure_watched

__all__ = ["PostgresError", "Server", "start"]

_users: dict[Path, int] = {}


def start(folder: Path, *, durable: bool = True) -> str:
    """Join the users of the server in `folder`, starting it if need be, and return its URL.

    `durable=False` is for tests: faster, and a power cut may lose everything.
    Raises PostgresError with a sentence for people when there are no programs, when the folder
    belongs to somebody else, or when the server does not come up.
    """
    server = Server(folder.resolve(), durable)
    server.folder.mkdir(parents=True, exist_ok=True)
    if server.folder not in _users:
        # Waits while a watchdog is stopping the server: that takes a tenth of a second.
        _users[server.folder] = locked(server.users_lock, fcntl.LOCK_SH)
    ensure_watched(server)
    with held(server.start_lock):
        server.ensure_running()
    return server.url
