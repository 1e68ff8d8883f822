"""However a drill ends, it leaves no folder, no process and no traceback behind."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from config.environment import PROJECT
from drill import __main__ as outer

DRILL = ("-m", "drill", "--once", "points")
PATIENCE = 90  # seconds


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder for temporary files with a short name: sockets live in it."""
    with tempfile.TemporaryDirectory(prefix="tanggap-") as short:
        yield Path(short)


@contextmanager
def running(*arguments: str, **others: str) -> Iterator[subprocess.Popen]:
    """A Python process with pipes; it ends with the block."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    command, env = [sys.executable, *arguments], os.environ | others
    with subprocess.Popen(command, cwd=PROJECT, env=env, **pipes) as process:
        yield process
        process.kill()


def eventually(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.02)


def at_work_in(place: Path) -> list[str]:
    """The command lines of processes that name the place."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            found.append(entry.read_text().replace("\0", " "))
    return [words for words in found if f"{place}/" in words]


def test_a_drill_that_is_interrupted_while_it_sets_up_leaves_nothing(place: Path) -> None:
    with running(*DRILL, TMPDIR=str(place)) as drill:
        eventually(lambda: list(place.glob("*/postgres/data.unfinished")))
        drill.send_signal(signal.SIGINT)
        said, complained = drill.communicate(timeout=PATIENCE)
    assert (drill.returncode, complained) == (130, "")
    assert "Interrupted: clearing up" in said
    assert list(place.iterdir()) == []
    time.sleep(1)  # whoever lived on would make it anew
    assert (list(place.iterdir()), at_work_in(place)) == ([], [])


def test_a_closed_terminal_ends_a_drill_though_nobody_reads_that(place: Path) -> None:
    with running(*DRILL, TMPDIR=str(place)) as drill:
        drill.stdout.close()
        eventually(lambda: list(place.glob("*/postgres/watchdog.lock")))
        drill.send_signal(signal.SIGHUP)
        assert drill.wait(PATIENCE) == 130
        assert drill.stderr.read() == ""
    assert (list(place.iterdir()), at_work_in(place)) == ([], [])


def test_a_drill_whose_words_nobody_reads_goes_on_to_its_end() -> None:
    words = "from drill.saying import *; undeterred(); say('one'); print('two')"
    with running("-c", f"import time; time.sleep(0.5); {words}") as speaker:
        speaker.stdout.close()
        assert (speaker.wait(PATIENCE), speaker.stderr.read()) == (0, "")


@pytest.mark.parametrize("asked", ["--seconds=0", "--seconds=-5", "--rounds=0", "nothing"])
def test_what_would_drill_nothing_cannot_be_asked_for(asked: str, monkeypatch) -> None:
    monkeypatch.setattr(sys, "argv", ["drill", asked])
    with pytest.raises(SystemExit) as refused:
        outer.arguments()
    assert refused.value.code == 2


def test_the_folder_of_a_red_drill_is_kept(place: Path, capsys) -> None:
    folder = place / "tanggap-drill-x"
    folder.mkdir()
    outer.clear_up(None, folder, keep=True)
    assert folder.exists()
    assert str(folder) in capsys.readouterr().out
    outer.clear_up(None, folder, keep=False)
    assert not folder.exists()
