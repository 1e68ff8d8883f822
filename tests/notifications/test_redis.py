"""Several processes: what one of them does is heard through another, by way of Redis."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import httpx
import pytest
from django.test import Client

from config.environment import PROJECT
from notifications.models import Notification
from tests.agency import build_agency, walk
from tests.notifications.listening import heard, listening
from tests.server import database_url

REDIS = shutil.which("redis-server") or shutil.which("valkey-server")
PATIENCE = 30  # seconds, beside other tests

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not REDIS, reason="redis-server is not installed here."),
]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def running(command: list[str], port: int, **surroundings: str) -> Iterator[None]:
    """A program until the block ends; entered when it listens on the port."""
    environment = os.environ | surroundings
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            wait_for(lambda: listens(port, process))
            yield
        finally:
            process.terminate()


def wait_for(what: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def listens(port: int, process: subprocess.Popen) -> bool:
    assert process.poll() is None, "it ended"
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def servers(transactional_db, tmp_path) -> Iterator[list[str]]:
    """Two web processes that share a database and a Redis; gives `host:port` of each."""
    redis, *ports = (free_port() for _ in range(3))
    surroundings = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": database_url(),
        "REDIS_URL": f"redis://127.0.0.1:{redis}/0",
        "DATA_DIR": str(tmp_path),
        "DEBUG": "1",  # static files from their places: nothing was collected
    }
    server = [sys.executable, "-m", "uvicorn", "config.asgi:application", "--no-proxy-headers"]
    quiet = ["--log-level", "warning", "--app-dir", str(PROJECT)]
    forgetful = [str(REDIS), "--port", str(redis), "--bind", "127.0.0.1", "--save", ""]
    with ExitStack() as stack:
        stack.enter_context(running([*forgetful, "--dir", str(tmp_path)], redis))
        for port in ports:
            command = [*server, *quiet, "--port", str(port)]
            stack.enter_context(running(command, port, **surroundings))
        yield [f"127.0.0.1:{port}" for port in ports]


def read_everything(server: str, user) -> None:
    """Mark the tray as read, by that process."""
    client = Client()
    client.force_login(user)
    cookies = {"sessionid": client.cookies["sessionid"].value}
    tray = f"http://{server}/desk/tray/"
    with httpx.Client(cookies=cookies, headers={"Origin": f"http://{server}"}) as browser:
        form = browser.get(tray).text.split('csrfmiddlewaretoken" value="')[1].split('"')[0]
        sent = browser.post(f"{tray}read/", data={"csrfmiddlewaretoken": form})
        assert sent.status_code == 302


def test_a_page_that_was_idle_for_over_six_seconds_hears_of_another_process(servers):
    agency = build_agency()
    walk(agency, "work")
    here, there = servers
    with listening(here, user=agency.officer) as page:
        time.sleep(6.5)
        read_everything(there, agency.officer)
        assert heard(page) == {"tray"}
    assert not Notification.objects.filter(user=agency.officer, read_at=None).exists()
