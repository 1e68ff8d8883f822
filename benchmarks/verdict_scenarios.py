"""The cases a verdict is tried on: many in which nothing improved, and a few in which it did."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from random import Random

from benchmarks.null_services import SHARE as SHARE_OF_EVENTS
from benchmarks.null_services import (
    Service,
    Shape,
    closes,
    counted,
    drifting,
    drop,
    flat,
    in_season,
    opens,
    resembling,
    shared,
    shared_by_channels,
    spreads,
    trend,
    with_channels,
    worst_tenth,
)
from improvement.statistics.verdict import Better, Judgement, Measure, Rule, judge

#: Declared before the start, for all of them.
COUNT = Rule(Measure.COUNT, Better.LOWER, least=50)
SHARE = Rule(Measure.SHARE, Better.LOWER, least=100)
MORE = Rule(Measure.COUNT, Better.HIGHER, least=50)
#: Weeks of history of a plan where there are so many (`improvement.plans.weeks`); others here have
#: two years.
LONG = 156


@dataclass(frozen=True)
class Scenario:
    """A kind of service, drawn one or several at a time, and the rule it is judged by."""

    name: str
    draw: Callable[[Random], Service | Sequence[Service]]
    rule: Rule = COUNT

    def judgements(self, source: Random, number: int) -> Iterator[Judgement]:
        """Draw so many, and judge them."""
        drawn = iter(partial(self._services, source), None)
        for service in islice(chain.from_iterable(drawn), number):
            yield judge(
                self.rule,
                service.before,
                service.after,
                selected=service.selected,
                selection=service.selection,
            )

    def _services(self, source: Random) -> Sequence[Service]:
        drawn = self.draw(source)
        return [drawn] if isinstance(drawn, Service) else drawn


def _channels(*shapes: tuple[float, Shape]) -> Callable[[Random], Service]:
    return partial(with_channels, shapes=[(0.6, flat), (0.4, flat), *shapes])


def _moved(share: float) -> Callable[[Random], Service]:
    """A new channel takes over, at the start, a share of what came by the first."""
    return partial(
        with_channels,
        shapes=[(0.6, drop(1 - share)), (0.4, flat), (0.6 * share, opens(0))],
    )


def _easy(*courses: Shape, shape: Shape = flat) -> Callable[[Random], Service]:
    """Answers by two channels; and by one more for each course, with few events in them."""
    known = [(0.6, SHARE_OF_EVENTS, flat), (0.4, SHARE_OF_EVENTS, flat)]
    easy = [(0.6, 0.05, course) for course in courses]
    return partial(shared_by_channels, channels=[*known, *easy], shape=shape)


#: In these nothing was improved: "improved" is said falsely.
NULLS = [
    Scenario("Poisson", counted),
    Scenario("dispersion 2", partial(counted, dispersion=2)),
    Scenario("dispersion 3", partial(counted, dispersion=3)),
    Scenario("autocorrelation 0.4", resembling),
    Scenario("wandering rate, 0.7, dispersion 2", partial(drifting, r=0.7, dispersion=2)),
    Scenario("Ramadan: fewer", partial(in_season, factor=0.6)),
    Scenario("Ramadan: more", partial(in_season, factor=1.6)),
    *(
        Scenario(f"trend {percent} % a week", partial(counted, shape=trend(percent)))
        for percent in (-0.1, -0.2, -0.3, -0.5, -1, -2)
    ),
    Scenario("trend +0.5 % a week", partial(counted, shape=trend(0.5))),
    Scenario("trend -0.4 %, dispersion 2", partial(counted, shape=trend(-0.4), dispersion=2)),
    Scenario("trend -0.4 %, autocorrelation", partial(resembling, shape=trend(-0.4))),
    *(
        Scenario(f"a channel opens, week {week}", _channels((0.3, opens(week))))
        for week in (-52, -8, 0, 8)
    ),
    *(
        Scenario(f"a channel closes, week {week}", _channels((0.3, closes(week))))
        for week in (-52, -8, 0, 8)
    ),
    Scenario("a small channel closes, week 0", _channels((0.05, closes(0)))),
    Scenario("a channel takes over half, week 0", _moved(0.5)),
    Scenario("a channel opens, more is better", _channels((0.3, opens(0))), MORE),
    Scenario("channels as ever", _channels()),
    *(
        Scenario(
            f"worst tenth, dispersion {spread}",
            partial(worst_tenth, draw=counted, dispersion=spread),
        )
        for spread in (1, 2, 3)
    ),
    Scenario(
        "worst tenth, its weeks not named",
        partial(worst_tenth, draw=counted, named=False, dispersion=2),
    ),
    Scenario("share", shared, SHARE),
    Scenario("share, dispersion 2", partial(shared, dispersion=2), SHARE),
    Scenario("share, dispersion 3", partial(shared, dispersion=3), SHARE),
    Scenario("share, Ramadan", partial(in_season, factor=0.6, draw=shared), SHARE),
    *(
        Scenario(f"share, trend {percent} %", partial(shared, shape=trend(percent)), SHARE)
        for percent in (-0.2, -0.5, -1)
    ),
    Scenario(
        "share, worst tenth, dispersion 2", partial(worst_tenth, draw=shared, dispersion=2), SHARE
    ),
    *(
        Scenario(f"share, an easy channel opens, week {week}", _easy(opens(week)), SHARE)
        for week in (-52, -8, 0, 8, 18)
    ),
    Scenario("share, an easy channel spreads", _easy(spreads(0, 20)), SHARE),
    Scenario("share, channels as ever", _easy(), SHARE),
    Scenario("share, an easy channel as ever", _easy(flat), SHARE),
    Scenario("40 a week", partial(counted, usual=40)),
    Scenario("3 a week, dispersion 2", partial(counted, usual=3, dispersion=2)),
    Scenario("a year of history, trend -0.5 %", partial(counted, history=52, shape=trend(-0.5))),
    Scenario("30 weeks of history", partial(counted, history=30)),
    Scenario("three years of history", partial(counted, history=LONG)),
    Scenario("three years, dispersion 2", partial(counted, history=LONG, dispersion=2)),
    Scenario("three years, trend -0.2 %", partial(counted, history=LONG, shape=trend(-0.2))),
]

#: In these things did improve; the first is held to `POWER`.
IMPROVED = [
    Scenario("three years, 30 % less", partial(counted, history=LONG, shape=drop(0.7))),
    Scenario("Poisson, 30 % less", partial(counted, shape=drop(0.7))),
    Scenario("dispersion 2, 30 % less", partial(counted, shape=drop(0.7), dispersion=2)),
    Scenario("dispersion 3, 30 % less", partial(counted, shape=drop(0.7), dispersion=3)),
    Scenario("autocorrelation, 30 % less", partial(resembling, shape=drop(0.7))),
    Scenario("Ramadan: fewer, 30 % less", partial(in_season, factor=0.6, shape=drop(0.7))),
    Scenario("trend -0.5 %, 30 % less", partial(counted, shape=drop(0.7, trend(-0.5)))),
    Scenario("40 a week, 30 % less", partial(counted, usual=40, shape=drop(0.7))),
    Scenario(
        "40 a week, dispersion 3, 30 % less",
        partial(counted, usual=40, dispersion=3, shape=drop(0.7)),
    ),
    Scenario("share, odds halved", partial(shared, shape=drop(0.5)), SHARE),
    Scenario(
        "share, dispersion 2, odds halved", partial(shared, shape=drop(0.5), dispersion=2), SHARE
    ),
    Scenario("share, channels as ever, odds halved", _easy(shape=drop(0.5)), SHARE),
    Scenario("worst tenth, 30 % less", partial(worst_tenth, draw=counted, shape=drop(0.7))),
]

#: In these a verdict is not to be trusted: what no history shows. For information.
BEYOND = [
    Scenario("Ramadan: fewer, not declared", partial(in_season, factor=0.6, declared=False)),
    Scenario("wandering rate, 0.95, dispersion 3", partial(drifting, r=0.95, dispersion=3)),
    Scenario(
        "dispersion 1.25, trend -0.25 %", partial(counted, dispersion=1.25, shape=trend(-0.25))
    ),
    Scenario("autocorrelation 0.2, trend -0.3 %", partial(resembling, r=0.2, shape=trend(-0.3))),
]
