"""The mails: one frame, and sentences by the name of the letter.

A mail carries a link and no words of people: what is read is read behind the link.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from casework.links import link_for
from casework.models import Case
from notifications.models import Outbox
from notifications.standing import refuse_obsolete


@dataclass(frozen=True)
class Words:
    """A subject (of `reference` alone), what happened, and what to do, by `date` where timed."""

    subject: Any
    what: Any
    now: Any = ""
    timed: Any = ""


NEWS = "news"  # all that a mail says of a restricted case
_ANYTIME = _("You can write to us on the page of your complaint at any time.")
_REOPEN = _("If you do not agree, the page says until when you can have it looked at again.")
_ENDED = _("%(reference)s: your complaint is closed")

CITIZEN = {
    "received": Words(
        _("%(reference)s: we received your complaint"),
        _("We received your complaint and will check it."),
        _("The page shows what happens next. You can add to your complaint there at any time."),
    ),
    "question": Words(
        _("%(reference)s: we have a question for you"),
        _("We need something from you before we can go on."),
        _("Please answer on the page of your complaint."),
        _("Please answer by %(date)s. Otherwise we close the complaint."),
    ),
    "answer": Words(
        _("%(reference)s: our answer"),
        _("We have answered your complaint."),
        _("Please read the answer and tell us whether it settles the matter."),
        _("Please tell us by %(date)s whether it settles the matter. Otherwise we close it."),
    ),
    NEWS: Words(
        _("%(reference)s: news about your complaint"),
        _("There is news about your complaint."),
        _ANYTIME,
    ),
    "still_asked": Words(
        _("%(reference)s: we still need your answer"),
        _("We asked you something and have no answer yet."),
        _("Please answer on the page of your complaint."),
        _("Please answer by %(date)s. Otherwise we close the complaint."),
    ),
    "still_answered": Words(
        _("%(reference)s: did our answer settle it?"),
        _("We answered your complaint and have not heard from you."),
        _("Please tell us whether it settles the matter."),
        _("Please tell us by %(date)s whether it settles the matter. Otherwise we close it."),
    ),
    "closed": Words(_ENDED, _("Your complaint is closed."), _REOPEN),
    "auto_closed": Words(
        _ENDED, _("We closed your complaint, because we heard nothing more from you."), _REOPEN
    ),
    "lapsed": Words(
        _ENDED,
        _("We closed your complaint, because we had no answer to our question."),
        _("You can still answer: then we go on."),
    ),
    "rejected": Words(
        _ENDED, _("We cannot take your complaint. The page gives the reason."), _REOPEN
    ),
    "referred": Words(
        _ENDED,
        _("Another body is competent for your complaint. The page says which and why."),
        _REOPEN,
    ),
    "merged": Words(
        _("%(reference)s: news about your complaint"),
        _("We handle your complaint together with another one about the same matter."),
        _ANYTIME,
    ),
    "withdrawn": Words(_ENDED, _("Your complaint was closed at your request."), _REOPEN),
    "joined_answer": Words(
        _("%(reference)s: our answer"),
        _("We have answered the complaint that yours was joined with."),
        _("The page of your complaint shows the answer. You can write to us there."),
    ),
    "joined_closed": Words(
        _("%(reference)s: news about your complaint"),
        _("The complaint that yours was joined with is closed."),
        _ANYTIME,
    ),
}

STAFF = {
    "assigned": Words(_("%(reference)s is yours"), _("A case was assigned to you.")),
    "returned": Words(
        _("%(reference)s came back"), _("The draft of an answer was returned to you.")
    ),
    "approval": Words(
        _("%(reference)s waits for approval"), _("The draft of an answer waits for your approval.")
    ),
    "answered": Words(
        _("%(reference)s: the complainant answered"), _("The complainant answered the question.")
    ),
    "disputed": Words(
        _("%(reference)s: disputed"),
        _("The complainant disputes the answer. The case waits for assignment."),
    ),
    "reopened": Words(_("%(reference)s was opened again"), _("A case was opened again.")),
    "hold_over": Words(
        _("%(reference)s: the hold is over"), _("The time on hold is over. Work can go on.")
    ),
    "message": Words(
        _("%(reference)s: a message"), _("There is a new message from the complainant.")
    ),
    NEWS: Words(_("%(reference)s: news"), _("There is news about a case.")),
}


def write(message: Outbox) -> EmailMultiAlternatives:
    """The mail, ready to be sent: who gets it and what they may see is decided now.

    Raises `Obsolete`.
    """
    cases = Case.objects.select_related("complainant", "unit")
    case = cases.get(pk=message.case_id)
    event = message.event
    told = case if event.case_id == case.pk else cases.get(pk=event.case_id)
    refuse_obsolete(message, case, told)
    letter = NEWS if case.restricted or told.restricted else message.letter
    if message.user is None:
        return _to_citizen(message, case, letter)
    return _to_staff(message, message.user, case, letter)


def _to_citizen(message: Outbox, case: Case, letter: str) -> EmailMultiAlternatives:
    person = case.complainant
    with translation.override(person.language):
        return _mail(message, case, CITIZEN[letter], person.email, f"/c/{link_for(case)}/")


def _to_staff(message: Outbox, user: User, case: Case, letter: str) -> EmailMultiAlternatives:
    with translation.override(user.language):
        return _mail(message, case, STAFF[letter], user.email, f"/desk/cases/{case.reference}/")


def _mail(
    message: Outbox, case: Case, words: Words, address: str, path: str
) -> EmailMultiAlternatives:
    context = _context(message, case, words, path)
    mail = EmailMultiAlternatives(
        subject=context["subject"],
        body=render_to_string("notifications/mail/letter.txt", context),
        to=[address],
        headers=_headers(message),
    )
    page = render_to_string("notifications/mail/letter.html", context)
    mail.attach_alternative(page, "text/html")
    return mail


def _context(message: Outbox, case: Case, words: Words, path: str) -> dict[str, Any]:
    return {
        "subject": words.subject % {"reference": case.reference},
        "what": words.what,
        "now": _what_to_do(words, case),
        "reference": case.reference,
        "url": f"{settings.BASE_URL}{path}",
        "staff": message.user_id is not None,
        "agency": Unit.objects.filter(parent=None).values_list("name", flat=True).first() or "",
    }


def _headers(message: Outbox) -> dict[str, str]:
    """No machine answers it, and one that arrives twice is shown once."""
    return {
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Message-ID": f"<{message.pk}.{message.event_id}.outbox@{settings.HOST}>",
    }


def _what_to_do(words: Words, case: Case) -> str:
    if not words.timed or case.timeout_at is None:
        return str(words.now)
    # A time-out at midnight belongs to the day before.
    last = timezone.localtime(case.timeout_at) - timedelta(minutes=1)
    return words.timed % {"date": date_format(last, "DATE_FORMAT")}
