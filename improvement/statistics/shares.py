"""So many out of so many: a share, and the difference of two, with intervals that stay possible."""

from __future__ import annotations

import math

from improvement.statistics import refusals
from improvement.statistics.distributions import normal_quantile
from improvement.statistics.estimates import Estimate


def wilson(k: float, n: float, level: float = 0.95) -> Estimate:
    """The share k of n, from 0 to 1, with its score interval (Wilson 1927).

    Both may be fractions where n is an effective size (n divided by the dispersion).
    Raises ValueError for less than none, more than all, or a level outside (0, 1).
    """
    refusals.portion(k, n)
    z = normal_quantile((1 + refusals.level(level)) / 2)
    share, weight = k / n, n + z * z
    middle = (k + z * z / 2) / weight
    reach = z * math.sqrt(n * share * (1 - share) + z * z / 4) / weight
    return Estimate(share, max(middle - reach, 0.0), min(middle + reach, 1.0))


def newcombe(
    first: tuple[float, float], second: tuple[float, float], level: float = 0.95
) -> Estimate:
    """How much larger the second of two independent shares is, from -1 to 1.

    Each is (k, n). The interval joins two Wilson intervals: method 10 of Newcombe (1998),
    Statistics in Medicine 17:873. Raises ValueError as `wilson` does.
    """
    before, after = wilson(*first, level), wilson(*second, level)
    gap = after.value - before.value
    down = math.hypot(after.value - after.low, before.high - before.value)
    up = math.hypot(after.high - after.value, before.value - before.low)
    return Estimate(gap, gap - down, gap + up)
