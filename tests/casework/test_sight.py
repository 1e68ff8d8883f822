"""Who sees a case, its complainant and its lists: the rule of sight, and nothing beside it."""

import pytest

from accounts.models import Membership, Unit, User
from accounts.rights import Role
from casework import queues
from casework.access import (
    NoSuchCase,
    can_file_for_others,
    can_look_at_identity,
    can_see,
    sees_contacts,
    visible_case,
)
from casework.actors import SYSTEM
from casework.models import Case
from tests.agency import PEOPLE, Agency, citizen, do, file_case, walk

READERS = {"officer", "officer2", "supervisor", "head", "quality", "auditor"}
CLEARED = {"officer", "supervisor", "auditor"}


def anew(user: User) -> User:
    """The same person at their next request."""
    return User.objects.get(pk=user.pk)


def who(agency: Agency, case: Case, may) -> set[str]:
    return {name for name in PEOPLE if may(anew(getattr(agency, name)), case)}


def clear(*users: User, **flags: bool) -> None:
    Membership.objects.filter(user__in=users).update(**(flags or {"handles_restricted": True}))


def secret(agency: Agency) -> Case:
    clear(agency.officer, agency.supervisor, agency.quality, agency.intake)
    case = do(file_case(), "accept", anew(agency.intake), category="graft", unit="water")
    assert case.restricted
    return case


def listed(user: User, view: str = "all") -> set[int]:
    return {row["pk"] for row in queues.page(queues.cases_in(view, anew(user)), view).rows}


def test_an_open_case_is_seen_by_its_unit_and_by_those_above_who_look_at_quality(agency: Agency):
    assert who(agency, walk(agency, "work"), can_see) == READERS


def test_a_restricted_case_is_seen_by_the_cleared_of_its_unit_and_auditors(agency: Agency):
    case = secret(agency)
    assert who(agency, case, can_see) == CLEARED
    assert who(agency, case, sees_contacts) == CLEARED - {"auditor"}


def test_lists_show_exactly_what_may_be_seen(agency: Agency):
    cases = [file_case(), walk(agency, "work"), secret(agency), walk(agency, "closed")]
    for name in PEOPLE:
        user = anew(getattr(agency, name))
        assert listed(user) == {case.pk for case in cases if can_see(user, case)}, name


def test_who_is_cleared_in_one_unit_is_not_in_another(agency: Agency):
    case = secret(agency)
    both = User.objects.create(username="both")
    Membership.objects.create(user=both, unit=agency.water, role=Role.OFFICER)
    Membership.objects.create(
        user=both, unit=agency.roads, role=Role.OFFICER, handles_restricted=True
    )
    assert not can_see(anew(both), case)
    assert case.pk not in listed(both)


def test_a_leader_sees_figures_and_no_case(agency: Agency):
    leader = User.objects.create(username="leader")
    Membership.objects.create(user=leader, unit=agency.root, role=Role.LEADER)
    assert not can_see(leader, walk(agency, "work"))
    assert listed(leader) == set()


def test_who_left_sees_nothing_more(agency: Agency):
    case = walk(agency, "work")
    User.objects.filter(pk=agency.officer.pk).update(is_active=False)
    assert not can_see(anew(agency.officer), case)


def test_a_citizen_sees_their_own_case_and_time_sees_all(agency: Agency):
    mine, other = file_case(), file_case()
    assert can_see(citizen(mine), mine)
    assert not can_see(citizen(mine), other)
    assert can_see(SYSTEM, other)


def test_what_is_not_mine_and_what_is_not_there_look_the_same(agency: Agency):
    case = walk(agency, "work")
    assert visible_case(agency.officer, f" {case.reference.lower()}", "unit") == case
    for reference in (case.reference, "26-7K3M9QE", "", "26"):
        with pytest.raises(NoSuchCase):
            visible_case(agency.roads_officer, reference)


def test_a_named_complainant_is_known_to_who_handles_the_case(agency: Agency):
    members = {"officer", "officer2", "supervisor", "head"}
    case = walk(agency, "work")
    assert who(agency, case, sees_contacts) == members
    assert not sees_contacts(citizen(case), case)


def test_a_withheld_name_is_for_identity_officers_of_the_unit_to_look_at(agency: Agency):
    case = walk(agency, "work", identity="withheld")
    assert who(agency, case, can_look_at_identity) == set()
    Membership.objects.create(
        user=agency.officer, unit=agency.roads, role=Role.OFFICER, identity_officer=True
    )
    clear(agency.officer2, agency.roads_officer, agency.auditor, identity_officer=True)
    assert who(agency, case, can_look_at_identity) == {"officer2"}
    assert who(agency, case, sees_contacts) == set()


def test_of_no_identity_there_is_nothing_to_see(agency: Agency):
    clear(agency.officer, identity_officer=True)
    case = walk(agency, "work", identity="none", name="", email="")
    assert who(agency, case, sees_contacts) == set()


def test_whoever_handles_cases_files_for_others(agency: Agency):
    filers = {name for name in PEOPLE if can_file_for_others(anew(getattr(agency, name)))}
    assert filers == {"intake", "officer", "officer2", "supervisor", "head", "roads_officer"}
    assert not can_file_for_others(SYSTEM)


def test_a_supervisor_reaches_below_and_an_officer_does_not(agency: Agency):
    below = Unit.objects.create(code="pumps", name="Pompa", parent=agency.water)
    case = do(file_case(), "accept", agency.intake, category="water", unit=below.code)
    assert who(agency, case, can_see) == {"supervisor", "head", "quality", "auditor"}
