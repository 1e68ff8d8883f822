"""A lost secret, asked for on the web: a key is mailed where the address is known to be theirs."""

from __future__ import annotations

import hmac
import logging
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from casework import sealing
from casework.access import NoSuchCase
from casework.actors import SYSTEM, CitizenActor
from casework.limits import LOST
from casework.models import Case, LostSecret, Receipt, SecretKey
from casework.references import read_reference
from casework.signals import key_owed
from workflows import receipts
from workflows.actions import act
from workflows.errors import Refused
from workflows.reissue import PURPOSE

log = logging.getLogger(__name__)

#: How long a mailed key opens.
KEY_LASTS = timedelta(hours=24)
#: Between two lines of a history that somebody asked: whoever knows a reference alone fills none.
QUIET = timedelta(days=1)
_NOBODYS = "0" * 64  # an index that no address has


def ask(reference: str, email: str, address: str) -> None:
    """Ask for a new secret, from a network address.

    Nobody learns whether reference and e-mail belong together: one row is written in either case,
    and what is mailed is decided later. Raises `TooMany` where it was asked too often.
    """
    named = read_reference(reference)
    index = sealing.email_index(email)
    LOST.enter({"address": address, "both": f"{named or reference[:40]} {index}"})
    # No more than is compared: to make a whole case of a row would take its time, and so tell.
    found = Case.objects.filter(reference=named or "").values_list(
        "pk", "complainant__email_index", "complainant__email_verified_at"
    )
    pk, theirs, verified_at = found.first() or (None, "", None)
    fits = hmac.compare_digest(index, theirs or _NOBODYS)
    LostSecret.objects.create(case_id=pk if verified_at else None, fits=fits)


def answer_all() -> None:
    """Owe those who asked the mail with a key, once each; the sweep calls it."""
    SecretKey.objects.filter(expires_at__lt=timezone.now()).delete()
    asked = list(LostSecret.objects.all())
    fitting = {row.case_id for row in asked if row.fits}
    named = {row.case_id for row in asked if row.case_id}
    for case in Case.objects.filter(pk__in=named).defer("text"):
        try:
            _answer(case, fits=case.pk in fitting)
        except Refused:
            continue  # the address is gone meanwhile
        except Exception:
            log.exception("No key was owed for case %s; it has to be asked for again", case.pk)
    LostSecret.objects.filter(pk__in=[row.pk for row in asked]).delete()


def _answer(case: Case, *, fits: bool) -> None:
    """Put on record that somebody asked, and owe the mail to who named the right address.

    The line is the same, and as rare and as soon, whether the address was right or not: else
    whoever reads the history, but no withheld address, could try one on the web and look here.
    """
    with transaction.atomic():
        lines = case.events.filter(kind="secret_link", at__gt=timezone.now() - QUIET)
        event = lines.last() or act(case, "secret_link", SYSTEM).event
        if fits:
            key_owed.send(Case, case=case, event=event)


def new_key(case: Case) -> str:
    """A fresh key to a new secret, which ends those before it; for the mail alone."""
    key = secrets.token_urlsafe(32)
    with transaction.atomic():
        case.secret_keys.all().delete()
        SecretKey.objects.create(
            case=case,
            token_digest=sealing.digest(PURPOSE, key),
            expires_at=timezone.now() + KEY_LASTS,
        )
    return key


def case_of(key: str) -> Case:
    """The case that a key opens. Raises `NoSuchCase` for forged, used and ended ones."""
    mine = SecretKey.objects.filter(token_digest=sealing.digest(PURPOSE, key))
    row = mine.filter(expires_at__gt=timezone.now()).select_related("case__unit").first()
    if row is None:
        raise NoSuchCase(key)
    return row.case


def use(key: str) -> None:
    """Make the new secret; it is shown under the key. Raises `NoSuchCase` and `Refused`."""
    case = case_of(key)
    act(case, "new_secret", CitizenActor(case.pk, "key"), token=key)


def shown_under(key: str) -> Receipt:
    """The receipt of the new secret that was made by a key. Raises `NoSuchCase`."""
    receipt = receipts.of_token(key)
    if receipt is None or not receipt.anew:
        raise NoSuchCase(key)
    return receipt
