"""Figures week by week: which days a week has, and by which channels what is counted came."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Unit
from casework.models import Case
from figures import series
from figures.scope import OfUnit, Period
from tests.agency import Agency, walk
from tests.figures.rows import met, missed
from tests.figures.wall import build

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


#: Cases by channel, each by the Monday of the first of its due dates that is counted.
FIRST = """
    SELECT date_trunc('week', first)::date, channel, count(*) FROM (
        SELECT min(coalesce(clock.breached_at, clock.due_at)) AT TIME ZONE 'UTC' AS first, c.channel
        FROM workflows_clock clock JOIN casework_case c ON c.id = clock.case_id
        WHERE c.unit_id = %(unit)s AND NOT c.restricted AND c.about_people = '{}'
            AND c.about_unit_id IS NULL AND clock.metric LIKE %(metric)s
            AND (clock.breached_at IS NOT NULL
                OR clock.state = 'running' AND clock.due_at < %(now)s
                OR %(met)s AND clock.state = 'met' AND clock.due_at IS NOT NULL)
        GROUP BY c.id, c.channel
    ) cases GROUP BY 1, 2
"""


def asked(unit: Unit, metric: str, *, met: bool) -> dict[date, dict[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(FIRST, {"unit": unit.pk, "metric": metric, "met": met, "now": NOW})
        rows = cursor.fetchall()
    return {
        monday: {channel: n for other, channel, n in rows if other == monday}
        for monday, _channel, _n in rows
    }


def counted(weeks: list[series.Week]) -> dict[date, dict[str, int]]:
    return {week.monday: week.by_channel for week in weeks if week.by_channel}


def test_every_case_behind_a_share_came_by_a_channel(agency: Agency) -> None:
    """Met, missed, noted and not, with other clocks beside; none restricted or about staff."""
    build(agency, NOW)
    for number, pk in enumerate(Case.objects.order_by("pk").values_list("pk", flat=True)):
        Case.objects.filter(pk=pk).update(channel=("web", "counter", "phone")[number % 3])
    period = Period(date(2020, 1, 6), date(2026, 11, 29))
    for unit in (agency.water, agency.roads):
        scope = OfUnit(unit.pk)
        for metric in ("resolution", "acknowledgement"):
            on_time = series.weeks_on_time(scope, period, NOW, metric)
            assert counted(on_time) == asked(unit, metric, met=True) != {}
        because = series.weeks_missed_because(scope, period, NOW, "parts")
        assert counted(because) == asked(unit, "%", met=False) != {}


def test_a_case_counts_once_in_the_week_of_its_first_due_date(agency: Agency) -> None:
    """Not in that in which it came; its due dates are missed together, and are no two people's."""
    due_at = datetime(2026, 11, 11, 5, tzinfo=UTC)
    for channel, write in (("counter", met), ("counter", missed), ("phone", missed)):
        case = walk(agency, "work")
        Case.objects.filter(pk=case.pk).update(channel=channel)
        write(case, due_at=due_at)
        met(case, "acknowledgement", due_at=due_at - timedelta(days=7))
        missed(case, "next_update", due_at=due_at + timedelta(days=1))
        missed(case, "next_update", due_at=due_at + timedelta(days=7), subject=8)
    scope, period = OfUnit(agency.water.pk), Period(MONDAY, date(2026, 11, 22))
    on_time = series.weeks_on_time(scope, period, NOW)
    because = series.weeks_missed_because(scope, period, NOW, "")
    assert [week.among for week in because] == [0, 5, 3]
    both = {"counter": 2, "phone": 1}
    assert [week.by_channel for week in on_time] == [{}, both, {}]
    assert [week.by_channel for week in because] == [{}, both, {}]


def test_weeks_of_a_share_are_read_in_three_statements(agency: Agency) -> None:
    scope, period = OfUnit(agency.water.pk), Period(MONDAY, date(2026, 11, 22))
    with CaptureQueriesContext(connection) as statements:
        series.weeks_on_time(scope, period, NOW)
    assert len(statements) == 3
