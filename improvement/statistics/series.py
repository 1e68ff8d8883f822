"""An interrupted series: how the level changed at a start, over and above the trend.

Segmented regression as in Lopez Bernal, Cummins and Gasparrini (2017), International Journal of
Epidemiology 46:348, by quasi-likelihood. It reproduces what was published; a verdict does not ask
that the trend be the same on both sides, and carries that of the history on (`verdict.baseline`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from improvement.statistics import refusals
from improvement.statistics.dispersion import Dispersion
from improvement.statistics.distributions import student_quantile
from improvement.statistics.estimates import Estimate
from improvement.statistics.regression import Family, Fit, fit

#: Points needed on each side of the start; with fewer, look at a control chart.
FEWEST = 8


@dataclass(frozen=True)
class Series:
    """Rates as ratios: `change` at the start, `trend` per point, `bend` of the trend afterwards.

    `crude` is the mere ratio of after to before: beside a trend it may point the wrong way.
    """

    change: Estimate
    trend: Estimate
    bend: Estimate | None
    crude: float
    dispersion: Dispersion

    @property
    def signs_differ(self) -> bool:
        """Whether the crude ratio calls better what the series calls worse, or the reverse."""
        return (self.crude - 1) * (self.change.value - 1) < 0


def interrupted(
    events: Sequence[float],
    exposures: Sequence[float],
    start: int,
    *,
    bends: bool = False,
    level: float = 0.95,
) -> Series:
    """Regress counts on the trend and on the change at the point numbered `start`, from 0.

    Points are equally far apart, oldest first. With `bends` the trend may differ afterwards; then
    `change` is that at the start itself. Intervals are Student's, with the dispersion (never under
    1) estimated. Raises ValueError for fewer than `FEWEST` points on a side, and as `fit` does.
    """
    after = len(events) - start
    if min(start, after) < FEWEST:
        raise ValueError(f"A series takes {FEWEST} points on each side, not {start} and {after}.")
    places = range(len(events))
    columns = [[1.0] * len(events), [float(place) for place in places]]
    columns.append([float(place >= start) for place in places])
    if bends:
        columns.append([float(max(place - start, 0)) for place in places])
    found = fit(columns, events, exposures, Family.LOG)
    trend, change, *bend = _ratios(found, refusals.level(level))
    crude = _rate(events[start:], exposures[start:]) / _rate(events[:start], exposures[:start])
    return Series(change, trend, bend[0] if bend else None, crude, found.dispersion)


def _ratios(found: Fit, level: float) -> list[Estimate]:
    """All coefficients but the first, as ratios."""
    spread = max(found.dispersion.value, 1.0)
    t = student_quantile((1 + level) / 2, found.dispersion.df)
    reaches = [t * math.sqrt(spread * line[at]) for at, line in enumerate(found.covariance)]
    return [
        Estimate(math.exp(value), math.exp(value - reach), math.exp(value + reach))
        for value, reach in list(zip(found.coefficients, reaches, strict=True))[1:]
    ]


def _rate(events: Sequence[float], exposures: Sequence[float]) -> float:
    return math.fsum(events) / math.fsum(exposures)
