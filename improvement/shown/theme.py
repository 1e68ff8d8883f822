"""What the page of a theme shows: the numbers that made it stand out, and the cases behind it."""

from __future__ import annotations

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from accounts.models import User
from casework.querysets import CaseQuerySet
from figures.scope import Period
from figures.series import Week
from improvement.models import Found, Theme
from improvement.shown import chart
from improvement.statistics.charts import SIGMAS
from improvement.themes.counting import NOW, countable
from improvement.themes.scanning import history_of

#: Cases that the page lists; the queue has all of them.
LISTED = 25


def shown(theme: Theme, user: User) -> dict[str, Any]:
    """`events`: what still counts. Beside an older number the list would say what was hidden."""
    behind = _behind(theme)
    cases = behind.visible_to(user).order_by("-received_at", "-pk")
    return {
        "theme": theme,
        "events": behind.count(),
        "series": _series(theme) if theme.found == Found.SIGNAL else None,
        "weeks": NOW,
        "q": _in_words(theme.q),
        "cases": list(cases.select_related("category")[:LISTED]),
        "in_sight": cases.count(),
        "plans": theme.plans.select_related("approved", "approved_by"),
    }


def _in_words(q: float | None) -> str:
    """To four digits; a smaller one is no zero."""
    if q is None:
        return ""
    least = 0.0001
    said = str(number_format(max(q, least), 4))
    return said if q >= least else _("under %(n)s") % {"n": said}


def _series(theme: Theme) -> chart.Series | None:
    weeks = [Week(monday, n) for monday, n in history_of(theme)]
    usual = [week for week in weeks if week.monday < theme.first]
    return chart.draw(
        weeks,
        usual,
        is_share=False,
        start=theme.first,
        target=None,
        dispersion=_dispersion(theme),
    )


def _dispersion(theme: Theme) -> float:
    """As the scan took it: its limit says how wide it was."""
    if not theme.limit or not theme.expected:
        return 1.0
    return max(1.0, ((theme.limit - theme.expected) / SIGMAS) ** 2 / theme.expected)


def _behind(theme: Theme) -> CaseQuerySet:
    """The cases that make it, in whoever's sight they are."""
    if theme.found == Found.WORDS:
        return countable().filter(pk__in=theme.cases.values("pk"))
    period = Period(theme.first, theme.last)
    days = (period.begins_at, period.ends_at)
    of_service = countable().filter(unit=theme.unit_id, category=theme.category_id)
    if theme.cause_id is None:
        return of_service.filter(received_at__gte=days[0], received_at__lt=days[1])
    # A root cause is known from the answer on: its cases are counted by that.
    answered = of_service.filter(answered_at__gte=days[0], answered_at__lt=days[1])
    return answered.filter(cause=theme.cause_id)
