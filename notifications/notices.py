"""Notices: what people are told that is of no case, in the tray and by mail.

Whoever owns the matter registers a sentence for each kind; a notice leads to an address.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from accounts.models import Unit, User
from notifications import pings, relay
from notifications.models import Notification, Outbox, Reason
from notifications.standing import Obsolete

LETTER = "notice"

_sentences: dict[str, Any] = {}


def register(kind: str, sentence: Any) -> None:
    """Give a kind its sentence, a text to be translated with the names of its facts in it.

    Raises `ValueError` for a kind that is taken.
    """
    if kind in _sentences:
        raise ValueError(f"There is a notice {kind} already.")
    _sentences[kind] = sentence


def sentence(notice: Notification) -> str:
    """What it says, in the language that is in force."""
    return str(_sentences[notice.kind]) % notice.facts


@transaction.atomic
def tell(people: Iterable[User], kind: str, *, dedupe: str, address: str, **facts: Any) -> None:
    """Tell each of them once for ever under `dedupe` (at most 40 letters), in the tray and by mail.

    `address` begins with a slash; `facts` are plain values.
    """
    for person in people:
        notice, made = Notification.objects.get_or_create(
            dedupe=f"{dedupe}:{person.pk}",
            defaults={"user": person, "kind": kind, "address": address, "facts": facts},
        )
        if made:
            _owe(person, notice)


def _owe(person: User, notice: Notification) -> None:
    if person.email:
        Outbox.objects.create(
            dedupe=f"notice.{notice.pk}:email",
            letter=LETTER,
            notice=notice,
            user=person,
            next_try=timezone.now(),
        )
        transaction.on_commit(relay.wake, robust=True)
    notes = pings.of_tray(person.pk)
    transaction.on_commit(lambda: pings.send(notes), robust=True)


def mail(message: Outbox, notice: Notification) -> EmailMultiAlternatives:
    """The mail of a notice. Raises `Obsolete` where it was read, or the person has no address."""
    user = notice.user
    if notice.read_at:
        raise Obsolete(Reason.READ)
    if not user.is_active or not user.email:
        raise Obsolete(Reason.NO_ADDRESS)
    with translation.override(user.language):
        said = sentence(notice)
        context = {
            "subject": said,
            "what": said,
            "url": f"{settings.BASE_URL}{notice.address}",
            "agency": Unit.objects.filter(parent=None).values_list("name", flat=True).first() or "",
        }
        letter = EmailMultiAlternatives(
            subject=said,
            body=render_to_string("notifications/mail/notice.txt", context),
            to=[user.email],
            headers=headers(message),
        )
        page = render_to_string("notifications/mail/notice.html", context)
    letter.attach_alternative(page, "text/html")
    return letter


def headers(message: Outbox) -> dict[str, str]:
    """No machine answers it, and one that arrives twice is shown once."""
    return {
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Message-ID": f"<{message.pk}.{message.event_id or 0}.outbox@{settings.HOST}>",
    }
