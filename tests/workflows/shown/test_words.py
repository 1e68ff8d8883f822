"""How a due date is said, at exact times, in both languages."""

from collections.abc import Iterator

import pytest
from django.utils import timezone, translation

from tests.clockwork import at
from workflows.calendars import Calendar
from workflows.shown import words
from workflows.shown.due import Due
from workflows.targets import In

MON, FRI = ((450, 720), (780, 960)), ((450, 690), (780, 990))
OFFICE = Calendar("Asia/Jakarta", (MON, MON, MON, MON, FRI, (), ()))
DAYS, HOURS = In.WORKING_DAYS, In.WORKING_HOURS
DATES, CLOCK = In.CALENDAR_DAYS, In.CALENDAR_HOURS


@pytest.fixture(autouse=True)
def in_jakarta() -> Iterator[None]:
    with timezone.override("Asia/Jakarta"):
        yield


def due(now: str, when: str, unit: In | None = DAYS, span: int = 100_000) -> Due:
    return Due(at(when), OFFICE, unit, span, at(now))


# 24 November 2026 is a Tuesday.
SHORT = [
    ("2026-11-24 12:36", "2026-11-24 16:00", DAYS, "3 h left", "3 j lagi"),
    ("2026-11-24 15:20", "2026-11-24 16:00", DAYS, "40 min left", "40 mnt lagi"),
    ("2026-11-24 15:59", "2026-11-24 16:00", DAYS, "1 min left", "1 mnt lagi"),
    ("2026-11-24 12:36", "2026-11-25 12:00", HOURS, "tomorrow 12:00", "besok 12.00"),
    ("2026-11-24 12:36", "2026-11-25 16:00", DAYS, "tomorrow 16:00", "besok 16.00"),
    ("2026-11-27 12:36", "2026-11-30 16:00", DAYS, "Monday 16:00", "Senin 16.00"),
    ("2026-11-24 12:36", "2026-11-26 16:00", DAYS, "2 days left", "2 hari lagi"),
    ("2026-11-24 12:36", "2026-12-02 16:00", DAYS, "6 days left", "6 hari lagi"),
    ("2026-11-24 18:00", "2026-12-02 16:00", DAYS, "6 days left", "6 hari lagi"),
    # Dates are counted one by one; the last of them is the one that is over then.
    ("2026-11-24 12:36", "2026-12-03 00:00", DATES, "8 days left", "8 hari lagi"),
    ("2026-11-24 12:36", "2026-11-25 00:00", DATES, "11 h left", "11 j lagi"),
    ("2026-11-24 12:36", "2026-12-04 16:00", None, "10 days left", "10 hari lagi"),
    ("2026-11-24 22:00", "2026-11-25 03:00", CLOCK, "tomorrow 03:00", "besok 03.00"),
    ("2026-11-24 12:36", "2026-11-20 16:30", DAYS, "1 day late", "lewat 1 hari"),
    ("2026-11-24 16:00", "2026-11-20 16:30", DAYS, "2 days late", "lewat 2 hari"),
    ("2026-11-24 15:50", "2026-11-24 09:14", HOURS, "5 hours late", "lewat 5 jam"),
    ("2026-11-25 08:00", "2026-11-24 15:45", HOURS, "45 minutes late", "lewat 45 menit"),
    # Part of a day is no day: 4 h 30 on Monday and 1 h 30 on Tuesday.
    ("2026-11-24 09:00", "2026-11-23 10:30", HOURS, "6 hours late", "lewat 6 jam"),
    ("2026-11-28 10:00", "2026-11-27 16:30", DAYS, "just past", "baru saja lewat"),
    ("2026-11-28 10:00", "2026-11-26 09:00", CLOCK, "2 days late", "lewat 2 hari"),
    ("2026-11-24 12:36", "2026-11-22 00:00", DATES, "2 days late", "lewat 2 hari"),
]


@pytest.mark.parametrize(("now", "when", "unit", "english", "indonesian"), SHORT)
def test_a_due_date_is_short_in_a_table(now, when, unit, english, indonesian) -> None:
    for language, said in (("en", english), ("id", indonesian)):
        with translation.override(language):
            assert words.short(due(now, when, unit)) == said


LONG = [
    (
        ("2026-11-24 12:36", "2026-11-24 16:00", DAYS),
        "today 16:00 WIB, 3 h left",
        "hari ini 16.00 WIB, 3 j lagi",
    ),
    (("2026-11-24 12:36", "2026-11-25 12:00", HOURS), "tomorrow 12:00 WIB", "besok 12.00 WIB"),
    (
        ("2026-11-27 12:36", "2026-11-30 16:00", DAYS),
        "Monday 30 November 2026, 16:00 WIB",
        "Senin 30 November 2026, 16.00 WIB",
    ),
    (
        ("2026-11-24 12:36", "2026-12-03 16:00", DAYS),
        "Thursday 3 December 2026, 7 working days left",
        "Kamis 3 Desember 2026, 7 hari kerja lagi",
    ),
    (
        ("2026-11-24 12:36", "2026-12-04 00:00", DATES),
        "Thursday 3 December 2026, 9 days left",
        "Kamis 3 Desember 2026, 9 hari lagi",
    ),
    (
        ("2026-11-24 12:36", "2026-11-20 16:30", DAYS),
        "Friday 20 November 2026, 1 working day late",
        "Jumat 20 November 2026, lewat 1 hari kerja",
    ),
    (
        ("2026-11-24 09:00", "2026-11-23 15:00", HOURS),
        "yesterday 15:00 WIB, 2 hours late",
        "kemarin 15.00 WIB, lewat 2 jam",
    ),
]


@pytest.mark.parametrize(("when", "english", "indonesian"), LONG)
def test_a_due_date_is_long_in_a_heading(when, english, indonesian) -> None:
    for language, said in (("en", english), ("id", indonesian)):
        with translation.override(language):
            assert words.long(due(*when)) == said


def test_times_are_those_of_the_readers_zone_and_days_those_of_the_office() -> None:
    with timezone.override("Asia/Jayapura"), translation.override("en"):
        assert words.short(due("2026-11-24 12:36", "2026-11-25 16:00")) == "tomorrow 18:00"
        assert words.short(due("2026-11-24 12:36", "2026-12-03 16:00")) == "7 days left"


def test_the_due_moment_itself_is_in_time_and_the_next_one_late() -> None:
    assert due("2026-11-24 16:00", "2026-11-24 16:00").state == "soon"
    assert due("2026-11-24 16:01", "2026-11-24 16:00").state == "late"


@pytest.mark.parametrize(
    ("now", "state", "share"),
    [
        ("2026-11-24 07:30", "calm", 0),
        ("2026-11-24 12:30", "calm", 60),  # the lunch break uses nothing
        ("2026-11-24 14:00", "calm", 73),
        ("2026-11-24 14:10", "soon", 75),
        ("2026-11-24 16:00", "soon", 100),
        ("2026-11-25 07:29", "late", 101),
        ("2026-11-25 11:15", "late", 150),
    ],
)
def test_the_bar_follows_the_working_time_that_is_used(now: str, state: str, share: int) -> None:
    shown = due(now, "2026-11-24 16:00", HOURS, span=27_000)
    assert (shown.state, shown.share) == (state, share)


def test_a_date_that_was_due_before_it_began_is_no_division_by_nothing() -> None:
    assert due("2026-11-24 12:00", "2026-11-28 10:00", None, span=0).share == 0
    assert due("2026-11-28 12:00", "2026-11-28 10:00", None, span=0).share == 101
