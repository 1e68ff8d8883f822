"""By what a plan is measured: the figures of `figures`, asked for one unit.

The same functions that draw the wall give the frozen baseline, the series and the verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Unit
from casework.models import Category, Cause
from figures import outcomes, series
from figures.definitions import Definition
from figures.scope import OfUnit, Period
from figures.series import Week
from improvement.models import Indicator, Version
from workflows.models import LateReason, Metric

#: Why a due date was missed is said afterwards: weeks by reason are counted when they are so old,
#: or else the last ones would always have fewer of each reason.
UNTIL_EXPLAINED = timedelta(weeks=4)

_DEFINITIONS = {
    Indicator.ON_TIME: outcomes.on_time.definition,
    Indicator.MISSED_BECAUSE: outcomes.breach_reasons.definition,
    Indicator.RECEIVED: series.received.definition,
}


@dataclass(frozen=True)
class Aim:
    """An indicator of a unit, narrowed by what it takes: metric, reason, category, root cause."""

    indicator: str
    unit: Unit
    metric: str = Metric.RESOLUTION
    reason: str = ""
    category: Category | None = None
    cause: Cause | None = None

    @classmethod
    def of(cls, version: Version, unit: Unit) -> Aim:
        metric = version.metric or Metric.RESOLUTION
        return cls(version.indicator, unit, metric, version.reason, version.category, version.cause)

    @property
    def is_share(self) -> bool:
        """Of how many; else a number a week."""
        return self.indicator != Indicator.RECEIVED

    @property
    def wants_more(self) -> bool:
        return self.indicator == Indicator.ON_TIME

    @property
    def part(self) -> str:
        """What of the indicator: the metric, or the reason."""
        if self.indicator == Indicator.ON_TIME:
            return self.metric
        return self.reason if self.indicator == Indicator.MISSED_BECAUSE else ""

    @property
    def label(self) -> str:
        """What it counts, in a few words."""
        if self.is_share:
            return label_of(self.indicator, self.part)
        parts = [str(part) for part in (self.category, self.cause) if part]
        said = " · ".join(parts) or _("all categories")
        if self.cause:
            return _("Complaints answered: %(about)s") % {"about": said}
        return _("Complaints received: %(about)s") % {"about": said}

    @property
    def definition(self) -> Definition:
        return _DEFINITIONS[Indicator(self.indicator)]


def label_of(indicator: str, part: str) -> str:
    """What a share of due dates counts: those of a metric on time, or those missed for a reason."""
    if indicator == Indicator.ON_TIME:
        return _("%(metric)s: on time") % {"metric": Metric(part).label}
    why = LateReason(part).label if part else _("Not given")
    return _("Missed due dates: %(reason)s") % {"reason": why}


@dataclass(frozen=True)
class Level:
    """How an indicator stands over some days: `number` of `among`, or so many in so many days."""

    number: int
    among: int | None
    first: date
    last: date

    @property
    def weeks(self) -> float:
        return ((self.last - self.first).days + 1) / 7

    @property
    def value(self) -> float | None:
        """In percent, or cases a week; None of none."""
        if self.among is None:
            return self.number / self.weeks
        return 100 * self.number / self.among if self.among else None

    @property
    def rounded(self) -> Decimal | None:
        """As it is printed: one decimal."""
        return None if self.value is None else Decimal(str(round(self.value, 1)))

    @classmethod
    def frozen(cls, version: Version) -> Level:
        """The baseline of a plan."""
        return cls(
            version.baseline_number,
            version.baseline_among,
            version.baseline_first,
            version.baseline_last,
        )


def measure(aim: Aim, first: date, last: date, now: datetime) -> Level:
    """How it stands from a first to a last day, as the wall counts it at a moment."""
    scope, period = OfUnit(aim.unit.pk), Period(first, last)
    if aim.indicator == Indicator.RECEIVED:
        found = series.receive(scope, period, *_narrowed(aim))
        return Level(series.received(found), None, first, last)
    clocks = outcomes.count(scope, period, now)
    if aim.indicator == Indicator.ON_TIME:
        share = outcomes.on_time(clocks.of(aim.metric))
    else:
        share = series.missed_because(clocks, aim.reason)
    return Level(share.numerator, share.denominator, first, last)


def weeks(aim: Aim, first: date, last: date, now: datetime) -> list[Week]:
    """Week by week, the whole weeks of these days that are over (and explained)."""
    until = now.date() - timedelta(days=1)
    if aim.indicator == Indicator.MISSED_BECAUSE:
        until -= UNTIL_EXPLAINED
    scope, period = OfUnit(aim.unit.pk), Period(first, min(last, until))
    if aim.indicator == Indicator.RECEIVED:
        return series.weeks_received(series.receive(scope, period, *_narrowed(aim)))
    if aim.indicator == Indicator.ON_TIME:
        return series.weeks_on_time(scope, period, now, aim.metric)
    return series.weeks_missed_because(scope, period, now, aim.reason)


def _narrowed(aim: Aim) -> tuple[int | None, int | None]:
    return (aim.category.pk if aim.category else None, aim.cause.pk if aim.cause else None)


def better(aim: Aim, target: Any, baseline: Level) -> bool:
    """Whether a target is on the good side of the baseline."""
    if baseline.value is None:
        return True
    return target > baseline.value if aim.wants_more else target < baseline.value
