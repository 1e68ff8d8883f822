"""What a citizen is told of each stage."""

import pytest

from casework.models import Case
from casework.stages import FINAL, ROAD, Stage, public_status, road_place

#: stage, taken up, cycle → status, and the name of the step of the road that it stands on
TOLD = [
    ("triage", False, 1, "received", "received"),
    ("triage", True, 1, "being_checked", "being_checked"),
    ("triage", False, 2, "under_review", "being_worked_on"),
    ("wait_triage", False, 1, "we_need_something_from_you", "being_checked"),
    ("assign", False, 1, "being_checked", "being_checked"),
    ("assign", False, 2, "under_review", "being_worked_on"),
    ("work", True, 1, "being_worked_on", "being_worked_on"),
    ("work", True, 2, "being_worked_on", "being_worked_on"),
    ("review", True, 1, "being_worked_on", "being_worked_on"),
    ("on_hold", True, 1, "being_worked_on", "being_worked_on"),
    ("wait_work", True, 1, "we_need_something_from_you", "being_worked_on"),
    ("confirm", True, 1, "answer_sent", "answer_sent"),
    *[(stage, False, cycle, "closed", "closed") for stage in sorted(FINAL) for cycle in (1, 2)],
]


@pytest.mark.parametrize(("stage", "claimed", "cycle", "status", "step"), TOLD)
def test_a_stage_is_told_as_a_plain_status(
    stage: str, claimed: bool, cycle: int, status: str, step: str
) -> None:
    assert public_status(stage, claimed=claimed, cycle=cycle) == status
    assert ROAD[road_place(stage, claimed=claimed, cycle=cycle)] == step


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("claimed", [True, False])
@pytest.mark.parametrize("cycle", [1, 2, 5])
def test_every_stage_has_a_place_on_the_road(stage: str, claimed: bool, cycle: int) -> None:
    case = Case(stage=stage, assignee_id=1 if claimed else None, cycle=cycle)
    assert case.status.label
    assert 0 <= case.place_on_road < len(ROAD)


def test_a_draft_in_approval_looks_to_the_citizen_like_work() -> None:
    told = [public_status(stage, claimed=True, cycle=1) for stage in ("review", "work")]
    assert told[0] == told[1]
