"""What the page of a theme shows: the numbers that made it stand out, and the cases behind it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from casework.models import Case
from figures.scope import Period
from figures.series import Week
from improvement.models import Found, Theme
from improvement.shown import chart
from improvement.themes.counting import NOW
from improvement.themes.scanning import history_of

#: Cases that the page lists; the queue has all of them.
LISTED = 25


def shown(theme: Theme, user: User, now: datetime) -> dict[str, Any]:
    cases = _cases(theme, user)
    return {
        "theme": theme,
        "series": _series(theme, now) if theme.found == Found.SIGNAL else None,
        "weeks": NOW,
        "cases": list(cases.select_related("category")[:LISTED]),
        "in_sight": cases.count(),
        "plans": theme.plans.select_related("approved", "approved_by"),
    }


def _series(theme: Theme, now: datetime) -> chart.Series | None:
    weeks = [Week(monday, n) for monday, n in history_of(theme, now)]
    usual = [week for week in weeks if week.monday < theme.first]
    return chart.draw(weeks, usual, is_share=False, start=theme.first, target=None)


def _cases(theme: Theme, user: User) -> QuerySet[Case]:
    """Those behind it that this person may see: the numbers are of all, the list is not."""
    seen = Case.objects.visible_to(user).order_by("-received_at", "-pk")
    if theme.found == Found.WORDS:
        return seen.filter(pk__in=theme.cases.values("pk"))
    period = Period(theme.first, theme.last)
    days = (period.begins_at, period.ends_at)
    of_service = seen.filter(unit=theme.unit_id, category=theme.category_id)
    if theme.cause_id is None:
        return of_service.filter(received_at__gte=days[0], received_at__lt=days[1])
    # A root cause is known from the answer on: its cases are counted by that.
    answered = of_service.filter(answered_at__gte=days[0], answered_at__lt=days[1])
    return answered.filter(cause=theme.cause_id)
