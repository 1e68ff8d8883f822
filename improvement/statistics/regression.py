"""Regression of counts and shares by quasi-likelihood: only mean and variance are assumed.

Wedderburn (1974), Biometrika 61:439; fitted by Fisher scoring on the natural link (McCullagh and
Nelder 1989, Generalized Linear Models, 2.5 and 9).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from operator import mul, sub

from improvement.statistics import refusals
from improvement.statistics.dispersion import Dispersion

_STEPS = 50
#: Scoring doubles the exact digits with each step: after a step this small, all are exact.
_CLOSE = 1e-8
#: Beyond this, a rate's logarithm (or a share's) has run away.
_FAR = 200.0
#: A share nearer to none, or to all, than this is at its border: at 1e-16 from 1 it is 1.
_NEAREST = 1e-15

Columns = Sequence[Sequence[float]]
Matrix = list[list[float]]


class Family(Enum):
    """What is regressed, named by its link: counts on the log, shares on the logit."""

    LOG = "log"
    LOGIT = "logit"

    def link(self, mean: float) -> float:
        """The rate, or the share, on the scale that is linear."""
        return math.log(mean) if self is Family.LOG else math.log(mean / (1 - mean))

    def mean(self, linear: float) -> float:
        """The rate, or the share, back from that scale."""
        return math.exp(linear) if self is Family.LOG else 1 / (1 + math.exp(-linear))

    def variance(self, mean: float) -> float:
        """Of one unit of exposure (or one of n) with this mean, by chance alone."""
        return mean if self is Family.LOG else mean * (1 - mean)

    def means(self, linear: Sequence[float]) -> list[float]:
        """All of them at once."""
        return list(map(math.exp if self is Family.LOG else self.mean, linear))

    def variances(self, means: Sequence[float]) -> Sequence[float]:
        """All of them at once."""
        return means if self is Family.LOG else list(map(self.variance, means))

    def inside(self, means: Sequence[float]) -> Sequence[float]:
        """These means; raises ValueError where one of them is a share of none or of all."""
        if self is Family.LOGIT and not _NEAREST < min(means) <= max(means) < 1 - _NEAREST:
            raise ValueError("A mean lies at its border: nothing scatters there.")
        return means


@dataclass(frozen=True)
class Fit:
    """Coefficients, their covariance at dispersion 1, and each point's standardised residual."""

    family: Family
    coefficients: Sequence[float]
    covariance: Matrix
    residuals: Sequence[float]

    @property
    def dispersion(self) -> Dispersion:
        """Pearson's chi-square over its degrees of freedom; not a number without any."""
        df = len(self.residuals) - len(self.coefficients)
        squares = math.fsum(one * one for one in self.residuals)
        return Dispersion(squares / df if df else math.nan, df)

    def means(self, columns: Columns) -> Sequence[float]:
        """The means at other columns; raises ValueError where one lies at its border."""
        return self.family.inside(self.family.means(_linear(columns, self.coefficients)))

    def linear(self, row: Sequence[float]) -> tuple[float, float]:
        """The value of one row on the link's scale, and its variance at dispersion 1."""
        parts = [math.fsum(map(mul, line, row)) for line in self.covariance]
        return math.fsum(map(mul, self.coefficients, row)), math.fsum(map(mul, parts, row))


def fit(columns: Columns, events: Sequence[float], bases: Sequence[float], family: Family) -> Fit:
    """Regress events over bases (exposures, or n) on columns, the first of which is all ones.

    Raises ValueError for what cannot be, for events of none or of all, for fewer points than
    columns, and where the columns tell no more than each other or leave a mean at its border.
    """
    refusals.pairs(events, bases, len(columns))
    start = math.fsum(events) / math.fsum(bases)
    if start in (0, 1 if family is Family.LOGIT else 0):
        raise ValueError("There is nothing to regress where nothing, or everything, is counted.")
    coefficients = [family.link(start)] + [0.0] * (len(columns) - 1)
    for _step in range(_STEPS):
        means = family.means(_linear(columns, coefficients))
        covariance = _inverse(_information(columns, bases, means, family))
        change = _change(columns, events, bases, means, covariance)
        coefficients = [one + step for one, step in zip(coefficients, change, strict=True)]
        if max(map(abs, change)) < _CLOSE * (1 + max(map(abs, coefficients))):
            residuals = _residuals(events, bases, family.inside(means), family)
            return Fit(family, coefficients, covariance, residuals)
    raise ValueError("The regression does not settle: a mean lies at its border.")


def _linear(columns: Columns, coefficients: Sequence[float]) -> list[float]:
    linear = [0.0] * len(columns[0])
    for coefficient, column in zip(coefficients, columns, strict=True):
        linear = [sofar + coefficient * x for sofar, x in zip(linear, column, strict=True)]
    if max(linear) > _FAR or min(linear) < -_FAR:
        raise ValueError("The regression runs away: a mean lies at its border.")
    return linear


def _information(
    columns: Columns, bases: Sequence[float], means: Sequence[float], family: Family
) -> Matrix:
    weights = list(map(mul, bases, family.variances(means)))
    weighted = [list(map(mul, weights, column)) for column in columns]
    return [[sum(map(mul, line, column)) for column in columns] for line in weighted]


def _change(
    columns: Columns,
    events: Sequence[float],
    bases: Sequence[float],
    means: Sequence[float],
    covariance: Matrix,
) -> list[float]:
    surplus = list(map(sub, events, map(mul, bases, means)))
    score = [sum(map(mul, surplus, column)) for column in columns]
    return [sum(map(mul, line, score)) for line in covariance]


def _residuals(
    events: Sequence[float], bases: Sequence[float], means: Sequence[float], family: Family
) -> list[float]:
    variances = map(mul, bases, family.variances(means))
    surplus = map(sub, events, map(mul, bases, means))
    return [one / math.sqrt(variance) for one, variance in zip(surplus, variances, strict=True)]


def _inverse(matrix: Matrix) -> Matrix:
    """Of a small symmetric positive matrix, by elimination."""
    size = len(matrix)
    rows = [
        [*line, *(float(at == place) for at in range(size))] for place, line in enumerate(matrix)
    ]
    for place in range(size):
        pivot = rows[place][place]
        if pivot <= 1e-12 * matrix[place][place]:
            raise ValueError("The regression has a column that tells nothing of its own.")
        rows[place] = [one / pivot for one in rows[place]]
        for other in set(range(size)) - {place}:
            factor = rows[other][place]
            rows[other] = [a - factor * b for a, b in zip(rows[other], rows[place], strict=True)]
    return [line[size:] for line in rows]
