"""An act killed before each of its SQL statements and commits: it never happened, or all did.

Nothing else runs meanwhile. Each try is a child process that kills itself; what it left is
compared with what was there before.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from accounts.models import User
from casework import uploads
from casework.actors import CitizenActor
from casework.models import Case, Event
from drill import wholeness
from drill.ledger import own_address, unique
from notifications import delivery
from notifications.models import Outbox, State
from workflows import filing
from workflows.actions import act
from workflows.sweep import sweep

Job = Callable[[], Any]
#: What is done, how, and how many events it writes.
Act = tuple[str, Job, int]
Faults = list[str]

#: Everything that an act writes.
_TABLES = (
    *("casework_case", "casework_complainant", "casework_receipt", "casework_attachment"),
    *("casework_event", "casework_eventbody", "notifications_outbox", "notifications_notification"),
    *("viewflow_process", "viewflow_task"),
)
MOST_POINTS = 500  # an act has some forty statements


def drill() -> tuple[int, Faults]:
    """Kill every act everywhere: how many points there were, and what was half at one of them."""
    points, faults = 0, Faults()
    for name, job, events in _acts():
        count, found = killed_everywhere(job, events)
        points += count
        faults += [f"{name}: {fault}" for fault in found]
        if faults:  # the next act would stand on broken ground
            return points, faults
    count, found = _deliveries()
    return points + count, faults + found


def killed_everywhere(job: Job, events: int) -> tuple[int, Faults]:
    """Kill `job` before its first statement, before its second, and so on, until it has happened.

    Returns how often, and what was half. `events`: how many it writes when it happens.
    """
    before, told = state(), Event.objects.count()
    for point in range(1, MOST_POINTS):
        ended = _in_a_child(job, point)
        if state() == before and not ended:
            continue
        faults = list(wholeness.faults())
        if (written := Event.objects.count() - told) != events:
            faults.append(f"{written} events of {events}")
        return point, [f"at point {point}: {fault}" for fault in faults]
    raise RuntimeError(f"not at its end after {MOST_POINTS} statements")


def state() -> str:
    """A digest of every row that an act could touch."""
    tables = " UNION ALL ".join(
        f"SELECT '{name}' AS t, md5(string_agg(r::text, '|' ORDER BY r::text)) AS d FROM {name} r"  # noqa: S608 - our own names
        for name in _TABLES
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT string_agg(t || coalesce(d, ''), ',' ORDER BY t) FROM ({tables}) s")  # noqa: S608 - our own names
        return cursor.fetchone()[0]


class _Killer:
    """Ends the process before its so-manieth statement or commit, as a power cut would.

    Before, not after: what was done outside the transaction comes next after its commit.
    """

    def __init__(self, point: int) -> None:
        self.left = point
        self._commit = getattr(connection, "_commit")  # noqa: B009 - the stubs do not know it

    def __call__(self, execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        self.reach()
        return execute(sql, params, many, context)

    def commit(self) -> None:
        self.reach()
        self._commit()

    def reach(self) -> None:
        """One more point."""
        self.left -= 1
        if not self.left:
            os.kill(os.getpid(), signal.SIGKILL)


def _in_a_child(job: Job, point: int) -> bool:
    """Whether the job came to its end before that point; raises RuntimeError where it failed."""
    connection.close()
    child = os.fork()
    if child:
        status = os.waitpid(child, 0)[1]
        if os.WIFEXITED(status) and os.WEXITSTATUS(status):
            raise RuntimeError("An act that was to be killed failed by itself.")
        return os.WIFEXITED(status)
    status = 1
    try:
        killer = _Killer(point)
        setattr(connection, "_commit", killer.commit)  # noqa: B010 - likewise; in this child alone
        with connection.execute_wrapper(killer):
            job()
        status = 0
    finally:
        os._exit(status)


def _acts() -> Iterator[Act]:
    """Every act of a long way, one upon the other."""
    complaint, token, upload = _complaint(), uploads.new_token(), uploads.new_token()
    yield "a file", lambda: _stage(upload), 0
    yield "filing", lambda: filing.file(complaint | {"upload": upload}, token=token), 1
    case = Case.objects.get(text=complaint["text"])
    for person, name, payload in _WAY:
        payload = dict(payload)
        if payload.pop("paper", ""):
            payload["upload"] = uploads.new_token()
            _stage(payload["upload"])
        yield name, _act(case, name, person, payload), 1
    past = timezone.now() - timedelta(seconds=1)
    Case.objects.filter(pk=case.pk).update(timeout_at=past)
    yield "timeout", sweep, 1
    yield from _mergers()


_WAY: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("intake", "claim", {}),
    ("intake", "note", {"text": "Diteruskan", "paper": "yes"}),
    ("intake", "accept", {"category": "reviewed"}),
    ("supervisor", "assigned", {"assignee": "officer"}),
    ("officer", "ask", {"text": "Sejak kapan?"}),
    ("citizen", "answered", {"text": "Sejak Senin", "paper": "yes"}),
    ("officer", "hold", {"reason": "Suku cadang", "until": f"{timezone.now() + timedelta(9):%F}"}),
    ("officer", "resume", {}),
    ("officer", "respond", {"text": "Sudah diganti", "paper": "yes"}),
    ("supervisor", "approve", {}),
    ("citizen", "dispute", {"reason": "Masih bocor"}),
    ("officer2", "claim", {}),
    ("officer2", "message", {"text": "Kami periksa"}),
    ("officer2", "respond", {"text": "Pipa diganti"}),
    ("supervisor", "approve", {}),
)


def _mergers() -> Iterator[Act]:
    """One that was merged before goes on with the case that it was merged into."""
    first, second, third = (filing.file(_complaint()).case for _number in range(3))
    yield "merge", _act(first, "merge", "intake", {"into": second.reference}), 1
    yield "merge on", _act(second, "merge", "intake", {"into": third.reference}), 2


def _deliveries() -> tuple[int, Faults]:
    """Mails killed on their way: each is sent in the end, however often its sender dies."""
    for point in count(1):
        # As if the lease of whoever died were over.
        Outbox.objects.filter(state=State.SENDING).update(next_try=timezone.now(), attempts=0)
        if _in_a_child(delivery.deliver, point):
            return point, list(wholeness.faults())
    raise AssertionError


def _act(case: Case, name: str, person: str, payload: dict[str, Any]) -> Job:
    actor = CitizenActor(case.pk) if person == "citizen" else User.objects.get(username=person)
    return lambda: act(Case.objects.get(pk=case.pk), name, actor, **payload)


def _stage(upload: str) -> None:
    uploads.stage(SimpleUploadedFile("surat.txt", unique("Keterangan").encode()), upload)


def _complaint() -> dict[str, str]:
    text = unique("Air mati sejak Senin.")
    return {"text": text, "identity": "named", "name": "Wulan", "email": own_address()}
