"""What cannot be saved as a policy, and the sentences that say so."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts.models import Unit
from tests.agency import Agency
from tests.workflows.rulebook import AT, LAST, draft, rule, saved
from workflows import opening, policies
from workflows.models import CalendarVersion, Policy, PolicyVersion

KINDS = ("aspiration", "information", "suggestion", "oversight")


def refused(*rules: Any, last: Any = LAST, **said: Any) -> list[str]:
    with translation.override("en"):
        return policies.refusals(draft(**said), [*rules, last] if last else list(rules))


def test_a_sound_policy_has_no_refusal(agency: Agency) -> None:
    assert refused(rule("urgent", priorities=["urgent"], units=["water"])) == []


@pytest.mark.parametrize("name", ["kinds", "categories", "units", "priorities"])
def test_an_empty_condition_is_refused(agency: Agency, name: str) -> None:
    (sentence,) = refused(rule("empty", **{name: []}))
    assert "is empty" in sentence


def test_no_rule_for_all_other_cases_or_two_or_one_that_is_not_last_is_refused(
    agency: Agency,
) -> None:
    asked = rule("praise", kinds=["praise"])
    assert "all other cases" in refused(asked, last=None)[0]
    assert any("Only one" in line for line in refused(LAST | {"id": "two"}))
    (sentence,) = refused(LAST, asked, last=None)[:1]
    assert "is the last" in sentence
    (sentence,) = refused(last=LAST | {"kinds": ["praise"]})
    assert "asks nothing" in sentence


@pytest.mark.parametrize(
    ("name", "code"),
    [("kinds", "gossip"), ("priorities", "low"), ("categories", "moon"), ("units", "mars")],
)
def test_what_is_not_there_is_refused(agency: Agency, name: str, code: str) -> None:
    sentences = refused(rule("odd", **{name: [code]}))
    assert code in sentences[0]


@pytest.mark.parametrize("amount", [0, -3, 2.5, "5", None, True])
def test_an_amount_is_a_whole_number_above_zero(agency: Agency, amount: Any) -> None:
    target = {"resolution": {"amount": amount, "unit": "working_days"}}
    (sentence,) = refused(rule("odd", kinds=["praise"], targets=target))
    assert "whole number above zero" in sentence
    assert "Odd" in sentence


@pytest.mark.parametrize(
    "targets",
    [
        {},
        {"speed": {"amount": 1, "unit": "weeks"}},
        {"commitment": {"amount": 1, "unit": "weeks"}},
        {"resolution": {"amount": 1, "unit": "fortnights"}},
        {"resolution": {"amount": 1, "unit": "weeks", "extension": -1}},
        {"resolution": {"amount": 1, "unit": "weeks", "starts_on": "replied"}},
        {"acknowledgement": {"amount": 1, "unit": "weeks", "starts_on": "acknowledged"}},
        {"next_update": {"amount": 1, "unit": "weeks", "starts_on": "received"}},
        {"unit_work": {"amount": 1, "unit": "weeks", "starts_on": "complete"}},
        {"resolution": {"amount": 1, "unit": "weeks", "starts_on": "noon"}},
        {"resolution": {"amount": 1, "unit": "weeks", "roll": "back"}},
        {"resolution": {"amount": 1, "unit": "working_days", "roll": "forward"}},
        {"resolution": {"amount": 1, "unit": "working_hours", "day_zero": "next_working_day"}},
        {"resolution": {"amount": 1, "unit": "weeks", "pausable": "no"}},
        {"resolution": {"amount": 1, "unit": "weeks", "colour": "red"}},
        {"resolution": 5},
        [],
    ],
)
def test_a_target_that_makes_no_sense_is_refused(agency: Agency, targets: Any) -> None:
    assert len(refused(rule("odd", kinds=["praise"], targets=targets))) == 1


@pytest.mark.parametrize(
    "odd", [None, 5, "x", [], {"id": "x"}, {"id": 3, "name": "", "targets": 1}]
)
def test_what_is_no_rule_at_all_is_refused_in_words(agency: Agency, odd: Any) -> None:
    assert refused(odd)


def test_a_rule_that_can_never_match_is_refused_and_names_the_one_that_takes_all(
    agency: Agency,
) -> None:
    (sentence,) = refused(rule("all"))
    assert "“All”" in sentence
    assert "“Lainnya”" in sentence
    (sentence,) = refused(
        rule("wide", kinds=["praise", "suggestion"]),
        rule("narrow", kinds=["praise"], priorities=["urgent"], categories=["water"]),
    )
    assert "“Narrow”" in sentence
    assert "“Wide”" in sentence


def test_several_rules_together_can_take_all_before_one(agency: Agency) -> None:
    (sentence,) = refused(
        rule("normal", kinds=["praise"], priorities=["normal"]),
        rule("urgent", kinds=["praise"], priorities=["urgent"]),
        rule("praise", kinds=["praise"], categories=["water"]),
    )
    assert "“Praise”" in sentence
    assert (
        refused(
            rule("normal", kinds=["praise"], priorities=["normal"]),
            rule("praise", kinds=["praise"], categories=["water"]),
        )
        == []
    )


def test_a_rule_for_a_unit_below_one_that_is_taken_can_never_match(agency: Agency) -> None:
    Unit.objects.create(code="pump", name="Pompa", parent=agency.water)
    assert refused(rule("pump", units=["pump"]), rule("water", units=["water"])) == []
    (sentence,) = refused(rule("water", units=["water"]), rule("pump", units=["pump"]))
    assert "“Pump”" in sentence


def test_a_hole_between_two_policies_is_refused_with_its_days(agency: Agency) -> None:
    saved(code="old", effective_from=date(2025, 1, 1), effective_to=date(2025, 11, 30))
    (sentence,) = refused()
    assert "1 December 2025" in sentence
    assert "31 December 2025" in sentence
    assert refused(effective_from=date(2025, 12, 1)) == []


def test_two_policies_on_the_same_day_are_refused(agency: Agency) -> None:
    saved(code="old", effective_from=date(2025, 1, 1), effective_to=date(2026, 1, 1))
    (sentence,) = refused()
    assert "“Old”" in sentence
    assert "1 January 2026" in sentence
    Policy.objects.update(effective_to=None)
    assert len(refused(effective_from=date(2030, 1, 1))) == 1
    (sentence,) = refused(effective_from=date(2024, 1, 1), effective_to=date(2023, 1, 1))
    assert "before" in sentence


def test_a_working_target_in_a_calendar_without_an_open_day_is_refused(agency: Agency) -> None:
    closed = opening.STANDARD.content() | {"weekly": [[]] * 7}
    CalendarVersion.objects.create(number=1, effective_at=AT, content=closed, own=closed)
    sentences = refused(rule("praise", kinds=["praise"]))
    assert len(sentences) == 2
    assert all("within a year" in sentence for sentence in sentences)
    weeks = {"resolution": {"amount": 3, "unit": "weeks"}}
    assert refused(last=LAST | {"targets": weeks}) == []


def test_what_is_further_away_than_any_calendar_goes_is_refused(agency: Agency) -> None:
    far = {"resolution": {"amount": 10**9, "unit": "months"}}
    assert len(refused(last=LAST | {"targets": far})) == 1


def test_what_is_refused_is_not_saved(agency: Agency) -> None:
    with pytest.raises(policies.Unsound) as caught:
        saved(rule("empty", kinds=[]))
    assert [finding.field for finding in caught.value.findings] == ["kinds"]
    assert caught.value.errors["rules"]
    assert not Policy.objects.exists()
    policy = saved()
    with pytest.raises(policies.Unsound):
        policies.save_version(policy, [], None)
    assert PolicyVersion.objects.count() == 1


def test_the_cost_of_checking_does_not_grow_with_the_rules(agency: Agency) -> None:
    def cost(*rules: dict[str, Any]) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert refused(*rules) == []
        return len(asked)

    one = rule("one", kinds=["praise"], categories=["water"], units=["water"])
    many = [rule(kind, kinds=[kind], categories=["bills"], units=["roads"]) for kind in KINDS]
    assert cost(one, *many) == cost(one)
