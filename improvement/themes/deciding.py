"""What a person decides about a theme: accept it, dismiss it with a reason, or watch it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from improvement import access
from improvement.errors import Forbidden, Overtaken, Refused
from improvement.models import Judged, Theme

#: What was dismissed is not raised again for so long.
QUIET = timedelta(weeks=12)


def mark_of(theme: Theme) -> str:
    """By what a decision is known again; empty while there is none."""
    return theme.decided_at.isoformat() if theme.decided_at else ""


@transaction.atomic
def decide(theme: Theme, by: User, state: str, why: str = "", seen: str = "") -> Theme:
    """Raises `Forbidden`, `Overtaken`, and `Refused` for a dismissal without a reason.

    `seen`: the mark of the decision that was there for whoever decides now.
    """
    locked = Theme.objects.select_for_update().get(pk=theme.pk)
    if not access.can_write(by, locked.unit_id):
        raise Forbidden
    if seen != mark_of(locked):
        raise Overtaken
    if state not in (Judged.WATCHED, Judged.ACCEPTED, Judged.DISMISSED):
        raise Refused({"state": _("Choose what you decide.")})
    if state == Judged.DISMISSED and not why.strip():
        raise Refused({"why": _("Say why this is no problem to work on.")})
    locked.state, locked.why = state, why
    locked.decided_by, locked.decided_at = by, timezone.now()
    locked.save()
    return locked


def is_quiet(theme: Theme, now: datetime) -> bool:
    """Whether it was dismissed, and not longer ago than `QUIET`."""
    dismissed_at = theme.decided_at if theme.state == Judged.DISMISSED else None
    return dismissed_at is not None and now < dismissed_at + QUIET
