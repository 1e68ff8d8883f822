"""Many p-values at once."""

import math

import pytest

from improvement.statistics.multiple import benjamini_hochberg, holm

#: Fifteen end points of a trial, from Benjamini and Hochberg (1995), section 4.
TRIAL = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
    0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000,
]  # fmt: skip


def test_of_the_published_trial_four_are_found_and_three_by_the_stricter_way() -> None:
    assert sum(q <= 0.05 for q in benjamini_hochberg(TRIAL)) == 4
    assert sum(p <= 0.05 for p in holm(TRIAL)) == 3


def test_the_order_given_is_the_order_handed_back() -> None:
    assert holm([0.04, 0.01, 0.03, 0.02]) == pytest.approx([0.06, 0.04, 0.06, 0.06])
    assert benjamini_hochberg([0.5, 0.01, 0.03]) == pytest.approx([0.5, 0.03, 0.045])


def test_one_alone_stays_what_it_is_and_none_is_above_one() -> None:
    assert holm([0.03]) == benjamini_hochberg([0.03]) == [0.03]
    assert max(holm([0.9, 0.8])) == 1
    assert holm([]) == benjamini_hochberg([]) == []


@pytest.mark.parametrize("p", [-0.01, 1.01, math.nan])
def test_what_is_no_probability_is_refused(p: float) -> None:
    for adjust in (holm, benjamini_hochberg):
        with pytest.raises(ValueError, match="p-value"):
            adjust([0.5, p])
