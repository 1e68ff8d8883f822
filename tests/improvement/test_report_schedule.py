"""A report is written when its last day is over: for the people of the agency, and in UTC."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.test import Client

from accounts.models import Unit
from improvement.errors import Refused
from improvement.models import Every, Schedule
from improvement.reports import keeping, schedules
from tests.agency import Agency
from tests.improvement.world import at
from workflows.jobs import Swept, Turn

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2026, 10, 1), date(2026, 12, 31)
#: Three in the morning in Jakarta, by UTC the evening before.
NIGHT = time(20)


def test_a_schedule_waits_for_the_end_of_its_last_day_in_utc_and_is_not_skipped(
    agency: Agency,
) -> None:
    with at(date(2026, 12, 5)):
        schedules.schedule(agency.root, Every.QUARTER, agency.quality)
    nights = (LAST - timedelta(days=1), LAST, LAST + timedelta(days=1), LAST + timedelta(days=2))
    written = []
    for day in nights:
        with at(day, NIGHT) as now:
            written.append([each.last for each in schedules.write_due(Turn(now, Swept()))])
    assert written == [[], [], [LAST], []]
    assert Schedule.objects.get().next_on == date(2027, 4, 1)


def test_where_the_day_ends_later_than_in_utc_it_is_waited_for(agency: Agency) -> None:
    Unit.objects.update(time_zone="America/New_York")
    with at(date(2026, 12, 5)):
        schedules.schedule(agency.root, Every.QUARTER, agency.quality)
    for hour, written in ((time(3), 0), (time(8), 1)):
        with at(LAST + timedelta(days=1), hour) as now:
            assert len(schedules.write_due(Turn(now, Swept()))) == written


def test_days_that_are_not_over_in_utc_have_no_report(agency: Agency) -> None:
    with at(LAST, NIGHT), pytest.raises(Refused) as refused:
        keeping.make(agency.root, FIRST, LAST, agency.quality)
    assert list(refused.value.by_field) == ["last"]
    with at(LAST + timedelta(days=1), time(0, 1)):
        assert keeping.make(agency.root, FIRST, LAST, agency.quality)


def test_days_that_are_not_over_for_the_agency_have_none_whatever_the_zone_of_the_reader(
    agency: Agency,
) -> None:
    Unit.objects.update(time_zone="America/New_York")
    with at(LAST + timedelta(days=1), time(3)), pytest.raises(Refused):
        keeping.make(agency.root, FIRST, LAST, agency.quality)


def test_the_form_offers_the_quarter_that_is_over_everywhere(agency: Agency) -> None:
    client = Client()
    for day, last in ((LAST, date(2026, 9, 30)), (LAST + timedelta(days=1), LAST)):
        with at(day, NIGHT):
            client.force_login(agency.quality)
            form = client.get("/reports/new/").context["form"]
        assert form.initial["last"] == last
