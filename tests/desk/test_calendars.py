"""Calendars as supervisors and administrators read them."""

from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Unit
from desk.calendars import hours
from tests.agency import PEOPLE, Agency
from tests.desk.pages import at_desk, words
from workflows.models import CalendarVersion
from workflows.public_days import load_days
from workflows.rewriting import edit

ALL = "/desk/calendars/"
DAYS = "/desk/calendars/days/"
WATER = "/desk/calendars/units/water/"
EVERYWHERE = "/desk/calendars/installation/"
MONDAY = time_machine.travel("2026-07-06 09:00+07:00", tick=False)
OFFICE = [[450, 720], [780, 960]]


@pytest.fixture
def admin(agency: Agency) -> Client:
    return at_desk(agency.administrator)


def own(agency: Agency, **said: Any) -> CalendarVersion:
    """The water unit says something of its own."""
    return edit(agency.water, said, agency.administrator, "Loket air")


# Hours as people write them


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("07:30-12:00, 13:00-16:00", ((450, 720), (780, 960))),
        ("7.30 \u2013 12; 13-16.00", ((450, 720), (780, 960))),
        ("00:00-24:00", ((0, 1440),)),
        ("08:00-12:00,12:00-13:00", ((480, 720), (720, 780))),
        (" , ", ()),
        ("", ()),
    ],
)
def test_hours_are_read_as_people_write_them(said: str, meant: Any) -> None:
    assert hours.read(said) == meant
    assert hours.read(hours.written(meant)) == meant


@pytest.mark.parametrize(
    "said", ["pagi", "8", "12:00-08:00", "08:00-08:00", "08:00-25:00", "08:60-09:00", "13-16, 8-12"]
)
def test_hours_that_make_no_sense_are_refused_in_words(said: str) -> None:
    with pytest.raises(ValidationError):
        hours.read(said)


def test_hours_are_shown_in_the_readers_language(agency: Agency) -> None:
    assert "07:30\u201312:00, 13:00\u201316:00" in at_desk(agency.head).get(WATER).text
    assert "07.30\u201312.00, 13.00\u201316.00" in at_desk(agency.head, "id").get(WATER).text


# Read


@MONDAY
def test_a_page_says_when_a_unit_is_open_and_from_where_that_comes(
    agency: Agency, admin: Client
) -> None:
    load_days("ID", 2026, 2026)
    week = [*[OFFICE] * 5, [[480, 720]], []]
    own(agency, weekly=week, days={"2026-12-24": {"name": "Setengah hari", "hours": OFFICE[:1]}})
    page = words(admin.get(WATER))
    assert "Saturday 08:00\u201312:00 Sunday closed" in page
    assert "Thu, 24 Dec Setengah hari 07:30\u201312:00 Mon" not in page
    assert "Setengah hari 07:30\u201312:00" in page
    assert "Hari Kemerdekaan Republik Indonesia closed · from above" in page
    assert "Ramadan 2026" in page
    assert "Ramadan 2025" not in page
    assert "Ramadan 2025" in words(admin.get(f"{WATER}?year=2025"))
    assert "version 1 today 09:00 WIB · Administrator Loket air" in page
    for odd in ("x", "99999999999", "0"):
        assert admin.get(f"{WATER}?year={odd}").status_code == 200


def test_the_list_says_which_units_have_hours_of_their_own(agency: Agency, admin: Client) -> None:
    own(agency, days={"2026-12-24": {"name": "Setengah hari", "hours": []}})
    page = words(admin.get(ALL))
    assert "Air Bersih Asia/Jakarta · hours and days of its own" in page
    assert "Jalan Asia/Jakarta · as above" in page
    assert "The whole installation as in the country pack" in page


def test_the_pages_cost_the_same_however_many_units_and_days_there_are(
    agency: Agency, admin: Client
) -> None:
    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert admin.get(address).status_code == 200
        return len(asked)

    load_days("ID", 2026, 2026)
    own(agency)
    pages = (ALL, WATER, DAYS, f"{WATER}edit/")
    few = [cost(page) for page in (*pages, *pages)][len(pages) :]
    for number in range(5):
        below = Unit.objects.create(code=f"u{number}", name="U", parent=agency.water)
        edit(below, {"days": {"2026-12-24": {"name": "Libur", "hours": []}}}, None, "")
    load_days("ID", 2027, 2028)
    assert [cost(page) for page in (*pages, *pages)][len(pages) :] == few


# Who


@pytest.mark.parametrize("name", sorted(PEOPLE))
def test_only_administrators_change_and_only_they_and_supervisors_read(
    agency: Agency, name: str
) -> None:
    client = at_desk(getattr(agency, name))
    reads = name in ("administrator", "supervisor", "head")
    for path in (ALL, DAYS, WATER, EVERYWHERE):
        assert (client.get(path).status_code == 200) == reads, path
    assert (client.post(DAYS).status_code == 302) == reads
    for path in (f"{WATER}edit/", f"{EVERYWHERE}edit/"):
        for ask in (client.get, client.post):
            assert (ask(path).status_code != 404) == (name == "administrator"), path
    assert ("Change the calendar" in client.get(WATER).text) == (name == "administrator")
    assert client.get("/desk/calendars/units/mars/").status_code == 404
