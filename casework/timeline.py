"""History: one function writes it, inside the transaction of the change."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypedDict, Unpack

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from casework.actors import Actor, actor_kind, staff_id
from casework.models import Audience, Case, Event, EventBody, Resolution
from casework.signals import recorded

#: What `record` writes on the case: the head of its chain.
HEAD = ("event_count", "last_event_id", "last_hash")
#: Cases whose chains are checked at once.
BATCH = 1000


@dataclass(frozen=True)
class Broken:
    """The first row of a case whose hash does not follow from what is stored."""

    reference: str
    number: int
    why: str


class Details(TypedDict, total=False):
    """What an event may carry. `body` holds all words of people; `data` no personal data."""

    audience: str
    body: str
    data: dict | None
    at: datetime | None
    task_id: int | None


def record(case: Case, kind: str, actor: Actor, **details: Unpack[Details]) -> Event:
    """Append one event to a case and announce it by `signals.recorded`.

    The case row must be locked by the running transaction. Writes the chain's head on `case`;
    the caller saves the row.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An event is recorded inside the transaction of the change.")
    event, words = build(case, kind, actor, **details)
    event.save(force_insert=True)
    case.last_event_id = event.pk
    if words:
        words.event = event
        words.save(force_insert=True)
    recorded.send(sender=Event, case=case, event=event)
    return event


def build(
    case: Case, kind: str, actor: Actor, **details: Unpack[Details]
) -> tuple[Event, EventBody | None]:
    """The next event of a case and its body, unsaved; moves the chain's head on `case`.

    For bulk entry; everything else calls `record`.
    """
    body = details.get("body", "")
    event = Event(
        case=case,
        number=case.event_count + 1,
        kind=kind,
        at=details.get("at") or timezone.now(),
        actor_kind=actor_kind(actor),
        actor_id=staff_id(actor),
        audience=details.get("audience", Audience.INTERNAL),
        stage=case.stage,
        task_id=details.get("task_id"),
        data=details.get("data") or {},
        previous_hash=case.last_hash,
    )
    words = EventBody(event=event, salt=secrets.token_hex(16), text=body) if body else None
    event.body_hash = _body_hash(words) if words else ""
    event.hash = event_hash(event, case.reference)
    case.event_count, case.last_hash = event.number, event.hash
    return event, words


def _body_hash(words: EventBody) -> str:
    return hashlib.sha256(f"{words.salt}:{words.text}".encode()).hexdigest()


def event_hash(event: Event, reference: str) -> str:
    """SHA-256 over the canonical form of an event and the hash of the one before it."""
    canonical = json.dumps(
        {
            "case": reference,
            "number": event.number,
            "kind": event.kind,
            "at": event.at.timestamp(),
            "actor": [event.actor_kind, event.actor_id],
            "audience": event.audience,
            "stage": event.stage,
            "task": event.task_id,
            "data": event.data,
            "body": event.body_hash,
            "previous": event.previous_hash,
        },
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def erase_words(event: Event) -> None:
    """Delete the words of an event, its lesson too. The chain keeps their salted hash, and the
    event what was chosen from lists: it stays whole."""
    EventBody.objects.filter(event=event).delete()
    Resolution.objects.filter(event=event).update(lesson="")


def shown_to_citizen(case: Case) -> QuerySet[Event]:
    """The public timeline: what the complainant may read of their case, newest first."""
    events = case.events.exclude(audience=Audience.INTERNAL).select_related("body")
    return events.prefetch_related("attachments").order_by("-number")


def shown_to_staff(case: Case, joined: Sequence[Case] = ()) -> QuerySet[Event]:
    """The whole timeline, newest first, and that of the `joined` cases merged into this one."""
    events = case.events.order_by("-number")
    if joined:
        events = Event.objects.filter(case__in=[case, *joined]).select_related("case")
        events = events.order_by("-at", "-pk")
    told = events.select_related("body", "actor", "resolution__cause")
    return told.prefetch_related("attachments")


def broken(cases: QuerySet[Case]) -> Iterator[Broken]:
    """Check every chain of `cases`, a thousand at a time; yields the first fault of each case."""
    heads = cases.order_by("pk").values_list("pk", "reference", "event_count", "last_hash")
    for batch in batched(heads.iterator(chunk_size=BATCH), BATCH):
        events = Event.objects.filter(case__in=[head[0] for head in batch])
        chains = defaultdict(list)
        for event in events.select_related("body").order_by("case_id", "number"):
            chains[event.case_id].append(event)
        for pk, reference, count, last in batch:
            if fault := _fault(chains[pk], reference, count, last):
                yield fault


def _fault(chain: list[Event], reference: str, count: int, last: str) -> Broken | None:
    previous = ""
    for number, event in enumerate(chain, 1):
        if why := _why_broken(event, reference, number, previous):
            return Broken(reference, event.number, why)
        previous = event.hash
    if (len(chain), previous) != (count, last):
        return Broken(reference, len(chain) + 1, "the last events are missing")
    return None


def batched(rows: Iterable[tuple], size: int) -> Iterator[list[tuple]]:
    """Lists of at most `size` rows; of the standard library from Python 3.12 on."""
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        yield batch


def _why_broken(event: Event, reference: str, number: int, previous: str) -> str:
    if event.number != number or event.previous_hash != previous:
        return "an event before it is missing"
    if event_hash(event, reference) != event.hash:
        return "the event was altered"
    words = getattr(event, "body", None)
    if words and _body_hash(words) != event.body_hash:
        return "the words were altered"
    return ""
