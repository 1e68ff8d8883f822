"""Scores of two groups: the gap of their means, and how often one outdoes the other."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, variance

from improvement.statistics import refusals
from improvement.statistics.distributions import student_cdf, student_quantile
from improvement.statistics.estimates import Estimate


@dataclass(frozen=True)
class Gap:
    """How much higher the first mean is, in the scores' own unit, with t, df and two-sided p."""

    estimate: Estimate
    t: float
    df: float
    p: float


def welch(first: Sequence[float], second: Sequence[float], level: float = 0.95) -> Gap:
    """The gap of two means whose variances may differ (Welch 1947, Biometrika 34:28).

    Raises ValueError for fewer than two scores in a group, for what is no finite number, and where
    neither group varies: then there is nothing to compare the gap with.
    """
    errors = [variance(refusals.numbers(group, 2)) / len(group) for group in (first, second)]
    if not sum(errors):
        raise ValueError("Where no score differs from another, a gap has no interval.")
    df = sum(errors) ** 2 / (errors[0] ** 2 / (len(first) - 1) + errors[1] ** 2 / (len(second) - 1))
    gap, error = fmean(first) - fmean(second), math.sqrt(sum(errors))
    reach = error * student_quantile((1 + refusals.level(level)) / 2, df)
    p = 2 * student_cdf(-abs(gap / error), df)
    return Gap(Estimate(gap, gap - reach, gap + reach), gap / error, df, p)


def superiority(first: Sequence[float], second: Sequence[float]) -> float:
    """The chance that one drawn from the first is above one from the second, ties half.

    Vargha and Delaney (2000), Journal of Educational and Behavioral Statistics 25:101. Raises
    ValueError for an empty group and for what is no finite number.
    """
    others = sorted(refusals.numbers(second))
    wins = (bisect_left(others, one) + bisect_right(others, one) for one in refusals.numbers(first))
    return sum(wins) / (2 * len(first) * len(second))
