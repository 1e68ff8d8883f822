"""Improvement at a glance: what is mine to do, themes, plans."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.requests import StaffRequest
from improvement import access
from improvement.models import HOLDS, Action, Judged, Plan, Theme, Version
from improvement.pages.door import page
from improvement.plans.due import due_reviews
from improvement.themes.likeness import recounted
from notifications import pages

#: So many themes the page shows at once.
THEMES = 20


@page
@require_safe
def index(request: StaffRequest) -> HttpResponse:
    """What waits for this person first, then themes and plans, the newest first."""
    user, today = request.user, timezone.localdate()
    plans = pages.newest(_plans(access.visible_plans(user)), request.GET.get("before", ""))
    context: dict[str, Any] = {
        "mine": _mine(user, today),
        "to_approve": _to_approve(user),
        "to_review": due_reviews(access.visible_plans(user), today, user),
        "themes": _themes(user),
        "plans": plans.rows,
        "first": request.path if request.GET.get("before") else "",
        "next": f"?before={plans.next}" if plans.next else "",
        "writes": access.writes_somewhere(user),
        "reads": bool(access.units_read_by(user)),
        "today": today,
    }
    return render(request, "improvement/index.html", context)


def _plans(found: QuerySet[Plan]) -> Any:
    """With the title of the version that counts, in one statement."""
    newest = Version.objects.filter(plan=OuterRef("pk")).order_by("-number")
    plans = found.select_related("unit", "approved", "approved_by", "verdict", "author")
    return plans.annotate(newest_title=Subquery(newest.values("title")[:1]))


def _mine(user: User, today: date) -> list[Action]:
    """Actions that somebody owns and that are not done, of plans that hold."""
    found = Action.objects.filter(owner=user, done_on=None, plan__in=Plan.objects.filter(HOLDS))
    return list(found.select_related("plan", "training").order_by("due_on", "pk")[:THEMES])


def _to_approve(user: User) -> list[Plan]:
    return list(_plans(access.plans_to_approve(user))[:THEMES])


def _themes(user: User) -> list[Theme]:
    found = access.visible_themes(user).exclude(state=Judged.DISMISSED)
    found = found.select_related("unit", "category", "cause")
    return recounted(found.order_by("-noticed_at", "-pk")[:THEMES])
