"""Whatever is sent, the answer is `Invalid`: never another exception, and nothing changes."""

import pytest

from tests.agency import Agency, file_case, walk
from tests.clockwork import every_target
from tests.workflows.stages import anything, at_stage, player, trace
from workflows import filing
from workflows.actions import act
from workflows.errors import Invalid

ODD = [
    "a\x00b",
    "\ud800 alone",
    "x" * 1_000_000,
    {"a": 1},
    ["a", {"b": []}],
    10**400,
    -(10**400),
    float("nan"),
    float("inf"),
    b"bytes",
    object(),
]

#: An act, the stage and person to try it with, and the fields that must be refused.
FIELDS = [
    ("accept", "triage", "intake", ("category", "unit")),
    ("ask", "triage", "intake", ("text", "upload")),
    ("refer", "triage", "intake", ("body", "reason")),
    ("merge", "triage", "intake", ("into",)),
    ("assigned", "assign", "supervisor", ("assignee",)),
    ("hold", "work", "officer", ("reason", "until")),
    ("confirm", "confirm", "supervisor", ("channel", "proof")),
    ("rate", "closed", "citizen", ("stars", "text")),
    ("note", "work", "officer", ("text",)),
    ("reject", "triage", "intake", ("reason",)),
    ("transfer", "work", "officer", ("unit", "reason")),
    ("respond", "work", "officer", ("text", "cause", "outcome", "remedy", "lesson")),
    ("return", "work", "officer", ("reason",)),
    ("message", "work", "citizen", ("text",)),
    ("withdraw", "work", "citizen", ("reason",)),
    ("answered", "wait_work", "citizen", ("text",)),
    ("dispute", "confirm", "citizen", ("reason",)),
    ("reopen", "closed", "citizen", ("reason",)),
    ("classify", "work", "officer", ("category", "kind", "priority")),
    ("hold", "work", "supervisor", ("waits_for", "until")),
    ("extend", "work", "supervisor", ("clock", "amount", "reason")),
    ("ask_extension", "work", "officer", ("clock", "amount", "reason")),
    ("set_deadline", "work", "supervisor", ("until", "reason")),
    ("retarget", "work", "supervisor", ("reason",)),
    ("promise", "closed", "officer", ("text", "until")),
]


@pytest.mark.parametrize(("name", "stage", "who", "fields"), FIELDS)
def test_an_odd_value_in_an_act_is_invalid(agency: Agency, name, stage, who, fields):
    every_target()
    case = at_stage(agency, stage)
    payload = anything(file_case())
    actor, before = player(agency, who, case), trace(case)
    for field in fields:
        for odd in ODD:
            with pytest.raises(Invalid) as refused:
                act(case, name, actor, **payload | {field: odd})
            assert field in refused.value.errors
    assert trace(case) == before


@pytest.mark.parametrize(
    "field", ["text", "subject", "service", "category", "lat", "occurred_on", "identity", "email"]
)
def test_an_odd_value_in_a_complaint_is_invalid(agency: Agency, field: str):
    said = {"text": "Air mati empat hari di RT 03.", "identity": "none", "lat": 1, "lon": 1}
    for odd in ODD:
        with pytest.raises(Invalid) as refused:
            filing.file(said | {field: odd})
        assert field in refused.value.errors


@pytest.mark.parametrize("until", [5, 2.5, True, "tomorrow", "9999-12-31", "0001-01-01", ""])
def test_a_hold_needs_a_date_within_reach(agency: Agency, until):
    case = walk(agency, "work")
    with pytest.raises(Invalid):
        act(case, "hold", agency.officer, reason="Menunggu PLN", until=until)


def test_a_payload_may_name_its_fields_as_it_likes(agency: Agency):
    case = file_case()
    act(case, "note", agency.intake, text="Catatan", name="x", case=1, actor=None)
    assert case.events.count() == 2
