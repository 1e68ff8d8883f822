"""How long after the end a case can be taken up again, and by whom: to the second."""

from datetime import datetime, timedelta

import pytest
import time_machine

from casework.models import Case
from tests.agency import Agency, citizen, do, file_case, walk
from tests.workflows.stages import anything, player, trace
from workflows.actions import act, acts_for
from workflows.errors import Forbidden

SECOND = timedelta(seconds=1)
WINDOWS = [
    ("closed", "reopen", 30),
    ("auto_closed", "reopen", 30),
    ("rejected", "contest", 30),
    ("referred", "contest", 30),
    ("withdrawn", "reopen", 10),
    ("merged", "unmerge", 1),
]
AGAIN = {"reason": "Belum beres", "someone_else": False}


def ends(case: Case, days: int) -> datetime:
    """The last moment of a window of so many days."""
    assert case.closed_at is not None
    return case.closed_at + timedelta(days=days)


@pytest.mark.parametrize(("stage", "name", "days"), WINDOWS)
def test_the_citizen_may_until_the_last_moment(agency: Agency, stage: str, name: str, days: int):
    case = walk(agency, stage)
    with time_machine.travel(ends(case, days), tick=False):
        assert not do(case, name, citizen(case), **AGAIN).is_final


@pytest.mark.parametrize(("stage", "name", "days"), WINDOWS)
def test_a_second_later_it_is_refused_and_nothing_changes(
    agency: Agency, stage: str, name: str, days: int
):
    case = walk(agency, stage)
    before = trace(case)
    with time_machine.travel(ends(case, days) + SECOND, tick=False):
        assert name not in acts_for(case, citizen(case))
        with pytest.raises(Forbidden):
            act(case, name, citizen(case), **AGAIN)
    assert trace(case) == before


@pytest.mark.parametrize(
    ("stage", "name", "days", "who"),
    [
        ("closed", "reopen", 30, "officer2"),
        ("withdrawn", "reopen", 10, "intake"),
        ("withdrawn", "reopen", 10, "head"),
        ("merged", "unmerge", 1, "intake"),
        ("merged", "unmerge", 1, "head"),
    ],
)
def test_the_window_holds_for_staff_who_speak_for_the_citizen(
    agency: Agency, stage: str, name: str, days: int, who: str
):
    case = walk(agency, stage)
    actor, payload = player(agency, who, case), anything(file_case())
    with time_machine.travel(ends(case, days) + SECOND, tick=False), pytest.raises(Forbidden):
        act(case, name, actor, **payload)
    with time_machine.travel(ends(case, days), tick=False):
        assert not do(case, name, actor, **payload).is_final


@pytest.mark.parametrize(
    ("stage", "name", "who"),
    [("closed", "reopen", "supervisor"), ("rejected", "contest", "head")],
)
def test_a_supervisor_reopens_at_any_time(agency: Agency, stage: str, name: str, who: str):
    case = walk(agency, stage)
    with time_machine.travel(ends(case, 400), tick=False):
        case = do(case, name, player(agency, who, case), **anything(file_case()))
    assert not case.is_final


def test_an_answer_after_a_lapse_is_never_too_late(agency: Agency):
    case = walk(agency, "lapsed")
    with time_machine.travel(ends(case, 400), tick=False):
        assert do(case, "answered", citizen(case), text="Dua belas rumah.").stage == "triage"


def lifted(agency: Agency) -> Case:
    case = walk(agency, "confirm")
    return do(case, "dispute", citizen(case), reason="Minta yang lain", someone_else=True)


def test_what_was_decided_at_the_second_level_goes_to_the_ombudsman(agency: Agency):
    case = do(lifted(agency), "assigned", agency.supervisor, assignee="officer2")
    case = do(case, "refer", agency.officer2, body="PLN", reason="Urusan PLN")
    with pytest.raises(Forbidden):
        act(case, "contest", citizen(case), **AGAIN)


def test_a_withdrawal_can_be_taken_back_at_the_second_level_too(agency: Agency):
    case = lifted(agency)
    case = do(case, "withdraw", citizen(case))
    case = do(case, "reopen", citizen(case), **AGAIN)
    assert (case.stage, case.level, case.cycle, case.assignee) == ("triage", 2, 3, None)


def test_a_merger_can_be_undone_at_the_second_level_too(agency: Agency):
    case = lifted(agency)
    case = do(case, "merge", agency.head, into=file_case().reference)
    case = do(case, "unmerge", citizen(case))
    assert (case.stage, case.level, case.merged_into) == ("triage", 2, None)
