"""Keys by which other programs come in: shown once, kept as a digest."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import ApiKey, User

#: A forgotten key ends by itself; one in use is issued anew once a year.
LIFETIME = timedelta(days=365)
#: Says what it is where it turns up, and never begins as an option of a command does.
PREFIX = "tanggap_"


def issue(
    name: str, scope: str, user: User | None = None, expires_at: datetime | None = None
) -> str:
    """Make a key of 256 random bits, good for a year unless said otherwise.

    Only this once is it readable.
    """
    key = PREFIX + secrets.token_urlsafe(32)
    expires_at = expires_at or timezone.now() + LIFETIME
    ApiKey.objects.create(
        name=name, scope=scope, user=user, expires_at=expires_at, digest=_digest(key)
    )
    return key


def unrevoked(which: str = "") -> QuerySet[ApiKey]:
    """Keys that nobody revoked yet: those of this name, the one of this number, this very key.

    All of them where nothing is said. The key itself is for one that turned up somewhere.
    """
    keys = ApiKey.objects.filter(revoked_at=None).select_related("user").order_by("pk")
    if not which:
        return keys
    number = Q(pk=which) if which.isdecimal() else Q()
    return keys.filter(Q(name=which) | Q(digest=_digest(which)) | number)


def revoke(key: ApiKey) -> None:
    """End a key now and for good."""
    ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now())


def holder_of(key: str, scope: str) -> ApiKey | None:
    """The row of a key that opens this scope now, or None; notes the day of its use."""
    now = timezone.now()
    usable = ApiKey.objects.filter(
        Q(expires_at=None) | Q(expires_at__gt=now),
        Q(user=None) | Q(user__is_active=True),
        scope=scope,
        revoked_at=None,
    )
    found = usable.select_related("user").filter(digest=_digest(key)).first()
    if found:
        today = timezone.localdate(now)
        unnoted = Q(last_used_on=None) | Q(last_used_on__lt=today)
        ApiKey.objects.filter(unnoted, pk=found.pk).update(last_used_on=today)
    return found


def _digest(key: str) -> str:
    """A plain hash is enough for 256 random bits."""
    return hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()
