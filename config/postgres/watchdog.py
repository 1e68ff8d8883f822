"""The detached process that outlives every user of the embedded server, and then stops it."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path

from config.postgres.locks import held, locked, still_there
from config.postgres.programs import PostgresError
from config.postgres.server import Server

PROJECT = Path(__file__).resolve().parent.parent.parent


def ensure_watched(server: Server) -> None:
    """Start the watchdog of `server` unless one is alive."""
    try:
        lock = locked(server.watchdog_lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    command = [sys.executable, "-m", __name__, str(server.folder), str(int(server.durable))]
    # The child inherits the lock itself, so there is no moment without a watchdog or with two.
    process = subprocess.Popen(
        [*command, str(lock)], pass_fds=[lock], cwd=PROJECT, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    process.returncode = 0  # it outlives us: nothing here waits for it
    os.close(lock)


def watch(server: Server, lock: int, *, every: float = 0.5) -> None:
    """Restart the server while it has users, stop it when it has none; look `every` seconds."""
    users = os.open(server.users_lock, os.O_RDWR)
    while still_there(users, server.users_lock):
        if not _unused(users):
            _revive(server)
            time.sleep(every)
            continue
        server.stop()
        # In this order: whoever comes in as the next user must find the watchdog's place free.
        os.close(lock)
        os.close(users)
        return


def _unused(users: int) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _revive(server: Server) -> None:
    if server.postmaster() is not None:
        return
    try:
        with held(server.start_lock):
            server.ensure_running()
    except (PostgresError, OSError):
        return  # the next turn tries again; until then users see their own connection errors


if __name__ == "__main__":
    watch(Server(Path(sys.argv[1]), sys.argv[2] == "1"), int(sys.argv[3]))
