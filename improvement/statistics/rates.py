"""Events per exposure: the ratio of two rates, exactly."""

from __future__ import annotations

import math

from improvement.statistics import refusals
from improvement.statistics.distributions import beta_quantile
from improvement.statistics.estimates import Estimate
from improvement.statistics.shares import wilson

#: Two chances that differ by less, relatively, are the same one, rounded.
_SAME = 1e-9


def ratio(of: tuple[float, float], to: tuple[float, float], level: float = 0.95) -> Estimate:
    """How many times as high one rate is as another; each is (events, exposure).

    The interval is the central conditional one: given all events, those of the first are binomial
    (Przyborowski and Wilenski 1940), and Clopper and Pearson's (1934) limits of that share, beta
    quantiles, are turned into a ratio. Events may be fractions where they are effective numbers.
    Raises ValueError for impossible rates and where there is no event at all.
    """
    (k, time), (base, base_time) = _rate(*of), _rate(*to)
    if not k + base:
        raise ValueError("Without any event there is no ratio of rates.")
    tail, scale = (1 - refusals.level(level)) / 2, base_time / time
    low = _odds(beta_quantile(tail, k, base + 1)) if k else 0.0
    high = _odds(beta_quantile(1 - tail, k + 1, base)) if base else math.inf
    return Estimate(scale * k / base if base else math.inf, scale * low, scale * high)


def score_ratio(of: tuple[float, float], to: tuple[float, float], level: float = 0.95) -> Estimate:
    """The ratio of two rates as `ratio` has it, with the score interval in place of the exact one.

    Wilson's (1927) limits of the first's share of all events, turned into a ratio: they cover as
    often as declared on the average, where exact ones cover more often, and so do they for
    effective numbers of events, which are fractions. Raises ValueError as `ratio` does.
    """
    (k, time), (base, base_time) = _rate(*of), _rate(*to)
    if not k + base:
        raise ValueError("Without any event there is no ratio of rates.")
    share, scale = wilson(k, k + base, level), base_time / time
    low, high = (_odds(end) for end in (share.low, share.high))
    return Estimate(scale * k / base if base else math.inf, scale * low, scale * high)


def exact_p(of: tuple[int, float], to: tuple[int, float]) -> float:
    """The chance, if both rates were equal, of a split of the events no likelier than this one.

    Two-sided by the sum of the small probabilities (Gu, Ng, Tang and Schucany 2008, Biometrical
    Journal 50:283; what R calls "minlike"), not twice the smaller tail: it may differ from the
    interval of `ratio` close to the border. Raises ValueError for impossible rates.
    """
    (k, time), (base, base_time) = _rate(*of), _rate(*to)
    n, share = int(k + base), time / (time + base_time)
    seen = _chance(int(k), n, share) * (1 + _SAME)
    return min(math.fsum(p for i in range(n + 1) if (p := _chance(i, n, share)) <= seen), 1.0)


def _chance(k: int, n: int, share: float) -> float:
    ways = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    return math.exp(ways + k * math.log(share) + (n - k) * math.log1p(-share))


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else math.inf


def _rate(events: float, time: float) -> tuple[float, float]:
    return refusals.count(events), refusals.exposure(time)
