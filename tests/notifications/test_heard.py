"""Nothing that a citizen says falls on deaf ears: who can act hears it, and at the end the unit."""

import pytest

from accounts.models import Membership, User
from accounts.rights import Role
from casework.models import Case
from notifications.models import Notification
from tests.agency import Agency, citizen, do, file_case, walk
from tests.workflows.stages import player

AGAIN = {"reason": "Masih mati."}
ANOTHER = {"reason": "Minta yang lain.", "someone_else": True}


def told(case: Case) -> set[str]:
    """Who is told of the last event of a case."""
    case.refresh_from_db()
    lines = Notification.objects.filter(event=case.last_event_id)
    return set(lines.values_list("user__username", flat=True))


def told_of_a_message(case: Case) -> set[str]:
    return told(do(case, "message", citizen(case), text="Halo, masih mati."))


def leaves(person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)


def test_of_a_contested_decision_those_hear_who_may_decide_it(agency: Agency):
    case = walk(agency, "rejected")
    assert told(do(case, "contest", citizen(case), **AGAIN)) == {"head"}


def test_another_intake_with_clean_hands_hears_of_the_contest(agency: Agency):
    colleague = User.objects.create(username="intake2")
    Membership.objects.create(user=colleague, unit=agency.root, role=Role.INTAKE)
    case = walk(agency, "rejected")
    assert told(do(case, "contest", citizen(case), **AGAIN)) == {"intake2"}


def test_of_a_dispute_at_the_second_level_no_supervisor_hears_who_answered(agency: Agency):
    case = walk(agency, "work")
    case = do(case, "respond", agency.supervisor, text="Pompa diganti.")
    assert told(do(case, "dispute", citizen(case), **ANOTHER)) == {"head", "officer"}


def test_a_message_about_a_lifted_case_is_heard_by_who_may_take_it(agency: Agency):
    case = walk(agency, "rejected")
    case = do(case, "contest", citizen(case), **AGAIN)
    assert told_of_a_message(case) == {"head"}


@pytest.mark.parametrize(
    ("before", "name", "who", "hears"),
    [
        ("triage", "reject", "intake", "intake"),
        ("triage", "withdraw", "citizen", "intake"),
        ("wait_triage", "timeout", "time", "intake"),
        ("assign", "withdraw", "citizen", "supervisor"),
        ("assign", "refer", "supervisor", "supervisor"),
    ],
)
def test_a_message_after_an_end_that_nobody_had_in_hand_is_heard_by_the_unit(
    agency: Agency, before: str, name: str, who: str, hears: str
):
    case = walk(agency, before)
    payload = {"reason": "Begitu.", "body": "PLN"}
    case = do(case, name, player(agency, who, case), **payload)
    assert told_of_a_message(case) == {hears}


def test_a_unit_with_an_intake_of_its_own_hears_by_its_supervisor_what_had_left_triage(
    agency: Agency,
):
    Membership.objects.create(user=agency.officer2, unit=agency.water, role=Role.INTAKE)
    case = walk(agency, "assign")
    assert told_of_a_message(do(case, "withdraw", citizen(case))) == {"supervisor"}


@pytest.mark.parametrize("stage", ["work", "wait_work", "on_hold", "confirm", "closed"])
def test_where_the_officer_has_left_the_supervisor_hears(agency: Agency, stage: str):
    case = walk(agency, stage)
    leaves(agency.officer)
    assert told_of_a_message(case) == {"supervisor"}


def test_where_the_officer_has_left_the_supervisor_hears_the_answer(agency: Agency):
    case = walk(agency, "wait_work")
    leaves(agency.officer)
    assert told(do(case, "answered", citizen(case), text="Dua belas rumah.")) == {"supervisor"}


def test_where_who_claimed_it_at_intake_has_left_the_intake_hears(agency: Agency):
    colleague = User.objects.create(username="intake2")
    Membership.objects.create(user=colleague, unit=agency.root, role=Role.INTAKE)
    case = do(file_case(), "claim", agency.intake)
    leaves(agency.intake)
    assert told_of_a_message(case) == {"intake2"}
