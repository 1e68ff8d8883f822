"""How often "improved" is said where nothing was: a smaller run of benchmarks/verdicts.py."""

from random import Random  # noqa: TID251 - drawn again from a seed

import pytest

from benchmarks.verdict_scenarios import IMPROVED, NULLS, Scenario
from improvement.statistics.distributions import binomial_tail
from improvement.statistics.verdict import Word

SERVICES, DECLARED = 100, 0.025


def improved(scenario: Scenario, number: int) -> int:
    words = [one.word for one in scenario.judgements(Random(scenario.name), number)]
    return words.count(Word.IMPROVED)


@pytest.mark.parametrize("scenario", NULLS, ids=lambda scenario: scenario.name)
def test_improved_is_said_falsely_no_more_often_than_declared(scenario: Scenario) -> None:
    false = improved(scenario, SERVICES)
    assert binomial_tail(false, SERVICES, DECLARED) > 0.01


def test_a_true_drop_is_found_mostly() -> None:
    assert improved(IMPROVED[0], 200) >= 155
