"""Control charts for counts and shares whose base varies from point to point.

Shewhart (1931), as in Montgomery, Introduction to Statistical Quality Control, chapter 7. Where
counts scatter more than chance alone, every limit widens by the root of the dispersion (Laney
2002, Quality Engineering 14:531, with the dispersion of Pearson in place of his moving range).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from improvement.statistics import refusals

#: How many standard deviations the limits are away.
SIGMAS = 3.0


@dataclass(frozen=True)
class Mark:
    """One point on a chart, its own centre and limits."""

    value: float
    centre: float
    low: float
    high: float

    @property
    def signals(self) -> bool:
        """Whether it lies beyond a limit."""
        return not self.low <= self.value <= self.high


@dataclass(frozen=True)
class Chart:
    """A centre line and the points in order; centre and points in the same unit."""

    centre: float
    marks: tuple[Mark, ...]

    @property
    def signals(self) -> tuple[int, ...]:
        """Which points lie beyond their limits, counted from 0."""
        return tuple(place for place, mark in enumerate(self.marks) if mark.signals)


def u_chart(
    events: Sequence[float],
    exposures: Sequence[float],
    sigmas: float = SIGMAS,
    dispersion: float = 1.0,
    centre: float | None = None,
) -> Chart:
    """Events per unit of exposure, each point over an exposure of its own.

    `centre`: what is usual, where other points than these say it.
    Raises ValueError for counts and exposures that cannot be.
    """
    return _per_base(events, exposures, sigmas, lambda rate: rate * dispersion, math.inf, centre)


def p_chart(
    events: Sequence[float],
    sizes: Sequence[float],
    sigmas: float = SIGMAS,
    dispersion: float = 1.0,
    centre: float | None = None,
) -> Chart:
    """The share of each sample, from 0 to 1, each of a size of its own.

    `centre`: what is usual, where other samples than these say it.
    Raises ValueError for counts and sizes that cannot be.
    """
    _portions(events, sizes)
    scatter = lambda share: share * (1 - share) * dispersion  # noqa: E731
    return _per_base(events, sizes, sigmas, scatter, 1.0, centre)


def np_chart(
    events: Sequence[float],
    sizes: Sequence[float],
    sigmas: float = SIGMAS,
    dispersion: float = 1.0,
) -> Chart:
    """The number in each sample, beside what the common share makes of its size.

    Raises ValueError for counts and sizes that cannot be.
    """
    shares = p_chart(events, sizes, sigmas, dispersion)
    marks = tuple(
        Mark(k, mark.centre * n, mark.low * n, mark.high * n)
        for k, n, mark in zip(events, sizes, shares.marks, strict=True)
    )
    return Chart(math.fsum(mark.centre for mark in marks) / len(marks), marks)


def _per_base(
    events: Sequence[float],
    bases: Sequence[float],
    sigmas: float,
    variance: Callable[[float], float],
    most: float,
    usual: float | None,
) -> Chart:
    refusals.pairs(events, bases)
    centre = math.fsum(events) / math.fsum(bases) if usual is None else usual
    reach = refusals.exposure(sigmas) * math.sqrt(variance(centre))
    return Chart(
        centre,
        tuple(
            _mark(k / base, centre, reach / math.sqrt(base), most)
            for k, base in zip(events, bases, strict=True)
        ),
    )


def _mark(value: float, centre: float, reach: float, most: float) -> Mark:
    return Mark(value, centre, max(centre - reach, 0.0), min(centre + reach, most))


def _portions(events: Sequence[float], sizes: Sequence[float]) -> None:
    refusals.pairs(events, sizes)
    for k, n in zip(events, sizes, strict=True):
        refusals.portion(k, n)
