"""A demo installation to measure, served as `bin/run` serves it."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

PROJECT = Path(__file__).resolve().parent.parent
PORT = int(os.environ.get("PORT", "8990"))
PATIENCE = 120  # seconds: a first start migrates, fills and compresses


@contextmanager
def serving(**settings: str) -> Iterator[str]:
    """`bin/run` with these settings, on a folder of its own; gives `host:port`."""
    with tempfile.TemporaryDirectory(prefix="tanggap-") as folder:
        known = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        here = {"DATA_DIR": folder, "PORT": str(PORT), "BASE_URL": f"http://127.0.0.1:{PORT}"}
        command = [PROJECT / "bin/run"]
        with subprocess.Popen(
            command, env=known | here | settings, stdout=subprocess.DEVNULL
        ) as server:
            try:
                wait_for(f"http://127.0.0.1:{PORT}/readyz")
                yield f"127.0.0.1:{PORT}"
            finally:
                server.terminate()


def wait_for(address: str) -> None:
    """Until it answers; raises `TimeoutError`."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if httpx.get(address).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise TimeoutError(address)
