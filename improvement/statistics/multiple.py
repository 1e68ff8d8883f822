"""Many tests at once: p-values adjusted so that each may be held against the declared rate."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from improvement.statistics import refusals


def holm(p_values: Sequence[float]) -> list[float]:
    """Adjusted so that the chance of any false finding is held (Holm 1979), in the given order.

    Raises ValueError for what is no probability.
    """
    ranked = _ranked(p_values)
    n = len(ranked)
    scaled = [p_values[place] * (n - rank) for rank, place in enumerate(ranked)]
    return _in_given_order(ranked, list(accumulate(scaled, max)))


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """Adjusted so that the share of false findings is held (Benjamini and Hochberg 1995).

    In the given order. Raises ValueError for what is no probability.
    """
    ranked = _ranked(p_values)[::-1]
    n = len(ranked)
    scaled = [p_values[place] * n / (n - rank) for rank, place in enumerate(ranked)]
    return _in_given_order(ranked, list(accumulate(scaled, min)))


def _ranked(p_values: Sequence[float]) -> list[int]:
    for p in p_values:
        refusals.p_value(p)
    return sorted(range(len(p_values)), key=p_values.__getitem__)


def _in_given_order(places: Sequence[int], adjusted: Sequence[float]) -> list[float]:
    by_place = dict(zip(places, adjusted, strict=True))
    return [min(by_place[place], 1.0) for place in range(len(places))]
