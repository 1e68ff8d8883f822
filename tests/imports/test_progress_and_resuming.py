"""What a long import shows, and what is left when it is cut short."""

import os
import signal
import subprocess
import sys
import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from viewflow.workflow.models import Process, Task

from casework import timeline
from casework.models import Case, Complainant, Event
from config.environment import PROJECT
from tests.agency import build_agency
from tests.imports.exports import bring, lapor, row, workbook
from tests.server import database_url
from workflows import historic
from workflows.imports import runs


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("make", [lapor, workbook])
def test_a_terminal_shows_a_bar(agency, tmp_path, make):
    heard = Terminal()
    path = make(tmp_path, *(row(id=number) for number in range(1_250)))
    call_command("import_cases", path, mapping="sp4n", stdout=StringIO(), stderr=heard)
    bar, _, rest = heard.getvalue().partition("\n")
    assert bar.split("\r")[1:] == [
        "░" * 30 + "   0%",
        "█" * 12 + "░" * 18 + "  40%",
        "█" * 24 + "░" * 6 + "  80%",
        "█" * 30 + " 100%",
    ]
    assert "%" not in rest


def test_a_pipe_shows_no_bar(agency, tmp_path):
    heard = StringIO()
    path = lapor(tmp_path, row(status="Ditutup oleh Admin", parent_body="Jalan"))
    call_command("import_cases", path, mapping="sp4n", stdout=StringIO(), stderr=heard)
    assert heard.getvalue() == ""


def test_rows_are_entered_as_they_come_never_all_at_once(agency, tmp_path, monkeypatch):
    sizes, enter = [], historic.enter

    def counted(rows):
        sizes.append(len(rows))
        return enter(rows)

    monkeypatch.setattr(historic, "enter", counted)
    bring(lapor(tmp_path, *(row(id=number) for number in range(1_250))))
    assert sizes == [500, 500, 250]


def test_two_imports_of_the_same_cases_at_once_end_in_a_sentence(agency, tmp_path, monkeypatch):
    """The second looked before the first had written."""
    path = lapor(tmp_path, row())
    bring(path)
    monkeypatch.setattr(runs, "known_references", lambda source, cases: set())
    with pytest.raises(CommandError, match="Start again: what is there is skipped"):
        bring(path)
    assert Case.objects.count() == Process.objects.count() == Complainant.objects.count() == 1


ROWS = 2_500


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("make", [lapor, workbook])
def test_a_run_after_kill_9_resumes(tmp_path, make):
    build_agency()
    path = make(tmp_path, *(row(id=number) for number in range(ROWS)))
    with _importing(path, tmp_path) as run:
        while not Case.objects.exists():
            assert run.poll() is None
            time.sleep(0.01)
        run.send_signal(signal.SIGKILL)
    assert run.returncode == -signal.SIGKILL
    left = _settled()
    assert 0 < left < ROWS
    assert left % 500 == 0
    assert Complainant.objects.count() == Process.objects.count() == left
    assert bring(path) == f"{ROWS - left} imported, {left} skipped, 0 rejected"
    assert Case.objects.count() == Process.objects.count() == Task.objects.count() == ROWS
    assert not list(timeline.broken(Case.objects.all()))


def _importing(path, folder) -> subprocess.Popen:
    command = [sys.executable, "manage.py", "import_cases", str(path), "--mapping", "sp4n"]
    surroundings = {"DATABASE_URL": database_url(), "DATA_DIR": str(folder / "theirs")}
    quiet = subprocess.DEVNULL
    return subprocess.Popen(
        command, cwd=PROJECT, env=os.environ | surroundings, stdout=quiet, stderr=quiet
    )


def _settled() -> int:
    """How many cases stand once the server has noticed that nobody is there any more."""
    before = -1
    while (now := Case.objects.count()) != before:
        before = now
        time.sleep(1)
    assert Event.objects.values("case").distinct().count() == now
    return now
