"""An act killed before each statement that writes and each commit: it never happened, or all did.

Nothing else runs meanwhile. Each try is a child process that kills itself; what it left is
compared with what was there before. A statement that only reads is no point of its own: whoever
dies before it leaves what they leave before the next one that writes.
"""

from __future__ import annotations

import gc
import hashlib
import os
import signal
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection
from django.utils import timezone

from casework import pieces, uploads
from casework.models import Event, Piece
from config.environment import PROJECT
from drill import wholeness
from drill.acts import Job, acts
from drill.ledger import unique
from notifications import delivery
from notifications.models import Outbox, State

Faults = list[str]

MOST_POINTS = 500  # an act has some twenty


def drill() -> tuple[int, Faults]:
    """Kill every act everywhere: how many points there were, and what was half at one of them."""
    points, faults = 0, Faults()
    gc.collect()
    gc.freeze()  # else each child copies what it looks through for garbage
    for name, job, events in acts():
        count, found = killed_everywhere(job, events)
        points += count
        faults += [f"{name}: {fault}" for fault in found]
        if faults:  # the next act would stand on broken ground
            return points, faults
    for others in (sent_in_pieces, _deliveries):
        count, found = others()
        points += count
        faults += found
    return points, faults


def killed_everywhere(job: Job, events: int) -> tuple[int, Faults]:
    """Kill `job` at its first point, at its second, and so on, until it has happened.

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
    raise RuntimeError(f"not at its end after {MOST_POINTS} points")


def tables() -> list[str]:
    """Every table of ours, and those of the flow: whatever an act could write."""
    ours = [app for app in apps.get_app_configs() if Path(app.path).parent == PROJECT]
    flow = apps.get_app_config("viewflow")
    models = [each for app in (*ours, flow) for each in app.get_models(include_auto_created=True)]
    return sorted({model._meta.db_table for model in models})


def state() -> str:
    """A digest of every row that an act could touch."""
    digests = " UNION ALL ".join(
        f"SELECT '{name}' AS t, md5(string_agg(r::text, '|' ORDER BY r::text)) AS d FROM {name} r"  # noqa: S608 - our own names
        for name in tables()
    )
    whole = f"SELECT string_agg(t || coalesce(d, ''), ',' ORDER BY t) FROM ({digests}) s"  # noqa: S608 - likewise
    with connection.cursor() as cursor:
        cursor.execute(whole)
        return cursor.fetchone()[0]


class _Killer:
    """Ends the process at its so-manieth point, as a power cut would.

    Before, not after: what was done outside the transaction comes next after its commit.
    """

    def __init__(self, point: int) -> None:
        self.left = point
        self._commit = getattr(connection, "_commit")  # noqa: B009 - the stubs do not know it

    def __call__(self, execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        if not str(sql).startswith("SELECT"):
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


def sent_in_pieces() -> tuple[int, Faults]:
    """A file in pieces: whoever was cut off asks how far it came, and goes on from there."""
    content = unique("Keterangan " * (5 * pieces.SMALLEST // 22)).encode()
    for point in count(1):
        named = pieces.Named(uploads.new_token(), "key", len(content), "surat.txt")
        ended = _in_a_child(partial(_send, named, content), point)
        _send(named, content)
        kept = [
            (file.sha256, wholeness.digest_of(file)) for file in uploads.staged(named.upload_token)
        ]
        whole = hashlib.sha256(content).hexdigest()
        faults = [] if kept == [(whole, whole)] else [f"a file in pieces: at point {point}: {kept}"]
        faults += ["a file in pieces: left behind"] if Piece.objects.exists() else []
        if ended or faults:
            return point, faults
    raise AssertionError


def _send(named: pieces.Named, content: bytes) -> None:
    sending = pieces.find(named)
    while sending is None or sending.attachment_id is None:
        at = sending.received if sending else 0
        sending = pieces.take(named, at, content[at : at + pieces.SMALLEST])


def _deliveries() -> tuple[int, Faults]:
    """Mails killed on their way: each is sent in the end, however often its sender dies."""
    for point in count(1):
        # As if the lease of whoever died were over.
        Outbox.objects.filter(state=State.SENDING).update(next_try=timezone.now(), attempts=0)
        if _in_a_child(delivery.deliver, point):
            return point, list(wholeness.faults())
    raise AssertionError
