"""An estimate never stands without its interval."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Estimate:
    """A value and the interval around it, all in one unit.

    An end that the data leave open is infinite.
    """

    value: float
    low: float
    high: float

    def covers(self, value: float) -> bool:
        """Whether a value lies in the interval, its ends included."""
        return self.low <= value <= self.high
