"""The drawn flow: the current stage is lit, what the case went through is past."""

import re
from collections.abc import Sequence

import pytest
from django.utils import translation

from casework.models import Case, Event
from casework.stages import FINAL, Stage
from workflows.drawing import flow_svg

ROAD = ["triage", "assign", "work", "review", "confirm", "closed"]
SIDE = ["wait_triage", "wait_work", "on_hold"]
BOX = re.compile(
    r'<g class="(\w*)"><rect x="([\d.]+)" y="([\d.]+)"[^>]*/><text[^>]*>([^<]*)</text>'
)
ORDER = ["triage", "wait_triage", "assign", "work", "wait_work", "on_hold", *ROAD[3:]]


def drawn(stage: str, events: Sequence[Event] = ()) -> str:
    with translation.override("en"):
        return str(flow_svg(Case(stage=stage), events))


def boxes(stage: str, events: Sequence[Event] = ()) -> dict[str, tuple[str, str]]:
    """The kind and label of each box, by the stage it stands for."""
    found = BOX.findall(drawn(stage, events))
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


@pytest.mark.parametrize(
    ("way", "passed"),
    [
        ("triage", ""),
        ("triage assign", "triage"),
        ("triage wait_triage", "triage"),
        ("triage wait_triage triage", "wait_triage"),
        ("triage assign work confirm", "triage assign work"),
        ("triage assign work review confirm closed", "triage assign work review confirm"),
        ("triage assign work on_hold work", "triage assign on_hold"),
        ("triage assign work triage", ""),
        ("triage assign work confirm assign", "triage"),
        ("triage rejected", "triage"),
    ],
)
def test_what_the_case_went_through_is_past_and_nothing_else_is(way: str, passed: str):
    """Where it came back, what lies ahead of it is ahead again."""
    stages = way.split()
    steps = zip(["", *stages], stages, strict=False)
    events = [Event(stage=stage, data={"left": left} if left else {}) for left, stage in steps]
    kinds = boxes(stages[-1], events)
    assert {name for name, (kind, _label) in kinds.items() if kind == "past"} == set(passed.split())


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
