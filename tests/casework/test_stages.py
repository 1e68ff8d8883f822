"""What a citizen is told of each stage."""

import pytest

from casework.models import Case
from casework.models.case import CHECKED_AS
from casework.stages import FINAL, ROAD, Stage, public_status, road_place

#: stage, checked as → status, and the name of the step of the road that it stands on
TOLD = [
    ("triage", "received", "received", "received"),
    ("triage", "being_checked", "being_checked", "being_checked"),
    ("triage", "under_review", "under_review", "being_worked_on"),
    ("assign", "being_checked", "being_checked", "being_checked"),
    ("assign", "under_review", "under_review", "being_worked_on"),
    *[
        (stage, checked_as, status, step)
        for checked_as in ("being_checked", "under_review")
        for stage, status, step in (
            ("wait_triage", "we_need_something_from_you", "being_checked"),
            ("work", "being_worked_on", "being_worked_on"),
            ("review", "being_worked_on", "being_worked_on"),
            ("on_hold", "being_worked_on", "being_worked_on"),
            ("wait_work", "we_need_something_from_you", "being_worked_on"),
            ("confirm", "answer_sent", "answer_sent"),
            *[(final, "closed", "closed") for final in sorted(FINAL)],
        )
    ],
]


@pytest.mark.parametrize(("stage", "checked_as", "status", "step"), TOLD)
def test_a_stage_is_told_as_a_plain_status(
    stage: str, checked_as: str, status: str, step: str
) -> None:
    assert public_status(stage, checked_as) == status
    assert ROAD[road_place(stage, checked_as)] == step


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("checked_as", [code for code, _label in CHECKED_AS])
def test_every_stage_has_a_place_on_the_road(stage: str, checked_as: str) -> None:
    case = Case(stage=stage, checked_as=checked_as)
    assert case.status.label
    assert 0 <= case.place_on_road < len(ROAD)
