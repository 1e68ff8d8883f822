"""Due dates, spans and marks against the oracle that walks through the minutes."""

from datetime import datetime, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.workflows.worlds import World, laws, moments, worlds
from workflows.targets import MARKS, In, Target, due, left, mark, span

#: The start, and the ends of up to three pauses, which may begin together with the clock.
stories = st.sampled_from([1, 3, 5, 7]).flatmap(lambda count: moments(count, last_day=12))


def told(world: World, story: tuple) -> tuple[datetime, list[tuple[datetime, datetime]]]:
    start, *edges = (world.at(*moment) for moment in story)
    return start, list(zip(edges[::2], edges[1::2], strict=True))


def oracles(world: World, target: Target, start: datetime, pauses: list) -> datetime | None:
    """When the oracle says that it is due; None beyond what it knows."""
    if target.unit == In.WORKING_DAYS:
        return world.oracle.by_working_day(start, target.amount, pauses)
    if target.unit in (In.CALENDAR_DAYS, In.WEEKS):
        days = target.amount * (7 if target.unit == In.WEEKS else 1)
        return world.oracle.by_date(start, days, pauses)
    seconds = target.amount * (60 if target.unit == In.WORKING_MINUTES else 3600)
    return world.oracle.by_time(start, seconds, pauses, target.unit == In.CALENDAR_HOURS)


targets = st.one_of(
    st.builds(Target, st.integers(1, 2000), st.just(In.WORKING_MINUTES)),
    st.builds(Target, st.integers(1, 30), st.just(In.WORKING_HOURS)),
    st.builds(Target, st.integers(1, 7), st.just(In.WORKING_DAYS)),
    st.builds(Target, st.integers(1, 96), st.just(In.CALENDAR_HOURS)),
    st.builds(Target, st.integers(1, 8), st.just(In.CALENDAR_DAYS)),
    st.builds(Target, st.just(1), st.just(In.WEEKS)),
)
working = st.builds(
    Target, st.integers(1, 1500), st.sampled_from([In.WORKING_MINUTES, In.WORKING_MINUTES])
)


@given(worlds(), stories, targets)
@laws
def test_due_is_when_the_oracle_says_pauses_and_all(
    world: World, story: tuple, target: Target
) -> None:
    start, pauses = told(world, story)
    expected = oracles(world, target, start, pauses)
    assume(expected is not None)
    assert due(target, world.calendar, start, pauses) == expected


@given(worlds(), stories, targets)
@laws
def test_span_and_marks_are_those_of_the_oracle(world: World, story: tuple, target: Target) -> None:
    start, pauses = told(world, story)
    ends = oracles(world, target, start, pauses)
    assume(ends is not None)
    real = target.unit == In.CALENDAR_HOURS
    whole = span(target, world.calendar, start, ends, pauses)
    assert whole == world.oracle.span(start, ends, pauses, real)
    marks = [mark(target, world.calendar, start, ends, pauses, percent) for percent in MARKS]
    assert marks == sorted(marks)
    assert marks[-1] == ends
    for percent, at in zip(MARKS[:-1], marks, strict=False):
        seconds = -(-whole * percent // 100)
        assert at == (world.oracle.by_time(start, seconds, pauses, real) if whole else ends)


@given(worlds(), moments(), working, st.integers(0, 999_999))
@laws
def test_what_is_worked_until_it_is_due_is_the_target(
    world: World, when: tuple, target: Target, micros: int
) -> None:
    calendar, start = world.calendar, world.at(*when[0]) + timedelta(microseconds=micros)
    ends = due(target, calendar, start)
    assert calendar.worked(start, ends) == target.amount * 60
    assert span(target, calendar, start, ends) == target.amount * 60
    assert left(target, calendar, start, ends) == target.amount * 60
    assert ends > start
    assert calendar.is_open(ends - timedelta(microseconds=1))


@given(worlds(), moments(), working, st.integers(1, 500))
@laws
def test_an_extension_is_the_same_as_a_longer_target(
    world: World, when: tuple, target: Target, more: int
) -> None:
    start = world.at(*when[0])
    longer = Target(target.amount + more, target.unit)
    assert due(target, world.calendar, start, extended=more) == due(longer, world.calendar, start)


@given(worlds(), stories, working)
@laws
def test_time_that_was_not_paused_is_the_target(world: World, story: tuple, target: Target) -> None:
    start, pauses = told(world, story)
    ends = due(target, world.calendar, start, pauses)
    assert span(target, world.calendar, start, ends, pauses) == target.amount * 60


@given(worlds(), stories, targets)
@laws
def test_a_pause_cut_in_two_moves_working_time_as_the_whole_does(
    world: World, story: tuple, target: Target
) -> None:
    start, pauses = told(world, story)
    halves = [
        half
        for since, until in pauses
        for middle in [since + (until - since) // 2]
        for half in [(since, middle), (middle, until)]
    ]
    whole, cut = (due(target, world.calendar, start, held) for held in (pauses, halves))
    assert whole == cut
