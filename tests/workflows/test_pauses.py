"""What pauses do to due dates and to the marks of a clock."""

from datetime import datetime, timedelta

import pytest

from tests.workflows.offices import NINE_TO_FIVE, STANDARD, at
from workflows.calendars import Calendar
from workflows.targets import MARKS, In, Target, due, left, mark, span

AMSTERDAM = "Europe/Amsterdam"
JAKARTA = Calendar("Asia/Jakarta", STANDARD)
OFFICE = Calendar(AMSTERDAM, NINE_TO_FIVE)
HOUR = 3600


def ams(clock: str, fold: int = 0) -> datetime:
    return at(clock, AMSTERDAM, fold)


def test_a_pause_moves_working_hours_by_the_working_time_in_it() -> None:
    filed = ams("2026-03-06 15:00")
    pause = (ams("2026-03-06 16:00"), ams("2026-03-09 11:00"))
    found = due(Target(2, In.WORKING_HOURS), OFFICE, filed, [pause])
    assert found == ams("2026-03-09 12:00")


def test_a_pause_while_the_office_is_closed_moves_no_working_hours() -> None:
    pause = (ams("2026-03-06 17:00"), ams("2026-03-09 09:00"))
    found = due(Target(3, In.WORKING_HOURS), OFFICE, ams("2026-03-06 15:00"), [pause])
    assert found == ams("2026-03-09 10:00")


@pytest.mark.parametrize(
    ("since", "until", "moved"),
    [
        ("2026-03-03 10:00", "2026-03-03 15:00", "2026-03-05 16:00"),  # no end of a day in it
        ("2026-03-02 15:00", "2026-03-02 16:00", "2026-03-06 16:30"),  # that of day 0
        ("2026-03-02 16:00", "2026-03-03 15:59", "2026-03-05 16:00"),  # it begins with one
        ("2026-03-02 15:59", "2026-03-03 16:00", "2026-03-09 16:00"),  # it ends with one
        ("2026-03-03 10:00", "2026-03-05 10:00", "2026-03-09 16:00"),
        ("2026-03-05 15:59", "2026-03-08 10:00", "2026-03-09 16:00"),
    ],
)
def test_a_pause_moves_working_days_by_the_ends_of_working_days_in_it(
    since: str, until: str, moved: str
) -> None:
    filed = at("2026-03-02 10:00")
    found = due(Target(3, In.WORKING_DAYS), JAKARTA, filed, [(at(since), at(until))])
    assert found == at(moved)


def test_a_pause_moves_calendar_hours_by_real_time() -> None:
    filed = ams("2026-03-02 10:00")
    pause = (ams("2026-03-03 10:00"), ams("2026-03-04 11:30"))
    found = due(Target(72, In.CALENDAR_HOURS), OFFICE, filed, [pause])
    assert found == ams("2026-03-06 11:30")


def test_a_pause_moves_calendar_days_by_the_local_midnights_in_it() -> None:
    filed = ams("2026-03-02 10:00")
    target = Target(3, In.CALENDAR_DAYS)
    same_day = (ams("2026-03-03 00:00"), ams("2026-03-03 23:59"))
    over_night = (ams("2026-03-03 23:59"), ams("2026-03-04 00:00"))
    assert due(target, OFFICE, filed, [same_day]) == ams("2026-03-06 00:00")
    assert due(target, OFFICE, filed, [over_night]) == ams("2026-03-07 00:00")
    assert due(target, OFFICE, filed, [same_day, over_night]) == ams("2026-03-07 00:00")


def test_a_pause_before_the_last_date_moves_it_before_it_is_rolled_off_a_closed_day() -> None:
    rolls = Target(5, In.CALENDAR_DAYS, roll="forward")
    pause = (ams("2026-03-04 12:00"), ams("2026-03-05 12:00"))
    found = due(rolls, OFFICE, ams("2026-03-02 10:00"), [pause])
    assert found == ams("2026-03-10 00:00")  # Sunday instead of Saturday: Monday still


def test_a_pause_in_the_days_that_were_rolled_over_leaves_the_rest_of_them() -> None:
    rolls = Target(5, In.CALENDAR_DAYS, roll="forward")
    pause = (ams("2026-03-08 12:00"), ams("2026-03-11 12:00"))
    found = due(rolls, OFFICE, ams("2026-03-02 10:00"), [pause])
    assert found == ams("2026-03-13 00:00")


@pytest.mark.parametrize("unit", In)
def test_a_pause_that_begins_when_it_is_due_or_later_moves_nothing(unit: In) -> None:
    filed, target = ams("2026-03-02 10:00"), Target(3, unit)
    ends = due(target, OFFICE, filed)
    late = [(ends, ends + timedelta(days=9)), (ends + timedelta(days=20), ends.replace(year=2027))]
    assert due(target, OFFICE, filed, late) == ends
    soon = [(ends - timedelta(seconds=1), ends + timedelta(days=9))]
    assert due(target, OFFICE, filed, soon) > ends


@pytest.mark.parametrize("unit", In)
def test_a_target_that_is_not_pausable_goes_on(unit: In) -> None:
    filed, target = ams("2026-03-02 10:00"), Target(9, unit, pausable=False)
    pauses = [(ams("2026-03-02 11:00"), ams("2026-03-20 11:00"))]
    ends = due(target, OFFICE, filed)
    assert due(target, OFFICE, filed, pauses) == ends
    assert span(target, OFFICE, filed, ends, pauses) == span(target, OFFICE, filed, ends)


def test_of_a_pause_that_began_before_the_clock_only_the_rest_counts() -> None:
    filed = ams("2026-03-03 10:00")
    pause = (ams("2026-03-02 10:00"), ams("2026-03-03 12:00"))
    before = (ams("2026-03-01 10:00"), ams("2026-03-02 09:00"))
    found = due(Target(2, In.WORKING_HOURS), OFFICE, filed, [before, pause])
    assert found == ams("2026-03-03 14:00")


def test_a_pause_just_before_it_is_due_leaves_what_was_left() -> None:
    filed = ams("2026-03-02 10:00")
    pause = (ams("2026-03-02 11:50"), ams("2026-03-20 12:00"))
    found = due(Target(2, In.WORKING_HOURS), OFFICE, filed, [pause])
    assert found == ams("2026-03-20 12:10")


def test_time_left_is_the_clocks_own_and_negative_when_it_is_late() -> None:
    ends = ams("2026-03-09 10:00")
    target = Target(2, In.WORKING_HOURS)
    assert left(target, OFFICE, ams("2026-03-06 16:00"), ends) == 2 * HOUR
    assert left(target, OFFICE, ends, ends) == 0
    assert left(target, OFFICE, ams("2026-03-10 10:00"), ends) == -8 * HOUR
    real = Target(72, In.CALENDAR_HOURS)
    assert left(real, OFFICE, ams("2026-03-06 10:00"), ends) == 72 * HOUR


def test_the_marks_of_a_clock_are_at_parts_of_its_working_time() -> None:
    filed, target = ams("2026-03-06 13:00"), Target(8, In.WORKING_HOURS)
    ends = due(target, OFFICE, filed)
    found = [mark(target, OFFICE, filed, ends, (), percent) for percent in MARKS]
    assert found == [
        ams("2026-03-06 17:00"),
        ams("2026-03-09 11:00"),
        ams("2026-03-09 12:12"),
        ams("2026-03-09 13:00"),
    ]


def test_the_marks_of_calendar_hours_are_at_parts_of_real_time() -> None:
    filed, target = ams("2026-03-06 12:00"), Target(72, In.CALENDAR_HOURS)
    ends = due(target, OFFICE, filed)
    assert mark(target, OFFICE, filed, ends, (), 50) == ams("2026-03-08 00:00")


def test_a_pause_moves_the_marks_after_it() -> None:
    filed, target = ams("2026-03-02 09:00"), Target(8, In.WORKING_HOURS)
    pauses = [(ams("2026-03-02 14:00"), ams("2026-03-03 14:00"))]
    ends = due(target, OFFICE, filed, pauses)
    assert ends == ams("2026-03-03 17:00")
    assert mark(target, OFFICE, filed, ends, pauses, 50) == ams("2026-03-02 13:00")
    assert mark(target, OFFICE, filed, ends, pauses, 75) == ams("2026-03-03 15:00")


def test_a_clock_that_has_no_working_time_has_its_marks_when_it_is_due() -> None:
    filed, target = ams("2026-03-07 09:00"), Target(1, In.CALENDAR_DAYS)
    ends = due(target, OFFICE, filed)
    assert span(target, OFFICE, filed, ends) == 0
    assert mark(target, OFFICE, filed, ends, (), 50) == ends
