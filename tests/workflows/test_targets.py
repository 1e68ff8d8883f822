from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

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
    week,
)
from workflows.calendars import Calendar, Impossible, Season
from workflows.targets import In, Target, due, span

AMSTERDAM, NEW_YORK = "Europe/Amsterdam", "America/New_York"
JAKARTA = Calendar("Asia/Jakarta", STANDARD)
OFFICE = Calendar(AMSTERDAM, NINE_TO_FIVE)
HOUR = 3600


def ams(clock: str, fold: int = 0) -> datetime:
    return at(clock, AMSTERDAM, fold)


AMOUNTS = (3, 5, 10, 14, 60)
VECTORS = {
    "2025-03-26": "2025-04-09 2025-04-11 2025-04-21 2025-04-25 2025-07-10",
    "2026-02-13": "2026-02-20 2026-02-24 2026-03-03 2026-03-09 2026-05-25",
    "2026-03-17": "2026-03-27 2026-03-31 2026-04-08 2026-04-14 2026-06-26",
    "2026-12-22": "2026-12-29 2026-12-31 2027-01-11 2027-01-15 2027-04-02",
}


@pytest.mark.parametrize("filed", VECTORS)
def test_indonesian_working_days_skip_holidays_and_joint_leave(filed: str) -> None:
    for amount, day in zip(AMOUNTS, VECTORS[filed].split(), strict=True):
        found = due(Target(amount, In.WORKING_DAYS), indonesia(), at(f"{filed} 10:00"))
        closes = "16:30" if date.fromisoformat(day).weekday() == 4 else "16:00"
        assert found == at(f"{day} {closes}")


def test_an_hour_filed_friday_half_past_four_is_due_monday_half_past_nine() -> None:
    found = due(Target(1, In.WORKING_HOURS), OFFICE, ams("2026-01-02 16:30"))
    assert found == ams("2026-01-05 09:30")


def test_an_hour_filed_between_two_shifts_counts_from_the_second() -> None:
    shifts = Calendar(AMSTERDAM, week(hours("08:00-12:00", "13:30-18:00")))
    found = due(Target(1, In.WORKING_HOURS), shifts, ams("2026-03-03 12:30"))
    assert found == ams("2026-03-03 14:30")


def test_an_hour_filed_before_a_break_of_that_day_alone_counts_around_it() -> None:
    day = date(2026, 3, 3)
    own = {day: ("Meeting", hours("08:00-13:00", "14:00-18:00"))}
    office = Calendar(AMSTERDAM, week(hours("08:00-18:00")), days=own)
    target = Target(1, In.WORKING_HOURS)
    assert due(target, office, ams("2026-03-03 12:30")) == ams("2026-03-03 14:30")
    assert due(target, office, ams("2026-03-04 12:30")) == ams("2026-03-04 13:30")


def test_working_minutes_and_hours_are_the_same_time() -> None:
    filed = ams("2026-03-03 12:30")
    hours_ = due(Target(3, In.WORKING_HOURS), OFFICE, filed)
    assert due(Target(180, In.WORKING_MINUTES), OFFICE, filed) == hours_


@pytest.mark.parametrize("clock", ["00:01", "07:30", "12:30", "16:00", "23:59"])
def test_day_zero_is_the_day_of_receipt_at_whatever_hour(clock: str) -> None:
    found = due(Target(1, In.WORKING_DAYS), JAKARTA, at(f"2026-03-02 {clock}"))
    assert found == at("2026-03-03 16:00")


def test_day_zero_may_be_the_next_working_day() -> None:
    target = Target(1, In.WORKING_DAYS, day_zero="next_working_day")
    assert due(target, JAKARTA, at("2026-03-07 10:00")) == at("2026-03-10 16:00")
    assert due(target, JAKARTA, at("2026-03-06 17:00")) == at("2026-03-10 16:00")
    assert due(target, JAKARTA, at("2026-03-06 16:00")) == at("2026-03-09 16:00")
    assert due(Target(1, In.WORKING_DAYS), JAKARTA, at("2026-03-07 10:00")) == at(
        "2026-03-09 16:00"
    )


def test_a_working_day_may_be_half_a_day_or_one_of_ramadan() -> None:
    ramadan = Season("Ramadan", date(2026, 2, 19), date(2026, 3, 19), RAMADAN)
    own = {date(2026, 3, 25): ("Half", hours("07:30-12:00"))}
    office = Calendar("Asia/Jakarta", STANDARD, (ramadan,), own)
    target = Target(1, In.WORKING_DAYS)
    assert due(target, office, at("2026-03-05 10:00")) == at("2026-03-06 15:30")
    assert due(target, office, at("2026-03-24 10:00")) == at("2026-03-25 12:00")
    assert due(Target(8, In.WORKING_HOURS), office, at("2026-03-05 08:00")) == at(
        "2026-03-06 09:30"
    )


def test_the_zone_of_the_unit_decides_which_day_it_was_filed_and_when_it_is_due() -> None:
    filed = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)
    found = [
        due(Target(1, In.WORKING_DAYS), Calendar(zone, STANDARD), filed)
        for zone in ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
    ]
    assert found == [
        datetime(2026, 3, 3, 9, tzinfo=UTC),
        datetime(2026, 3, 3, 8, tzinfo=UTC),
        datetime(2026, 3, 4, 7, tzinfo=UTC),  # past midnight there
    ]


def test_a_closure_over_new_year_of_more_than_a_week_moves_what_is_due() -> None:
    closed = [date(2026, 12, 24) + timedelta(days=n) for n in range(11)]
    office = Calendar(AMSTERDAM, NINE_TO_FIVE, days=dict.fromkeys(closed, ("", CLOSED)))
    found = due(Target(3, In.WORKING_DAYS), office, ams("2026-12-22 10:00"))
    assert found == ams("2027-01-05 17:00")


@pytest.mark.parametrize(
    ("filed", "clock"),
    [
        ("2026-03-27 12:00", "2026-03-30 13:00"),  # one hour is skipped
        ("2026-10-23 12:00", "2026-10-26 11:00"),  # one is repeated
        ("2026-03-06 12:00", "2026-03-09 12:00"),
    ],
)
def test_seventy_two_hours_are_real_hours_through_the_weekend(filed: str, clock: str) -> None:
    found = due(Target(72, In.CALENDAR_HOURS), OFFICE, ams(filed))
    assert found == ams(clock)
    same = ams(filed).astimezone(ZoneInfo(AMSTERDAM))
    assert due(Target(72, In.CALENDAR_HOURS), OFFICE, same) == ams(clock)
    assert span(Target(72, In.CALENDAR_HOURS), OFFICE, same, ams(clock)) == 72 * HOUR


def test_calendar_days_are_due_when_the_last_local_date_is_over() -> None:
    target = Target(21, In.CALENDAR_DAYS)
    assert due(target, OFFICE, ams("2026-03-20 10:00")) == ams("2026-04-11 00:00")
    assert due(Target(1, In.CALENDAR_DAYS), OFFICE, ams("2026-10-24 23:59")) == ams(
        "2026-10-26 00:00"
    )


def test_a_week_is_seven_days() -> None:
    found = due(Target(2, In.WEEKS), OFFICE, ams("2026-03-20 10:00"))
    assert found == ams("2026-04-04 00:00")


@pytest.mark.parametrize(
    ("filed", "months", "over"),
    [
        ("2026-01-31 10:00", 1, "2026-03-01 00:00"),
        ("2028-01-31 10:00", 1, "2028-03-01 00:00"),
        ("2026-11-30 10:00", 3, "2027-03-01 00:00"),
        ("2026-12-15 10:00", 12, "2027-12-16 00:00"),
        ("2026-03-31 10:00", 6, "2026-10-01 00:00"),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_the_month(
    filed: str, months: int, over: str
) -> None:
    assert due(Target(months, In.MONTHS), OFFICE, ams(filed)) == ams(over)


def test_an_extension_by_a_month_counts_from_day_zero_too() -> None:
    found = due(Target(1, In.MONTHS, extension=1), OFFICE, ams("2026-01-31 10:00"), extended=1)
    assert found == ams("2026-04-01 00:00")


def test_what_is_due_on_a_closed_day_moves_only_where_the_target_says_so() -> None:
    filed = ams("2026-03-02 10:00")
    stays, rolls = Target(5, In.CALENDAR_DAYS), Target(5, In.CALENDAR_DAYS, roll="forward")
    assert due(stays, OFFICE, filed) == ams("2026-03-08 00:00")
    assert due(rolls, OFFICE, filed) == ams("2026-03-10 00:00")
    assert due(Target(4, In.CALENDAR_DAYS, roll="forward"), OFFICE, filed) == ams(
        "2026-03-07 00:00"
    )


def test_an_extension_is_an_amount_in_the_unit_of_the_target() -> None:
    filed = at("2026-03-02 10:00")
    target = Target(5, In.WORKING_DAYS, extension=10)
    assert due(target, JAKARTA, filed, extended=2) == at("2026-03-11 16:00")
    hours_ = Target(2, In.WORKING_HOURS, extension=2)
    assert due(hours_, JAKARTA, filed, extended=2) == at("2026-03-02 15:00")


@pytest.mark.parametrize("unit", [In.WORKING_MINUTES, In.WORKING_HOURS, In.WORKING_DAYS])
def test_a_calendar_that_never_opens_makes_a_target_impossible(unit: In) -> None:
    never = Calendar("UTC", (CLOSED,) * 7)
    with pytest.raises(Impossible):
        due(Target(1, unit), never, ams("2026-01-02 16:30"))


@pytest.mark.parametrize("unit", In)
def test_a_target_without_end_is_impossible(unit: In) -> None:
    with pytest.raises(Impossible):
        due(Target(10**8, unit), OFFICE, ams("2026-01-02 16:30"))


def test_around_the_clock_a_working_hour_is_an_hour() -> None:
    always = Calendar(NEW_YORK, ROUND_THE_CLOCK)
    filed = at("2026-03-08 01:30", NEW_YORK)
    assert due(Target(5, In.WORKING_HOURS), always, filed) == filed + timedelta(hours=5)
    assert due(Target(1, In.WORKING_DAYS), always, filed) == at("2026-03-10 00:00", NEW_YORK)


WRONG = [
    {"amount": 0},
    {"amount": -1},
    {"amount": 1.5},
    {"amount": "3"},
    {"amount": True},
    {"unit": "fortnights"},
    {"starts_on": "yesterday"},
    {"day_zero": "never"},
    {"roll": "backward"},
    {"extension": -1},
]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_a_target_that_makes_no_sense_is_refused(wrong: dict) -> None:
    with pytest.raises(ValueError) as refused:
        Target.from_dict({"amount": 3, "unit": "working_days"} | wrong)
    assert str(refused.value)


def test_a_target_survives_as_json() -> None:
    target = Target(3, In.WEEKS, "replied", "next_working_day", "forward", False, 2)
    assert Target.from_dict(target.as_dict()) == target
    plain = Target.from_dict({"amount": 3, "unit": "working_days"})
    assert (plain.starts_on, plain.day_zero, plain.roll) == ("received", "receipt", "")
    assert (plain.pausable, plain.extension) == (True, 0)
