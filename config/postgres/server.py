"""One embedded server in one folder: created, booted, found, stopped."""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from config.postgres import programs
from config.postgres.programs import PostgresError

NAME = "tanggap"
LONGEST_SOCKET_FOLDER = 80  # bytes; the kernel allows 107 together with the socket's own name
RECOVERY = "600"  # seconds that a start after a power cut may take
NOBODYS_PID = 2**22 + 1  # above the largest pid of Linux and of macOS
STEADY = ("listen_addresses=", "unix_socket_permissions=0700", "jit=off", "timezone=UTC")
#: Its log names what went wrong, and quotes no row, statement or value: they are people's words.
DISCREET = (
    "log_statement=none",
    "log_min_duration_statement=-1",
    "log_min_error_statement=panic",
    "log_error_verbosity=terse",
    "log_parameter_max_length=0",
    "log_parameter_max_length_on_error=0",
)
FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass(frozen=True)
class Server:
    """The server whose data, log and locks live in `folder`."""

    folder: Path
    durable: bool = True

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def users_lock(self) -> Path:
        return self.folder / "users.lock"

    @property
    def start_lock(self) -> Path:
        return self.folder / "start.lock"

    @property
    def watchdog_lock(self) -> Path:
        return self.folder / "watchdog.lock"

    @property
    def sockets(self) -> Path:
        """Where the Unix socket lives: beside the data, elsewhere when that path is too long."""
        beside = self.folder / "run"
        if len(os.fsencode(beside)) <= LONGEST_SOCKET_FOLDER:
            return beside
        digest = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]
        base = "/run" if os.getuid() == 0 else os.environ.get("XDG_RUNTIME_DIR")
        return Path(base or tempfile.gettempdir()) / f"{NAME}-{os.getuid()}-{digest}"

    @property
    def url(self) -> str:
        return f"postgres://{NAME}@/{NAME}?host={self.sockets}"

    def ensure_running(self) -> None:
        """Create and boot what is missing, then wait until it answers. Hold the start lock."""
        programs.own(self.sockets)
        if self.data.exists():
            programs.own(self.data)
        _retry(self._bring_up, seconds=20)

    def _bring_up(self) -> None:
        if self.postmaster() is None:
            self._create()
            self._boot()
        programs.run("pg_isready", "-q", "-h", str(self.sockets), "-U", NAME, "-d", NAME)

    def stop(self) -> None:
        """End every session and write everything down."""
        if self.postmaster() is not None:
            programs.run("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(self.data))

    def postmaster(self) -> int | None:
        """The pid of the live server, or None."""
        pid = self._named_pid()
        return pid if pid and str(self.data) in _command_line(pid) else None

    def _named_pid(self) -> int | None:
        try:
            return int((self.data / "postmaster.pid").read_text().splitlines()[0])
        except (FileNotFoundError, IndexError, ValueError):
            return None

    def _disown_stale_pid(self) -> None:
        """PostgreSQL trusts any living pid in its files, be it a zombie or another program.

        We know better: put a number there that nobody has. The file itself must stay, for its last
        line guards against children of a killed server that still write.
        """
        if self._named_pid() and not self.postmaster():
            pid_file = self.data / "postmaster.pid"
            _, *others = pid_file.read_text().splitlines(keepends=True)
            pid_file.write_text("".join([f"{NOBODYS_PID}\n", *others]))
        # The socket's own lock file is as trusting; this folder is ours and the data's file guards.
        (self.sockets / ".s.PGSQL.5432.lock").unlink(missing_ok=True)

    def _create(self) -> None:
        if self.data.exists():
            return
        # The folder appears whole: a kill in the middle of initdb leaves only an unfinished one.
        unfinished = self.folder / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        programs.own(unfinished)
        account = ("-U", NAME, "-A", "trust", "-E", "UTF8")
        programs.run("initdb", "-D", str(unfinished), "--no-instructions", *account, *_locale())
        unfinished.rename(self.data)

    def _boot(self) -> None:
        settings = [f"unix_socket_directories={self.sockets}", *STEADY, *DISCREET]
        settings += () if self.durable else FORGETFUL
        options = " ".join(f"-c {shlex.quote(setting)}" for setting in settings)
        log = self.data / "server.log"
        self._disown_stale_pid()
        try:
            programs.run(
                "pg_ctl",
                "start",
                "-w",
                "-t",
                RECOVERY,
                "-D",
                str(self.data),
                "-l",
                str(log),
                "-o",
                options,
            )
        except PostgresError as error:
            raise PostgresError(f"{error}\n{_last_lines(log)}".strip()) from error
        client = ("-h", str(self.sockets), "-U", NAME)
        names = programs.run("psql", *client, "-Atc", "SELECT datname FROM pg_database", "postgres")
        if NAME not in names.split():
            programs.run("createdb", *client, NAME)


def _locale() -> list[str]:
    """The wheel has no ICU; its builtin C.UTF-8 sorts alike on every machine (17 and newer)."""
    version = re.search(r"\(PostgreSQL\) (\d+)", programs.run("postgres", "--version"))
    if version and int(version[1]) >= 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    return ["--locale=C.UTF-8"]


def _command_line(pid: int) -> str:
    if Path("/proc/self").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            return ""
    asked = ["ps", "-o", "command=", "-p", str(pid)]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout


def _last_lines(log: Path) -> str:
    try:
        return "\n".join(log.read_text().splitlines()[-5:])
    except OSError:
        return ""


def _retry(act: Callable[[], object], *, seconds: float) -> None:
    """Try again for a while: children of a killed server take a moment to let go of its memory."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            act()
            return
        except PostgresError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
