"""Figures week by week: which days a week has, and by which channels what is counted came."""

from datetime import UTC, date, datetime, timedelta

import pytest

from figures import series
from figures.scope import OfUnit, Period
from tests.agency import Agency

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 2)
NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


def test_a_week_of_clocks_has_seven_days(agency: Agency) -> None:
    period = Period(MONDAY, MONDAY + timedelta(days=13))
    found = series.weeks_of_clocks(OfUnit(agency.water.pk), period, NOW)
    assert {monday: each.period for monday, each in found.items()} == {
        MONDAY: Period(MONDAY, date(2026, 11, 8)),
        date(2026, 11, 9): Period(date(2026, 11, 9), date(2026, 11, 15)),
    }
