"""The weeks that are compared, each at its place in time."""

from __future__ import annotations

import math
from collections.abc import Sequence
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
    rows = [
        (place, point.events, point.exposure)
        for place, point in enumerate(points, first)
        if not point.season and point.exposure
    ]
    return Weeks(
        tuple(place for place, _events, _exposure in rows),
        tuple(events for _place, events, _exposure in rows),
        tuple(exposure for _place, _events, exposure in rows),
    )
