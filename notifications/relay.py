"""The thread that delivers what is owed and lets time act on cases."""

from __future__ import annotations

import logging
import threading
import time

from django.db import connection
from django.utils import timezone

from notifications import delivery, pings
from notifications.models import LastRun
from workflows.sweep import sweep

log = logging.getLogger(__name__)

PAUSE = 1.0  # seconds between two looks
TROUBLED_PAUSE = 5.0  # seconds after a look that failed
SWEEP = "sweep"  # its name among the last runs
SWEEP_EVERY = 30.0  # seconds

_news = threading.Event()
_ending = threading.Event()
_thread: threading.Thread | None = None


def start() -> None:
    """Start the thread; called once, on the loop of the web server."""
    global _thread
    pings.listen()
    _ending.clear()
    _thread = threading.Thread(target=run, name="relay", daemon=True)
    _thread.start()


def stop() -> None:
    """End it: what it is doing is finished first."""
    _ending.set()
    _news.set()
    if _thread:
        _thread.join(timeout=delivery.LONGEST_SEND)


def wake() -> None:
    """There is something to send: look now."""
    _news.set()


def run() -> None:
    """Deliver and sweep until `stop`. A failure, the database's too, is logged and outlived."""
    swept = -SWEEP_EVERY
    while not _ending.is_set():
        pause = PAUSE
        try:
            delivery.deliver(until=time.monotonic() + SWEEP_EVERY, ending=_ending)
            if time.monotonic() - swept >= SWEEP_EVERY:
                _sweep()
                swept = time.monotonic()
        except Exception:
            log.exception("The relay failed and goes on.")
            pause = TROUBLED_PAUSE
        finally:
            _let_go()
        _rest(pause)


def once() -> int:
    """Send everything that is due, then sweep; returns how many messages were tried."""
    tried = delivery.deliver()
    _sweep()
    return tried


def _sweep() -> None:
    """Let time act, and write down that it did: an operator sees when it or a job stands still."""
    if sweep().broken:
        return
    LastRun.objects.update_or_create(name=SWEEP, defaults={"at": timezone.now()})


def _rest(pause: float) -> None:
    _news.wait(pause)
    _news.clear()


def _let_go() -> None:
    try:
        connection.close()
    except Exception:
        log.exception("The relay's connection could not be closed.")
