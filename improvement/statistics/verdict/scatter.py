"""By how much more a sum of many weeks varies than chance makes it.

Week by week by Pearson's chi-square; where weeks resemble their neighbours, times the long-run
factor (1 + r) / (1 - r) of a first-order autoregression (Bayley and Hammersley 1946, Supplement to
the Journal of the Royal Statistical Society 8:184); where they do so for longer, by blocks of
weeks.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

#: What chance alone reaches in about one of twenty histories of two years is taken for chance.
SCATTERED, RESEMBLING = 1.25, 0.17
#: The same for blocks of `BLOCK` weeks; about one of a hundred, for they are few.
LASTING, BLOCK, FEWEST_BLOCKS = 2.5, 8, 5
#: A resemblance nearer to one than this is no longer one of neighbours.
NEAREST = 0.9
#: How much less an estimate tells that has the long-run factor in it.
_LESS = 2.5


@dataclass(frozen=True)
class Scatter:
    """The factor, at least 1; its degrees of freedom, endless where it is chance's own."""

    value: float = 1.0
    df: float = math.inf
    resembles: bool = False


def scatter(places: Sequence[int], residuals: Sequence[float], coefficients: int) -> Scatter:
    """Estimate it from standardised residuals (of variance 1 by chance) at their weeks.

    `coefficients` is how many were fitted. At least ten weeks are needed to make sense of it.
    """
    df = len(residuals) - coefficients
    weekly = math.fsum(one * one for one in residuals) / df
    r = _resemblance(places, residuals)
    value = weekly if weekly > SCATTERED else 1.0
    if r > RESEMBLING:
        value *= (1 + r) / (1 - r)
    blocks, blocks_df = _in_blocks(places, residuals, coefficients)
    if blocks > max(value, LASTING):
        return Scatter(blocks, blocks_df, resembles=True)
    if value == 1:
        return Scatter()
    return Scatter(value, df / _LESS, r > RESEMBLING)


def _resemblance(places: Sequence[int], residuals: Sequence[float]) -> float:
    """The correlation of neighbouring weeks, less its bias after a trend was fitted.

    Kendall (1954), Biometrika 41:403, gives the bias of a mean; a trend doubles it.
    """
    by_place = dict(zip(places, residuals, strict=True))
    products = [
        one * by_place[place + 1] for place, one in by_place.items() if place + 1 in by_place
    ]
    n, squares = len(residuals), math.fsum(one * one for one in residuals)
    if not (products and squares):
        return 0.0
    found = math.fsum(products) / len(products) / (squares / n)
    return min((n * found + 2) / (n - 4), NEAREST)


def _in_blocks(
    places: Sequence[int], residuals: Sequence[float], coefficients: int
) -> tuple[float, float]:
    """The same of blocks, counted from the newest week back, and its degrees of freedom."""
    blocks: defaultdict[int, list[float]] = defaultdict(list)
    for place, one in zip(places, residuals, strict=True):
        blocks[(places[-1] - place) // BLOCK].append(one)
    df = len(blocks) - coefficients
    if len(blocks) < FEWEST_BLOCKS:
        return 0.0, 0
    return math.fsum(math.fsum(block) ** 2 / len(block) for block in blocks.values()) / df, df
