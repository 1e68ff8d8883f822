from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts.models import Unit
from tests.agency import Agency
from tests.workflows.offices import NINE_TO_FIVE, at
from workflows import opening, rewriting, weeks
from workflows.calendars import Calendar
from workflows.errors import Invalid
from workflows.models import CalendarVersion, Pass
from workflows.opening import STANDARD, Opening, calendar, edit, load, opening_of, openings_of
from workflows.targets import In, Target, due

NOW = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
CHRISTMAS_EVE = {"days": {"2026-12-24": {"name": "Christmas Eve", "hours": [[540, 720]]}}}
FIVE_YEARS = {"days": {"2026-12-24": {"name": "Five years", "hours": []}}}
WEEK = {"weekly": weeks.listed(NINE_TO_FIVE)}


def calendar_of(unit: Unit) -> Calendar:
    """As of now, in the database."""
    key = opening_of(Unit.objects.get(pk=unit.pk))
    return calendar(key.version, key.zone)


def name_of(unit: Unit, day: date = date(2026, 12, 24)) -> str:
    return calendar_of(unit).days.get(day, ("", ()))[0]


@pytest.fixture
def counter(agency: Agency) -> Unit:
    """A unit below the water unit."""
    return Unit.objects.create(code="counter", name="Loket", parent=agency.water)


def test_the_standard_calendar_is_that_of_the_presidential_regulation() -> None:
    usual = STANDARD.worked(at("2026-02-09 00:00"), at("2026-02-16 00:00"))
    ramadan = STANDARD.worked(at("2026-03-02 00:00"), at("2026-03-09 00:00"))
    assert (usual, ramadan) == (37.5 * 3600, 32.5 * 3600)
    assert STANDARD.hours(date(2026, 11, 6)) == ((450, 690), (780, 990))
    assert STANDARD.hours(date(2026, 2, 20)) == ((480, 690), (750, 930))
    assert STANDARD.refusals() == []


def test_a_ramadan_that_was_only_calculated_does_not_count() -> None:
    expected = opening.packs()["ID"].expected
    assert [season.name for season in expected] == ["Ramadan 2027", "Ramadan 2028"]
    assert STANDARD.hours(expected[0].first) == STANDARD.weekly[0]


def test_without_any_version_a_unit_has_the_standard_calendar_in_its_zone(agency: Agency) -> None:
    Unit.objects.filter(pk=agency.water.pk).update(time_zone="Asia/Jayapura")
    agency.water.refresh_from_db()
    assert opening_of(agency.water) == Opening(None, "Asia/Jayapura", None)
    assert calendar_of(agency.water).next_open(NOW) == at("2026-11-02 13:00", "Asia/Jayapura")


def test_a_unit_inherits_from_the_nearest_unit_above_that_says_something(
    agency: Agency, counter: Unit
) -> None:
    whole = edit(None, FIVE_YEARS, None, "", NOW)
    assert opening_of(counter) == Opening(whole.pk, "Asia/Jakarta", NOW)
    own = edit(agency.water, CHRISTMAS_EVE, agency.supervisor, "", NOW)
    assert opening_of(counter) == Opening(own.pk, "Asia/Jakarta", NOW)
    assert opening_of(agency.roads).version == whole.pk
    assert (name_of(counter), name_of(agency.roads)) == ("Christmas Eve", "Five years")


def test_what_is_inherited_is_read_in_the_units_own_zone(agency: Agency, counter: Unit) -> None:
    own = edit(agency.water, WEEK, None, "", NOW)
    Unit.objects.filter(pk=counter.pk).update(time_zone="Asia/Makassar")
    counter.refresh_from_db()
    assert opening_of(counter) == Opening(own.pk, "Asia/Makassar", NOW)
    assert calendar_of(counter).end_of(date(2026, 11, 3)) == at("2026-11-03 17:00", "Asia/Makassar")
    assert calendar_of(agency.water).end_of(date(2026, 11, 3)) == at("2026-11-03 17:00")


def test_many_units_are_looked_up_in_two_queries_and_one_in_one(
    agency: Agency, counter: Unit, django_assert_num_queries: Callable
) -> None:
    edit(None, FIVE_YEARS, None, "", NOW)
    edit(agency.water, CHRISTMAS_EVE, None, "", NOW)
    units = [agency.root, agency.water, agency.roads, counter]
    with django_assert_num_queries(2):
        found = openings_of(unit.pk for unit in units)
    with django_assert_num_queries(len(units)):
        assert found == {unit.pk: opening_of(unit) for unit in units}


def test_a_calendar_is_read_once_and_then_kept(
    agency: Agency, django_assert_num_queries: Callable
) -> None:
    first, second = (edit(None, own, None, "", NOW) for own in (FIVE_YEARS, CHRISTMAS_EVE))
    keys = [(first.pk, "Asia/Jakarta"), (second.pk, "Asia/Jakarta"), (None, "Asia/Jakarta")]
    with django_assert_num_queries(1):
        load(keys)
    with django_assert_num_queries(0):
        assert calendar(*keys[0]) is calendar(*keys[0])
        assert calendar(*keys[0]).days != calendar(*keys[1]).days
        load(keys)


def test_a_process_keeps_so_many_calendars_and_no_more(
    monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    monkeypatch.setattr(opening, "_kept", {})
    monkeypatch.setattr(opening, "MOST", 2)
    zones = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
    for zone in zones:
        assert calendar(None, zone).zone == zone
    assert [zone for _version, zone in opening._kept] == [*zones[1:]]


def test_of_a_version_that_is_not_there_there_is_no_calendar(db: None) -> None:
    with pytest.raises(CalendarVersion.DoesNotExist):
        calendar(0, "Asia/Jakarta")


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
    assert [*CalendarVersion.objects.filter(unit=counter).values_list("number", flat=True)] == [
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


def test_a_unit_that_moves_to_another_zone_gets_a_version_and_its_cases_a_pass(
    agency: Agency,
) -> None:
    edit(agency.water, CHRISTMAS_EVE, None, "", NOW)
    agency.water.time_zone = "Asia/Makassar"
    agency.water.save()
    newest = CalendarVersion.objects.latest("number")
    assert (newest.unit, newest.number) == (agency.water, 2)
    assert newest.content["zone"] == "Asia/Makassar"
    assert opening_of(agency.water).zone == "Asia/Makassar"
    assert name_of(agency.water) == "Christmas Eve"
    assert Pass.objects.latest("pk").unit == agency.water


def test_a_unit_that_is_saved_where_it_was_gets_no_version(agency: Agency, counter: Unit) -> None:
    counter.name = "Loket 1"
    counter.save()
    counter.time_zone = "Asia/Makassar"
    counter.save(update_fields=["name"])
    assert not CalendarVersion.objects.exists()
    assert not Pass.objects.exists()


def test_a_zone_said_in_an_edit_is_the_units_from_then_on(agency: Agency) -> None:
    made = edit(agency.water, {"zone": "Asia/Jayapura"}, None, "", NOW)
    assert agency.water.time_zone == "Asia/Jayapura"
    agency.water.refresh_from_db()
    assert agency.water.time_zone == "Asia/Jayapura"
    assert opening_of(agency.water) == Opening(made.pk, "Asia/Jayapura", NOW)


def test_a_unit_that_comes_below_another_one_inherits_from_there(
    agency: Agency, counter: Unit
) -> None:
    edit(agency.roads, FIVE_YEARS, None, "", NOW)
    edit(counter, WEEK, None, "", NOW)
    counter.parent = agency.roads
    counter.save()
    assert name_of(counter) == "Five years"
    assert calendar_of(counter).weekly == NINE_TO_FIVE
    assert Pass.objects.latest("pk").unit == counter
    assert CalendarVersion.objects.filter(unit=counter).count() == 2


def test_a_unit_that_says_nothing_itself_is_counted_anew_too_when_it_comes_below_another(
    agency: Agency, counter: Unit
) -> None:
    edit(agency.roads, FIVE_YEARS, None, "", NOW)
    counter.parent = agency.roads
    counter.save()
    assert name_of(counter) == "Five years"
    assert Pass.objects.latest("pk").unit == counter
    assert not CalendarVersion.objects.filter(unit=counter).exists()


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
