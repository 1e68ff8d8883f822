"""What the topmost unit says of the agency: asked by every page, so it is kept for a while."""

from __future__ import annotations

from django.core.cache import cache

from accounts.models import Unit

SAID = ("name", "help_text", "phone", "language", "time_zone")
REMEMBERED = 60  # seconds: what is changed in the settings is seen everywhere within a minute


def topmost() -> dict[str, str]:
    """The fields of `SAID`; empty while there is no unit."""
    return cache.get_or_set("agency", _asked, REMEMBERED) or {}


def _asked() -> dict[str, str]:
    return Unit.objects.filter(parent=None).order_by("pk").values(*SAID).first() or {}
