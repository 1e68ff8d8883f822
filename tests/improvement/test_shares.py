"""Shares and their differences, to the printed digits."""

import math

import pytest

from improvement.statistics.shares import newcombe, wilson


@pytest.mark.parametrize(
    ("k", "n", "low", "high"), [(85, 100, "76.7", "90.7"), (8, 10, "49.0", "94.3")]
)
def test_a_share_has_the_printed_interval(k: int, n: int, low: str, high: str) -> None:
    share = wilson(k, n)
    assert (f"{100 * share.low:.1f}", f"{100 * share.high:.1f}") == (low, high)


def test_the_difference_of_two_shares_has_the_interval_of_the_picture() -> None:
    gap = newcombe((190, 308), (133, 194))
    assert [f"{100 * one:+.1f}" for one in (gap.value, gap.low, gap.high)] == [
        "+6.9",
        "-1.8",
        "+15.1",
    ]


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((48, 80), (56, 70), "0.0524", "0.3339"),
        ((3, 10), (9, 10), "0.1705", "0.8090"),
        ((0, 10), (10, 10), "0.6075", "1.0000"),
        ((0, 29), (5, 56), "-0.0381", "0.1926"),
    ],
)
def test_differences_are_those_that_newcombe_printed(
    first: tuple[int, int], second: tuple[int, int], low: str, high: str
) -> None:
    gap = newcombe(first, second)
    assert (f"{gap.low:.4f}", f"{gap.high:.4f}") == (low, high)


def test_none_and_all_keep_an_interval_within_what_can_be() -> None:
    assert wilson(0, 10).low == 0 < wilson(0, 10).high
    assert wilson(10, 10).low < wilson(10, 10).high == pytest.approx(1)


@pytest.mark.parametrize(("k", "n"), [(-1, 10), (11, 10), (0, 0), (math.nan, 10), (1, math.inf)])
def test_a_share_that_cannot_be_is_refused(k: float, n: float) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        wilson(k, n)


@pytest.mark.parametrize("level", [0, 1, 95, math.nan])
def test_a_level_outside_its_range_is_refused(level: float) -> None:
    with pytest.raises(ValueError, match="confidence level"):
        newcombe((1, 2), (1, 2), level)
