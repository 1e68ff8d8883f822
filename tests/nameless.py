"""An installation as agencies run it, and all that it writes down while people use it."""

from __future__ import annotations

import os
import re
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import httpx

from config.environment import PROJECT
from config.postgres import Server, programs
from tests.portal.pages import Form, forms_in

PATIENCE = 90  # seconds
#: Sets up an embedded database and a unit that receives, then serves by the command that
#: docs/operating.md names, asked to say as much as it can; it ends with its standard input.
SERVE = """
import subprocess, sys, django
from config import serve, startup
from config.environment import Environment
startup.prepare(Environment())
django.setup()
serve.migrate()
serve.collect_static(Environment())
from accounts import api_keys
from accounts.models import Unit, User
Unit.objects.create(code="balai", name="Balai Kota", receives=True)
print("key", api_keys.issue("Portal", "rest", User.objects.create_user("portal")), flush=True)
web = [sys.executable, "-m", "uvicorn", "config.asgi:application", "--no-proxy-headers",
       "--log-level", "trace"]
with subprocess.Popen([*web, "--port", sys.argv[1]], stdout=sys.stderr) as served:
    sys.stdin.read()
    served.terminate()
"""


@dataclass
class Installation:
    """A running installation: its address, a key for programs, and where it keeps things."""

    folder: Path
    port: int
    environment: dict[str, str]
    key: str = ""

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def logs(self) -> str:
        """What the web server, the program, its worker and the database wrote."""
        places = (self.folder / "web.log", self.folder / "postgres/data/server.log")
        return "\n".join(place.read_text() for place in places)

    def dump(self) -> str:
        return self.client("pg_dump")

    def client(self, program: str, *arguments: str) -> str:
        """What one of PostgreSQL's programs says; also where it fails."""
        sockets = Server(self.folder / "postgres").sockets
        command = [programs.folder() / program, "-h", sockets, "-U", "tanggap", *arguments]
        return subprocess.run(
            [*command, "tanggap"], capture_output=True, text=True, check=False
        ).stdout

    def media(self) -> dict[str, bytes]:
        """Every file that was kept, and what was left among temporary ones."""
        kept = [*(self.folder / "media").rglob("*"), *(self.folder / "tmp").rglob("*")]
        return {str(path): path.read_bytes() for path in kept if path.is_file()}

    def manage(self, *command: str) -> None:
        with (self.folder / "web.log").open("a") as log:
            subprocess.run(
                [sys.executable, "manage.py", *command],
                cwd=PROJECT, env=self.environment, stdout=log, stderr=log, check=True,
            )  # fmt: skip


@contextmanager
def installed(folder: Path) -> Iterator[Installation]:
    """An installation in `folder` until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "tmp").mkdir()
    environment = {
        **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
        "DATA_DIR": str(folder),
        "TMPDIR": str(folder / "tmp"),
        "DEMO": "0",
        "PORT": str(port),
        "BASE_URL": f"http://localhost:{port}",
        "TRUSTED_PROXIES": "127.0.0.1",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    place = Installation(folder, port, environment)
    with (
        (folder / "web.log").open("a") as log,
        subprocess.Popen(
            [sys.executable, "-c", SERVE, str(port)],
            cwd=PROJECT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=log, text=True,
        ) as process,
    ):  # fmt: skip
        place.key = next(line.split()[1] for line in process.stdout if line.startswith("key "))
        _wait_for(lambda: _answers(port), place)
        yield place
        process.stdin.close()
        process.wait(PATIENCE)
    _wait_for(lambda: not Server(folder / "postgres").postmaster(), place)


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/healthz").status_code == 200
    except httpx.TransportError:
        return False


def _wait_for(condition, place: Installation) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, (place.folder / "web.log").read_text()
        time.sleep(0.05)


@dataclass
class Complainant:
    """Somebody with a browser, all of whose ways can be looked for afterwards."""

    web: httpx.Client
    reference: str = ""
    secret: str = ""
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    upload: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    def begin_to_send(self, file: tuple[str, bytes]) -> None:
        """Send a piece of a file, as a browser does over a bad line that then breaks."""
        name, content = file[0], file[1] * 40
        told = {"Token": self.upload, "Key": "a-key", "Length": str(len(content)), "Offset": "0"}
        headers = {f"Upload-{word}": said for word, said in told.items()}
        headers |= {"Upload-Name": quote(name), "X-CSRFToken": self.csrf()}
        sent = self.web.post("/complain/pieces/", content=content[:9000], headers=headers)
        assert sent.json() == {"offset": 9000}

    def csrf(self) -> str:
        self.web.get("/complain/")
        return self.web.cookies["csrftoken"]

    def fill(self, said: dict[str, str], files: list[tuple[str, bytes]]) -> httpx.Response:
        """File by the pages: the files first, then the check of the answers.

        Each form arrives twice, as where the first answer was lost on its way.
        """
        form = self.form("/complain/")
        form.fields |= said | {"token": self.token, "upload": self.upload}
        sent = [("files", (name, content)) for name, content in files]
        for _time in range(2):
            page = self.web.post("/complain/", data=form.fields | {"step": "files"}, files=sent)
            assert page.status_code == 200, page.text
        last = form.fields | {"step": "check", "go": "next"}
        for _time in range(2):
            receipt = self.web.post("/complain/", data=last, follow_redirects=True)
        said_there = re.sub(r"<[^>]+>", " ", receipt.text)
        self.reference = re.search(r"\d\d-[0-9A-Z]{7}", said_there)[0]
        self.secret = re.search(r"(\d{4} ){3}\d{4}", said_there)[0]
        return receipt

    def form(self, address: str, index: int = -1) -> Form:
        return forms_in(self.web.get(address).text, address)[index]

    def track(self, secret: str = "") -> httpx.Response:
        form = self.form("/track/")
        said = {"reference": self.reference, "secret": secret or self.secret}
        return self.web.post("/track/", data=form.fields | said)
