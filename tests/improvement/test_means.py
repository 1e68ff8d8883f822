"""Scores of staff and citizens."""

import math

import pytest

from improvement.statistics.means import superiority, welch

STAFF = [4] * 14 + [3] * 5 + [2]
CITIZENS = [4] * 20 + [3] * 45 + [2] * 25 + [1] * 10


def test_the_gap_between_staff_and_citizens_is_the_printed_one() -> None:
    gap = welch(STAFF, CITIZENS)
    found = gap.estimate
    assert (f"{found.value:.2f}", f"{gap.t:.3f}", f"{gap.df:.2f}") == ("0.90", "5.670", "38.99")
    assert (f"{found.low:.3f}", f"{found.high:.3f}") == ("0.579", "1.221")
    assert gap.p == pytest.approx(1.487e-6, rel=1e-3)


def test_superiority_counts_every_pair_and_half_of_the_ties() -> None:
    pairs = [(a > b) + (a == b) / 2 for a in STAFF for b in CITIZENS]
    assert superiority(STAFF, CITIZENS) == pytest.approx(sum(pairs) / len(pairs))
    assert superiority([1, 2], [1, 2]) == 0.5
    assert superiority([3], [1, 2]) == 1


@pytest.mark.parametrize("group", [[], [3], [3, math.nan], [math.inf, 2]])
def test_a_group_without_a_mean_and_a_spread_is_refused(group: list[float]) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        welch(STAFF, group)


def test_scores_that_are_all_the_same_have_no_interval() -> None:
    with pytest.raises(ValueError, match="no interval"):
        welch([3, 3], [3, 3, 3])


def test_superiority_over_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="At least 1"):
        superiority(STAFF, [])
