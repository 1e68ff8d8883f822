"""Every act from every stage by everybody: what the table does not name is refused."""

import pytest

from tests.agency import Agency, file_case
from tests.clockwork import every_target
from tests.workflows.stages import anything, at_stage, player, trace
from tests.workflows.table import ACTS, CAST, LAWFUL
from workflows.actions import act, acts_for
from workflows.deeds import EXITS, VERBS
from workflows.errors import Forbidden, Unlawful


@pytest.fixture(autouse=True)
def promised(agency: Agency) -> None:
    every_target()


def lawful_for(stage: str, who: str) -> set[str]:
    return {name for name, people in LAWFUL[stage].items() if who in people.split()}


#: They hang on more than the stage, and have tests of their own.
ELSEWHERE = {
    *("disagree", "lift", "unpublish", "told", "transcribe"),
    *("verify", "secret_link", "approve_secret", "refuse_secret"),
    *("lift_deadline", "keep", "explain_late", "accept_late", "return_late"),
}


def test_the_table_knows_every_act_but_those_that_hang_on_more_than_the_stage():
    assert set(ACTS) | ELSEWHERE == set(EXITS) | set(VERBS)


@pytest.mark.parametrize("stage", LAWFUL)
def test_everybody_is_offered_what_the_table_allows_and_no_more(agency: Agency, stage: str):
    case = at_stage(agency, stage)
    offered = {who: set(acts_for(case, player(agency, who, case))) for who in CAST}
    assert offered == {who: lawful_for(stage, who) for who in CAST}


@pytest.mark.parametrize("stage", LAWFUL)
def test_every_other_act_is_refused_and_changes_nothing(agency: Agency, stage: str):
    case = at_stage(agency, stage)
    cast = {who: player(agency, who, case) for who in CAST}
    payload = anything(file_case())
    before = trace(case)
    for who, actor in cast.items():
        for name in {*ACTS, "disagree"} - lawful_for(stage, who):
            expected = Forbidden if name in LAWFUL[stage] else Unlawful
            with pytest.raises(expected):
                act(case, name, actor, **payload)
            assert trace(case) == before, (who, name)


@pytest.mark.parametrize(
    "name", ["", "stage", "filed", "delete", "__init__", "withdraw ", "ACCEPT"]
)
def test_an_act_that_does_not_exist_is_unlawful(agency: Agency, name: str):
    case = file_case()
    before = trace(case)
    with pytest.raises(Unlawful):
        act(case, name, agency.head)
    assert trace(case) == before
