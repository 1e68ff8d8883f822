from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from tests.workflows.offices import (
    CLOSED,
    RAMADAN,
    STANDARD,
    at,
    hours,
    week,
)
from workflows.calendars import Calendar, Impossible, Season

HOUR = 3600


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
