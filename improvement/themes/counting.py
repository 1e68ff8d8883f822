"""How many complaints came of which service, week by week: what the scan reads."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate

from casework.models import Case
from casework.querysets import ABOUT_SOMEBODY, CaseQuerySet
from figures.series import A_WEEK, monday_of

#: Weeks in which something may be more than usual, and at most so many that say what is usual.
NOW, USUAL = 4, 52
#: What has fewer weeks of its own that say what is usual is not tested.
LEAST = 26

Numbers = dict["Service", Counter[date]]


@dataclass(frozen=True)
class Service:
    """What is counted for itself: category x unit, and x root cause where one was found."""

    unit: int
    category: int | None
    cause: int | None = None


@dataclass(frozen=True)
class Counted:
    """Numbers by service and week (its Monday), of all the weeks that are looked at."""

    mondays: tuple[date, ...]
    by_service: Numbers

    @property
    def window(self) -> tuple[date, date]:
        """The days in which something may be more than usual."""
        return self.mondays[-NOW], self.mondays[-1] + A_WEEK - timedelta(days=1)

    def weeks_of(self, service: Service) -> list[tuple[date, int]]:
        """Those of a service: they begin with the week after its first case.

        Before that case there may have been no such service, or nobody asked for root causes: such
        weeks are no zeros. The first case's own week is not among them either: it begins in the
        midst of it, and is there because of that case.
        """
        numbers = self.by_service.get(service, Counter())
        first = min(numbers, default=self.mondays[-1])
        return [(monday, numbers[monday]) for monday in self.mondays if monday > first]


def count(now: datetime) -> Counted:
    """Every service in the whole weeks up to now: two statements.

    By category as complaints come in; by root cause as they are answered, for until then nobody
    knows it. Nothing restricted, nothing about staff, and of those that were joined one.
    """
    mondays = _weeks_before(monday_of(now.astimezone(UTC).date()))
    return Counted(mondays, _received(countable(), mondays) | _answered(countable(), mondays))


def count_one(service: Service, until: date) -> Counted:
    """The same of one service, in the weeks before a Monday: one statement."""
    mondays = _weeks_before(until)
    cases = countable().filter(unit=service.unit, category=service.category)
    if service.cause is None:
        return Counted(mondays, _received(cases, mondays))
    return Counted(mondays, _answered(cases.filter(cause=service.cause), mondays))


def countable() -> CaseQuerySet:
    """The cases of which a theme may be made."""
    return Case.objects.filter(~ABOUT_SOMEBODY, restricted=False, merged_into=None).exclude(
        category=None
    )


def _weeks_before(monday: date) -> tuple[date, ...]:
    """One more than are compared: the first case may lie in it."""
    return tuple(monday - n * A_WEEK for n in range(1 + USUAL + NOW, 0, -1))


def _received(cases: CaseQuerySet, mondays: tuple[date, ...]) -> Numbers:
    return _by_week(cases, mondays, "received_at", "unit", "category")


def _answered(cases: CaseQuerySet, mondays: tuple[date, ...]) -> Numbers:
    known = cases.exclude(cause=None)
    return _by_week(known, mondays, "answered_at", "unit", "category", "cause")


def _by_week(cases: CaseQuerySet, mondays: tuple[date, ...], moment: str, *service: str) -> Numbers:
    """`moment`: by what a case belongs to a week; `service`: the fields that say whose it is."""
    since, until = (
        datetime.combine(day, time.min, UTC) for day in (mondays[0], mondays[-1] + A_WEEK)
    )
    within = cases.filter(**{f"{moment}__gte": since, f"{moment}__lt": until}).order_by()
    days = within.annotate(day=TruncDate(moment, tzinfo=UTC)).values_list(*service, "day")
    found: defaultdict[Service, Counter[date]] = defaultdict(Counter)
    for *parts, day, n in days.annotate(n=Count("pk")):
        found[Service(*parts)][monday_of(day)] += n
    return dict(found)
