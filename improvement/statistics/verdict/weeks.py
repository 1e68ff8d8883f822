"""The weeks that are compared, each at its place in time."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from improvement.statistics.verdict.terms import Point

#: Events and exposure; or, of an estimate, those of a sample that would be as certain.
Pair = tuple[float, float]


@dataclass(frozen=True)
class Weeks:
    """Places count weeks from the oldest of the history on; all three are of one length."""

    places: tuple[int, ...]
    events: tuple[int, ...]
    exposures: tuple[float, ...]

    @property
    def total(self) -> tuple[int, float]:
        """Events and exposure of all weeks together."""
        return sum(self.events), math.fsum(self.exposures)


def ordinary(points: Sequence[Point], first: int = 0) -> Weeks:
    """The weeks outside any season in which there was something to count over."""
    return _weeks(
        (place, point.events, point.exposure)
        for place, point in enumerate(points, first)
        if not point.season and point.exposure
    )


def controls(points: Sequence[Point], first: int = 0) -> Weeks:
    """The rest of the agency in the same weeks, where it is known."""
    return _weeks(
        (place, *point.control)
        for place, point in enumerate(points, first)
        if not point.season and point.exposure and point.control and point.control[1]
    )


def _weeks(rows: Iterable[tuple[int, int, float]]) -> Weeks:
    listed = list(rows)
    return Weeks(
        tuple(place for place, _events, _exposure in listed),
        tuple(events for _place, events, _exposure in listed),
        tuple(exposure for _place, _events, exposure in listed),
    )
