"""How many complaints came of which service, week by week: what the scan reads."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate

from casework.models import Case
from casework.querysets import ABOUT_SOMEBODY
from figures.series import A_WEEK, monday_of

#: Weeks in which something may be more than usual, and those that say what is usual.
NOW, USUAL = 4, 52


@dataclass(frozen=True)
class Service:
    """What is counted for itself: category x unit, and x root cause where one was found."""

    unit: int
    category: int
    cause: int | None = None


@dataclass(frozen=True)
class Counted:
    """Numbers by service and week (its Monday); `first` and `last` the weeks that are looked at."""

    mondays: tuple[date, ...]
    by_service: dict[Service, Counter[date]]

    @property
    def window(self) -> tuple[date, date]:
        """The days in which something may be more than usual."""
        return self.mondays[-NOW], self.mondays[-1] + A_WEEK - timedelta(days=1)


def count(now: datetime) -> Counted:
    """The whole weeks up to now: two statements.

    By category as complaints come in; by root cause as they are answered, for until then nobody
    knows it. Nothing restricted, nothing about staff, and of those that were joined one.
    """
    this_week = monday_of(now.astimezone(UTC).date())
    mondays = tuple(this_week - n * A_WEEK for n in range(USUAL + NOW, 0, -1))
    since, until = (
        datetime.combine(day, datetime.min.time(), UTC) for day in (mondays[0], this_week)
    )
    found: defaultdict[Service, Counter[date]] = defaultdict(Counter)
    for unit, category, day, n in _received(since, until):
        found[Service(unit, category)][monday_of(day)] += n
    for unit, category, cause, day, n in _answered(since, until):
        found[Service(unit, category, cause)][monday_of(day)] += n
    return Counted(mondays, dict(found))


def countable():
    """The cases of which a theme may be made."""
    return Case.objects.filter(~ABOUT_SOMEBODY, restricted=False, merged_into=None).exclude(
        category=None
    )


def _received(since: datetime, until: datetime):
    cases = countable().filter(received_at__gte=since, received_at__lt=until).order_by()
    days = cases.annotate(day=TruncDate("received_at", tzinfo=UTC))
    return days.values_list("unit", "category", "day").annotate(n=Count("pk"))


def _answered(since: datetime, until: datetime):
    cases = countable().filter(answered_at__gte=since, answered_at__lt=until).exclude(cause=None)
    days = cases.order_by().annotate(day=TruncDate("answered_at", tzinfo=UTC))
    return days.values_list("unit", "category", "cause", "day").annotate(n=Count("pk"))
