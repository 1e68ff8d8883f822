"""Receipts: the secret of a case is shown again, to whom it was shown, until they have it."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from casework import sealing
from casework.access import NoSuchCase
from casework.models import Case, Receipt
from casework.querysets import sight_of
from casework.references import read_reference

#: How long a lost receipt is shown again (Contract).
MINUTES = 30


def issue(
    case: Case,
    secret: str,
    token: str,
    *,
    clerk: User | None = None,
    body_digest: str = "",
    anew: bool = False,
) -> Receipt:
    """Keep the secret of a case under a token, sealed.

    `clerk`: the member of staff who hands it over; without one it is the citizen's own. `anew`:
    in the place of a lost one.
    """
    return Receipt.objects.create(
        case=case,
        clerk=clerk,
        token_digest=sealing.digest("receipt", token),
        body_digest=body_digest,
        anew=anew,
        sealed_secret=sealing.seal(secret),
    )


def of_token(token: str) -> Receipt | None:
    """The citizen's own receipt under a token."""
    mine = Receipt.objects.filter(token_digest=sealing.digest("receipt", token), clerk=None)
    return mine.select_related("case__complainant", "case__unit").first()


def is_used(token: str) -> bool:
    """Whether something was filed under a token, by whomever."""
    return Receipt.objects.filter(token_digest=sealing.digest("receipt", token)).exists()


def of_clerk(clerk: User, reference: str) -> Receipt:
    """The newest receipt of a case that this clerk hands over. Raises `NoSuchCase`.

    Whom the case is about has it in their hands until it is handed over, and no longer.
    """
    found = Receipt.objects.filter(clerk=clerk, case__reference=read_reference(reference) or "")
    receipt = found.select_related("case__complainant", "case__unit").order_by("-pk").first()
    if receipt is None or (sight_of(clerk).is_about_me(receipt.case) and not secret_of(receipt)):
        raise NoSuchCase(reference)
    return receipt


def in_hand(clerk: User) -> list[Receipt]:
    """What the clerk has still to hand over, the newest first."""
    fresh = Receipt.objects.filter(clerk=clerk, created_at__gt=_oldest()).exclude(sealed_secret="")
    return list(fresh.select_related("case").order_by("-pk"))


def in_hand_of(clerk: User, case: Case) -> list[Receipt]:
    """Those of one case."""
    return [receipt for receipt in in_hand(clerk) if receipt.case_id == case.pk]


def secret_of(receipt: Receipt) -> str:
    """The secret, or the empty string once it is handed over or its time is past."""
    return sealing.unseal(receipt.sealed_secret) if not is_past(receipt) else ""


def is_past(receipt: Receipt) -> bool:
    """Whether its time is past: then nobody can say any more whether the secret was ever seen."""
    return receipt.created_at <= _oldest()


def hand_over(receipt: Receipt) -> None:
    """The citizen has it: it is not shown again."""
    Receipt.objects.filter(pk=receipt.pk).update(sealed_secret="")


def take_from_accused(case: Case) -> None:
    """It turned out to be about who hands the secret over: they are not shown it again."""
    for receipt in case.receipts.exclude(clerk=None).select_related("clerk"):
        if sight_of(receipt.clerk).is_about_me(case):
            hand_over(receipt)


def forget_all(case: Case) -> None:
    """The secret that they show is none any more."""
    case.receipts.update(sealed_secret="")


def forget_secret(token: str) -> None:
    """The citizen who filed it themselves has it: it is not shown again."""
    mine = Receipt.objects.filter(token_digest=sealing.digest("receipt", token), clerk=None)
    mine.update(sealed_secret="")


def forget_old_secrets() -> int:
    """Empty every receipt whose time is over; the sweep calls it."""
    old = Receipt.objects.filter(created_at__lt=_oldest()).exclude(sealed_secret="")
    return old.update(sealed_secret="")


def _oldest():
    return timezone.now() - timedelta(minutes=MINUTES)
