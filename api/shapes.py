"""What is told of a case and its history, to whom."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casework import timeline
from casework.access import opens_files, sees_contacts
from casework.actors import Actor, CitizenActor
from casework.conflicts import people_of
from casework.labels import citizen_label, staff_label
from casework.models import CONTACTS, Attachment, Case, Event
from workflows.actions import Done, acts_for
from workflows.answers import answer_to, target_of
from workflows.clocks import reading
from workflows.filing import Filed
from workflows.models import Clock, State
from workflows.shown import is_breached, promised
from workflows.windows import WAYS_ON, reopens_until

_AS_IT_IS = (
    "reference",
    "subject",
    "stage",
    "kind",
    "priority",
    "received_at",
    "closed_at",
    "next_due_at",
)
_OF_A_CLOCK = ("metric", "cycle", "subject", "state", "started_at", "due_at", "ended_at")
_MORE = ("text", "about", "level", "cycle", "restricted", "channel", "address", "lat", "lon")


def receipt(filed: Filed) -> dict[str, Any]:
    """The secret is null once its time is over."""
    reference = filed.case.reference
    return {
        "reference": reference,
        "secret": filed.secret,
        "status": filed.case.status,
        "track_url": f"{settings.BASE_URL}/track/?reference={reference}",
    }


def row(case: Case) -> dict[str, Any]:
    """A case in a list."""
    return {
        **{name: getattr(case, name) for name in _AS_IT_IS},
        "status": case.status,
        "unit": case.unit.code,
        "category": case.category.code if case.category else None,
        "assignee": case.assignee.username if case.assignee else None,
    }


def clock(kept: Clock, now: datetime) -> dict[str, Any]:
    """How a clock stands; whether it is late is decided by its dates, now."""
    return {
        **{name: getattr(kept, name) for name in _OF_A_CLOCK},
        "breached": is_breached(kept, now),
        "reason": kept.reason if kept.state == State.PAUSED else None,
    }


def clocks(case: Case) -> list[dict[str, Any]]:
    """All clocks of a case, the oldest first."""
    now = timezone.now()
    return [clock(kept, now) for kept in reading.clocks(case)]


def whole(case: Case, actor: Actor, its_clocks: list[dict[str, Any]]) -> dict[str, Any]:
    """A case for a member of staff who may see it. `its_clocks`: as `clocks` gives them."""
    return {
        **row(case),
        **{name: getattr(case, name) for name in _MORE},
        "about_people": [person.username for person in people_of(case)],
        "about_unit": case.about_unit.code if case.about_unit else None,
        "occurred_on": case.occurred_on,
        "service": case.service.code if case.service else None,
        "identity": case.complainant.identity,
        "contacts": contacts(case) if sees_contacts(actor, case) else None,
        "exits": acts_for(case, actor),
        "seen": case.last_event_id,
        "clocks": its_clocks,
    }


def outcome(done: Done) -> dict[str, Any]:
    """What came of an act; whoever passed a case on may not see it any more."""
    case = done.case
    return {
        "reference": case.reference,
        "stage": case.stage,
        "status": case.status,
        "event": done.event.pk,
        "seen": case.last_event_id,
    }


def contacts(case: Case) -> dict[str, str]:
    person = case.complainant
    return {name: getattr(person, name) for name in CONTACTS}


def staff_entry(event: Event, reader: Actor) -> dict[str, Any]:
    """An event for a member of staff."""
    who = event.actor.display_name if event.actor else ""
    files = event.attachments.all() if opens_files(reader, event) else []
    if event.actor_kind == "citizen":
        who = _("Complainant")
    return {
        "id": event.pk,
        "kind": event.kind,
        "label": staff_label(event),
        "at": event.at,
        "stage": event.stage,
        "audience": event.audience,
        "who": who,
        "on_behalf": "on_behalf" in event.data,
        "channel": event.data.get("channel"),
        "text": event.text,
        "files": [_download(file, event.case) for file in files],
        "resolution": resolution(event),
    }


def resolution(event: Event) -> dict[str, Any] | None:
    """What an answer, or a draft of one, says to staff alone; null where it says nothing."""
    kept = getattr(event, "resolution", None) if event.kind == "respond" else None
    if kept is None:
        return None
    said = {name: getattr(kept, name) or None for name in ("outcome", "remedy", "lesson")}
    return {"cause": kept.cause.code if kept.cause else None, **said}


def tracked(case: Case) -> dict[str, Any]:
    """A case as its complainant reads it: a merged one stands where its target does."""
    events = list(timeline.shown_to_citizen(case))
    answer = answer_to(case, events)
    exits = acts_for(case, CitizenActor(case.pk))
    promise = promised(target_of(case))
    return {
        "reference": case.reference,
        "subject": case.subject,
        "status": target_of(case).status,
        "received_at": case.received_at,
        "closed_at": target_of(case).closed_at,
        "exits": exits,
        "until": reopens_until(case) if set(exits) & set(WAYS_ON) else None,
        "promised_at": promise.due_at if promise else None,
        "seen": case.last_event_id,
        "answer": _citizen_entry(answer) if answer else None,
        "timeline": [_citizen_entry(event) for event in events],
    }


def _citizen_entry(event: Event) -> dict[str, Any]:
    """Of a step the complainant learns that it was taken, and nothing that was said."""
    told = event.tells_citizen
    return {
        "at": event.came_at,
        "label": citizen_label(event),
        "text": event.text if told else "",
        "files": [_file(file) for file in event.attachments.all()] if told else [],
    }


def _file(file: Attachment) -> dict[str, Any]:
    return {"name": file.name, "content_type": file.content_type, "size": file.size}


def _download(file: Attachment, case: Case) -> dict[str, Any]:
    """A file with the address at which a key opens it."""
    address = reverse("api:file", args=[case.reference, file.pk])
    return {**_file(file), "id": file.pk, "url": f"{settings.BASE_URL}{address}"}
