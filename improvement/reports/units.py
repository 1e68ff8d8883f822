"""The two figures that each unit has in a report: answers on time, and complaints received.

Of each the same number as `improvement.indicators.measure` finds for it alone, but of all units
together in a number of statements that does not grow with them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from accounts.models import Unit
from figures import outcomes, series
from figures.outcomes import Outcomes
from figures.scope import OfUnits, Period
from improvement.indicators import Level
from improvement.reports.kept import level_as_data
from workflows.models import Metric


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
    found = outcomes.by_unit(scope, period, now)
    none = Outcomes(period, Counter())
    shares = {
        unit: outcomes.on_time(found.get(unit, none).of(Metric.RESOLUTION)) for unit in scope.below
    }
    return {
        unit: Level(share.numerator, share.denominator, period.first, period.last)
        for unit, share in shares.items()
    }


def _received(scope: OfUnits, period: Period) -> dict[int, Level]:
    found = series.received_by_unit(scope, period)
    return {unit: Level(found[unit], None, period.first, period.last) for unit in scope.below}
