"""A plan is followed by figures that are whole: no week is counted before it can be known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.models import Unit
from casework.models import Case
from figures.series import Week
from improvement import public
from improvement.indicators import Aim, measure, weeks
from improvement.models import Decision, Every, Indicator, Plan, Report, Schedule
from improvement.notices import look_for_overdue
from improvement.plans import judging, keeping, telling
from improvement.plans.weeks import seasons_of
from improvement.reports import keeping as keeping_reports
from improvement.reports import schedules
from improvement.shown import chart
from notifications.models import Notification
from tests.agency import Agency
from tests.improvement.test_doing import START, review
from tests.improvement.world import (
    MONDAY,
    approved,
    at,
    cause,
    drafted,
    said,
    weekly,
    with_action,
)
from workflows.jobs import Swept, Turn
from workflows.models import LateReason
from workflows.opening import edit

pytestmark = pytest.mark.django_db

ROOT = {"outcome": "upheld", "remedy": "repaired"}


def counted(found: list[Week]) -> list[tuple[date, int]]:
    return [(week.monday, week.number) for week in found]


def test_a_root_cause_is_counted_by_its_answers_so_that_the_last_weeks_are_whole(
    agency: Agency,
) -> None:
    """Twelve days lie between receipt and answer: by receipt the last week would be empty."""
    weekly(agency, MONDAY - timedelta(weeks=4), 4, late=0, kept=3, cause=cause(), **ROOT)
    aim = Aim(Indicator.RECEIVED, agency.water, category=agency.plain, cause=cause())
    with at(MONDAY) as now:
        found = weeks(aim, MONDAY - timedelta(weeks=4), MONDAY - timedelta(days=1), now)
        level = measure(aim, MONDAY - timedelta(weeks=4), MONDAY - timedelta(days=1), now)
    assert [number for _monday, number in counted(found)] == [3, 3, 3, 3]
    assert level.number == Case.objects.filter(cause=cause()).count() == 12
    assert aim.label.startswith("Complaints answered: ")


def test_weeks_by_reason_wait_until_the_reasons_can_be_there(agency: Agency) -> None:
    weekly(agency, MONDAY - timedelta(weeks=8), 8, late=2, kept=1)
    aim = Aim(Indicator.MISSED_BECAUSE, agency.water, reason=LateReason.values[0])
    with at(MONDAY) as now:
        found = weeks(aim, MONDAY - timedelta(weeks=8), MONDAY - timedelta(days=1), now)
    assert counted(found)[-1][0] == MONDAY - timedelta(weeks=5)


@pytest.mark.parametrize("number", [1, 12])
def test_weeks_that_are_all_at_a_hundred_percent_have_a_drawing(number: int) -> None:
    full = [Week(MONDAY + timedelta(weeks=n), 5, 5) for n in range(number)]
    drawn = chart.draw(full, full, True, None, None)
    assert drawn is not None and {dot.value for dot in drawn.dots} == {"100.0 %"}
    assert drawn.across[0].at > drawn.across[-1].at


@pytest.mark.parametrize(("target", "is_below"), [(2.0, True), (4.0, False)])
def test_the_words_of_the_target_stand_away_from_those_of_the_usual(
    target: float, is_below: bool
) -> None:
    weeks = [Week(MONDAY + timedelta(weeks=n), 3) for n in range(12)]
    drawn = chart.draw(weeks, weeks, False, None, target)
    assert drawn is not None and (drawn.goal_words > 0) == is_below


@pytest.mark.parametrize("first", ["on_time", "received"])
def test_an_older_version_with_another_indicator_leaves_the_figures_as_they_are(
    agency: Agency, first: str
) -> None:
    weekly(agency, MONDAY - timedelta(weeks=12), 12, late=4, kept=6)
    share = {"indicator": "on_time", "target": Decimal(80)}
    number = {"indicator": "received", "metric": "", "target": Decimal(1)}
    older, newer = (share, number) if first == "on_time" else (number, share)
    client = Client()
    client.force_login(agency.quality)
    with at(MONDAY):
        plan = drafted(agency, **older)
        keeping.revise(plan, agency.quality, said(agency, **newer), 1)
        pages = [client.get(f"/improve/plans/{plan.code}/?version={n}") for n in (1, 2)]
    assert [page.status_code for page in pages] == [200, 200]
    assert pages[0].context["series"] == pages[1].context["series"]
    assert [page.context["aim"].indicator for page in pages] == [
        older["indicator"],
        newer["indicator"],
    ]


def test_what_is_stopped_is_said_to_be_in_public_and_its_words_can_be_set_right(
    agency: Agency,
) -> None:
    weekly(agency, MONDAY - timedelta(weeks=12), 12, late=4, kept=6)
    with at(MONDAY):
        plan = approved(agency)
        telling.tell(plan, agency.quality, "Air bersih", "Air mati.", "Jadwal dikirim.")
    day = START + timedelta(days=20)
    with at(day):
        stop = review(decision=Decision.STOP, correction="Pompa tidak datang.")
        judging.hold_review(plan, agency.quality, stop)
        telling.tell(plan, agency.quality, "Air bersih", "Air mati.", "Pompa tidak datang.")
        page = Client(headers={"accept-language": "en"}).get("/open/").content.decode()
    assert public.newest_told()[0].stopped_on == day
    assert "It was stopped on" in page and "It goes on until" not in page
    assert "Pompa tidak datang." in page


def test_after_a_review_at_its_end_only_the_verdict_is_left(agency: Agency) -> None:
    weekly(agency, MONDAY - timedelta(weeks=12), 12, late=4, kept=6)
    with at(MONDAY):
        version = approved(agency, due_on=START + timedelta(weeks=8)).in_force
    assert judging.next_review(version, START + timedelta(weeks=7)) == START + timedelta(weeks=8)
    assert judging.next_review(version, START + timedelta(weeks=8)) is None


def test_the_verdict_waits_until_its_last_week_is_counted_everywhere(agency: Agency) -> None:
    """On Monday at five in Jakarta it is still Sunday in UTC, whose weeks are counted."""
    weekly(agency, MONDAY - timedelta(weeks=12), 12, late=4, kept=6)
    with at(MONDAY):
        version = approved(agency, due_on=START + timedelta(days=27)).in_force
    sunday = datetime(2026, 12, 6, 22, tzinfo=UTC)
    assert sunday.date() == version.due_on
    assert not judging.is_over(version, sunday)
    assert judging.is_over(version, sunday + timedelta(hours=2))


def test_a_verdict_by_reasons_waits_until_the_reasons_can_be_there(agency: Agency) -> None:
    weekly(agency, MONDAY - timedelta(weeks=12), 12, late=4, kept=6)
    why = {"indicator": "missed_because", "metric": "", "reason": "", "target": Decimal(40)}
    last = START + timedelta(days=27)
    with at(MONDAY):
        plan = approved(agency, due_on=last, **why)
    for day, over in ((1, False), (28, False), (29, True)):
        with at(last + timedelta(days=day)) as now:
            assert judging.is_over(plan.in_force, now) is over
            look_for_overdue(Turn(now, Swept()))
        assert Notification.objects.filter(kind="plan_over").exists() is over


def test_a_version_that_waited_when_it_was_judged_waits_no_longer(agency: Agency) -> None:
    weekly(agency, MONDAY - timedelta(weeks=12), 12, late=4, kept=6)
    client = Client(headers={"accept-language": "en"})
    client.force_login(agency.quality)
    with at(MONDAY):
        plan = approved(agency)
        plan = keeping.revise(plan, agency.quality, said(agency, place="Kota"), 1)
        address = f"/improve/plans/{plan.code}/"
        assert "A newer version waits" in client.get(address).content.decode()
    with at(START + timedelta(weeks=30)):
        judging.settle(plan, agency.quality)
        client.force_login(agency.quality)
        page = client.get(address)
        assert page.status_code == 200
        assert "A newer version waits" not in page.content.decode()


def test_no_country_has_the_seasons_of_another(agency: Agency) -> None:
    Unit.objects.update(time_zone="Europe/London")
    week = [[[480, 960]]] * 5 + [[], []]
    season = {"name": "Summer", "first": "2026-07-01", "last": "2026-08-31", "weekly": week}
    change = {"zone": "Europe/London", "seasons": [season]}
    edit(None, change, agency.administrator, "", datetime(2026, 1, 1, tzinfo=UTC))
    unit = Unit.objects.get(pk=agency.water.pk)
    assert [found.name for found in seasons_of(Plan(unit=unit))] == ["Summer"]


def test_what_is_overdue_is_so_by_the_day_of_the_agency(agency: Agency) -> None:
    """At six in the evening in London it is the next day in Jakarta, and not yet in London."""
    weekly(agency, MONDAY - timedelta(weeks=12), 12, late=4, kept=6)
    Unit.objects.update(time_zone="Europe/London")
    with at(MONDAY):
        action = with_action(agency, approved(agency))
    evening = datetime.combine(action.due_on, time(18), UTC)
    for now, told in ((evening, False), (evening + timedelta(hours=6), True)):
        look_for_overdue(Turn(now, Swept()))
        assert Notification.objects.filter(kind="action_late").exists() is told


def test_a_report_that_fails_leaves_the_others_to_be_written(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at(MONDAY):
        for unit in (agency.water, agency.roads):
            schedules.schedule(unit, Every.QUARTER, agency.quality)
    monkeypatch.setattr(schedules, "make", broken_for(agency.water))
    turn = Turn(datetime(2027, 1, 2, tzinfo=UTC), Swept())
    with at(date(2027, 1, 2)):
        schedules.write_due(turn)
    assert Report.objects.get().unit == agency.roads and turn.swept.failed == 1
    assert Schedule.objects.get(unit=agency.water).next_on == date(2027, 1, 1)


def broken_for(unit: Unit) -> Callable[..., Report]:
    def make(of: Unit, *args: Any, **more: Any) -> Report:
        if of == unit:
            raise RuntimeError("broken")
        return keeping_reports.make(of, *args, **more)

    return make


def test_the_usual_level_of_the_drawing_is_the_before_of_the_verdict(agency: Agency) -> None:
    """The weeks in which it was noticed are in neither."""
    weekly(agency, MONDAY - timedelta(weeks=40), 28, late=1, kept=7)
    weekly(agency, MONDAY - timedelta(weeks=12), 12, late=4, kept=4)
    client = Client(headers={"accept-language": "en"})
    client.force_login(agency.quality)
    with at(MONDAY):
        plan = approved(agency, baseline_first=MONDAY - timedelta(weeks=12))
        page = client.get(f"/improve/plans/{plan.code}/")
    assert page.context["series"].centre.label == "87.5 %"
    assert page.context["verdict"].before.endswith("(87.5 %)")
