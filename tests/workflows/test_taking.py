"""Taking the next case: the most urgent one, once, and never one that somebody may not take."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from casework import timeline
from casework.models import Case
from tests.agency import Agency, build_agency, citizen, do, file_case, walk
from tests.workflows.test_races import at_once
from workflows import taking
from workflows.taking import claim_next


def taken_by(name: str) -> str | None:
    done = claim_next(User.objects.get(username=name))
    return done.case.reference if done else None


def test_urgent_cases_come_first_and_then_the_longest_received(agency: Agency) -> None:
    oldest, second, urgent = file_case(), file_case(), file_case()
    Case.objects.filter(pk=urgent.pk).update(priority="urgent")
    order = [taken_by("intake") for _n in range(4)]
    assert order == [urgent.reference, oldest.reference, second.reference, None]
    oldest.refresh_from_db()
    assert (oldest.assignee, oldest.stage) == (agency.intake, "triage")
    assert oldest.events.latest("number").kind == "claim"


def test_nobody_gets_a_case_that_is_not_theirs_to_take(agency: Agency) -> None:
    walk(agency, "wait_triage")
    walk(agency, "work")
    walk(agency, "confirm")
    walk(agency, "assign")
    assert [taken_by(name) for name in ("intake", "roads_officer", "quality", "auditor")] == [
        None
    ] * 4
    assert taken_by("officer") is not None


def test_who_answered_before_is_passed_over_at_the_second_level(agency: Agency) -> None:
    disputed = walk(agency, "confirm")
    do(disputed, "dispute", citizen(disputed), reason="Masih mati.", someone_else=True)
    assert taken_by("officer") is None
    assert taken_by("officer2") == disputed.reference


def test_what_a_rule_of_its_own_forbids_is_passed_over(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = file_case(), file_case()
    monkeypatch.setattr(
        "workflows.taking.can_claim", lambda _user, case: case.reference != first.reference
    )
    assert taken_by("intake") == second.reference


def test_any_number_of_cases_for_others_stands_in_nobodys_way(agency: Agency) -> None:
    for _n in range(taking.TRIES + 1):
        file_case()
    Case.objects.update(unit=agency.water)  # to be checked there, which an officer may not
    mine = walk(agency, "assign")
    assert taken_by("officer") == mine.reference


@pytest.mark.django_db(transaction=True)
def test_people_who_ask_at_once_get_different_cases() -> None:
    build_agency()
    cases = {walk_to_assign() for _n in range(3)}
    people = ("officer", "officer2", "supervisor", "head")
    came = at_once(*(lambda name=name: taken_by(name) for name in people))
    assert sorted(came, key=str) == sorted([*cases, None], key=str)
    assert list(timeline.broken(Case.objects.all())) == []


def walk_to_assign() -> str:
    case = file_case()
    intake = User.objects.get(username="intake")
    return do(case, "accept", intake, category="water", unit="water").reference


def test_it_takes_as_many_statements_whatever_waits(agency: Agency) -> None:
    file_case()
    taken_by("intake")
    counted = []
    for waiting in (1, 40):
        for _n in range(waiting):
            file_case()
        with CaptureQueriesContext(connection) as asked:
            taken_by("intake")
        counted.append(len(asked))
    assert counted[0] == counted[1]
