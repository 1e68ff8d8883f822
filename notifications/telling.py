"""The receivers of the signals: what is owed is written with what happened, or neither is."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from casework.models import Case, Event
from notifications import pings, relay
from notifications.models import OWED, Notification, Outbox
from notifications.room import Room
from notifications.rules import citizen_letter, joined_letter, staff_rules


def tell(sender: Any, case: Case, event: Event, **kwargs: Any) -> None:
    """Write the rows that an event owes; once it is committed, wake the relay and the pages.

    Whatever this raises undoes the act.
    """
    room = Room(case, event)
    letters = _staff_letters(room)
    trays = [_notification(room, pk) for pk in letters]
    mails = [_staff_mail(room, letter, pk) for pk, letter in letters.items() if letter]
    mails += _citizen_mails(room)
    if trays:
        Notification.objects.bulk_create(trays, ignore_conflicts=True)
    if mails:
        Outbox.objects.bulk_create(mails, ignore_conflicts=True)
        transaction.on_commit(relay.wake, robust=True)
    notes = pings.of_event(room, letters)
    transaction.on_commit(lambda: pings.send(notes), robust=True)


def owe_key(sender: Any, case: Case, event: Event, **kwargs: Any) -> None:
    """Owe the mail with a key to a new secret; one that was not sent yet will do."""
    keys = Outbox.objects.filter(case=case, letter="secret_link")
    if not keys.filter(state__in=OWED).exists():
        _mail(Room(case, event), "secret_link", f"key.{keys.count()}", case=case).save()
        transaction.on_commit(relay.wake, robust=True)


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


def _staff_mail(room: Room, letter: str, pk: int) -> Outbox:
    return _mail(room, letter, str(pk), case=room.case, user_id=pk)


def _citizen_mails(room: Room) -> list[Outbox]:
    """To the complainant, and to those of the complaints that were merged into this one."""
    mails = []
    if (letter := citizen_letter(room.event)) and room.case.complainant.has_push_channel:
        mails.append(_mail(room, letter, "citizen", case=room.case))
    if letter := joined_letter(room.event):
        mails += [_mail(room, letter, f"citizen.{pk}", case_id=pk) for pk in room.joined]
    return mails


def _mail(room: Room, letter: str, to: str, **whose: Any) -> Outbox:
    dedupe = f"{room.event.pk}:{to}:email"
    return Outbox(dedupe=dedupe, letter=letter, event=room.event, next_try=timezone.now(), **whose)
