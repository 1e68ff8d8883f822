"""Calendars as administrators change them: looked at first, then saved."""

import re
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.agency import Agency
from tests.desk.pages import at_desk, form, words, write
from workflows import opening
from workflows.models import CalendarVersion, Pass
from workflows.public_days import load_days
from workflows.rewriting import edit, own_of

WATER = "/desk/calendars/units/water/"
EVERYWHERE = "/desk/calendars/installation/"
MONDAY = time_machine.travel("2026-07-06 09:00+07:00", tick=False)
WHY = {"note": "Keputusan Bupati 12/2026"}
OFFICE = [[450, 720], [780, 960]]


@pytest.fixture
def admin(agency: Agency) -> Client:
    return at_desk(agency.administrator)


def own(agency: Agency, **said: Any) -> CalendarVersion:
    """The water unit says something of its own."""
    return edit(agency.water, said, agency.administrator, "Loket air")


@MONDAY
def test_looking_at_a_change_shows_both_dates_and_saves_nothing(
    agency: Agency, admin: Client
) -> None:
    said = {"week-4": "", "day-0-day": "2026-07-07", "day-0-name": "Apel", **WHY}
    page = write(admin, f"{WATER}edit/", "look", **said)
    shown = words(page)
    assert "A case filed now would be due" in shown
    assert "3 working days 9 Jul, 16:00 WIB 13 Jul, 16:00 WIB moves" in shown
    assert "5 working days 13 Jul, 16:00 WIB 15 Jul, 16:00 WIB moves" in shown
    assert "14 working days 24 Jul, 16:30 WIB 30 Jul, 16:00 WIB moves" in shown
    assert form(page)["day-0-name"] == ["Apel"]
    assert not CalendarVersion.objects.exists()


@MONDAY
def test_a_change_is_a_version_with_its_reason_and_open_cases_are_gone_through(
    agency: Agency, admin: Client
) -> None:
    said = {"week-5": "08.00-12.00", "day-0-day": "2026-07-12", "day-0-name": "Pelayanan Minggu"}
    said |= {"day-0-hours": "09:00-11:00, 12:00-13:00", **WHY}
    done = write(admin, f"{WATER}edit/", **said)
    assert done.status_code == 302
    version = CalendarVersion.objects.get()
    assert (version.unit, version.by) == (agency.water, agency.administrator)
    assert version.note == WHY["note"]
    assert version.own["weekly"][5] == [[480, 720]]
    day = version.own["days"]["2026-07-12"]
    assert day == {"name": "Pelayanan Minggu", "hours": [[540, 660], [720, 780]]}
    assert Pass.objects.get().unit == agency.water
    page = words(admin.get(WATER))
    assert "Open cases are gone through" in page
    assert "Keputusan Bupati 12/2026" in page
    found = opening.opening_of(agency.water)
    assert opening.calendar(found.version, found.zone).is_working(date(2026, 7, 12))


def test_sending_a_calendar_back_as_it_is_changes_nothing(agency: Agency, admin: Client) -> None:
    season = {"name": "Puasa", "first": "2027-02-08", "last": "2027-03-09", "weekly": [OFFICE] * 7}
    days = {"2030-12-24": {"name": "Setengah hari", "hours": OFFICE[:1]}, "2030-12-26": None}
    own(agency, weekly=[OFFICE] * 6 + [[]], seasons=[season], days=days)
    before = own_of(agency.water)
    done = admin.post(f"{WATER}edit/", form(admin.get(f"{WATER}edit/")) | WHY, follow=True)
    assert "Nothing was changed" in done.text
    assert (own_of(agency.water), CalendarVersion.objects.count()) == (before, 1)


def test_hours_from_above_are_inherited_until_they_are_changed(
    agency: Agency, admin: Client
) -> None:
    said = {"day-0-day": "2030-07-12", "day-0-name": "Pelayanan", **WHY}
    write(admin, f"{WATER}edit/", **said)
    assert "weekly" not in own_of(agency.water)
    assert "as_above" not in form(admin.get(f"{WATER}edit/"))
    write(admin, f"{WATER}edit/", **{"week-0": "", **WHY})
    assert own_of(agency.water)["weekly"][0] == []
    write(admin, f"{WATER}edit/", **{"as_above": "on", **WHY})
    assert "weekly" not in own_of(agency.water)


def test_a_day_from_above_can_be_dropped_and_a_day_of_its_own_deleted(
    agency: Agency, admin: Client
) -> None:
    edit(None, {"days": {"2030-12-24": {"name": "Libur", "hours": []}}}, None, "")
    write(admin, f"{WATER}edit/", **{"day-0-day": "2030-12-24", "day-0-usual": "on", **WHY})
    found = opening.opening_of(agency.water)
    assert opening.calendar(found.version, found.zone).is_working(date(2030, 12, 24))
    assert form(admin.get(f"{WATER}edit/"))["day-0-usual"] == ["on"]
    write(admin, f"{WATER}edit/", **{"day-0-DELETE": "on", **WHY})
    found = opening.opening_of(agency.water)
    assert not opening.calendar(found.version, found.zone).is_working(date(2030, 12, 24))


def test_an_expected_season_counts_once_somebody_enters_it(agency: Agency) -> None:
    with time_machine.travel("2026-12-01 09:00+07:00", tick=False):
        admin = at_desk(agency.administrator)
        page = admin.get(f"{EVERYWHERE}edit/")
        assert "It was calculated, and does not count before you enter it" in words(page)
        link = re.search(r'href="(\?season=Ramadan%202027)"', page.text)
        assert link
        filled = form(admin.get(f"{EVERYWHERE}edit/{link[1]}"))
        assert filled["season-0-first"] == ["2027-02-08"]
        admin.post(f"{EVERYWHERE}edit/", filled | WHY)
        assert [each["name"] for each in own_of(None)["seasons"]] == ["Ramadan 2027"]
        assert "Expected: Ramadan 2027" not in words(admin.get(f"{EVERYWHERE}edit/"))
        assert "Expected" not in words(admin.get(f"{WATER}edit/"))


def test_what_is_wrong_stands_beside_its_field_and_in_the_summary(
    agency: Agency, admin: Client
) -> None:
    said = {"week-0": "siang", "season-0-name": "Puasa", "day-0-day": "2030-01-01"}
    said |= {"day-1-day": "2030-01-01", "day-1-name": "Dua kali", "day-2-name": "Kapan"}
    page = write(admin, f"{WATER}edit/", **said, note="")
    assert page.status_code == 422
    assert "<title>Error:" in page.text
    summary, rest = page.text.split("ds-error-summary")[1].split("<form", 1)
    for field in ("week-0", "season-0-first", "day-0-name", "day-1-day", "day-2-day", "note"):
        assert f'href="#id_{field}"' in summary, field
        assert f'id="id_{field}_error"' in rest, field
    assert "Write hours like 07:30-12:00" in summary
    assert "This day stands here twice" in summary
    assert not CalendarVersion.objects.exists()


@pytest.mark.parametrize("step", ["look", "save"])
def test_a_calendar_without_an_open_day_is_refused_in_a_sentence(
    agency: Agency, admin: Client, step: str
) -> None:
    closed = {f"week-{number}": "" for number in range(7)}
    page = write(admin, f"{WATER}edit/", step, **closed, **WHY)
    assert page.status_code == 422
    assert "No day of the week is open" in page.text
    assert not CalendarVersion.objects.exists()


@pytest.mark.parametrize("step", ["look", "save"])
def test_who_is_overtaken_saves_nothing_and_reads_so(
    agency: Agency, admin: Client, step: str
) -> None:
    typed = form(admin.get(f"{WATER}edit/")) | {"week-0": "08:00-10:00", **WHY}
    own(agency, days={"2030-12-24": {"name": "Libur", "hours": []}})
    page = admin.post(f"{WATER}edit/", typed | {"step": step})
    if step == "look":
        page = admin.post(f"{WATER}edit/", form(page) | WHY | {"step": "save"})
    assert page.status_code == 409
    assert "so nothing was saved" in page.text
    assert form(page)["week-0"] == ["08:00-10:00"]
    assert admin.post(f"{WATER}edit/", form(page) | {"step": "save"}).status_code == 409
    assert CalendarVersion.objects.count() == 1


def test_days_of_years_that_have_passed_stay_as_they_are(agency: Agency, admin: Client) -> None:
    past = {"2019-12-24": {"name": "Libur lama", "hours": []}}
    own(agency, days=past)
    page = admin.get(f"{WATER}edit/")
    assert "Libur lama" not in page.text
    assert "1 day before" in words(page)
    write(admin, f"{WATER}edit/", **{"week-5": "08:00-12:00", **WHY})
    assert own_of(agency.water)["days"] == past


@MONDAY
def test_confirmed_days_stay_closed_whatever_else_is_changed(agency: Agency, admin: Client) -> None:
    load_days("ID", 2026, 2026)
    page = admin.get(f"{EVERYWHERE}edit/")
    assert "Hari Kemerdekaan" not in page.text
    half = {"day-0-day": "2026-08-17", "day-0-name": "Upacara", "day-0-hours": "07:30-09:00"}
    write(admin, f"{EVERYWHERE}edit/", **half, **WHY)
    days = own_of(None)["days"]
    assert days["2026-08-17"] == {"name": "Upacara", "hours": [[450, 540]]}
    assert days["2026-12-25"]["hours"] == []
    assert form(admin.get(f"{EVERYWHERE}edit/"))["day-0-name"] == ["Upacara"]
    write(admin, f"{EVERYWHERE}edit/", **{"day-0-DELETE": "on", **WHY})
    assert own_of(None)["days"]["2026-08-17"]["hours"] == []
