"""Imported holidays and days of joint leave, as people confirm them or leave them out."""

import pytest
import time_machine
from django.test import Client

from tests.agency import Agency
from tests.desk.pages import at_desk, form, words
from workflows.models import CalendarVersion, PublicDay
from workflows.public_days import load_days
from workflows.rewriting import own_of

ALL = "/desk/calendars/"
DAYS = "/desk/calendars/days/"
MONDAY = time_machine.travel("2026-07-06 09:00+07:00", tick=False)


@pytest.fixture
def admin(agency: Agency) -> Client:
    return at_desk(agency.administrator)


@MONDAY
def test_a_supervisor_confirms_imported_days_and_leaves_others_out(agency: Agency) -> None:
    load_days("ID", 2028, 2028)
    client = at_desk(agency.supervisor)
    assert "imported days wait to be confirmed" in words(client.get(ALL))
    page = client.get(DAYS)
    assert "Monday, 25 December 2028 Hari Raya Natal (public holiday, ID)" in words(page)
    chosen = form(page)["day"]
    assert len(chosen) == PublicDay.objects.count()
    natal = PublicDay.objects.get(name="Hari Raya Natal")
    rest = [pk for pk in chosen if pk != str(natal.pk)]
    said = {"year": "2028", "day": [str(natal.pk)], "step": "confirm"}
    done = client.post(DAYS, said, follow=True)
    assert "1 day is confirmed" in words(done)
    assert "Natal (public holiday) · Supervisor, today 09:00 WIB" in words(done)
    natal.refresh_from_db()
    assert natal.confirmed_by == agency.supervisor
    done = client.post(DAYS, {"year": "2028", "day": rest, "step": "dismiss"}, follow=True)
    assert f"{len(rest)} days were left out" in words(done)
    assert list(own_of(None)["days"]) == ["2028-12-25"]
    assert "wait to be confirmed" not in words(client.get(ALL))


@MONDAY
def test_what_was_confirmed_or_left_out_can_be_taken_back(agency: Agency) -> None:
    load_days("ID", 2028, 2028)
    client, day = at_desk(agency.supervisor), PublicDay.objects.get(name="Hari Raya Natal")
    for step, closed in (("confirm", True), ("dismiss", False), ("confirm", True)):
        client.post(DAYS, {"day": day.pk, "step": step, "year": "2028"})
        assert ("2028-12-25" in own_of(None).get("days", {})) == closed


def test_nothing_chosen_changes_nothing(agency: Agency, admin: Client) -> None:
    load_days("ID", 2028, 2028)
    for odd in ([], ["x"], ["99999999999"], ["0"]):
        done = admin.post(DAYS, {"day": odd, "step": "confirm"}, follow=True)
        assert "Choose at least one day" in done.text
    assert not CalendarVersion.objects.exists()


def test_without_imported_days_the_page_says_how_they_come(agency: Agency, admin: Client) -> None:
    assert "bin/manage load_holidays" in admin.get(DAYS).text


def test_supervisors_are_warned_of_a_year_whose_days_nobody_loaded(agency: Agency) -> None:
    client = at_desk(agency.supervisor)
    with time_machine.travel("2026-07-06 09:00+07:00", tick=False):
        load_days("ID", 2026, 2026)
        assert "nobody has loaded" not in client.get(ALL).text
    with time_machine.travel("2026-11-02 09:00+07:00", tick=False):
        client = at_desk(agency.supervisor)
        for page in (ALL, DAYS):
            assert "Due dates reach 2027" in client.get(page).text
