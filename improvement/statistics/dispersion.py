"""How much more counts scatter than by chance alone: 1 is chance, 2 is twice its variance.

Pearson's chi-square over its degrees of freedom (McCullagh and Nelder 1989, Generalized Linear
Models, 4.5 and 6.2). Over blocks of several points it also sees that neighbours resemble each
other: then it grows with the block.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from improvement.statistics import refusals


@dataclass(frozen=True)
class Dispersion:
    """The estimate, unrounded and without a floor, and its degrees of freedom."""

    value: float
    df: int


def of_counts(events: Sequence[float], exposures: Sequence[float], block: int = 1) -> Dispersion:
    """The dispersion of counts over exposures about their common rate.

    `block` is how many neighbours are added up first; the oldest that fill no block are left out.
    Raises ValueError for what cannot be, and for fewer than two blocks or no event.
    """
    refusals.pairs(events, exposures)
    counts, bases = _blocks(events, block), _blocks(exposures, block)
    rate = _common(counts, bases)
    return _pearson(counts, [rate * base for base in bases], 1.0)


def of_shares(events: Sequence[float], sizes: Sequence[float], block: int = 1) -> Dispersion:
    """The dispersion of shares about their common share; blocks as in `of_counts`.

    Raises ValueError as `of_counts` does, for more than all, and where all are counted.
    """
    refusals.pairs(events, sizes)
    for k, n in zip(events, sizes, strict=True):
        refusals.portion(k, n)
    counts, bases = _blocks(events, block), _blocks(sizes, block)
    share = _common(counts, bases)
    if share == 1:
        raise ValueError("Where all are counted, nothing scatters.")
    return _pearson(counts, [share * base for base in bases], 1 - share)


def _pearson(counts: Sequence[float], expected: Sequence[float], variance: float) -> Dispersion:
    """`variance` is that of one event expected: 1 of a count, 1 - share of a share."""
    squares = math.fsum((k - mean) ** 2 / mean for k, mean in zip(counts, expected, strict=True))
    df = len(counts) - 1
    return Dispersion(squares / variance / df, df)


def _blocks(values: Sequence[float], block: int) -> list[float]:
    if block < 1:
        raise ValueError(f"A block is one point or more, not {block}.")
    whole = values[len(values) % block :]
    return [math.fsum(whole[start : start + block]) for start in range(0, len(whole), block)]


def _common(counts: Sequence[float], bases: Sequence[float]) -> float:
    if len(counts) < 2 or not any(counts):
        raise ValueError("A dispersion takes two blocks or more, and an event.")
    return math.fsum(counts) / math.fsum(bases)
