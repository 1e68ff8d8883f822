"""Figures week by week, for whoever follows one of them: a plan, a chart, a verdict.

A week begins on Monday, at midnight in UTC as every day of `figures.scope.Period` does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from casework.querysets import CaseQuerySet
from figures import channels, outcomes
from figures.channels import ByChannel
from figures.definitions import Share, indicator
from figures.outcomes import Outcomes
from figures.scope import OfUnit, Period
from workflows.models import Metric

A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Week:
    """The week from a Monday on: `number` of `among`, or a bare number where that is None.

    `by_channel`: how many came by which; of a share the cases behind `among`, each in the week of
    its first due date. `moved`: how many of what was on time were so only because the date moved.
    """

    monday: date
    number: int
    among: int | None = None
    by_channel: dict[str, int] = field(default_factory=dict)
    moved: int = 0

    @property
    def last(self) -> date:
        return self.monday + A_WEEK - timedelta(days=1)


@dataclass(frozen=True)
class Received:
    """Complaints by day (of receipt, or of the answer that named the cause) and channel."""

    period: Period
    numbers: ByChannel


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def whole_weeks(first: date, last: date) -> Iterator[date]:
    """The Mondays of the weeks that lie in these days with all seven of theirs."""
    monday = monday_of(first + timedelta(days=6))
    while monday + A_WEEK - timedelta(days=1) <= last:
        yield monday
        monday += A_WEEK


def receive(
    scope: OfUnit, period: Period, category: int | None = None, cause: int | None = None
) -> Received:
    """Count what was received in a period: all of the unit, or of a category.

    Of a root cause what was answered in the period: until then nobody knows it, so that the last
    weeks by receipt would always look like fewer.
    """
    moment = "received_at" if cause is None else "answered_at"
    cases = _counted(scope, period, moment)
    if category is not None:
        cases = cases.filter(category=category)
    if cause is not None:
        cases = cases.filter(cause=cause)
    days = cases.order_by().annotate(day=TruncDate(moment, tzinfo=UTC))
    found = days.values_list("day", "channel").annotate(n=Count("pk"))
    return Received(period, Counter({(day, channel): n for day, channel, n in found}))


def received_by_unit(scope: OfUnit, period: Period) -> Counter[int]:
    """How many were received in a period, by unit (its id), in one statement."""
    units = _counted(scope, period, "received_at").order_by().values_list("unit")
    return Counter(dict(units.annotate(n=Count("pk"))))


def _counted(scope: OfUnit, period: Period, moment: str) -> CaseQuerySet:
    """Those whose moment lies in the period; of those that were joined, one."""
    days = {f"{moment}__gte": period.begins_at, f"{moment}__lt": period.ends_at}
    return scope.cases().filter(**days, merged_into=None)


_OF_UNIT = _("Cases of the unit; none that is restricted, and none about staff.")


@indicator(
    _("complaints received"),
    numerator=_("Complaints that were received in the period; of those that were joined, one."),
    population=_OF_UNIT,
    moment=_("By the moment of receipt; with a root cause by that of the answer, which names it."),
)
def received(found: Received) -> int:
    return found.numbers.total()


def missed_because(clocks: Outcomes, reason: str) -> Share:
    """Missed due dates with a reason, among all that were missed."""
    found = outcomes.breach_reasons(clocks)
    return Share(found.get(reason, 0), sum(found.values()))


def weeks_of_clocks(scope: OfUnit, period: Period, now: datetime) -> dict[date, Outcomes]:
    """The outcomes of each whole week of the period, those without any too, by its Monday."""
    mondays = whole_weeks(period.first, period.last)
    found: dict[date, Counter[tuple[str, str, str]]] = {monday: Counter() for monday in mondays}
    for day, each in outcomes.by_day(scope, period, now).items():
        if monday_of(day) in found:
            found[monday_of(day)].update(each.numbers)
    return {
        monday: Outcomes(Period(monday, Week(monday, 0).last), each)
        for monday, each in found.items()
    }


def weeks_on_time(
    scope: OfUnit, period: Period, now: datetime, metric: str = Metric.RESOLUTION
) -> list[Week]:
    """Due dates of a metric that were kept, of all that fell in each whole week of the period."""
    clocks = {
        monday: each.of(metric) for monday, each in weeks_of_clocks(scope, period, now).items()
    }
    shares = {monday: outcomes.on_time(each) for monday, each in clocks.items()}
    return [
        replace(week, moved=outcomes.on_time_by_moving(clocks[week.monday]).numerator)
        for week in _shares(shares, period, channels.of_due(scope, now, metric))
    ]


def weeks_missed_because(scope: OfUnit, period: Period, now: datetime, reason: str) -> list[Week]:
    """Due dates that were missed for a reason, of all that were missed, week by week."""
    by_week = weeks_of_clocks(scope, period, now)
    shares = {monday: missed_because(each, reason) for monday, each in by_week.items()}
    return _shares(shares, period, channels.of_missed(scope, now))


def weeks_received(found: Received) -> list[Week]:
    """Of each whole week of the period, those without any too."""
    by_week = _by_week(found.numbers, found.period)
    return [Week(day, each.total(), None, dict(each)) for day, each in by_week.items()]


def _shares(shares: dict[date, Share], period: Period, numbers: ByChannel) -> list[Week]:
    """Each week with the channels by which the cases behind its own n came."""
    by_week = _by_week(numbers, period)
    return [
        Week(monday, each.numerator, each.denominator, dict(by_week[monday]))
        for monday, each in shares.items()
    ]


def _by_week(numbers: ByChannel, period: Period) -> dict[date, Counter[str]]:
    """By the Monday of each whole week of a period; what lies in none is left out."""
    mondays = whole_weeks(period.first, period.last)
    found: dict[date, Counter[str]] = {monday: Counter() for monday in mondays}
    for (day, channel), n in numbers.items():
        if monday_of(day) in found:
            found[monday_of(day)][channel] += n
    return found
