"""The one command: what it asks for, what it says, how it ends."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from config import serve
from config.environment import PROJECT, Environment
from demo.packs import PACKS
from tests.agency import file_case

PATIENCE = 120  # seconds: a first start migrates and compresses, perhaps beside other tests


@pytest.fixture
def data_dir() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="tanggap-") as folder:
        yield Path(folder)
        deadline = time.monotonic() + 20
        while (Path(folder) / "postgres/data/postmaster.pid").exists():
            assert time.monotonic() < deadline, "the database was not stopped"
            time.sleep(0.05)


@pytest.fixture
def port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def surroundings(data_dir: Path, port: int, **others: str) -> dict[str, str]:
    known = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {**known, "DATA_DIR": str(data_dir), "PORT": str(port), **others}


@contextmanager
def running(data_dir: Path, port: int, **others: str) -> Iterator[subprocess.Popen]:
    """`bin/run` until the block ends; entered when it answers."""
    with subprocess.Popen(
        [PROJECT / "bin/run"],
        env=surroundings(data_dir, port, **others),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        deadline = time.monotonic() + PATIENCE
        while not answers(port):
            assert process.poll() is None, process.stdout.read()
            assert time.monotonic() < deadline
            time.sleep(0.05)
        yield process
        process.send_signal(signal.SIGINT)
        process.said, _nothing = process.communicate(timeout=20)


def answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/healthz").status_code == 200
    except httpx.TransportError:
        return False


needs_venv = pytest.mark.skipif(
    not (PROJECT / ".venv/bin/python").exists(), reason="bin/run would make .venv first"
)


@needs_venv
def test_it_sets_up_an_empty_installation_and_serves_it(data_dir, port):
    with running(data_dir, port, DEMO="0") as process:
        assert httpx.get(f"http://localhost:{port}/readyz").text == "ready\n"
        assert (data_dir / "static/staticfiles.json").exists()
        assert not list((data_dir / "static").glob("viewflow*"))
        begun = time.monotonic()
    assert time.monotonic() - begun < 10
    assert process.returncode == 0
    assert "Traceback" not in process.said


@needs_venv
def test_any_command_gives_a_new_database_its_tables(data_dir):
    command = [sys.executable, "manage.py", "verify_timeline"]
    heard = []
    for _time in range(2):
        run = subprocess.run(
            command,
            cwd=PROJECT,
            env=surroundings(data_dir, 1),
            capture_output=True,
            text=True,
            check=False,
        )
        assert "the timeline is clean" in run.stdout, run.stderr
        heard.append("Preparing the database" in run.stderr)
    assert heard == [True, False]


@needs_venv
def test_of_several_starters_on_an_empty_installation_one_sets_it_up(data_dir):
    command = [sys.executable, "manage.py", "verify_timeline"]
    several = [
        subprocess.Popen(
            command,
            cwd=PROJECT,
            env=surroundings(data_dir, 1),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _one in range(3)
    ]
    ended = [one.communicate(timeout=PATIENCE) for one in several]
    assert all("the timeline is clean" in out for out, _err in ended), ended
    assert sum("Preparing the database" in err for _out, err in ended) == 1


@needs_venv
def test_dbshell_opens_the_embedded_database(data_dir):
    shell = subprocess.run(
        [sys.executable, "manage.py", "dbshell"],
        cwd=PROJECT,
        env=surroundings(data_dir, 1),
        input="SELECT count(*) FROM casework_case;",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (shell.returncode, "(1 row)" in shell.stdout) == (0, True), shell.stderr


@pytest.mark.parametrize("command", [["-m", "config.serve"], ["manage.py", "migrate"]])
def test_a_database_that_cannot_be_reached_is_named(data_dir, port, command):
    nobody_there = f"postgres://root@127.0.0.1:{port}/tanggap"
    refused = subprocess.run(
        [sys.executable, *command],
        cwd=PROJECT,
        env=surroundings(data_dir, port, DATABASE_URL=nobody_there),
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 1
    assert refused.stderr.startswith("The database cannot be reached: connection to server at ")
    assert refused.stderr.endswith("Is it running, and is DATABASE_URL right?\n")
    assert refused.stderr.count("\n") == 1


@pytest.mark.parametrize("command", [["-m", "config.serve"], ["manage.py", "migrate"]])
def test_a_first_start_that_is_interrupted_goes_on_the_next_time(data_dir, port, command):
    with subprocess.Popen(
        [sys.executable, *command],
        cwd=PROJECT,
        env=surroundings(data_dir, port, DEMO="0"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as start:
        said = ""
        while "Preparing the database" not in said:
            said += start.stdout.readline()
        start.send_signal(signal.SIGINT)
        said += start.communicate(timeout=PATIENCE)[0]
    assert start.returncode == 130
    assert "Interrupted." in said
    assert "Traceback" not in said
    for again in (["migrate", "--no-input"], ["verify_timeline"]):
        run = subprocess.run(
            [sys.executable, "manage.py", *again],
            cwd=PROJECT,
            env=surroundings(data_dir, 1),
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr


def test_a_venv_that_was_left_half_made_is_made_anew(tmp_path):
    """With a Python that makes nothing itself, it is seen what would be done."""
    shutil.copytree(PROJECT / "bin", tmp_path / "bin")
    (tmp_path / "requirements.txt").write_text("")
    half = tmp_path / ".venv/bin/python"
    half.parent.mkdir(parents=True)
    half.write_text("#!/bin/sh\nexit 1\n")
    half.chmod(0o755)
    script = "source bin/environment.sh; use_environment requirements.txt; $VENV_PYTHON -m pip -V"
    told = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "Making .venv" in told.stderr
    assert told.returncode == 0, told.stderr
    assert "pip" in told.stdout


@needs_venv
def test_a_second_start_is_quick(data_dir, port):
    collected = data_dir / "static/staticfiles.json"
    with running(data_dir, port, DEMO="0"):
        before = collected.stat().st_mtime_ns
    begun = time.monotonic()
    with running(data_dir, port, DEMO="0") as process:
        # Five on a machine of one's own; the tests may run beside others on two cores.
        assert time.monotonic() - begun < 10
    assert collected.stat().st_mtime_ns == before, "what is there is not collected again"
    assert "Preparing the database" not in process.said


@needs_venv
def test_a_taken_port_is_named_before_anything_is_set_up(data_dir, port):
    with socket.create_server(("127.0.0.1", port)):
        refused = subprocess.run(
            [PROJECT / "bin/run"],
            env=surroundings(data_dir, port),
            capture_output=True,
            text=True,
            check=False,
        )
    assert refused.returncode == 1
    assert refused.stderr == f"Port {port} is taken. Choose another one: PORT={port + 1} bin/run\n"
    assert not list(data_dir.iterdir())


@contextmanager
def project_with(*pythons: tuple[str, str]) -> Iterator[tuple[Path, dict[str, str]]]:
    """A copy of bin/ without a .venv, on a PATH whose Pythons are these scripts."""
    with tempfile.TemporaryDirectory() as folder:
        project, tools = Path(folder) / "project", Path(folder) / "tools"
        tools.mkdir()
        shutil.copytree(PROJECT / "bin", project / "bin", ignore=shutil.ignore_patterns("vendor"))
        shutil.copytree(PROJECT / "config", project / "config")
        shutil.copy(PROJECT / "requirements.txt", project)
        for name in ("bash", "env", "dirname", "cat", "cksum"):
            (tools / name).symlink_to(shutil.which(name))
        for name, script in pythons:
            (tools / name).write_text(f"#!/usr/bin/env bash\n{script}\n")
            (tools / name).chmod(0o755)
        yield project, {"PATH": str(tools), "PORT": "0"}


def refusal(project: Path, environment: dict[str, str]) -> str:
    refused = subprocess.run(
        ["bash", project / "bin/manage", "check"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 1
    assert not (project / ".venv").exists()
    return refused.stderr


def test_a_python_that_is_too_old_is_named():
    old = '[ "$1" = --version ] && echo "Python 3.9.2" || exit 1'
    with project_with(("python3", old)) as place:
        assert refusal(*place) == (
            "Tanggap needs Python 3.11 or newer; here is Python 3.9.2. "
            "On Debian: apt-get install python3 python3-venv\n"
        )


def test_a_missing_venv_module_is_named():
    bare = 'case "$2" in *ensurepip*) exit 1 ;; *) exit 0 ;; esac'
    with project_with(("python3", bare)) as place:
        assert refusal(*place) == (
            "Python's venv module is missing. On Debian: apt-get install python3-venv\n"
        )


def test_it_says_where_it_is_how_to_come_in_and_what_to_track(agency, tmp_path, capsys):
    tracked = {"reference": file_case().reference, "secret": "1234567890123456"}
    (tmp_path / "demo.json").write_text(json.dumps(tracked))
    serve.announce(Environment({"DATA_DIR": str(tmp_path), "PORT": "8007"}))
    said = capsys.readouterr().out
    assert "http://localhost:8007/" in said
    assert "tanggap-demo" in said
    assert re.search(f"{tracked['reference']}.*1234567890123456", said)


def test_it_does_not_speak_of_a_case_in_another_database(db, tmp_path, capsys):
    (tmp_path / "demo.json").write_text('{"reference": "26-7K3M9QE", "secret": "1234567890123456"}')
    serve.announce(Environment({"DATA_DIR": str(tmp_path)}))
    assert "26-7K3M9QE" not in capsys.readouterr().out


def test_every_demo_login_is_told_wherever_logins_are(db, client, tmp_path, capsys):
    serve.announce(Environment({"DATA_DIR": str(tmp_path)}))
    page = client.get("/accounts/login/", headers={"Accept-Language": "en"}).content.decode()
    (in_page,) = re.findall("Sign in as ([^.]*)", page)
    told = capsys.readouterr().out, in_page, (PROJECT / "README.md").read_text()
    for words in told:
        for pack in PACKS.values():
            people = {person.username for person in pack.agency.people}
            assert people <= set(re.findall(r"\w+", words))


def test_it_does_not_speak_of_demo_logins_that_are_refused(tmp_path, capsys):
    variables = {"DATA_DIR": str(tmp_path), "BASE_URL": "https://complaints.example.org"}
    serve.announce(Environment(variables))
    assert "tanggap-demo" not in capsys.readouterr().out
