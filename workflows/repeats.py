"""Words that were sent twice over a bad line are one act."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from casework import uploads
from casework.access import can_see
from casework.actors import Actor, actor_kind, staff_id
from casework.models import Case, Event
from workflows.deeds import VERBS

#: Within this time the same words of the same person, who saw nothing in between, are one act.
SENT_TWICE = timedelta(minutes=5)


def said_just_now(
    case: Case, name: str, actor: Actor, payload: dict[str, Any], seen: int | None
) -> Event | None:
    """What the actor said already, where these are the same words: sent twice over a bad line.

    A new file makes them other words, and so does time, or what the actor saw in between. Of two
    at the same moment the first may have taken the file of both: then none is left for the second.
    """
    verb = VERBS.get(name)
    if verb is None or verb.effect or not can_see(actor, case):
        return None
    said = _same_words(case, name, actor, str(payload.get("text", "")))
    if said is None:
        return None
    since = case.events.filter(number__gt=said.number)
    read = since if seen is None else since.filter(pk__lte=seen)
    new = _files_of(payload) - _digests(said.attachments)
    return None if read.exists() or new else said


def _same_words(case: Case, name: str, actor: Actor, text: str) -> Event | None:
    """The newest of the actor's that says the same; theirs may come from several pages at once."""
    theirs = case.events.filter(kind=name, actor_kind=actor_kind(actor), actor=staff_id(actor))
    lately = theirs.filter(at__gt=timezone.now() - SENT_TWICE).select_related("body")
    same = (event for event in lately.order_by("-number") if event.text.split() == text.split())
    return next(same, None)


def _files_of(payload: dict[str, Any]) -> set[str]:
    return _digests(uploads.staged(str(payload.get("upload", ""))))


def _digests(attachments: Any) -> set[str]:
    return set(attachments.values_list("sha256", flat=True))
