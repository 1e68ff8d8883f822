"""What the drawings of figures need to know: whole numbers, in units of their view boxes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

#: Of a bar chart: the height of a row and its bar, where bars begin, and how long the longest is.
STEP, THICK = 34, 20
LEFT, LONGEST = 250, 190
#: Characters of a label that find room beside its bar; the table has all of it.
LABEL = 30


@dataclass(frozen=True)
class Spread:
    """How the cases of a unit are spread; `widest`: how many the largest unit has."""

    late: int
    soon: int
    rest: int
    widest: int

    @property
    def soon_at(self) -> int:
        return self.late

    @property
    def rest_at(self) -> int:
        return self.late + self.soon


@dataclass(frozen=True)
class Bar:
    """A part of a whole: its number, the share of it with all before it, and where it is drawn."""

    label: Any
    number: int
    cumulative: int  # percent
    is_none: bool
    y: int
    width: int

    @property
    def short(self) -> str:
        label = str(self.label)
        return label if len(label) <= LABEL else f"{label[: LABEL - 1].rstrip()}…"

    @property
    def base(self) -> int:
        """Where words stand in the middle of the bar."""
        return self.y + 15

    @property
    def end(self) -> int:
        return LEFT + self.width + 8


@dataclass(frozen=True)
class Pareto:
    """Bars that add up to a whole."""

    bars: list[Bar]
    total: int

    @classmethod
    def of(cls, parts: Iterable[tuple[Any, int, bool]]) -> Pareto:
        """`parts`: label, number, and whether it is what nobody gave; in the order to draw."""
        parts = list(parts)
        total = sum(n for _label, n, _is_none in parts)
        most = max((n for _label, n, _is_none in parts), default=0)
        bars, so_far = [], 0
        for place, (label, n, is_none) in enumerate(parts):
            so_far += n
            percent, width = round(100 * so_far / total), round(LONGEST * n / most)
            bars.append(Bar(label, n, percent, is_none, 8 + place * STEP, width))
        return cls(bars, total)

    @property
    def height(self) -> int:
        return 8 + len(self.bars) * STEP
