"""Signed links: `/c/<token>/` opens one case for whoever holds it, until it expires."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.core import signing
from django.utils import timezone

from casework.access import NoSuchCase
from casework.models import Case, TrackingLink

_SALT = "tracking-link"
#: A link in a mail outlives the longest silence and the window for reopening.
LIFETIME = timedelta(days=180)
#: What reference and secret open lasts for a day of errands.
VISIT = timedelta(hours=12)


def link_for(case: Case, lifetime: timedelta = LIFETIME, mailed_to: str = "") -> str:
    """A new signed token for a case; each recipient gets their own.

    `mailed_to`: the index of the address whose owner alone gets it.
    """
    return _link_until(case, timezone.now() + lifetime, mailed_to)


def _link_until(case: Case, moment: datetime, mailed_to: str = "") -> str:
    link = TrackingLink.objects.create(case=case, expires_at=moment, mailed_to=mailed_to)
    return signing.Signer(salt=_SALT).sign(link.pk.hex).replace(":", "~")


def visit_for(case: Case) -> str:
    """A token for somebody who looks at their case now; the hour of the visit is not kept."""
    until = timezone.now() + VISIT + timedelta(hours=1)
    return _link_until(case, until.replace(minute=0, second=0, microsecond=0))


def forget_ended() -> int:
    """Delete the links that time has ended; returns how many. The sweep calls it."""
    return TrackingLink.objects.filter(expires_at__lt=timezone.now()).delete()[0]


def case_of(token: str, *related: str) -> Case:
    """The case that a token opens. Raises `NoSuchCase` for forged, expired and revoked ones."""
    try:
        pk = uuid.UUID(signing.Signer(salt=_SALT).unsign(token.replace("~", ":")))
    except (signing.BadSignature, ValueError):
        raise NoSuchCase(token) from None
    joined = [f"case__{relation}" for relation in ("complainant", "unit", *related)]
    links = TrackingLink.objects.filter(pk=pk, expires_at__gt=timezone.now(), revoked_at=None)
    link = links.select_related(*joined).first()
    if link is None:
        raise NoSuchCase(token)
    address = link.case.complainant.email_index
    link.case.by_mail = bool(address) and link.mailed_to == address
    return link.case


def revoke_links(case: Case) -> int:
    """Revoke every link of a case; returns how many were open."""
    return case.links.filter(revoked_at=None).update(revoked_at=timezone.now())
