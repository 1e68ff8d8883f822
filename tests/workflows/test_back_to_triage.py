"""Triage is done where complaints are received: whatever comes back there is seen there."""

import pytest

from accounts.models import User
from casework import queues
from casework.models import Case
from notifications.models import Notification
from tests.agency import Agency, citizen, do, file_case, walk

AGAIN = {"reason": "Belum beres"}


def _referred_from_work(agency: Agency) -> Case:
    return do(walk(agency, "work"), "refer", agency.officer, body="PLN", reason="Urusan PLN.")


def _merged_from_work(agency: Agency) -> Case:
    return do(walk(agency, "work"), "merge", agency.head, into=file_case().reference)


def _withdrawn_from_work(agency: Agency) -> Case:
    case = walk(agency, "work")
    return do(case, "withdraw", citizen(case))


BACK = {
    "returned from assignment": (
        lambda agency: walk(agency, "assign"),
        "return",
        "supervisor",
        AGAIN,
    ),
    "returned from work": (lambda agency: walk(agency, "work"), "return", "officer", AGAIN),
    "answered after a lapse": (
        lambda agency: walk(agency, "lapsed"),
        "answered",
        "citizen",
        {"text": "Tiga rumah."},
    ),
    "taken back": (_withdrawn_from_work, "reopen", "citizen", AGAIN),
    "contested": (_referred_from_work, "contest", "citizen", AGAIN),
    "taken out of a merger": (_merged_from_work, "unmerge", "citizen", {}),
}


@pytest.mark.parametrize("way", BACK)
def test_what_comes_back_to_triage_is_seen_by_intake(agency: Agency, way: str) -> None:
    standing, name, who, payload = BACK[way]
    case = standing(agency)
    intake = User.objects.get(username="intake")
    assert not Case.objects.visible_to(intake).filter(pk=case.pk).exists()
    actor = citizen(case) if who == "citizen" else User.objects.get(username=who)
    case = do(case, name, actor, **payload)
    assert (case.stage, case.unit, case.assignee) == ("triage", agency.root, None)
    assert queues.cases_in("unassigned", intake).filter(pk=case.pk).exists()
    assert Notification.objects.filter(user=intake, case=case, event=case.last_event_id).exists()
    event = case.events.get(pk=case.last_event_id)
    assert (event.data["from"], event.data["unit"]) == ("water", "root")
    do(case, "accept", agency.head, category="water", unit="roads")


def test_a_restricted_case_stays_with_those_who_are_cleared_for_it(agency: Agency) -> None:
    agency.supervisor.memberships.update(handles_restricted=True)
    case = do(file_case(), "accept", agency.intake, category="graft", unit="water")
    supervisor = User.objects.get(username="supervisor")
    case = do(case, "return", supervisor, **AGAIN)
    assert (case.stage, case.unit) == ("triage", agency.water)
    do(case, "accept", User.objects.get(username="supervisor"), category="graft", unit="water")


def test_a_returned_draft_goes_nowhere(agency: Agency) -> None:
    case = do(walk(agency, "review", category="bills"), "return", agency.supervisor, **AGAIN)
    assert (case.stage, case.unit) == ("work", agency.water)
