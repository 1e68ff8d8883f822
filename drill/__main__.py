"""The drill's outer half: makes a folder for the installation, and clears up whatever happens.

The inner half, `drill.session`, may be interrupted or die: its processes are ended from here, and
the embedded database stops by itself once nobody uses it.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, suppress
from pathlib import Path

from config.environment import PROJECT
from config.postgres import Server
from config.postgres.locks import locked
from config.startup import INTERRUPTED
from drill import kinds
from drill.saying import say, undeterred

#: Seconds that the watchdog may take to stop the embedded server. Interrupted while that is being
#: set up, it sets it up to its end first.
DATABASE_STOPS = 60.0
LOOKS_EVERY = 0.1  # seconds
#: A closed terminal is one way to interrupt.
_ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
#: What would lead the drill to somebody's real installation, or change how its own behaves.
_NOT_INHERITED = (
    *("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "CONTACT_KEYS", "ALLOWED_HOSTS", "DEBUG"),
    *("DJANGO_SETTINGS_MODULE", "PGOPTIONS", "OPEN311_JURISDICTION", "OPEN311_PUBLISH"),
)


def main() -> int:
    """Run the drills that were asked for; 0 where nothing was lost."""
    asked = arguments()
    undeterred()
    heard = listen()
    folder = Path(tempfile.mkdtemp(prefix="tanggap-drill-"))
    session, status = None, None
    try:
        session = begin(folder, asked)
        while (status := session.poll()) is None and not heard:
            time.sleep(LOOKS_EVERY)
        if status is None:
            say("\nInterrupted: clearing up …")
            status = INTERRUPTED
    finally:
        clear_up(session, folder, keep=status not in (0, INTERRUPTED))
    return status


def listen() -> list[int]:
    """The signals that came so far. None of them, nor a second one, breaks anything off halfway."""
    heard: list[int] = []
    # Under nohup a terminal may close.
    kept_out = {signal.SIGHUP} if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN else set()
    for ending in {*_ENDINGS} - kept_out:
        signal.signal(ending, lambda number, _frame: heard.append(number))
    return heard


def begin(folder: Path, asked: argparse.Namespace) -> subprocess.Popen:
    """The inner half, in a session of its own: signals to ours are ours alone."""
    folder.chmod(0o711)  # the embedded server runs as another user where we are root
    amount = (str(asked.rounds), str(asked.seconds))
    return subprocess.Popen(
        [sys.executable, "-m", "drill.session", *amount, *asked.kinds],
        cwd=PROJECT,
        env=surroundings(folder),
        start_new_session=True,
    )


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/drill",
        description="Kill and race an installation of its own; nothing accepted may be lost.",
        epilog=kinds.explained(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "kinds", nargs="*", metavar="KIND", help=f"of {', '.join(kinds.ALL)}; all unless said"
    )
    parser.add_argument("--rounds", type=int, default=20, help="of each kind (20)")
    parser.add_argument("--once", action="store_const", const=1, dest="rounds", help="one of each")
    parser.add_argument(
        "--seconds", type=float, default=1800, help="begin no round after this time (1800)"
    )
    asked = parser.parse_args()
    if unknown := set(asked.kinds) - set(kinds.ALL):
        parser.error(f"no such drill: {', '.join(sorted(unknown))}")
    if asked.rounds < 1:
        parser.error("--rounds must be 1 or more")
    if not asked.seconds > 0:
        parser.error("--seconds must be above 0")
    return asked


def surroundings(folder: Path) -> dict[str, str]:
    """The environment of the installation under drill, and of nobody else's."""
    kept = {name: value for name, value in os.environ.items() if name not in _NOT_INHERITED}
    web, mail = free_ports(2)
    return kept | {
        "DATA_DIR": str(folder),
        "DEMO": "0",
        "PORT": str(web),
        "BASE_URL": f"http://127.0.0.1:{web}",
        "EMAIL_URL": f"smtp://127.0.0.1:{mail}",
        "TRUSTED_PROXIES": "127.0.0.1",
    }


def free_ports(count: int) -> list[int]:
    """Ports on which nobody listens."""
    with ExitStack() as held:
        asked = [held.enter_context(socket.socket()) for _port in range(count)]
        for one in asked:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in asked]


def clear_up(session: subprocess.Popen | None, folder: Path, *, keep: bool) -> None:
    """End what still runs, wait for the database to stop, and remove the folder."""
    if session:
        with suppress(ProcessLookupError):  # the group ended with the session
            os.killpg(session.pid, signal.SIGKILL)
        session.wait()
    stopped = has_stopped(Server(folder / "postgres"))
    if not stopped:
        say(f"PostgreSQL did not stop within {DATABASE_STOPS:g} s.")
    if keep or not stopped:
        say(f"Kept for you to look at: {folder}")
    else:
        shutil.rmtree(folder, ignore_errors=True)


def has_stopped(server: Server) -> bool:
    """Wait until the database is stopped and its watchdog gone: that would make the folder anew."""
    deadline = time.monotonic() + DATABASE_STOPS
    while is_watched(server) or server.postmaster():
        if time.monotonic() > deadline:
            return False
        time.sleep(LOOKS_EVERY)
    return True


def is_watched(server: Server) -> bool:
    """Whether a watchdog lives: it holds its lock for as long."""
    if not server.watchdog_lock.exists():
        return False
    try:
        os.close(locked(server.watchdog_lock, fcntl.LOCK_EX | fcntl.LOCK_NB))
    except BlockingIOError:
        return True
    return False


if __name__ == "__main__":
    sys.exit(main())
