"""Signed links: `/c/<token>/` opens one case for whoever holds it, until it expires."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.core import signing
from django.utils import timezone

from casework.access import NoSuchCase
from casework.models import Case, TrackingLink

_SALT = "tracking-link"
#: A link in a mail outlives the longest silence and the window for reopening.
LIFETIME = timedelta(days=180)


def link_for(case: Case, lifetime: timedelta = LIFETIME) -> str:
    """A new signed token for a case; each recipient gets their own."""
    link = TrackingLink.objects.create(case=case, expires_at=timezone.now() + lifetime)
    return signing.Signer(salt=_SALT).sign(link.pk.hex).replace(":", "~")


def case_of(token: str, *related: str) -> Case:
    """The case that a token opens. Raises `NoSuchCase` for forged, expired and revoked ones."""
    try:
        pk = uuid.UUID(signing.Signer(salt=_SALT).unsign(token.replace("~", ":")))
    except (signing.BadSignature, ValueError):
        raise NoSuchCase(token) from None
    link = TrackingLink.objects.filter(
        pk=pk, expires_at__gt=timezone.now(), revoked_at=None
    ).values_list("case_id", flat=True)
    case = Case.objects.select_related("complainant", "unit", *related).filter(pk__in=link).first()
    if case is None:
        raise NoSuchCase(token)
    return case


def revoke_links(case: Case) -> int:
    """Revoke every link of a case; returns how many were open."""
    return case.links.filter(revoked_at=None).update(revoked_at=timezone.now())
