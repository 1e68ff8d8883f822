"""The laws of calendars, and what they count against the oracle that walks through the minutes."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.offices import ROUND_THE_CLOCK
from tests.workflows.worlds import World, laws, moments, worlds
from workflows.calendars import Calendar

two = moments(2)
amounts = st.integers(1, 4000)
HOUR = 3600


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


@given(worlds())
@laws
def test_a_calendar_survives_as_json(world: World) -> None:
    again = Calendar.from_content(world.calendar.content())
    assert again.content() == world.calendar.content()
    assert again.refusals() == world.calendar.refusals() == []
