from datetime import UTC, date, datetime, timedelta

import pytest

from tests.workflows.offices import (
    CLOSED,
    NINE_TO_FIVE,
    RAMADAN,
    ROUND_THE_CLOCK,
    STANDARD,
    at,
    hours,
    indonesia,
)
from workflows.calendars import Calendar, Impossible, Season

NEW_YORK, AMSTERDAM = "America/New_York", "Europe/Amsterdam"
HOUR = 3600


def test_an_hour_that_the_clock_skips_is_not_open() -> None:
    night = Calendar(NEW_YORK, (hours("01:00-05:00"),) * 7)
    assert night.worked(at("2026-03-08 00:00", NEW_YORK), at("2026-03-08 06:00", NEW_YORK)) == (
        3 * HOUR
    )
    assert night.spans(date(2026, 3, 8)) == (
        (at("2026-03-08 01:00", NEW_YORK), at("2026-03-08 03:00", NEW_YORK)),
        (at("2026-03-08 03:00", NEW_YORK), at("2026-03-08 05:00", NEW_YORK)),
    )


def test_a_day_whose_only_hour_is_skipped_is_no_working_day() -> None:
    night = Calendar(AMSTERDAM, (hours("02:00-03:00"),) * 7)
    assert not night.is_working(date(2026, 3, 29))
    assert night.is_working(date(2026, 3, 28))
    with pytest.raises(Impossible):
        night.end_of(date(2026, 3, 29))


def test_an_hour_that_the_clock_repeats_counts_twice() -> None:
    night = Calendar(AMSTERDAM, (hours("02:00-03:00"),) * 7)
    begin, end = at("2026-10-25 00:00", AMSTERDAM), at("2026-10-26 00:00", AMSTERDAM)
    assert night.worked(begin, end) == 2 * HOUR
    halves = Calendar(AMSTERDAM, (hours("02:00-02:30"),) * 7)
    assert halves.spans(date(2026, 10, 25)) == (
        (at("2026-10-25 02:00", AMSTERDAM), at("2026-10-25 02:30", AMSTERDAM)),
        (at("2026-10-25 02:00", AMSTERDAM, fold=1), at("2026-10-25 02:30", AMSTERDAM, fold=1)),
    )


def test_office_hours_are_the_same_on_the_wall_before_and_after_the_clocks_change() -> None:
    office = Calendar(NEW_YORK, NINE_TO_FIVE)
    friday = at("2026-03-06 16:00", NEW_YORK)
    assert office.after(friday, 2 * HOUR) == at("2026-03-09 10:00", NEW_YORK)
    assert office.after(at("2026-10-30 16:00", NEW_YORK), 2 * HOUR) == at(
        "2026-11-02 10:00", NEW_YORK
    )


def test_the_same_office_hours_open_one_hour_earlier_in_each_zone_further_east() -> None:
    opens = [
        Calendar(zone, STANDARD).next_open(datetime(2026, 3, 1, 12, tzinfo=UTC))
        for zone in ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
    ]
    assert opens == [
        datetime(2026, 3, 2, 0, 30, tzinfo=UTC),
        datetime(2026, 3, 1, 23, 30, tzinfo=UTC),
        datetime(2026, 3, 1, 22, 30, tzinfo=UTC),
    ]


def test_a_week_has_37_and_a_half_hours_and_in_ramadan_32_and_a_half() -> None:
    office = Calendar(
        "Asia/Jakarta",
        STANDARD,
        (Season("Ramadan", date(2026, 2, 19), date(2026, 3, 19), RAMADAN),),
    )
    usual = office.worked(at("2026-02-09 00:00"), at("2026-02-16 00:00"))
    ramadan = office.worked(at("2026-03-02 00:00"), at("2026-03-09 00:00"))
    assert (usual, ramadan) == (37.5 * HOUR, 32.5 * HOUR)


def test_a_season_includes_its_first_and_its_last_day() -> None:
    season = Season("Ramadan", date(2026, 2, 19), date(2026, 3, 19), RAMADAN)
    office = Calendar("Asia/Jakarta", STANDARD, (season,))
    closes = [office.end_of(date(2026, *day)) for day in ((2, 18), (2, 19), (3, 19), (3, 20))]
    assert closes == [
        at("2026-02-18 16:00"),
        at("2026-02-19 15:00"),
        at("2026-03-19 15:00"),
        at("2026-03-20 16:30"),
    ]


def test_a_day_of_its_own_goes_before_the_season_and_the_week() -> None:
    season = Season("Ramadan", date(2026, 2, 19), date(2026, 3, 19), RAMADAN)
    days = {date(2026, 3, 2): ("Half a day", hours("08:00-10:00"))}
    office = Calendar("Asia/Jakarta", STANDARD, (season,), days)
    assert office.worked(at("2026-03-02 00:00"), at("2026-03-03 00:00")) == 2 * HOUR


def test_a_half_day_ends_when_its_morning_does() -> None:
    office = Calendar(
        "Asia/Jakarta", STANDARD, days={date(2026, 12, 24): ("", hours("07:30-12:00"))}
    )
    assert office.end_of(date(2026, 12, 24)) == at("2026-12-24 12:00")
    assert office.after(at("2026-12-24 11:00"), 2 * HOUR) == at("2026-12-25 08:30")


def test_an_extra_opening_on_a_saturday_is_a_working_day() -> None:
    office = Calendar("Asia/Jakarta", STANDARD, days={date(2026, 3, 7): ("", hours("09:00-11:00"))})
    assert office.is_working(date(2026, 3, 7))
    assert not office.is_working(date(2026, 3, 14))


def test_a_closure_over_new_year_of_more_than_a_week_is_passed_over() -> None:
    closed = [date(2026, 12, 24) + timedelta(days=n) for n in range(11)]
    office = Calendar(AMSTERDAM, NINE_TO_FIVE, days=dict.fromkeys(closed, ("Closed", CLOSED)))
    filed = at("2026-12-23 16:00", AMSTERDAM)
    assert office.after(filed, 2 * HOUR) == at("2027-01-04 10:00", AMSTERDAM)
    assert office.working_day_after(date(2026, 12, 23), 1) == date(2027, 1, 4)
    assert office.next_open(at("2026-12-24 09:00", AMSTERDAM)) == at("2027-01-04 09:00", AMSTERDAM)


def test_between_two_shifts_it_is_closed() -> None:
    office = Calendar("Asia/Jakarta", STANDARD)
    assert not office.is_open(at("2026-03-02 12:00"))
    assert office.is_open(at("2026-03-02 11:59"))
    assert office.is_open(at("2026-03-02 13:00"))
    assert office.next_open(at("2026-03-02 12:30")) == at("2026-03-02 13:00")
    assert office.next_open(at("2026-03-02 12:00")) == at("2026-03-02 13:00")


def test_time_that_ends_with_an_interval_ends_there_and_not_at_the_next_opening() -> None:
    office = Calendar("Asia/Jakarta", STANDARD)
    assert office.after(at("2026-03-02 11:00"), HOUR) == at("2026-03-02 12:00")


def test_a_date_that_a_zone_left_out_is_over_with_the_one_before() -> None:
    office = Calendar("Pacific/Apia", ROUND_THE_CLOCK)
    assert not office.is_working(date(2011, 12, 30))
    over = office.end_of_local_day(date(2011, 12, 29))
    assert office.end_of_local_day(date(2011, 12, 30)) == over
    assert office.local_day(over) == date(2011, 12, 31)


def test_a_clock_put_back_over_midnight_takes_two_dates_by_turns() -> None:
    office = Calendar("America/St_Johns", ROUND_THE_CLOCK)
    midnight = at("2006-10-29 00:00", "America/St_Johns")
    assert office.local_day(midnight) == date(2006, 10, 29)
    assert office.local_day(midnight + timedelta(minutes=1)) == date(2006, 10, 28)
    over = office.end_of_local_day(date(2006, 10, 28))
    assert over == midnight + timedelta(hours=1)
    begin = midnight - timedelta(hours=3)
    for seconds in range(0, 5 * HOUR, 30):
        now = begin + timedelta(seconds=seconds)
        assert office.is_open(now)
        assert office.worked(begin, now) == seconds
        assert office.midnights(begin, now) == (now >= over)


@pytest.mark.parametrize(("year", "count"), [(2024, 238), (2025, 237), (2026, 240), (2027, 242)])
def test_a_year_has_the_working_days_that_the_joint_decree_leaves(year: int, count: int) -> None:
    day, found = date(year, 1, 1), 0
    while day.year == year:
        found += indonesia().is_working(day)
        day += timedelta(days=1)
    assert found == count


def test_an_office_of_night_shifts_is_open_over_midnight() -> None:
    office = Calendar(NEW_YORK, (hours("00:00-06:00", "22:00-24:00"),) * 7)
    assert office.after(at("2026-03-02 23:00", NEW_YORK), 3 * HOUR) == at(
        "2026-03-03 02:00", NEW_YORK
    )
