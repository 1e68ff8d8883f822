"""The drill's outer half: makes a folder for the installation, and clears up whatever happens.

The inner half, `drill.session`, may be interrupted or die: its processes are ended from here, and
the embedded database stops by itself once nobody uses it.
"""

from __future__ import annotations

import argparse
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
from drill import kinds

DATABASE_STOPS = 30.0  # seconds that the watchdog may take to stop the embedded server
#: What would lead the drill to somebody's real installation, or change how its own behaves.
_NOT_INHERITED = (
    *("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "CONTACT_KEYS", "ALLOWED_HOSTS", "DEBUG"),
    *("DJANGO_SETTINGS_MODULE", "PGOPTIONS", "OPEN311_JURISDICTION", "OPEN311_PUBLISH"),
)


def main() -> int:
    """Run the drills that were asked for; 0 where nothing was lost."""
    asked = arguments()
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.default_int_handler)
    folder = Path(tempfile.mkdtemp(prefix="tanggap-drill-"))
    folder.chmod(0o711)  # the embedded server runs as another user where we are root
    amount = (str(asked.rounds), str(asked.seconds))
    session = subprocess.Popen(
        [sys.executable, "-m", "drill.session", *amount, *asked.kinds],
        cwd=PROJECT,
        env=surroundings(folder),
        start_new_session=True,
    )
    status = 130
    try:
        status = session.wait()
    except KeyboardInterrupt:
        print("\nInterrupted: clearing up …", flush=True)
    finally:
        # A second Ctrl-C must not leave anything behind.
        for ending in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ending, signal.SIG_IGN)
        clear_up(session, folder, keep=status not in (0, 2, 130))
    return status


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


def clear_up(session: subprocess.Popen, folder: Path, *, keep: bool) -> None:
    """End what still runs, wait for the database to stop, and remove the folder."""
    with suppress(ProcessLookupError):  # the group ended with the session
        os.killpg(session.pid, signal.SIGKILL)
    session.wait()
    server = Server(folder / "postgres")
    deadline = time.monotonic() + DATABASE_STOPS
    while server.postmaster() and time.monotonic() < deadline:
        time.sleep(0.1)
    if keep:
        print(f"Kept for you to look at: {folder}", flush=True)
    else:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
