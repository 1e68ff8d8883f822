"""Every indicator says what it counts: the same words, and the same function, on every page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Of = TypeVar("Of")
Found = TypeVar("Found")


@dataclass(frozen=True)
class Definition:
    """What stands over and under the line, among which it is counted, and as of when.

    Texts to be translated; `denominator` is empty where a number is no share.
    """

    label: Any
    numerator: Any
    denominator: Any
    population: Any
    moment: Any


@dataclass(frozen=True, eq=False)
class Indicator(Generic[Of, Found]):
    """A function of what was counted, and its definition."""

    compute: Callable[[Of], Found]
    definition: Definition

    def __call__(self, counted: Of) -> Found:
        return self.compute(counted)


def indicator(
    label: Any, *, numerator: Any, denominator: Any = "", population: Any, moment: Any
) -> Callable[[Callable[[Of], Found]], Indicator[Of, Found]]:
    """Print a definition on a function."""
    definition = Definition(label, numerator, denominator, population, moment)
    return lambda compute: Indicator(compute, definition)


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    numerator: int
    denominator: int

    @property
    def percent(self) -> float | None:
        """None of none is no share."""
        return 100 * self.numerator / self.denominator if self.denominator else None
