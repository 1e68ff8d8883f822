"""Keys by which other programs come in: shown once, kept as a digest."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from accounts.models import ApiKey, User

#: The last use is written this often, not at every request.
USE_NOTED_EVERY = timedelta(minutes=1)


def issue(
    name: str, scope: str, user: User | None = None, expires_at: datetime | None = None
) -> str:
    """Make a key of 256 random bits; only this once is it readable."""
    key = secrets.token_urlsafe(32)
    ApiKey.objects.create(
        name=name, scope=scope, user=user, expires_at=expires_at, digest=_digest(key)
    )
    return key


def holder_of(key: str, scope: str) -> ApiKey | None:
    """The row of a key that opens this scope now, or None; notes that it was used."""
    now = timezone.now()
    usable = ApiKey.objects.filter(
        Q(expires_at=None) | Q(expires_at__gt=now),
        Q(user=None) | Q(user__is_active=True),
        scope=scope,
        revoked_at=None,
    )
    found = usable.select_related("user").filter(digest=_digest(key)).first()
    if found:
        unnoted = Q(last_used_at=None) | Q(last_used_at__lt=now - USE_NOTED_EVERY)
        ApiKey.objects.filter(unnoted, pk=found.pk).update(last_used_at=now)
    return found


def _digest(key: str) -> str:
    """A plain hash is enough for 256 random bits."""
    return hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()
