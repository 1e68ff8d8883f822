"""The drawn flow: the current stage is lit, what lies behind is past."""

import re

import pytest
from django.utils import translation

from casework.models import Case
from casework.stages import FINAL, Stage
from workflows.drawing import flow_svg

ROAD = ["triage", "assign", "work", "review", "confirm", "closed"]
SIDE = ["wait_triage", "wait_work", "on_hold"]
BOX = re.compile(
    r'<g class="(\w*)"><rect x="([\d.]+)" y="([\d.]+)"[^>]*/><text[^>]*>([^<]*)</text>'
)
ORDER = ["triage", "wait_triage", "assign", "work", "wait_work", "on_hold", *ROAD[3:]]


def drawn(stage: str) -> str:
    with translation.override("en"):
        return str(flow_svg(Case(stage=stage)))


def boxes(stage: str) -> dict[str, tuple[str, str]]:
    """The kind and label of each box, by the stage it stands for."""
    found = BOX.findall(drawn(stage))
    assert len(found) == len(ORDER)
    return {name: (kind, label) for name, (kind, _x, _y, label) in zip(ORDER, found, strict=True)}


@pytest.mark.parametrize("stage", list(Stage))
def test_one_box_is_lit_and_the_sentence_says_which(stage: str):
    lit = {name: label for name, (kind, label) in boxes(stage).items() if kind == "now"}
    assert list(lit) == ["closed" if stage in FINAL else stage]
    with translation.override("en"):
        full = str(Stage(stage).label)
    assert f'aria-label="The way of a case. Now: {full}."' in drawn(stage)
    assert lit[next(iter(lit))].rstrip("…") in full


@pytest.mark.parametrize("stage", list(Stage))
def test_what_lies_behind_on_the_road_is_past_and_the_side_is_beside_it(stage: str):
    now = "closed" if stage in FINAL else stage
    kinds = {name: kind for name, (kind, _label) in boxes(stage).items() if name != now}
    place = ROAD.index(now) if now in ROAD else 0
    assert {name for name, kind in kinds.items() if kind == "past"} == set(ROAD[:place])
    assert {name for name, kind in kinds.items() if kind == "side"} == set(SIDE) - {now}


def test_no_two_boxes_stand_in_one_place_and_each_fits_the_sheet():
    places = [(float(x), float(y)) for _kind, x, y, _label in BOX.findall(drawn("work"))]
    assert len(set(places)) == len(places)
    for x, y in places:
        assert 0 <= x <= 320 - 142
        assert 0 <= y <= 314 - 30
    for one, other in zip(sorted(places), sorted(places)[1:], strict=False):
        assert one[0] != other[0] or other[1] - one[1] >= 30


def test_neighbours_that_the_flow_joins_are_joined():
    arrows = re.findall(r'<path d="(M[\d.]+ [\d.]+[LV][\d. -]+)" marker-end', drawn("work"))
    down = [arrow for arrow in arrows if "V" in arrow]
    assert len(down) == len(ROAD) - 1
    assert len(arrows) - len(down) == 2 * len(SIDE), "there and back"
    assert len(arrows) == len(set(arrows))
    for arrow in arrows:
        assert all(0 <= float(number) <= 320 for number in re.findall(r"[\d.]+", arrow))


def test_a_long_label_is_cut_and_what_is_in_brackets_left_out():
    labels = {name: label for name, (_kind, label) in boxes("work").items()}
    assert labels["wait_triage"] == "Awaiting reply"
    assert all(len(label) <= 20 for label in labels.values())


def test_each_arrow_is_called_as_the_exits_that_it_stands_for():
    said = re.findall(r'<g class="way"><title>([^<]*)</title>', drawn("work"))
    assert sorted(said) == sorted(
        [
            "Accept",
            "Ask",
            "Reply · Recall",
            "Assign · Claim",
            "Answer",
            "Ask",
            "Reply · Recall",
            "Put on hold",
            "Resume work · Time is up",
            "Approve",
            "Confirm · Disagree",
        ]
    )
    down = re.findall(r"</title><path[^>]*/><text[^>]*>([^<]*)</text>", drawn("work"))
    assert down == ["Accept", "Assign", "Answer", "Approve", "Confirm"]
