"""Random counts from a seeded source, with a chosen mean and dispersion."""

from __future__ import annotations

import math
from random import Random


def poisson(source: Random, mean: float) -> int:
    """A Poisson count; the mean at most 700, for it is found by adding up chances."""
    left, k, chance = source.random(), 0, math.exp(-mean)
    while left > chance > 0:
        left -= chance
        k += 1
        chance *= mean / k
    return k


def negative_binomial(source: Random, mean: float, dispersion: float) -> int:
    """A count whose variance is its mean times the dispersion; 1 is Poisson."""
    if dispersion == 1:
        return poisson(source, mean)
    return poisson(source, source.gammavariate(mean / (dispersion - 1), dispersion - 1))


def binomial(source: Random, n: int, share: float) -> int:
    """So many of n, each by itself."""
    return sum(source.random() < share for _one in range(n))


def beta_binomial(source: Random, n: int, share: float, dispersion: float) -> int:
    """So many of n, with the binomial variance times the dispersion; below n, and 1 is binomial."""
    if dispersion == 1 or n < 2:
        return binomial(source, n, share)
    weight = (n - 1) / (min(dispersion, 0.9 * n) - 1) - 1
    return binomial(source, n, source.betavariate(share * weight, (1 - share) * weight))
