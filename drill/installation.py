"""The processes of the installation under drill: begun, killed, begun again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from django.db import Error, connection

from config.environment import PROJECT
from config.postgres import Server

STARTS = 120.0  # seconds that a process may take until it works, perhaps beside others
LOOKS_EVERY = 0.02  # seconds


class NotBack(Exception):
    """Something that was killed did not come back."""


class Installation:
    """One folder, one port; the web process logs to `web.log` there, the others likewise."""

    def __init__(self, folder: Path, site: str) -> None:
        self.folder, self.site = folder, site
        self._database = Server(folder / "postgres")
        self._web: subprocess.Popen | None = None

    def start_web(self) -> None:
        """Start the web process and wait until it serves. Raises `NotBack`."""
        self._web = self.start("web", "-m", "config.serve")
        wait_for(self._is_ready, STARTS, "the web process")

    def has_web(self) -> bool:
        """Whether there is a web process, and it lives."""
        return self._web is not None and self._web.poll() is None

    def kill_web(self) -> None:
        """SIGKILL, with nothing said before."""
        if self._web:
            kill(self._web)

    def start(self, name: str, *arguments: str) -> subprocess.Popen:
        """A Python process of the installation."""
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *arguments], cwd=PROJECT, stdout=log, stderr=log
            )

    def kill_postmaster(self) -> None:
        """SIGKILL to PostgreSQL itself; the watchdog starts it again."""
        postmaster = self._database.postmaster()
        if postmaster is None:
            raise NotBack("PostgreSQL was away before it was killed")
        os.kill(postmaster, signal.SIGKILL)

    def kill_backend(self) -> None:
        """SIGKILL to the backend of one session: PostgreSQL ends all others and recovers."""
        sql = (
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() ORDER BY state = 'active' DESC, random() LIMIT 1"
        )
        found = asked(sql)
        if found is None:
            self.kill_postmaster()
            return
        os.kill(found, signal.SIGKILL)

    def wait_for_database(self) -> None:
        """Wait until it takes questions again. Raises `NotBack`."""
        wait_for(lambda: asked("SELECT 1") == 1, STARTS, "PostgreSQL")

    def _is_ready(self) -> bool:
        if self._web and self._web.poll() is not None:
            raise NotBack(f"the web process ended by itself, see {self.folder}/web.log")
        try:
            return httpx.get(f"{self.site}/readyz", timeout=5).status_code == 200
        except httpx.TransportError:
            return False


def kill(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


def asked(sql: str) -> Any:
    """The first value of the answer; None where there is none, or no database just now."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            row = cursor.fetchone()
            return row[0] if row else None
    except Error:
        connection.close()
        return None


def wait_for(happened: Callable[[], bool], seconds: float, what: str) -> None:
    """Look again and again. Raises `NotBack`."""
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            raise NotBack(f"{what} was not back after {seconds:g} s")
        time.sleep(LOOKS_EVERY)
