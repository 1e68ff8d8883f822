"""What would have been without the change: the level of the history, and its trend carried on."""

from __future__ import annotations

import math
from dataclasses import dataclass
from operator import mul

from improvement.statistics.regression import Family, Fit, fit
from improvement.statistics.verdict.scatter import Scatter, scatter
from improvement.statistics.verdict.weeks import Pair, Weeks


@dataclass(frozen=True)
class Baseline:
    """Two expectations of the rate afterwards, each as a sample that would be as certain.

    `trend` is how many standard errors the history's trend is away from none.
    """

    level: Pair
    carried: Pair
    scatter: Scatter
    trend: float


def baseline(family: Family, history: Weeks, later: Weeks) -> Baseline:
    """Read a history, and carry its trend on to the later weeks.

    Raises ValueError for a history that cannot be regressed, and where its trend leads to none or
    to all.
    """
    middle = (history.places[0] + history.places[-1]) / 2
    columns = [[1.0] * len(history.places), [place - middle for place in history.places]]
    found = fit(columns, history.events, history.exposures, family)
    spread = scatter(history.places, found.residuals, len(columns))
    return Baseline(
        effective(history.total, spread),
        _carried(found, later, middle, spread.value),
        spread,
        found.coefficients[1] / math.sqrt(spread.value * found.covariance[1][1]),
    )


def effective(total: Pair, spread: Scatter) -> Pair:
    """The sample without any excess scatter that would tell as much (Rao and Scott 1992)."""
    return total[0] / spread.value, total[1] / spread.value


def _carried(found: Fit, later: Weeks, middle: float, spread: float) -> Pair:
    """The mean rate over the later weeks that the trend leads to, by the delta method."""
    columns = [[1.0] * len(later.places), [place - middle for place in later.places]]
    means = found.means(columns)
    exposure = math.fsum(later.exposures)
    rate = math.fsum(map(mul, later.exposures, means)) / exposure
    steep = list(map(mul, later.exposures, found.family.variances(means)))
    gradient = [math.fsum(map(mul, steep, column)) / exposure for column in columns]
    size = found.family.variance(rate) / (found.linear(gradient)[1] * spread)
    return rate * size, size
