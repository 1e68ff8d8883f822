"""The comparisons that a word has to pass, each with its interval."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from improvement.statistics.distributions import normal_cdf, student_quantile
from improvement.statistics.estimates import Estimate
from improvement.statistics.rates import score_ratio
from improvement.statistics.regression import Family
from improvement.statistics.shares import newcombe
from improvement.statistics.verdict.baseline import baseline, effective
from improvement.statistics.verdict.case import Case
from improvement.statistics.verdict.scatter import Scatter
from improvement.statistics.verdict.weeks import Pair

#: Standard errors from which a history's trend is told as one.
CLEAR = 1.96


@dataclass(frozen=True)
class Comparisons:
    """After against the level of the history, and against its trend carried on."""

    level: Estimate
    carried: Estimate
    scatter: Scatter
    has_trend: bool

    @property
    def shown(self) -> Estimate:
        """The one to print: a history that moves is not its level."""
        return self.carried if self.has_trend else self.level

    def __iter__(self) -> Iterator[Estimate]:
        yield self.level
        yield self.carried


def compare(case: Case) -> Comparisons:
    """Make all comparisons of a case at its rule's level.

    Raises ValueError for a history that cannot be regressed, or not carried on.
    """
    usual = baseline(case.family, case.history, case.later)
    level = _as_normal(case.rule.level, usual.scatter.df)
    after = effective(case.later.total, usual.scatter)
    return Comparisons(
        _gap(case.family, usual.level, after, level),
        _gap(case.family, usual.carried, after, level),
        usual.scatter,
        abs(usual.trend) > CLEAR,
    )


def _gap(family: Family, before: Pair, after: Pair, level: float) -> Estimate:
    """A ratio of rates, or a difference of shares: after against before."""
    if family is Family.LOG:
        return score_ratio(after, before, level)
    return newcombe(before, after, level)


def _as_normal(level: float, df: float) -> float:
    """The level at which normal intervals are as wide as Student's with df degrees of freedom."""
    if df == float("inf"):
        return level
    return 2 * normal_cdf(student_quantile((1 + level) / 2, df)) - 1
