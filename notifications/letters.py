"""The mails: one frame, and sentences by the name of the letter.

A mail carries a link and no words of people: what is read is read behind the link.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format

from accounts.models import Unit, User
from casework.links import link_for
from casework.models import Case
from casework.templatetags.moments import in_full
from notifications import notices
from notifications.models import Outbox
from notifications.notices import headers
from notifications.standing import refuse_obsolete
from notifications.wording import CITIZEN, NEWS, OF_THE_SECRET, STAFF, Words
from workflows.lost import new_key
from workflows.shown import promised_by
from workflows.windows import reopens_until


def write(message: Outbox) -> EmailMultiAlternatives:
    """The mail, ready to be sent: who gets it and what they may see is decided now.

    Raises `Obsolete`.
    """
    if message.notice is not None:
        return notices.mail(message, message.notice)
    cases = Case.objects.select_related("complainant", "unit")
    case = cases.get(pk=message.of_case.pk)
    event = message.of_event
    told = case if event.case_id == case.pk else cases.get(pk=event.case_id)
    refuse_obsolete(message, case, told)
    hidden = (case.restricted or told.restricted) and message.letter not in OF_THE_SECRET
    return compose(message, case, NEWS if hidden else message.letter)


def compose(message: Outbox, case: Case, letter: str) -> EmailMultiAlternatives:
    """The mail of that letter to whom the message is owed, whether it still stands or not."""
    if message.user is None:
        return _to_citizen(message, case, letter)
    return _to_staff(message, message.user, case, letter)


def subject_of(message: Outbox) -> str:
    """What a mail is called, in the language of whoever reads of it."""
    if message.notice is not None:
        return notices.sentence(message.notice)
    hidden = message.of_case.restricted and message.letter not in OF_THE_SECRET
    letter = NEWS if hidden else message.letter
    words = (CITIZEN if message.user_id is None else STAFF)[letter]
    return words.subject % {"reference": message.of_case.reference}


def _to_citizen(message: Outbox, case: Case, letter: str) -> EmailMultiAlternatives:
    person = case.complainant
    with translation.override(person.language), timezone.override(case.unit.time_zone):
        if letter == "secret_link":
            path = f"/track/new/{new_key(case)}/"
        else:
            path = f"/c/{link_for(case, mailed_to=person.email_index)}/"
        return _mail(message, case, CITIZEN[letter], person.email, path)


def _to_staff(message: Outbox, user: User, case: Case, letter: str) -> EmailMultiAlternatives:
    with translation.override(user.language), timezone.override(user.time_zone):
        return _mail(message, case, STAFF[letter], user.email, f"/desk/cases/{case.reference}/")


def _mail(
    message: Outbox, case: Case, words: Words, address: str, path: str
) -> EmailMultiAlternatives:
    context = _context(message, case, words, path)
    mail = EmailMultiAlternatives(
        subject=context["subject"],
        body=render_to_string("notifications/mail/letter.txt", context),
        to=[address],
        headers=headers(message),
    )
    page = render_to_string("notifications/mail/letter.html", context)
    mail.attach_alternative(page, "text/html")
    return mail


def _context(message: Outbox, case: Case, words: Words, path: str) -> dict[str, Any]:
    return {
        "subject": words.subject % {"reference": case.reference},
        "what": _what_happened(words, case),
        "now": _what_to_do(words, case, message.of_event.data),
        "reference": case.reference,
        "url": f"{settings.BASE_URL}{path}",
        "staff": message.user_id is not None,
        "agency": Unit.objects.filter(parent=None).values_list("name", flat=True).first() or "",
    }


def _what_happened(words: Words, case: Case) -> str:
    """With our promise, where one is made."""
    until = promised_by(case) if words.promise else None
    said = words.promise % {"date": date_format(until, "l j F Y")} if until else ""
    return f"{words.what} {said}".rstrip()


def _what_to_do(words: Words, case: Case, facts: Mapping[str, Any]) -> str:
    """What the reader can do: by when, while there is time. `facts`: of the event."""
    if words.moved and "to" in facts:
        return words.moved % {"date": _said(datetime.fromisoformat(facts["to"]))}
    until = case.timeout_at or reopens_until(case)
    if not words.timed or until is None or until <= timezone.now():
        return str(words.now)
    return words.timed % {"date": _said(until)}


def _said(until: datetime) -> str:
    """The last day, with the hour where it is near. Midnight belongs to the day before."""
    last = timezone.localtime(until) - timedelta(minutes=1)
    near = until < timezone.now() + timedelta(days=2)
    return in_full(last) if near else date_format(last, "j F Y")
