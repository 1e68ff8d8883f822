from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts.models import Unit
from tests.agency import Agency
from tests.workflows.calendar_tree import CHRISTMAS_EVE, FIVE_YEARS, NOW, WEEK, calendar_of, name_of
from tests.workflows.offices import NINE_TO_FIVE, at
from workflows import rewriting
from workflows.calendars import Calendar
from workflows.errors import Invalid
from workflows.models import CalendarVersion, Pass
from workflows.opening import STANDARD, edit, opening_of
from workflows.targets import In, Target, due


@pytest.fixture
def counter(agency: Agency) -> Unit:
    """A unit below the water unit."""
    return Unit.objects.create(code="counter", name="Loket", parent=agency.water)


def test_an_edit_says_who_made_it_why_and_from_when_on(agency: Agency) -> None:
    made = edit(agency.water, CHRISTMAS_EVE, agency.supervisor, "As every year", NOW)
    kept = CalendarVersion.objects.get(pk=made.pk)
    assert (kept.unit, kept.number, kept.by) == (agency.water, 1, agency.supervisor)
    assert (kept.note, kept.effective_at) == ("As every year", NOW)
    assert kept.own == CHRISTMAS_EVE | {"zone": "Asia/Jakarta"}
    assert Calendar.from_content(kept.content).content() == kept.content


def test_an_edit_makes_a_new_version_and_starts_a_pass(agency: Agency) -> None:
    edit(agency.water, CHRISTMAS_EVE, agency.supervisor, "", NOW)
    edit(agency.water, FIVE_YEARS, agency.supervisor, "", NOW)
    numbers = CalendarVersion.objects.order_by("number").values_list("unit", "number")
    assert [*numbers] == [(agency.water.pk, 1), (agency.water.pk, 2)]
    passes = Pass.objects.values_list("cause", "unit", "at", "by", "finished_at")
    assert [*passes] == [("calendar", agency.water.pk, NOW, agency.supervisor.pk, None)] * 2
    assert name_of(agency.water) == "Five years"


def test_an_edit_that_changes_nothing_makes_no_version_and_no_pass(agency: Agency) -> None:
    first = edit(agency.water, CHRISTMAS_EVE, None, "", NOW)
    assert edit(agency.water, CHRISTMAS_EVE, None, "", NOW) == first
    assert (CalendarVersion.objects.count(), Pass.objects.count()) == (1, 1)


def test_an_edit_reaches_the_units_below_that_say_something_themselves(
    agency: Agency, counter: Unit
) -> None:
    edit(agency.water, WEEK, None, "", NOW)
    edit(counter, CHRISTMAS_EVE, None, "", NOW)
    edit(agency.root, {"days": {"2026-12-28": {"name": "Root", "hours": []}}}, None, "", NOW)
    assert name_of(counter, date(2026, 12, 28)) == "Root"
    assert name_of(counter) == "Christmas Eve"
    assert calendar_of(counter).weekly == NINE_TO_FIVE
    assert opening_of(agency.roads).version == opening_of(agency.root).version
    numbers = CalendarVersion.objects.filter(unit=counter).order_by("number")
    assert [*numbers.values_list("number", flat=True)] == [
        1,
        2,
    ]
    assert Pass.objects.count() == 3


def test_an_edit_of_the_installation_reaches_every_unit_but_not_what_they_say_themselves(
    agency: Agency,
) -> None:
    edit(agency.water, CHRISTMAS_EVE, None, "", NOW)
    edit(None, FIVE_YEARS, None, "", NOW)
    assert (name_of(agency.water), name_of(agency.roads)) == ("Christmas Eve", "Five years")
    assert Pass.objects.latest("pk").unit is None


def test_an_edit_of_a_unit_leaves_those_beside_and_above_alone(agency: Agency) -> None:
    edit(agency.root, FIVE_YEARS, None, "", NOW)
    edit(agency.roads, WEEK, None, "", NOW)
    edit(agency.water, CHRISTMAS_EVE, None, "", NOW)
    assert CalendarVersion.objects.count() == 3
    assert name_of(agency.roads) == "Five years"


def test_a_unit_can_drop_a_day_that_is_closed_above(agency: Agency) -> None:
    edit(None, FIVE_YEARS, None, "", NOW)
    edit(agency.water, {"days": {"2026-12-24": None}}, None, "", NOW)
    assert name_of(agency.water) == ""
    assert calendar_of(agency.water).is_working(date(2026, 12, 24))


def test_a_units_season_takes_the_place_of_that_of_the_same_name(agency: Agency) -> None:
    season = {
        "name": "Ramadan 2026",
        "first": "2026-02-19",
        "last": "2026-03-20",
        "weekly": WEEK["weekly"],
    }
    edit(agency.water, {"seasons": [season]}, None, "", NOW)
    found = calendar_of(agency.water)
    assert [s.name for s in found.seasons] == [s.name for s in STANDARD.seasons]
    assert found.hours(date(2026, 3, 2)) == NINE_TO_FIVE[0]


def test_versions_are_never_changed_nor_deleted(agency: Agency) -> None:
    made = edit(agency.water, CHRISTMAS_EVE, None, "", NOW)
    for change in (made.save, made.delete, CalendarVersion.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


WRONG: dict[str, dict[str, Any]] = {
    "No day of the week is open.": {"weekly": [[]] * 7},
    "There is no time zone “Asia/Atlantis”.": {"zone": "Asia/Atlantis"},
    "The seasons “Ramadan 2026” and “Spring” overlap.": {
        "seasons": [
            {"name": "Spring", "first": "2026-03-01", "last": "2026-06-01", **WEEK},
        ]
    },
    "Two seasons are called “Spring”.": {
        "seasons": [
            {"name": "Spring", "first": "2027-03-01", "last": "2027-06-01", **WEEK},
            {"name": "Spring", "first": "2028-03-01", "last": "2028-06-01", **WEEK},
        ]
    },
    "This is no calendar.": {"days": {"Monday": None}},
}
MALFORMED = [
    {"days": {"2026-12-24": {"hours": []}}},
    {"days": [1]},
    {"weekly": "always"},
    {"weekly": [[[1, 2, 3]]] * 7},
    {"seasons": [{}]},
    {"hours": []},
    {"zone": None},
]


@pytest.mark.parametrize("sentence", WRONG)
def test_a_calendar_that_cannot_be_is_refused_with_a_sentence(
    agency: Agency, sentence: str
) -> None:
    with translation.override("en"), pytest.raises(Invalid) as refused:
        edit(agency.water, WRONG[sentence], None, "", NOW)
    assert refused.value.errors == {"calendar": [sentence]}
    assert not CalendarVersion.objects.exists()
    assert not Pass.objects.exists()
    assert agency.water.time_zone == Unit.objects.get(pk=agency.water.pk).time_zone


@pytest.mark.parametrize("own", MALFORMED, ids=str)
def test_what_is_no_calendar_at_all_is_refused(agency: Agency, own: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        edit(agency.water, own, None, "", NOW)


def test_an_edit_that_a_unit_below_cannot_bear_is_refused_and_names_it(agency: Agency) -> None:
    spring = {"name": "Spring", "first": "2027-03-01", "last": "2027-06-01", **WEEK}
    edit(agency.water, {"seasons": [spring]}, None, "", NOW)
    with translation.override("en"), pytest.raises(Invalid) as refused:
        edit(agency.root, {"seasons": [spring | {"name": "Lent"}]}, None, "", NOW)
    sentence = "Air Bersih: The seasons “Lent” and “Spring” overlap."
    assert refused.value.errors == {"calendar": [sentence]}
    assert CalendarVersion.objects.count() == 1


def test_a_preview_shows_what_an_edit_would_make_and_writes_nothing(agency: Agency) -> None:
    edit(None, FIVE_YEARS, None, "", NOW)
    shown = rewriting.preview(agency.water, CHRISTMAS_EVE)
    filed = at("2026-12-23 10:00")
    assert due(Target(1, In.WORKING_DAYS), shown, filed) == at("2026-12-24 12:00")
    assert (CalendarVersion.objects.count(), Pass.objects.count()) == (1, 1)
    made = edit(agency.water, CHRISTMAS_EVE, None, "", NOW)
    assert made.content == shown.content()
    with pytest.raises(Invalid):
        rewriting.preview(agency.water, {"weekly": [[]] * 7})


def test_an_edit_takes_as_many_queries_in_a_large_tree_as_in_a_small_one(agency: Agency) -> None:
    counts = []
    for size in (1, 10):
        for number in range(size):
            unit = Unit.objects.create(
                code=f"u{size}-{number}", name=f"Unit {number}", parent=agency.water
            )
            edit(unit, CHRISTMAS_EVE, None, "", NOW)
        with CaptureQueriesContext(connection) as captured:
            edit(None, {"days": {f"2026-12-{size + 10}": {"name": "", "hours": []}}}, None, "", NOW)
        counts.append(len(captured))
    assert counts[0] == counts[1]
