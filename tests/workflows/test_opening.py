from collections.abc import Callable
from datetime import date

import pytest

from accounts.models import Unit
from tests.agency import Agency
from tests.workflows.calendar_tree import CHRISTMAS_EVE, FIVE_YEARS, NOW, WEEK, calendar_of, name_of
from tests.workflows.offices import NINE_TO_FIVE, at
from workflows import opening
from workflows.models import CalendarVersion, Pass
from workflows.opening import STANDARD, Opening, calendar, edit, load, opening_of, openings_of


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


def test_in_a_zone_of_another_country_its_own_hours_are_the_standard_ones(agency: Agency) -> None:
    Unit.objects.filter(pk=agency.water.pk).update(time_zone="Europe/London")
    agency.water.refresh_from_db()
    found = calendar_of(agency.water)
    assert found.hours(date(2026, 2, 20)) == ((540, 1020),) and found.seasons == ()


def test_an_installation_that_is_put_into_another_country_inherits_no_ramadan(
    agency: Agency,
) -> None:
    edit(None, {"zone": "Europe/London"}, agency.administrator, "", NOW)
    found = CalendarVersion.objects.get().content
    assert found["seasons"] == [] and found["weekly"][0] == [[540, 1020]]


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
