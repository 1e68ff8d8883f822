"""Services in which nothing was improved, however it may look: what a verdict has to withstand.

Each has `HISTORY` weeks before the start and `LATER` after it. Where nothing else is said, 200
events are expected after the start, or 20 answers come in a week.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from random import Random
from typing import Any

from benchmarks import ramadan
from benchmarks.draws import beta_binomial, binomial, negative_binomial, poisson
from improvement.statistics.verdict import Point

HISTORY, LATER = 104, 26
USUAL, ANSWERS, SHARE = 200 / LATER, 20, 0.3
#: Of how many services the worst tenth is chosen.
SERVICES = 100

#: The factor on the rate (or the odds) in each week, counted from the start.
Shape = Callable[[int], float]


@dataclass(frozen=True)
class Service:
    """What `judge` is given of one service."""

    before: Sequence[Point]
    after: Sequence[Point]
    selection: Sequence[Point] = field(default=())
    selected: bool = False


@cache
def plain(events: int, exposure: float = 1.0) -> Point:
    """A week with nothing else to it; drawn so often that it is worth keeping."""
    return Point(events, exposure)


def flat(week: int) -> float:
    return 1.0


def trend(percent: float) -> Shape:
    """So many percent more in each week, before and after alike."""
    return lambda week: (1 + percent / 100) ** week


def drop(factor: float, then: Shape = flat) -> Shape:
    """A true change at the start."""
    return lambda week: then(week) * (factor if week >= 0 else 1)


def counted(
    source: Random,
    *,
    usual: float = USUAL,
    dispersion: float = 1,
    shape: Shape = flat,
    history: int = HISTORY,
) -> Service:
    """Events whose weeks have nothing to do with each other."""
    return _split(
        [
            plain(negative_binomial(source, usual * shape(week), dispersion))
            for week in range(-history, LATER)
        ],
        history,
    )


def shared(
    source: Random,
    *,
    dispersion: float = 1,
    shape: Shape = flat,
    share: float = SHARE,
    history: int = HISTORY,
) -> Service:
    """Shares of a varying number of answers; the shape is one of the odds."""
    points = []
    for week in range(-history, LATER):
        n = max(poisson(source, ANSWERS), 1)
        odds = share / (1 - share) * shape(week)
        points.append(plain(beta_binomial(source, n, odds / (1 + odds), dispersion), n))
    return _split(points, history)


def resembling(source: Random, *, r: float = 0.4, shape: Shape = flat) -> Service:
    """Poisson counts of which a share r is handed on to the next week: correlated by r."""
    events, points = poisson(source, USUAL * shape(-HISTORY)), []
    for week in range(-HISTORY, LATER):
        points.append(plain(events))
        fresh = USUAL * (shape(week + 1) - r * shape(week))
        events = binomial(source, events, r) + poisson(source, fresh)
    return _split(points, HISTORY)


def drifting(source: Random, *, r: float, dispersion: float) -> Service:
    """A rate that itself wanders, and comes back by a share 1 - r a week."""
    spread = ((dispersion - 1) / USUAL) ** 0.5
    height, points = source.gauss(0, spread), []
    for _week in range(HISTORY + LATER):
        points.append(plain(poisson(source, USUAL * max(1 + height, 0.05))))
        height = r * height + source.gauss(0, spread * (1 - r * r) ** 0.5)
    return _split(points, HISTORY)


def in_season(
    source: Random,
    *,
    factor: float,
    shape: Shape = flat,
    declared: bool = True,
    draw: Callable[..., Service] = counted,
) -> Service:
    """Real Ramadans, with another rate (or odds) on their days; the start is on any Monday."""
    first = ramadan.FIRST + timedelta(7 * source.randrange(200, 350))
    days = [ramadan.days_in_season(first + timedelta(7 * week)) for week in range(-HISTORY, LATER)]
    drawn = draw(
        source, shape=lambda week: shape(week) * (1 + (factor - 1) * days[week + HISTORY] / 7)
    )
    points = [
        replace(point, season=declared and number >= 4)
        for point, number in zip([*drawn.before, *drawn.after], days, strict=True)
    ]
    return _split(points, HISTORY)


def with_channels(source: Random, shapes: Sequence[tuple[float, Shape]]) -> Service:
    """Several channels, each with its share of the usual rate and a course of its own."""
    points = []
    for week in range(-HISTORY, LATER):
        parts = {
            f"channel {number}": poisson(source, USUAL * share * shape(week))
            for number, (share, shape) in enumerate(shapes)
        }
        points.append(Point(sum(parts.values()), 1.0, by_channel=parts))
    return _split(points, HISTORY)


def shared_by_channels(
    source: Random, channels: Sequence[tuple[float, float, Shape]], *, shape: Shape = flat
) -> Service:
    """Shares of answers that come by several channels.

    Each has its part of the usual answers, the share of events in them, and a course of its own;
    the shape is one of the odds of all.
    """
    points = []
    for week in range(-HISTORY, LATER):
        events, answers = 0, {}
        for number, (part, share, course) in enumerate(channels):
            odds = share / (1 - share) * shape(week)
            n = poisson(source, ANSWERS * part * course(week))
            events += binomial(source, n, odds / (1 + odds))
            answers[f"channel {number}"] = n
        points.append(Point(events, float(sum(answers.values())), by_channel=answers))
    return _split(points, HISTORY)


def opens(week: int) -> Shape:
    """Nothing before a week, all from it on."""
    return lambda now: float(now >= week)


def spreads(week: int, over: int) -> Shape:
    """Nothing before a week, then more with each, until all is there after so many."""
    return lambda now: min(max((now - week + 1) / over, 0.0), 1.0)


def closes(week: int) -> Shape:
    """All before a week, nothing from it on."""
    return lambda now: float(now < week)


def worst_tenth(
    source: Random, draw: Callable[..., Service], *, named: bool = True, **kind: Any
) -> Sequence[Service]:
    """Those of a hundred services that were worst in the weeks before the start.

    `draw` draws weeks that have nothing to do with each other, so those of the choice come first,
    and the rest of a service only once it is chosen. Where they are not `named`, they are part of
    the history, as in a plan that was made in a hurry.
    """
    windows = [draw(source, history=0, **kind).after for _service in range(SERVICES)]
    windows.sort(key=_height, reverse=True)
    chosen = windows[: SERVICES // 10]
    return [_chosen(draw(source, **kind), weeks, named) for weeks in chosen]


def _height(weeks: Sequence[Point]) -> float:
    return sum(point.events for point in weeks) / sum(point.exposure for point in weeks)


def _chosen(service: Service, weeks: Sequence[Point], named: bool) -> Service:
    if named:
        return replace(service, selection=weeks, selected=True)
    return replace(service, before=[*service.before, *weeks], selected=True)


def _split(points: Sequence[Point], history: int) -> Service:
    return Service(points[:history], points[history:])
