"""Which of many services has lately more than is usual for it.

A u-chart for each service (its own rate, over its own exposure), and a p-value that knows how
uncertain the usual is and how much more than chance it scatters; over all of them the share of
false alarms is held (Benjamini and Hochberg 1995).
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import quantiles

from improvement.statistics import refusals
from improvement.statistics.charts import SIGMAS
from improvement.statistics.dispersion import Dispersion, of_counts
from improvement.statistics.distributions import negative_binomial_tail
from improvement.statistics.multiple import benjamini_hochberg
from improvement.statistics.verdict.terms import Point
from improvement.statistics.verdict.weeks import Weeks, ordinary

#: Events a week from which a service shows by itself how much it scatters.
TELLING = 1.0


@dataclass(frozen=True)
class Signal:
    """What one service has lately, beside what is usual for it.

    `expected` and `limit` (the upper one of its u-chart, endless without a history) are events over
    the same exposure as `events`. `p` is the chance of as many or more if all is as usual, `q` the
    same over the whole scan: an alarm where it is at most the declared rate.
    """

    key: Hashable
    events: int
    expected: float
    limit: float
    p: float
    q: float
    is_alarm: bool


def scan(
    services: Sequence[tuple[Hashable, Sequence[Point], Sequence[Point]]], rate: float = 0.1
) -> list[Signal]:
    """One signal for each service, in the order given.

    A service is a key, its history week by week, oldest first, and the weeks of now. Of the alarms
    a share of `rate` is false; where nothing happened, a scan in so many has any. Weeks of a season
    are left out. Raises ValueError for a rate outside (0, 1).
    """
    refusals.rate(rate)
    seen = [_Service(key, ordinary(history), ordinary(now)) for key, history, now in services]
    scatter = _Scatter.of(seen)
    p_values = [one.p(scatter.of_service(one)) for one in seen]
    adjusted = benjamini_hochberg(p_values)
    return [
        Signal(
            one.key, one.events, one.expected, one.limit(scatter.of_service(one)), p, q, q <= rate
        )
        for one, p, q in zip(seen, p_values, adjusted, strict=True)
    ]


@dataclass(frozen=True)
class _Service:
    key: Hashable
    history: Weeks
    now: Weeks

    @property
    def events(self) -> int:
        return sum(self.now.events)

    @property
    def ratio(self) -> float:
        """Exposure of now for one of the history; none where either is missing."""
        past = math.fsum(self.history.exposures)
        return math.fsum(self.now.exposures) / past if past else 0.0

    @property
    def expected(self) -> float:
        return sum(self.history.events) * self.ratio

    @property
    def is_telling(self) -> bool:
        return sum(self.history.events) >= TELLING * len(self.history.places)

    @cached_property
    def weekly(self) -> Dispersion | None:
        return self._dispersion(1)

    @cached_property
    def in_blocks(self) -> Dispersion | None:
        """Of blocks as long as now: neighbouring weeks may resemble each other."""
        return self._dispersion(max(len(self.now.places), 1))

    def p(self, dispersion: float) -> float:
        """Of a negative binomial whose variance has that of the usual rate's estimate in it.

        With a dispersion of 1 it is the exact test of two Poisson rates, given both.
        """
        if not self.ratio:
            return 1.0
        spread = dispersion * (1 + self.ratio)
        mean = (sum(self.history.events) + 1) * self.ratio
        return negative_binomial_tail(self.events, mean / (spread - 1), (spread - 1) / spread)

    def limit(self, dispersion: float) -> float:
        if not self.ratio:
            return math.inf
        return self.expected + SIGMAS * math.sqrt(dispersion * self.expected)

    def _dispersion(self, block: int) -> Dispersion | None:
        if not sum(self.history.events) or len(self.history.places) < 2 * block:
            return None
        try:
            return of_counts(self.history.events, self.history.exposures, block)
        except ValueError:  # all its events are older than the first whole block
            return None


@dataclass(frozen=True)
class _Scatter:
    """What all services together say: on the average, and of nearly all that can tell."""

    average: float
    nearly_all: float

    @classmethod
    def of(cls, services: Sequence[_Service]) -> _Scatter:
        weekly = _pooled([one.weekly for one in services])
        average = max(1.0, weekly, _pooled([one.in_blocks for one in services]))
        own = [one.weekly.value for one in services if one.weekly and one.is_telling]
        nearly_all = quantiles(own, n=10)[-1] if len(own) > 1 else average
        return cls(average, max(average, nearly_all))

    def of_service(self, service: _Service) -> float:
        """Never below the average: an own estimate that is low by chance makes false alarms.

        What is too small to tell may scatter as much as nearly any.
        """
        least = self.average if service.is_telling else self.nearly_all
        return max(least, service.weekly.value if service.weekly else 1.0)


def _pooled(found: Sequence[Dispersion | None]) -> float:
    known = [one for one in found if one]
    df = sum(one.df for one in known)
    return math.fsum(one.value * one.df for one in known) / df if df else 1.0
