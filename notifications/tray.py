"""The tray of a member of staff: rows they may still see, and how many are unread."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from casework.models import Case
from notifications import pages, pings
from notifications.models import Notification
from notifications.pages import Page

#: What a line of the tray shows, and nothing else is read.
SHOWN = (
    "created_at",
    "read_at",
    "kind",
    "address",
    "facts",
    "case__reference",
    "case__subject",
    "event__kind",
    "event__stage",
    "event__actor_kind",
    "event__data",
    "event__actor__username",
    "event__actor__first_name",
    "event__actor__last_name",
)
COUNTED = 99  # beyond it a count says nothing more


def newest(user: User, before: str = "") -> Page:
    """A page of lines about cases that the person may see now.

    What is unread about one case is folded into its newest line; `news` says how much it is.
    """
    same = Notification.objects.filter(user=user, read_at=None, case=OuterRef("case"))
    counted = same.order_by().values("case").annotate(n=Count("pk")).values("n")
    folded = Q(read_at=None) & Exists(same.filter(pk__gt=OuterRef("pk")))
    rows = _in_sight(user).exclude(folded).annotate(news=Subquery(counted))
    return pages.newest(rows.select_related("case", "event__actor").only(*SHOWN), before)


def unread_count(user: User) -> int:
    """How many lines are unread, counted up to one more than 99."""
    return _in_sight(user).filter(read_at=None)[: COUNTED + 1].count()


def has_news(user: User, case: Case) -> bool:
    """Whether a line about the case is unread."""
    return Notification.objects.filter(user=user, case=case, read_at=None).exists()


def has_notices(user: User, address: str) -> bool:
    """Whether a notice that leads to an address is unread."""
    return Notification.objects.filter(user=user, case=None, read_at=None, address=address).exists()


def mark_read(user: User, case: Case | None = None, address: str = "") -> int:
    """Mark the lines about a case, the notices that lead to an address, or all, as read.

    Returns how many were not.
    """
    rows = Notification.objects.filter(user=user, read_at=None)
    if case is not None:
        rows = rows.filter(case=case)
    if address:
        rows = rows.filter(case=None, address=address)
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
    """Lines about cases that the person may see, and notices, which are of none."""
    seen = Q(case=None) | Q(case__in=Case.objects.visible_to(user))
    return Notification.objects.filter(seen, user=user)
