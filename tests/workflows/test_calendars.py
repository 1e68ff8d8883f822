from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.offices import (
    CLOSED,
    NINE_TO_FIVE,
    RAMADAN,
    ROUND_THE_CLOCK,
    STANDARD,
    at,
    hours,
    indonesia,
    week,
)
from tests.workflows.worlds import World, laws, moments, worlds
from workflows.calendars import Calendar, Impossible, Season

NEW_YORK, AMSTERDAM = "America/New_York", "Europe/Amsterdam"
HOUR = 3600
two = moments(2)
amounts = st.integers(1, 4000)


@given(worlds(), moments(2, last_day=24))
@laws
def test_the_time_worked_is_that_of_the_oracle(world: World, when: tuple) -> None:
    since, until = (world.at(*moment) for moment in when)
    assert world.calendar.worked(since, until) == world.oracle.worked(since, until) * 60


@given(worlds(), moments())
@laws
def test_it_is_open_when_the_oracle_says_so(world: World, when: tuple) -> None:
    (start,) = (world.at(*moment) for moment in when)
    for minute in range(0, 3 * 1440, 7):
        now = start + timedelta(minutes=minute)
        assert world.calendar.is_open(now) == world.oracle.open[world.oracle.minute(now)]
    opens = world.oracle.next_open(start)
    assert opens is None or world.calendar.next_open(start) == opens


@given(worlds(), moments(), amounts, st.integers(0, 999_999))
@laws
def test_what_was_worked_until_an_amount_has_passed_is_that_amount(
    world: World, when: tuple, seconds: int, micros: int
) -> None:
    calendar = world.calendar
    start = world.at(*when[0]) + timedelta(microseconds=micros)
    end = calendar.after(start, seconds)
    assert calendar.worked(start, end) == seconds
    assert end > start
    assert calendar.is_open(end) or calendar.is_open(end - timedelta(microseconds=1))


@given(worlds(), moments(), amounts, amounts)
@laws
def test_adding_is_associative(world: World, when: tuple, one: int, other: int) -> None:
    calendar, start = world.calendar, world.at(*when[0])
    assert calendar.after(calendar.after(start, one), other) == calendar.after(start, one + other)


@given(worlds(), moments(3, last_day=24))
@laws
def test_what_was_worked_adds_up(world: World, when: tuple) -> None:
    a, b, c = (world.at(*moment) for moment in when)
    worked = world.calendar.worked
    assert worked(a, b) + worked(b, c) == worked(a, c)
    assert worked(b, a) == 0


@given(worlds(weekly=st.just(ROUND_THE_CLOCK)), two, amounts)
@laws
def test_an_office_that_never_closes_counts_as_the_clock_on_the_wall(
    world: World, when: tuple, seconds: int
) -> None:
    since, until = (world.at(*moment) for moment in when)
    assert world.calendar.worked(since, until) == (until - since).total_seconds()
    assert world.calendar.after(since, seconds) == since + timedelta(seconds=seconds)
    assert world.calendar.is_open(since)


@given(worlds(), moments(2, last_day=24))
@laws
def test_working_day_ends_and_midnights_are_those_of_the_oracle(world: World, when: tuple) -> None:
    since, until = (world.at(*moment) for moment in when)
    edges = [world.oracle.minute(moment) for moment in (since, until)]

    def within(ends: list[tuple[date, int]]) -> int:
        return sum(edges[0] < end <= edges[1] for _day, end in ends)

    assert world.calendar.working_day_ends(since, until) == within([*world.oracle.closings()])
    assert world.calendar.midnights(since, until) == within([*world.oracle.midnights()])


@given(worlds())
@laws
def test_a_day_is_working_and_ends_as_the_oracle_says(world: World) -> None:
    working = dict(world.oracle.closings())
    over = dict(world.oracle.midnights())
    for number in range(2, 25):
        day = world.oracle.first + timedelta(days=number)
        assert world.calendar.is_working(day) == (day in working)
        assert world.calendar.end_of_local_day(day) == world.oracle.instant(over[day])
        if day in working:
            assert world.calendar.end_of(day) == world.oracle.instant(working[day])
            assert world.calendar.spans(day)[-1][1] == world.calendar.end_of(day)


@given(worlds(), moments(3, last_day=24))
@laws
def test_what_was_asked_before_does_not_matter(world: World, when: tuple) -> None:
    asked = world.calendar
    moments_ = [world.at(*moment) for moment in when]
    asked.worked(moments_[0] + timedelta(days=900), moments_[1] + timedelta(days=901))
    asked.worked(moments_[0] - timedelta(days=900), moments_[1])
    fresh = Calendar.from_content(asked.content())
    assert asked.worked(moments_[0], moments_[2]) == fresh.worked(moments_[0], moments_[2])
    assert asked.after(moments_[0], 5 * HOUR) == fresh.after(moments_[0], 5 * HOUR)


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


@given(worlds())
@laws
def test_a_calendar_survives_as_json(world: World) -> None:
    again = Calendar.from_content(world.calendar.content())
    assert again.content() == world.calendar.content()
    assert again.refusals() == world.calendar.refusals() == []


def test_a_calendar_that_never_opens_is_impossible_and_no_loop() -> None:
    never = Calendar("UTC", (CLOSED,) * 7)
    for ask in (
        lambda: never.next_open(at("2026-01-02 16:30")),
        lambda: never.after(at("2026-01-02 16:30"), 1),
        lambda: never.working_day_after(date(2026, 1, 2), 1),
    ):
        with pytest.raises(Impossible) as refused:
            ask()
        with translation.override("en"):
            assert str(refused.value) == "There is no open day within a year."


@pytest.mark.parametrize(("gap", "possible"), [(366, True), (367, False)])
def test_the_next_open_day_is_looked_for_within_366_days(gap: int, possible: bool) -> None:
    start = date(2026, 1, 2)
    opens = start + timedelta(days=gap)
    days = {opens: ("", hours("09:00-17:00"))}
    for day in (start, opens + timedelta(days=800)):
        days[day] = ("", hours("08:00-09:00"))
    late = Calendar("UTC", (CLOSED,) * 7, days=days)
    for prepared in (False, True):
        if prepared:
            late.worked(at("2025-01-01 00:00", "UTC"), at("2032-01-01 00:00", "UTC"))
        for hour in ("07:30", "16:30"):
            seconds = 2 * HOUR if hour == "07:30" else HOUR
            asked = at(f"2026-01-02 {hour}", "UTC")
            if possible:
                assert late.after(asked, seconds) == datetime(
                    opens.year, opens.month, opens.day, 10, tzinfo=UTC
                )
            else:
                with pytest.raises(Impossible):
                    late.after(asked, seconds)


def test_from_a_closed_day_too_the_next_open_day_is_looked_for_within_366_days() -> None:
    days = {date(2027, 1, 3): ("", hours("09:00-17:00"))}
    late = Calendar("UTC", (CLOSED,) * 7, days=days)
    found = datetime(2027, 1, 3, 10, tzinfo=UTC)
    assert late.after(at("2026-01-02 23:00", "UTC"), HOUR) == found
    with pytest.raises(Impossible):
        late.after(at("2026-01-01 23:00", "UTC"), HOUR)


def test_a_target_over_a_hundred_years_away_is_impossible() -> None:
    office = Calendar("Asia/Jakarta", STANDARD)
    with pytest.raises(Impossible):
        office.working_day_after(date(2026, 1, 2), 10**6)
    with pytest.raises(Impossible):
        office.after(at("9999-12-01 00:00"), 10**9)
    assert office.worked(at("2026-03-02 00:00"), at("2026-03-03 00:00")) == 7.5 * HOUR


REFUSED = {
    "There is no time zone": Calendar("Asia/Atlantis", STANDARD),
    "No day of the week is open": Calendar("Asia/Jakarta", (CLOSED,) * 7),
    "A week has seven days": Calendar("Asia/Jakarta", STANDARD[:6]),
    "Monday: the opening hours overlap": Calendar(
        "Asia/Jakarta", week(hours("08:00-12:00", "11:00-15:00"))
    ),
    "Friday: the opening hours overlap": Calendar(
        "Asia/Jakarta", week(hours("08:00-12:00"), hours("13:00-15:00", "08:00-12:00"))
    ),
    "Tuesday: opening hours end after they begin": Calendar(
        "Asia/Jakarta", week(hours("12:00-08:00"))
    ),
    "Wednesday: opening hours end after": Calendar("Asia/Jakarta", week(hours("08:00-24:01"))),
    "The season “Haste” ends before it begins": Calendar(
        "Asia/Jakarta", STANDARD, (Season("Haste", date(2026, 3, 2), date(2026, 3, 1), RAMADAN),)
    ),
    "The season “Sleep” is closed for over a year": Calendar(
        "Asia/Jakarta",
        STANDARD,
        (Season("Sleep", date(2026, 1, 1), date(2027, 1, 1), (CLOSED,) * 7),),
    ),
    "The seasons “One” and “Other” overlap": Calendar(
        "Asia/Jakarta",
        STANDARD,
        (
            Season("One", date(2026, 2, 1), date(2026, 3, 1), RAMADAN),
            Season("Other", date(2026, 3, 1), date(2026, 4, 1), RAMADAN),
        ),
    ),
    "Ramadan, Monday: the opening hours overlap": Calendar(
        "Asia/Jakarta",
        STANDARD,
        (
            Season(
                "Ramadan",
                date(2026, 2, 1),
                date(2026, 3, 1),
                week(hours("08:00-12:00", "11:00-15:00")),
            ),
        ),
    ),
    "Aug. 17, 2026: opening hours end after": Calendar(
        "Asia/Jakarta", STANDARD, days={date(2026, 8, 17): ("", ((700, 600),))}
    ),
}


@pytest.mark.parametrize("sentence", REFUSED)
def test_what_is_wrong_with_a_calendar_is_said(sentence: str) -> None:
    with translation.override("en"):
        found = REFUSED[sentence].refusals()
    assert any(sentence in said for said in found), found


def test_intervals_that_touch_are_no_mistake() -> None:
    office = Calendar("Asia/Jakarta", week(hours("08:00-12:00", "12:00-16:00")))
    assert office.refusals() == []
    assert office.worked(at("2026-03-02 00:00"), at("2026-03-03 00:00")) == 8 * HOUR


def test_an_office_of_night_shifts_is_open_over_midnight() -> None:
    office = Calendar(NEW_YORK, (hours("00:00-06:00", "22:00-24:00"),) * 7)
    assert office.after(at("2026-03-02 23:00", NEW_YORK), 3 * HOUR) == at(
        "2026-03-03 02:00", NEW_YORK
    )
