"""Time as an actor: what is due is acted on, through the door, by whoever runs the sweep."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection
from django.utils import timezone

from casework.actors import SYSTEM
from casework.models import Case
from workflows import jobs
from workflows.actions import act
from workflows.due import came_due
from workflows.errors import Refused
from workflows.jobs import Swept, Turn

log = logging.getLogger(__name__)

#: The advisory lock of the sweep: any number may start it, one works.
_LOCK = 0x7A6767


def sweep(now: datetime | None = None) -> Swept:
    """Run every job that is due (`workflows.routine`); costs what fell due.

    Where another sweep is at work it does nothing.
    """
    with _alone() as mine:
        return jobs.run_due(now or timezone.now()) if mine else Swept()


def take_timeouts(turn: Turn) -> None:
    """Take every timeout that is due, the longest due first.

    An act that fails changes nothing, is logged, and is tried again by the next sweep.
    """
    for case in came_due(Case.objects.defer("text"), "timeout_at", turn.now):
        _take(case, "timeout", turn.swept)


def send_reminders(turn: Turn) -> None:
    """Send every reminder that is due, in the same way."""
    for case in came_due(Case.objects.defer("text"), "remind_at", turn.now):
        _take(case, "remind", turn.swept)


def _take(case: Case, name: str, done: Swept) -> None:
    try:
        act(case, name, SYSTEM, seen=case.last_event_id)
    except Refused:
        return  # somebody was quicker; if it is still due, the next sweep sees it
    except Exception:
        log.exception("%s of case %s failed; the next sweep tries again", name, case.pk)
        done.failed += 1
        return
    if name == "timeout":
        done.timeouts += 1
    else:
        done.reminders += 1


@contextmanager
def _alone() -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        mine = cursor.fetchone()[0]
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
