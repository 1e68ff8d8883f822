"""How long things take when some are still open: nobody is left out for not having ended yet."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from improvement.statistics import refusals
from improvement.statistics.distributions import normal_quantile
from improvement.statistics.estimates import Estimate


class Step(NamedTuple):
    """From `time` on, this share is still open; `error` is that of log(-log(share))."""

    time: float
    share: float
    error: float


@dataclass(frozen=True)
class Curve:
    """The steps at which something ended, in order of time."""

    steps: tuple[Step, ...]

    def at(self, time: float, level: float = 0.95) -> Estimate:
        """The share still open after a time, in the unit of the times that were given.

        Raises ValueError for a negative time, or a level outside (0, 1).
        """
        z = normal_quantile((1 + refusals.level(level)) / 2)
        place = bisect_right(self.steps, refusals.count(time), key=lambda step: step.time)
        return _estimate(self.steps[place - 1], z) if place else Estimate(1.0, 1.0, 1.0)

    def median(self, level: float = 0.95) -> Estimate:
        """When half have ended, with the interval of Brookmeyer and Crowley (1982).

        A time that is not reached is infinite. Raises ValueError for a level outside (0, 1).
        """
        z = normal_quantile((1 + refusals.level(level)) / 2)
        return Estimate(
            self._first(lambda step: step.share),
            self._first(lambda step: _estimate(step, z).low),
            self._first(lambda step: _estimate(step, z).high),
        )

    def _first(self, share: Callable[[Step], float]) -> float:
        """The time at which a share falls to a half; a rounding error above counts."""
        return next((step.time for step in self.steps if share(step) <= 0.5 + 1e-12), math.inf)


def kaplan_meier(times: Sequence[float], ended: Sequence[bool]) -> Curve:
    """The share still open by time; what has not ended counts until its own time, then leaves.

    Kaplan and Meier (1958), variance by Greenwood (1926), intervals on log(-log) so that they
    stay possible. Times in any one unit, zero or more. Raises ValueError otherwise, and where
    there are not as many `ended` as times, or none.
    """
    if len(times) != len(ended):
        raise ValueError(f"{len(times)} times do not go with {len(ended)} ends.")
    leaving = Counter(refusals.count(time) for time in refusals.numbers(times))
    ends = Counter(time for time, end in zip(times, ended, strict=True) if end)
    at_risk, share, greenwood, steps = len(times), 1.0, 0.0, []
    for time in sorted(leaving):
        if d := ends[time]:
            share *= 1 - d / at_risk
            greenwood += d / (at_risk * (at_risk - d)) if at_risk > d else math.inf
            steps.append(Step(time, share, _log_log_error(share, greenwood)))
        at_risk -= leaving[time]
    return Curve(tuple(steps))


def _log_log_error(share: float, greenwood: float) -> float:
    return math.sqrt(greenwood) / -math.log(share) if share else math.inf


def _estimate(step: Step, z: float) -> Estimate:
    if not step.share:
        return Estimate(0.0, 0.0, 0.0)
    reach = z * step.error
    low, high = (step.share ** math.exp(sign * reach) for sign in (1, -1))
    return Estimate(step.share, low, high)
