from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from tests.agency import Agency
from workflows.models import CalendarVersion, Pass, PublicDay
from workflows.opening import STANDARD, calendar, edit, opening_of
from workflows.public_days import (
    confirm_days,
    dismiss_days,
    load_days,
    missing_days_warning,
)

NOW = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)


def load_holidays(*said: object) -> str:
    """What the command prints last."""
    out = StringIO()
    call_command("load_holidays", *map(str, said), stdout=out)
    return out.getvalue().splitlines()[-1]


def of(year: int) -> list[PublicDay]:
    return [*PublicDay.objects.filter(day__year=year)]


def working_days(agency: Agency, year: int) -> int:
    key = opening_of(agency.water)
    found = calendar(key.version, key.zone)
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    return sum(found.is_working(day) for day in days if day.year == year)


def test_holidays_and_joint_leave_are_loaded_in_the_language_of_the_country(db: None) -> None:
    assert load_holidays("ID", 2024, 2028) == "125 days were added, 0 were there already."
    kinds = dict(PublicDay.objects.filter(day__year=2026).values_list("name", "kind"))
    assert kinds["Hari Suci Nyepi"] == "public"
    assert kinds["Cuti Bersama Hari Suci Nyepi"] == "government"
    assert {row.country for row in PublicDay.objects.all()} == {"ID"}


def test_of_a_country_with_a_part_named_the_days_of_that_part_are_loaded(db: None) -> None:
    load_holidays("GB", 2026, 2026)
    names = {row.day: row.name for row in of(2026)}
    assert names[date(2026, 4, 6)] == "Easter Monday" and date(2026, 3, 17) not in names


def test_to_load_twice_changes_nothing(db: None) -> None:
    load_holidays("ID", 2026, 2027)
    before = [*PublicDay.objects.order_by("pk").values()]
    assert load_holidays("id", 2026, 2027) == "0 days were added, 51 were there already."
    assert [*PublicDay.objects.order_by("pk").values()] == before
    assert (CalendarVersion.objects.count(), Pass.objects.count()) == (1, 1)


@pytest.mark.parametrize(("year", "count"), [(2024, 238), (2025, 237), (2026, 240), (2027, 242)])
def test_the_years_that_were_reviewed_count_at_once(agency: Agency, year: int, count: int) -> None:
    load_holidays("ID", 2024, 2027)
    assert working_days(agency, year) == count
    assert all(day.confirmed_at and day.confirmed_by is None for day in of(year))
    made = CalendarVersion.objects.get()
    assert (made.unit, made.number) == (None, 1)


def test_the_years_that_nobody_reviewed_wait_for_a_person(agency: Agency) -> None:
    before = working_days(agency, 2028)
    load_holidays("ID", 2028, 2028)
    assert of(2028)
    assert all(day.confirmed_at is None for day in of(2028))
    assert working_days(agency, 2028) == before
    assert not CalendarVersion.objects.exists()


def test_what_a_person_confirms_counts_in_one_new_version(agency: Agency) -> None:
    load_days("ID", 2028, 2028)
    before = working_days(agency, 2028)
    confirm_days(of(2028), agency.head, NOW)
    assert working_days(agency, 2028) == before - 13
    assert {(day.confirmed_by, day.confirmed_at) for day in of(2028)} == {(agency.head, NOW)}
    made = CalendarVersion.objects.get()
    assert (made.by, made.effective_at, made.unit) == (agency.head, NOW, None)
    assert Pass.objects.get().unit is None


def test_what_was_confirmed_stays_that_persons(agency: Agency) -> None:
    load_days("ID", 2028, 2028)
    confirm_days(of(2028)[:1], agency.head, NOW)
    confirm_days(of(2028), agency.supervisor, NOW + timedelta(days=1))
    assert of(2028)[0].confirmed_by == agency.head
    assert of(2028)[1].confirmed_by == agency.supervisor


def test_what_is_dismissed_does_not_count_whether_it_did_before_or_not(agency: Agency) -> None:
    load_days("ID", 2027, 2028)
    dismiss_days(of(2028), agency.head, NOW)
    assert CalendarVersion.objects.count() == 1
    leave = PublicDay.objects.filter(kind="government")
    dismiss_days(leave, agency.head, NOW)
    assert working_days(agency, 2027) == 242 + 8
    assert all(day.dismissed and day.confirmed_at is None for day in leave.all())
    load_days("ID", 2027, 2028)
    assert working_days(agency, 2027) == 242 + 8
    confirm_days(leave, agency.head, NOW)
    assert working_days(agency, 2027) == 242
    assert not any(day.dismissed for day in leave.all())


def test_a_day_with_two_names_is_closed_until_both_are_dismissed(agency: Agency) -> None:
    days = [
        PublicDay.objects.create(country="ID", day=date(2028, 3, 6), name=name, kind="public")
        for name in ("One", "Other")
    ]
    confirm_days(days, agency.head, NOW)
    key = opening_of(agency.water)
    assert calendar(key.version, key.zone).days[date(2028, 3, 6)] == ("One; Other", ())
    dismiss_days(days[:1], agency.head, NOW)
    key = opening_of(agency.water)
    assert calendar(key.version, key.zone).days[date(2028, 3, 6)] == ("Other", ())
    dismiss_days(days[1:], agency.head, NOW)
    key = opening_of(agency.water)
    assert date(2028, 3, 6) not in calendar(key.version, key.zone).days


def test_hours_that_people_gave_a_day_themselves_stay(agency: Agency) -> None:
    own = {"days": {"2028-12-25": {"name": "Open in the morning", "hours": [[480, 720]]}}}
    edit(None, own, agency.head, "", NOW)
    load_days("ID", 2028, 2028)
    confirm_days(of(2028), agency.head, NOW)
    dismiss_days(of(2028), agency.head, NOW)
    key = opening_of(agency.water)
    assert [*calendar(key.version, key.zone).days] == [date(2028, 12, 25)]
    assert calendar(key.version, key.zone).hours(date(2028, 12, 25)) == ((480, 720),)


def test_an_expected_day_that_is_on_another_date_now_goes_unless_somebody_spoke_of_it(
    agency: Agency,
) -> None:
    names = ("nobody spoke of it", "confirmed", "dismissed")
    rows = [
        PublicDay.objects.create(country="ID", day=date(2028, 3, 6), name=name, kind="public")
        for name in names
    ]
    confirm_days(rows[1:2], agency.head, NOW)
    dismiss_days(rows[2:], agency.head, NOW)
    assert load_days("ID", 2028, 2028).dropped == 1
    assert {day.name for day in of(2028)} >= {"confirmed", "dismissed"}
    assert "nobody spoke of it" not in {day.name for day in of(2028)}


def test_a_country_without_joint_leave_or_a_pack_is_loaded_in_its_own_language(db: None) -> None:
    load_days("NL", 2026, 2026)
    names = {day.name for day in of(2026)}
    assert "Koningsdag" in names
    assert not CalendarVersion.objects.exists()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (("Atlantis", 2026, 2027), "There is no country"),
        (("HOLIDAYBASE", 2026, 2027), "There is no country"),
        (("ID", 2027, 2026), "the wrong way round"),
        (("ID", 1, 2), "Years are given from 1950"),
        (("ID", 2026, 99999), "Years are given from 1950 to 2150"),
        (("ID", "soon", 2026), "invalid int value"),
        (("ID", 2026), "required"),
    ],
)
def test_what_cannot_be_loaded_is_said_in_a_sentence(db: None, said: tuple, sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        load_holidays(*said)
    assert not PublicDay.objects.exists()


def test_people_are_warned_when_due_dates_reach_a_year_without_joint_leave(db: None) -> None:
    load_days("ID", 2026, 2027)
    assert missing_days_warning(STANDARD, date(2026, 11, 2)) is None
    assert missing_days_warning(STANDARD, date(2027, 10, 8)) is None
    with translation.override("en"):
        assert "2028" in (missing_days_warning(STANDARD, date(2027, 10, 11)) or "")
    load_days("ID", 2028, 2028)
    assert PublicDay.objects.filter(day__year=2028).exists()
    assert missing_days_warning(STANDARD, date(2027, 10, 11))


def test_where_nothing_was_loaded_people_are_warned_of_this_year(db: None) -> None:
    with translation.override("en"):
        assert "2026" in (missing_days_warning(STANDARD, date(2026, 6, 1)) or "")


def test_where_a_country_has_no_joint_leave_its_holidays_are_enough(db: None) -> None:
    load_days("NL", 2026, 2026)
    assert missing_days_warning(STANDARD, date(2026, 6, 1)) is None
    assert missing_days_warning(STANDARD, date(2026, 12, 1))


def test_a_calendar_that_never_opens_is_not_warned_of_twice(db: None) -> None:
    never = type(STANDARD)("UTC", ((),) * 7)
    assert missing_days_warning(never, date(2026, 6, 1)) is None
