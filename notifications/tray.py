"""The tray of a member of staff: rows they may still see, and how many are unread."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from casework.models import Case
from notifications import pings
from notifications.models import Notification

NEWEST = 50
COUNTED = 99  # beyond it a count says nothing more


def newest(user: User) -> list[Notification]:
    """The newest lines of the tray whose cases the person may see now."""
    rows = _in_sight(user).select_related("case", "event__actor").defer("case__text")
    return list(rows.order_by("-pk")[:NEWEST])


def unread_count(user: User) -> int:
    """How many lines are unread, counted up to one more than 99."""
    return _in_sight(user).filter(read_at=None)[: COUNTED + 1].count()


def mark_read(user: User, case: Case | None = None) -> int:
    """Mark the lines about a case, or all, as read; returns how many were not."""
    rows = Notification.objects.filter(user=user, read_at=None)
    if case is not None:
        rows = rows.filter(case=case)
    changed = rows.update(read_at=timezone.now())
    if changed:
        notes = pings.of_tray(user.pk)
        transaction.on_commit(lambda: pings.send(notes), robust=True)
    return changed


def unread(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `unread`, asked only by pages that show it, for staff."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"unread": SimpleLazyObject(lambda: unread_count(user))}


def _in_sight(user: User):
    return Notification.objects.filter(user=user, case__in=Case.objects.visible_to(user))
