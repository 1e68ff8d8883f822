"""All that is looked at for one judgement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from improvement.statistics import refusals
from improvement.statistics.regression import Family
from improvement.statistics.verdict.terms import Measure, Point, Rule
from improvement.statistics.verdict.weeks import Weeks, ordinary


@dataclass(frozen=True)
class Case:
    """The rule, and the points as `judge` was given them.

    Raises ValueError for a share of more than all.
    """

    rule: Rule
    before: Sequence[Point]
    selection: Sequence[Point]
    after: Sequence[Point]
    selected: bool

    def __post_init__(self) -> None:
        if self.rule.measure is Measure.SHARE:
            for point in self.points:
                refusals.portion(point.events, point.exposure or 1)

    @property
    def points(self) -> Sequence[Point]:
        """All weeks in order."""
        return [*self.before, *self.selection, *self.after]

    @property
    def start(self) -> int:
        """The place of the first week after the start."""
        return len(self.before) + len(self.selection)

    @property
    def family(self) -> Family:
        """On which scale the measure's trend is straight."""
        return Family.LOG if self.rule.measure is Measure.COUNT else Family.LOGIT

    @cached_property
    def history(self) -> Weeks:
        return ordinary(self.before)

    @cached_property
    def later(self) -> Weeks:
        return ordinary(self.after, self.start)
