"""The receiver of the one signal: what is owed is written with what happened, or neither is."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from casework.models import Case, Event
from notifications import pings, relay
from notifications.models import Notification, Outbox
from notifications.room import Room
from notifications.rules import citizen_letter, staff_rules


def tell(sender: Any, case: Case, event: Event, **kwargs: Any) -> None:
    """Write the rows that an event owes; once it is committed, wake the relay and the pages.

    Whatever this raises undoes the act.
    """
    room = Room(case, event)
    letters = _staff_letters(room)
    trays = [_notification(room, pk) for pk in letters]
    mails = [_mail(room, letter, pk) for pk, letter in letters.items() if letter]
    if (letter := citizen_letter(event)) and case.complainant.has_push_channel:
        mails.append(_mail(room, letter))
    if trays:
        Notification.objects.bulk_create(trays, ignore_conflicts=True)
    if mails:
        Outbox.objects.bulk_create(mails, ignore_conflicts=True)
        transaction.on_commit(relay.wake, robust=True)
    notes = pings.of_event(room, letters)
    transaction.on_commit(lambda: pings.send(notes), robust=True)


def _staff_letters(room: Room) -> dict[int, str]:
    """The letter of each person who is told, or an empty name; never the actor."""
    found: dict[int, str] = {}
    for rule in staff_rules(room.event):
        for pk in rule.who(room):
            if pk is None or pk == room.event.actor_id or pk not in room.people:
                continue
            mailable = rule.letter if room.people[pk].email else ""
            found[pk] = found.get(pk) or mailable
    return found


def _notification(room: Room, pk: int) -> Notification:
    event = room.event
    return Notification(
        dedupe=f"{event.pk}:{pk}", user_id=pk, case=room.case, event=event, kind=event.kind
    )


def _mail(room: Room, letter: str, pk: int | None = None) -> Outbox:
    return Outbox(
        dedupe=f"{room.event.pk}:{pk or 'citizen'}:email",
        letter=letter,
        case=room.case,
        event=room.event,
        user_id=pk,
        next_try=timezone.now(),
    )
