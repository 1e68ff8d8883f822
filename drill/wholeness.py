"""What must hold of the records whatever was killed; each fault comes as a sentence.

Asked while nobody works on them.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator

from django.db import connection
from django.db.models import Count, Exists, F, Max, OuterRef, Q
from viewflow.workflow import STATUS
from viewflow.workflow.models import Process, Task

from casework import timeline
from casework.models import Attachment, Case, Complainant, Event, EventBody, Resolution
from casework.stages import FINAL
from notifications.models import Notification, Outbox
from notifications.rules import citizen_letter

#: Events whose assignee is told by mail and in the tray.
_TELLS_ASSIGNEE = ("assigned", "reassign")


def faults() -> Iterator[str]:
    """Everything that is half, in any record."""
    yield from (
        f"{b.reference} event {b.number}: {b.why}" for b in timeline.broken(Case.objects.all())
    )
    for look in (heads, stages, strays, words, resolutions, files, owed, locks):
        yield from look()


def heads() -> Iterator[str]:
    """The case row points at the last event there is."""
    last = Case.objects.annotate(newest=Max("events__pk")).exclude(last_event_id=F("newest"))
    for reference in last.values_list("reference", flat=True):
        yield f"{reference}: its row does not know its last event"


def stages() -> Iterator[str]:
    """A live case has one live task, at the node of its stage; a final one has none."""
    live: dict[int | None, list[Task]] = defaultdict(list)
    for task in Task.objects.exclude(status__in=(STATUS.DONE, STATUS.CANCELED)):
        live[task.process_id].append(task)
    for case in Case.objects.defer("text"):
        tasks = live.pop(case.process_id, [])
        wanted = [] if case.stage in FINAL else [(case.active_task_id, case.stage)]
        if [(task.pk, task.flow_task.name) for task in tasks] != wanted:
            yield f"{case.reference}: at {case.stage}, with the tasks {tasks}"
    for process, tasks in live.items():
        yield f"process {process}: live tasks and no case: {tasks}"


def strays() -> Iterator[str]:
    """Rows that belong to nobody: the half of something that never was."""
    current = Case.objects.filter(process=OuterRef("pk"))
    told = Event.objects.filter(task__process=OuterRef("pk"))
    processes = Process.objects.exclude(Exists(current)).exclude(Exists(told))
    yield from (f"process {pk} belongs to no case" for pk in processes.values_list("pk", flat=True))
    yield from (
        f"complainant {pk} has no case"
        for pk in Complainant.objects.filter(case=None).values_list("pk", flat=True)
    )
    without = Case.objects.annotate(kept=Count("events")).filter(kept=0)
    yield from (f"{case.reference} has no history" for case in without)
    told = Event.objects.filter(task=OuterRef("pk"))
    untold = Task.objects.exclude(flow_task_type="START").exclude(Exists(told))
    yield from (f"task {task.pk} was entered and nothing says so" for task in untold)


def words() -> Iterator[str]:
    """What somebody said is there: nobody erases while a drill goes on."""
    bodies = EventBody.objects.filter(event=OuterRef("pk"))
    silent = Event.objects.exclude(body_hash="").exclude(Exists(bodies)).select_related("case")
    yield from (f"{event.case.reference} event {event.number}: no words" for event in silent)


def resolutions() -> Iterator[str]:
    """What an answer says of its outcome is kept beside it, and nothing else is."""
    kept = Resolution.objects.filter(event=OuterRef("pk"))
    answers = Event.objects.filter(kind="respond", data__has_key="outcome")
    lost = answers.exclude(Exists(kept)).values_list("pk", flat=True)
    yield from (f"event {pk}: its resolution is not there" for pk in lost)
    foreign = Resolution.objects.exclude(event__kind="respond", event__case=F("case"))
    yield from (f"the resolution of event {each.pk} is of no answer" for each in foreign)


def files() -> Iterator[str]:
    """A file that is on record is on disk, whole, and hangs on an event of its own case."""
    astray = Q(case=None, event__isnull=False) | Q(case__isnull=False, event=None)
    astray |= Q(event__isnull=False) & ~Q(event__case=F("case"))
    for attachment in Attachment.objects.filter(astray):
        yield f"file {attachment.pk} hangs between a case and an event"
    for attachment in Attachment.objects.all():
        if digest_of(attachment) != attachment.sha256:
            yield f"file {attachment.pk} is not on disk as it is on record"


def digest_of(attachment: Attachment) -> str:
    """SHA-256 of what is on disk; empty where nothing is."""
    try:
        with attachment.file.open() as kept:
            return hashlib.sha256(kept.read()).hexdigest()
    except FileNotFoundError:
        return ""


def owed() -> Iterator[str]:
    """Each event has exactly the messages that it owes the complainant and the new assignee."""
    mails = set(Outbox.objects.values_list("dedupe", flat=True))
    trays = set(Notification.objects.values_list("dedupe", flat=True))
    expected: set[str] = set()
    for event in Event.objects.select_related("case__complainant"):
        if citizen_letter(event) and event.case.complainant.has_push_channel:
            expected.add(f"{event.pk}:citizen:email")
        told = event.data.get("assignee") if event.kind in _TELLS_ASSIGNEE else None
        if told and told != event.actor_id:
            expected.add(f"{event.pk}:{told}:email")
            if f"{event.pk}:{told}" not in trays:
                yield f"event {event.pk}: nothing in the tray of {told}"
    yield from (f"message {dedupe} is owed and not on record" for dedupe in expected - mails)
    to_citizens = {dedupe for dedupe in mails if dedupe.endswith(":citizen:email")}
    yield from (f"message {dedupe} is owed by nothing" for dedupe in to_citizens - expected)


def locks() -> Iterator[str]:
    """Nobody holds or awaits anything once nobody works."""
    others = "datname = current_database() AND pid <> pg_backend_pid()"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT pid, state, query FROM pg_stat_activity WHERE {others}"  # noqa: S608 - no words of others
            " AND (state LIKE 'idle in transaction%' OR wait_event_type = 'Lock')"
        )
        for pid, state, query in cursor.fetchall():
            yield f"session {pid} is {state} with {query}"
        cursor.execute(
            "SELECT pid, objid FROM pg_locks JOIN pg_database ON pg_database.oid = database"
            " WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
            " AND datname = current_database()"
        )
        yield from (f"session {pid} holds the lock {number}" for pid, number in cursor.fetchall())


def undelivered(came: Counter[int]) -> Iterator[str]:
    """Once nothing is due any more: what counts as sent did come, and nothing is left behind.

    `came`: how often each message came, by its number.
    """
    for message in Outbox.objects.order_by("pk"):
        if message.state == "sent" and not came[message.pk]:
            yield f"message {message.pk} counts as sent and never came"
        if message.state not in ("sent", "dropped"):
            yield f"message {message.pk} is {message.state} still: {message.last_error}"
