"""Sending what is owed: each message is claimed, sent and marked for itself.

At least once: who dies between sending and marking sends again, under the same Message-ID.
"""

from __future__ import annotations

import logging
import threading
import time
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from notifications import letters
from notifications.models import Outbox, Reason, State
from notifications.standing import Obsolete

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 8
FIRST_PAUSE = timedelta(minutes=1)  # then four times as long each
LEASE = timedelta(minutes=5)  # a message claimed for longer is due again
#: Mails to one complainant's address in an hour: nobody's box is filled through us.
MOST_AN_HOUR = 10
#: What a stranger who knows an address can have sent there, by filing with it. Few, and counted
#: apart: they must not keep from it what somebody else waits for.
BY_ANYBODY = ("received", "withdrawn")
MOST_BY_ANYBODY = 3
LONGEST_SEND = 25.0  # seconds: EMAIL_TIMEOUT and a little


def deliver(until: float = float("inf"), ending: threading.Event | None = None) -> int:
    """Send what is due, until monotonic second `until` or `ending`; returns how many were tried."""
    tried = 0
    while time.monotonic() < until and not (ending and ending.is_set()):
        message = claim()
        if message is None:
            break
        attempt(message)
        tried += 1
    return tried


def claim() -> Outbox | None:
    """Take the longest due message for the time of the lease; others skip it."""
    now = timezone.now()
    with transaction.atomic():
        due = Outbox.objects.due(now).select_for_update(skip_locked=True, of=("self",))
        message = due.first()
        if message is None:
            return None
        message.state, message.next_try = State.SENDING, now + LEASE
        message.attempts += 1
        message.save(update_fields=["state", "next_try", "attempts"])
    return message


def attempt(message: Outbox) -> None:
    """Send one claimed message and write down what came of it. One that fails blocks no other."""
    if message.attempts > MAX_ATTEMPTS:  # its last sender died over it
        _mark(message, State.DEAD)
        return
    try:
        _send(message)
    except Flood as flood:
        _postpone(message, flood.until)
    except Obsolete as obsolete:
        _mark(message, State.DROPPED, obsolete.reason)
    except Exception as error:  # noqa: BLE001 - whatever a mail server or a template does
        _failed(message, error)
    else:
        message.sent_at = timezone.now()
        _mark(message, State.SENT)


def _send(message: Outbox) -> None:
    if not settings.DEMO:
        _refuse_flood(message)  # before it is written: a key in it would end those before
    letter = letters.write(message)
    if settings.DEMO:
        message.subject, message.body = str(letter.subject), str(letter.body)
    else:
        letter.send()


class Flood(Exception):
    """Too many mails to one address; there is room again at `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


def _refuse_flood(message: Outbox) -> None:
    if message.user_id is not None:
        return
    index = message.of_case.complainant.email_index
    if not index:
        return
    hour = timedelta(hours=1)
    sent = Outbox.objects.filter(
        user=None,
        state=State.SENT,
        sent_at__gte=timezone.now() - hour,
        case__complainant__email_index=index,
    )
    if message.letter in BY_ANYBODY:
        sent, most = sent.filter(letter__in=BY_ANYBODY), MOST_BY_ANYBODY
    else:
        sent, most = sent.exclude(letter__in=BY_ANYBODY), MOST_AN_HOUR
    newest = sent.order_by("-sent_at").values_list("sent_at", flat=True)[:most]
    ends = [at + hour for at in newest if at]
    if len(ends) == most:
        raise Flood(ends[-1])


def _postpone(message: Outbox, until: datetime) -> None:
    """Nobody tried, so that is no attempt: no flood makes a message be given up."""
    message.attempts -= 1
    message.next_try = until
    _mark(message, State.QUEUED, Reason.FLOOD)


def _failed(message: Outbox, error: Exception) -> None:
    # The words of a mail server name the address: the kind of the error must do.
    why = f"{type(error).__name__} {getattr(error, 'smtp_code', '')}".strip()
    log.warning("Message %s, attempt %s: %s", message.pk, message.attempts, why)
    given_up = message.attempts >= MAX_ATTEMPTS
    message.next_try = timezone.now() + FIRST_PAUSE * 4 ** (message.attempts - 1)
    _mark(message, State.DEAD if given_up else State.FAILED, why)


def _mark(message: Outbox, state: str, why: str = "") -> None:
    message.state, message.last_error = state, why
    marked = ["state", "attempts", "last_error", "next_try", "sent_at", "subject", "body"]
    message.save(update_fields=marked)
