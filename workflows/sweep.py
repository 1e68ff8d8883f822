"""Time as an actor: what is due is acted on, through the door, by whoever runs the sweep."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils import timezone

from casework import links, pieces, strays, uploads
from casework.actors import SYSTEM
from casework.models import Case
from workflows import lost, receipts
from workflows.actions import act
from workflows.errors import Refused

log = logging.getLogger(__name__)

#: The advisory lock of the sweep: any number may start it, one works.
_LOCK = 0x7A6767
_BATCH = 200


@dataclass
class Swept:
    """What one sweep did."""

    timeouts: int = 0
    reminders: int = 0
    failed: int = 0


def sweep(now: datetime | None = None) -> Swept:
    """Take every timeout and send every reminder that is due; costs what fell due.

    An act that fails changes nothing, is logged, and is tried again by the next sweep.
    """
    done = Swept()
    with _alone() as mine:
        if not mine:
            return done
        now = now or timezone.now()
        _run(Case.objects.filter(timeout_at__lte=now).order_by("timeout_at"), "timeout", done)
        _run(Case.objects.filter(remind_at__lte=now).order_by("remind_at"), "remind", done)
        lost.answer_all()
        receipts.forget_old_secrets()
        links.forget_ended()
        uploads.sweep_staged(now)
        strays.sweep(now)
        pieces.sweep()
    return done


def _run(due, name: str, done: Swept) -> None:
    tried: set[int] = set()
    while batch := list(due.exclude(pk__in=tried).defer("text")[:_BATCH]):
        for case in batch:
            tried.add(case.pk)
            _take(case, name, done)


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
