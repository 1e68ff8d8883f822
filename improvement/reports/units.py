"""The two figures that each unit has in a report: answers on time, and complaints received.

Of each the same number as `improvement.indicators.measure` finds for it alone, but of all units
together in a number of statements that does not grow with them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum, Value

from accounts.models import Unit
from figures import outcomes
from figures.definitions import Share
from figures.models import Fallen, FallenDelta, Outcome
from figures.outcomes import Outcomes
from figures.scope import OfUnit, Period
from improvement.indicators import Level
from improvement.reports.kept import level_as_data
from workflows.models import Clock, Metric, State


@dataclass(frozen=True)
class OfUnits(OfUnit):
    """The same cases as of each of some units (their ids); `unit` is the one above them."""

    below: frozenset[int] = field(default_factory=frozenset)

    def rows(self) -> Q:
        return Q(unit__in=self.below, restricted=False)


def of_units(unit: Unit, first: date, last: date, now: datetime) -> list[dict[str, Any]]:
    """The unit and those below it; one that is closed by now as long as it had anything to do."""
    units = list(Unit.objects.filter(path__startswith=unit.path).order_by("path"))
    scope = OfUnits(unit.pk, frozenset(each.pk for each in units))
    period, before = Period(first, last), _as_long_before(first, last)
    levels = {
        "on_time": _on_time(scope, period, now),
        "on_time_before": _on_time(scope, before, now),
        "received": _received(scope, period),
        "received_before": _received(scope, before),
    }
    found = [(each, _said(each, levels)) for each in units]
    return [said for each, said in found if each.active or _has_any(said)]


def _as_long_before(first: date, last: date) -> Period:
    return Period(first - (last - first) - timedelta(days=1), first - timedelta(days=1))


def _said(unit: Unit, levels: Mapping[str, Mapping[int, Level]]) -> dict[str, Any]:
    named = {name: level_as_data(found[unit.pk]) for name, found in levels.items()}
    return {"unit": unit.name, **named}


def _has_any(said: dict[str, Any]) -> bool:
    return bool(said["received"]["number"] or said["on_time"]["among"])


def _on_time(scope: OfUnits, period: Period, now: datetime) -> dict[int, Level]:
    shares = {
        unit: outcomes.on_time(Outcomes(period, numbers))
        for unit, numbers in _fallen(scope, period, now).items()
    }
    none = Share(0, 0)
    return {
        unit: Level(share.numerator, share.denominator, period.first, period.last)
        for unit in scope.below
        for share in (shares.get(unit, none),)
    }


def _fallen(
    scope: OfUnits, period: Period, now: datetime
) -> dict[int, Counter[tuple[str, str, str]]]:
    """By unit how answers came out whose due date fell, as `figures.outcomes.count` counts it."""
    about = Clock.objects.filter(case__in=scope.about_me, metric=Metric.RESOLUTION)
    classified = outcomes.classified(about).filter(day__range=(period.first, period.last))
    parts = [
        _rolled_up(Fallen.objects.all(), scope, period),
        _rolled_up(FallenDelta.objects.all(), scope, period),
        _unnoticed(scope, period, now),
        classified.values_list("case__unit", "outcome").annotate(number=Value(-1) * Count("pk")),
    ]
    found: defaultdict[int, Counter[tuple[str, str, str]]] = defaultdict(Counter)
    for unit, outcome, n in parts[0].union(*parts[1:], all=True):
        found[unit][Metric.RESOLUTION, outcome, ""] += n
    return found


def _rolled_up(rows: QuerySet, scope: OfUnits, period: Period) -> QuerySet:
    of_days = rows.filter(scope.rows(), day__range=(period.first, period.last))
    of_answers = of_days.filter(metric=Metric.RESOLUTION)
    return of_answers.values_list("unit", "outcome").annotate(number=Sum("n"))


def _unnoticed(scope: OfUnits, period: Period, now: datetime) -> QuerySet:
    """Clocks that run past their due date, which no sweep has noted yet: few."""
    due = {"due_at__gte": period.begins_at, "due_at__lt": min(now, period.ends_at)}
    late = Clock.objects.filter(state=State.RUNNING, breached_at=None, **due)
    of_answers = late.filter(metric=Metric.RESOLUTION, case__in=scope.cases())
    said = of_answers.annotate(outcome=Value(Outcome.MISSED.value))
    return said.values_list("case__unit", "outcome").annotate(number=Count("pk"))


def _received(scope: OfUnits, period: Period) -> dict[int, Level]:
    """By unit what `figures.series.receive` counts of all categories."""
    days = {"received_at__gte": period.begins_at, "received_at__lt": period.ends_at}
    cases = scope.cases().filter(**days, merged_into=None).order_by()
    found = dict(cases.values_list("unit").annotate(n=Count("pk")))
    return {
        unit: Level(found.get(unit, 0), None, period.first, period.last) for unit in scope.below
    }
