"""People, their units and rights, and the keys that act for them."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts import api_keys
from accounts.models import ApiKey, Membership, Unit, User
from accounts.rights import Role
from tests.agency import Agency


def person(*places: tuple[str, Unit], **flags: bool) -> User:
    user = User.objects.create(username=f"u{User.objects.count()}")
    for role, unit in places:
        Membership.objects.create(user=user, unit=unit, role=role, **flags)
    return user


@pytest.fixture
def pumps(agency: Agency) -> Unit:
    """A unit two steps below the root."""
    return Unit.objects.create(code="pumps", name="Pompa", parent=agency.water)


@pytest.mark.parametrize("role", list(Role))
def test_supervisors_and_those_who_look_over_reach_below_and_others_do_not(
    agency: Agency, pumps: Unit, role: str
):
    below = role in ("supervisor", "quality", "auditor", "leader")
    rights = person((role, agency.water), handles_restricted=True, identity_officer=True).rights
    reached = {agency.water.pk, pumps.pk} if below else {agency.water.pk}
    assert rights.where(role) == reached
    assert (rights.restricted, rights.identities) == (reached, reached)
    assert rights.has(role, agency.water.pk)
    assert rights.has(role, pumps.pk) == below
    for unit in (agency.root.pk, agency.roads.pk, None):
        assert not rights.has(role, unit)


def test_rights_of_several_roles_are_told_apart(agency: Agency, pumps: Unit):
    user = person((Role.OFFICER, agency.roads), (Role.SUPERVISOR, agency.water))
    rights = user.rights
    assert rights.where(Role.OFFICER) == {agency.roads.pk}
    assert rights.where(Role.OFFICER, Role.SUPERVISOR) == {
        agency.roads.pk,
        agency.water.pk,
        pumps.pk,
    }
    assert rights.where(Role.INTAKE) == rights.where() == frozenset()
    assert rights.any(Role.INTAKE, Role.OFFICER)
    assert not rights.any(Role.INTAKE, Role.AUDITOR)
    assert rights.restricted == rights.identities == frozenset()


def test_who_left_has_no_rights_and_others_rights_are_not_theirs(agency: Agency):
    user = person((Role.OFFICER, agency.water))
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert not User.objects.get(pk=user.pk).rights.any(*Role)
    assert not person().rights.any(*Role)


def test_rights_are_read_once_a_request(agency: Agency, django_assert_num_queries):
    user = User.objects.get(username="officer")
    with django_assert_num_queries(1):
        assert user.rights.any(Role.OFFICER)
        assert user.rights.has(Role.OFFICER, agency.water.pk)


@pytest.mark.parametrize(
    ("first", "last", "shown", "initials"),
    [
        ("Sri", "Wahyuni", "Sri Wahyuni", "SW"),
        ("sri", "ayu wahyuni", "sri ayu wahyuni", "SA"),
        ("Sri", "", "Sri", "S"),
        ("", "", "sri97", "S"),
    ],
)
def test_a_person_is_called_by_name_and_else_by_user_name(first, last, shown, initials):
    user = User(username="sri97", first_name=first, last_name=last)
    assert (user.display_name, user.initials) == (shown, initials)


def test_a_unit_that_moves_takes_what_is_below_along(agency: Agency, pumps: Unit):
    deep = Unit.objects.create(code="deep", name="Sumur", parent=pumps)
    root, water, roads = agency.root.pk, agency.water.pk, agency.roads.pk
    assert deep.path == f".{root}.{water}.{pumps.pk}.{deep.pk}."
    pumps.parent = agency.roads
    pumps.save()
    deep.refresh_from_db()
    assert deep.path == f".{root}.{roads}.{pumps.pk}.{deep.pk}."
    assert set(Unit.objects.within(agency.roads)) == {agency.roads, pumps, deep}
    assert set(Unit.objects.within(agency.water)) == {agency.water}


def test_of_the_active_units_that_receive_the_first_is_asked(agency: Agency):
    Unit.objects.filter(pk=agency.water.pk).update(receives=True)
    Unit.objects.filter(pk=agency.root.pk).update(receives=True)
    assert Unit.objects.receiving() == agency.root
    Unit.objects.filter(pk=agency.root.pk).update(active=False)
    assert Unit.objects.receiving() == agency.water
    Unit.objects.update(receives=False)
    assert Unit.objects.receiving() is None


def test_a_key_opens_its_scope_for_its_person_while_both_last(agency: Agency):
    key = api_keys.issue("Portal", "rest", agency.officer)
    city = api_keys.issue("Kota", "open311")
    assert api_keys.holder_of(key, "rest").user == agency.officer
    assert api_keys.holder_of(city, "open311").user is None
    for made_up, scope in ((key, "open311"), (city, "rest"), (key[:-1], "rest"), ("", "rest")):
        assert api_keys.holder_of(made_up, scope) is None
    assert key not in str(ApiKey.objects.values_list())
    User.objects.filter(pk=agency.officer.pk).update(is_active=False)
    assert api_keys.holder_of(key, "rest") is None


def test_a_key_ends_at_its_moment(agency: Agency):
    now = timezone.now()
    key = api_keys.issue("Portal", "rest", agency.officer, expires_at=now + timedelta(hours=1))
    for later, opens in ((3599, True), (3600, False)):
        with time_machine.travel(now + timedelta(seconds=later), tick=False):
            assert (api_keys.holder_of(key, "rest") is not None) == opens


def test_of_the_use_of_a_key_the_day_is_noted_and_of_that_key_alone(agency: Agency):
    now = timezone.now()
    key = api_keys.issue("Portal", "rest", agency.officer)
    api_keys.issue("Kota", "rest", agency.officer)
    for days in (0, 1, 30):
        with time_machine.travel(now + timedelta(days=days), tick=False):
            api_keys.holder_of(key, "rest")
            used = ApiKey.objects.get(name="Portal").last_used_on
            assert used == timezone.localdate()
    assert ApiKey.objects.get(name="Kota").last_used_on is None
