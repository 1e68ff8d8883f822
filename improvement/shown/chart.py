"""The drawing of an indicator week by week: whole numbers, in units of its view box."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format

from figures.series import Week
from improvement.statistics.charts import Chart, p_chart, u_chart

#: The view box, and where its four edges of drawing are.
WIDTH, HEIGHT = 860, 280
LEFT, RIGHT, TOP, BOTTOM = 56, 716, 26, 246
#: About so many lines across, and so many weeks named below.
LINES, NAMES = 5, 7
#: Fewer weeks than this give no limits worth drawing.
FEW = 8


@dataclass(frozen=True)
class Dot:
    """A week on the drawing, and what the table says of it."""

    week: Week
    x: int
    y: int
    value: str
    out: bool
    after: bool


@dataclass(frozen=True)
class Tick:
    at: int
    label: str


@dataclass(frozen=True)
class Series:
    """Points, their limits as steps, the usual level, the target, and where it was changed."""

    dots: list[Dot]
    line: str
    upper: str
    lower: str
    centre: Tick | None
    goal: Tick | None
    mark: Tick | None
    across: list[Tick]
    below: list[Tick]
    baseline_weeks: int

    @property
    def goal_from(self) -> int:
        """Where its line begins: with the change, once there is one."""
        return self.mark.at if self.mark else LEFT

    @property
    def goal_words(self) -> int:
        """How far below its line the target's words stand: on the side away from the usual's."""
        is_below = self.goal and self.centre and self.goal.at > self.centre.at
        return 14 if is_below else -8

    @property
    def last(self) -> Dot:
        return self.dots[-1]


def draw(
    weeks: Sequence[Week],
    history: Sequence[Week],
    is_share: bool,
    start: date | None,
    target: float | None,
    dispersion: float = 1.0,
) -> Series | None:
    """The weeks that have anything to count; `history` says what is usual, `dispersion` how much
    more than chance they scatter, which widens the limits."""
    seen, usual = _with_any(weeks), _with_any(history)
    if not seen:
        return None
    chart = _chart(seen, usual, is_share, dispersion) if len(usual) >= FEW else None
    goal = None if target is None else target / (100 if is_share else 1)
    scale = _Scale.of([_value(week) for week in seen], chart, goal, is_share)
    dots = _dots(seen, chart, scale, is_share, start)
    upper, lower = _limits(dots, chart, scale)
    return Series(
        dots=dots,
        line="M" + "L".join(f"{dot.x} {dot.y}" for dot in dots),
        upper=upper,
        lower=lower,
        centre=_tick(scale, chart.centre, is_share) if chart else None,
        goal=None if goal is None else _tick(scale, goal, is_share),
        mark=_mark(dots, start),
        across=scale.lines(is_share),
        below=_names(dots),
        baseline_weeks=len(usual),
    )


@dataclass(frozen=True)
class _Scale:
    """From a value to its height on the drawing."""

    low: float
    step: float
    top: float

    @classmethod
    def of(
        cls, values: list[float], chart: Chart | None, goal: float | None, is_share: bool
    ) -> _Scale:
        reached = [*values, *((mark.high for mark in chart.marks) if chart else ())]
        if goal is not None:
            reached.append(goal)
        most = 1.0 if is_share else max([*(each for each in reached if each < math.inf), 1.0])
        least = min([*reached, *((mark.low for mark in chart.marks) if chart else ())])
        step = 0.2 if is_share else _round_step(most / LINES)
        top = math.ceil(most / step - 1e-9) * step
        # Where every week is at 100 % there is still a line below it.
        low = min(math.floor(least / step) * step, top - step) if is_share else 0.0
        return cls(low, step, top)

    def y(self, value: float) -> int:
        share = (min(value, self.top) - self.low) / (self.top - self.low)
        return round(BOTTOM - share * (BOTTOM - TOP))

    def lines(self, is_share: bool) -> list[Tick]:
        count = round((self.top - self.low) / self.step)
        levels = [self.low + n * self.step for n in range(count + 1)]
        return [Tick(self.y(level), _rough(level, is_share)) for level in levels]


def _round_step(rough: float) -> float:
    """The next of 1, 2, 5, 10, 20, 50 ..."""
    power = 10 ** math.floor(math.log10(max(rough, 0.1)))
    return next(each * power for each in (1, 2, 5, 10) if each * power >= rough - 1e-9)


def _dots(
    seen: Sequence[Week], chart: Chart | None, scale: _Scale, is_share: bool, start: date | None
) -> list[Dot]:
    """One for each week, at its place."""
    return [
        Dot(
            week,
            x,
            scale.y(_value(week)),
            _words(_value(week), is_share),
            _is_out(chart, place),
            start is not None and week.monday >= start,
        )
        for place, (week, x) in enumerate(zip(seen, _places(len(seen)), strict=True))
    ]


def _chart(seen: Sequence[Week], usual: Sequence[Week], is_share: bool, dispersion: float) -> Chart:
    """The limits of each week by its own size, the centre from the history alone."""
    kind = p_chart if is_share else u_chart
    before = kind(*_columns(usual))
    return kind(*_columns(seen), dispersion=dispersion, centre=before.centre)


def _columns(weeks: Sequence[Week]) -> tuple[list[float], list[float]]:
    sizes = [1.0 if week.among is None else float(week.among) for week in weeks]
    return [float(week.number) for week in weeks], sizes


def _with_any(weeks: Sequence[Week]) -> list[Week]:
    return [week for week in weeks if week.among != 0]


def _mark(dots: list[Dot], start: date | None) -> Tick | None:
    changed = next((dot.x for dot in dots if dot.after), None)
    return Tick(changed, date_format(start, "j M")) if changed and start else None


def _limits(dots: list[Dot], chart: Chart | None, scale: _Scale) -> tuple[str, str]:
    marks = chart.marks if chart else ()
    upper, lower = [scale.y(mark.high) for mark in marks], [scale.y(mark.low) for mark in marks]
    return _steps(dots, upper), _steps(dots, lower)


def _is_out(chart: Chart | None, place: int) -> bool:
    return chart is not None and chart.marks[place].signals


def _value(week: Week) -> float:
    return week.number / (week.among or 1)


def _places(count: int) -> list[int]:
    if count == 1:
        return [(LEFT + RIGHT) // 2]
    return [round(LEFT + n * (RIGHT - LEFT) / (count - 1)) for n in range(count)]


def _steps(dots: list[Dot], ys: list[int]) -> str:
    """A line that changes its height half way between two weeks; nothing without any."""
    if not ys:
        return ""
    xs = [dot.x for dot in dots]
    parts = [f"M{xs[0]} {ys[0]}"]
    for (x, before), (further, y) in zip(
        zip(xs, ys, strict=True), zip(xs[1:], ys[1:], strict=True), strict=False
    ):
        middle = (x + further) // 2
        parts.append(f"L{middle} {before}L{middle} {y}")
    return "".join(parts) + f"L{xs[-1]} {ys[-1]}"


def _names(dots: list[Dot]) -> list[Tick]:
    every = max(1, math.ceil(len(dots) / NAMES))
    return [Tick(dot.x, date_format(dot.week.monday, "j M")) for dot in dots[::every]]


def _tick(scale: _Scale, value: float, is_share: bool) -> Tick:
    return Tick(scale.y(value), _words(value, is_share))


def _words(value: float, is_share: bool) -> str:
    shown: Any = round(100 * value if is_share else value, 1)
    said = str(number_format(shown, 1))
    return f"{said} %" if is_share else said


def _rough(value: float, is_share: bool) -> str:
    """For the lines across: no decimals where there are none."""
    shown = round(100 * value) if is_share else round(value, 1)
    said = str(number_format(shown, 0 if float(shown).is_integer() else 1))
    return f"{said} %" if is_share else said
