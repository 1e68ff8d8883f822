"""The figures of units in a report: those of each alone, asked for all of them together."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Unit
from casework.models import Case
from figures.folding import fold_all
from improvement import indicators
from improvement.indicators import Aim, Level
from improvement.models import Indicator
from improvement.reports.facts import gather
from improvement.reports.kept import level_of
from tests.agency import Agency
from tests.figures import wall
from tests.improvement.world import MONDAY, weekly
from workflows.jobs import Swept, Turn

pytestmark = pytest.mark.django_db

FIRST, LAST = MONDAY - timedelta(days=28), MONDAY - timedelta(days=1)
NOW = datetime.combine(MONDAY, time(5), UTC)


def below(agency: Agency, many: int) -> None:
    """So many units more below the topmost one."""
    for n in range(many):
        Unit.objects.create(code=f"below-{n}", name=f"Unit {n}", parent=agency.root)


def statements(agency: Agency) -> int:
    with CaptureQueriesContext(connection) as asked:
        gather(agency.root, FIRST, LAST, NOW)
    return len(asked)


def test_a_report_of_many_units_asks_no_more_than_one_of_few(agency: Agency) -> None:
    weekly(agency, FIRST, 4, late=1, kept=2)
    few = statements(agency)
    below(agency, 10)
    assert statements(agency) == few


def alone(unit: Unit, indicator: str, first: date, last: date) -> Level:
    return indicators.measure(Aim(indicator, unit), first, last, NOW)


def test_each_unit_has_the_figures_that_it_has_alone(agency: Agency) -> None:
    """With restricted cases, cases about staff and joined ones, what no sweep noted, and what is
    not folded yet."""
    wall.build(agency, NOW - timedelta(days=2), 120)
    fold_all(Turn(NOW, Swept()))
    weekly(agency, FIRST - timedelta(days=14), 5, late=1, kept=2)
    Case.objects.filter(about_people__contains=[agency.quality.pk]).update(about_people=[])
    of_days = Case.objects.filter(unit=agency.water, received_at__date__range=(FIRST, LAST))
    joined, into = of_days.filter(restricted=False, about_people=[], about_unit=None)[:2]
    Case.objects.filter(pk=joined.pk).update(merged_into=into)
    below(agency, 1)
    days, before = (FIRST, LAST), (FIRST - timedelta(days=28), FIRST - timedelta(days=1))
    asked = {
        "on_time": (Indicator.ON_TIME, days),
        "on_time_before": (Indicator.ON_TIME, before),
        "received": (Indicator.RECEIVED, days),
        "received_before": (Indicator.RECEIVED, before),
    }
    units = {unit.name: unit for unit in Unit.objects.all()}
    said = gather(agency.root, FIRST, LAST, NOW)["units"]
    assert [each["unit"] for each in said] == [unit.name for unit in Unit.objects.order_by("path")]
    for each in said:
        for name, (indicator, (first, last)) in asked.items():
            found = alone(units[each["unit"]], indicator, first, last)
            assert level_of(each[name]) == found, (each["unit"], name)
    assert sum(each["on_time"]["among"] for each in said) > 20
