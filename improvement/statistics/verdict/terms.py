"""The words of a verdict: what is measured, by which rule, and what was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from improvement.statistics import refusals


class Measure(StrEnum):
    """What a week yields: so many events over an exposure, or so many of so many."""

    COUNT = "count"
    SHARE = "share"


class Better(StrEnum):
    """Which way is better."""

    LOWER = "lower"
    HIGHER = "higher"


class Word(StrEnum):
    """The verdict in a word."""

    IMPROVED = "improved"
    NO_CLEAR_CHANGE = "no_clear_change"
    WORSE = "worse"
    CANNOT_BE_TOLD = "cannot_be_told"
    TOO_EARLY = "too_early"


class Doubt(StrEnum):
    """Why it cannot be told, or what to keep in mind beside the word."""

    #: The history moves by itself: carried on, it does not say what the bare comparison says.
    TREND = "trend"
    #: Weeks of a season (Ramadan, Lebaran) were left out, or nothing else is left.
    SEASON = "season"
    #: A channel opened, closed or took over: other people are counted than before.
    NEW_CHANNEL = "new_channel"
    #: Too few weeks before the start.
    SHORT_HISTORY = "short_history"
    #: Too few events before the start (of a share: too few on one of its sides).
    FEW_EVENTS = "few_events"
    #: At the end there were still too few weeks or too little in them after the start.
    FEW_AFTER = "few_after"
    #: It was chosen for being bad, and would have come back towards the usual by itself.
    SELECTED = "selected"
    #: Weeks resemble their neighbours: fewer of them speak than there are.
    AUTOCORRELATED = "autocorrelated"
    #: The bare comparison and the one that knows the trend point opposite ways.
    SIGNS_DIFFER = "signs_differ"
    #: More dates were moved, and no more were kept as they were.
    MOVED = "moved"
    #: A smaller share of what was missed, and yet no fewer.
    MORE_MISSED = "more_missed"


@dataclass(frozen=True)
class Point:
    """One week: events over an exposure, or k events of n.

    An exposure is in any one unit (services delivered; 1 where only weeks are known). A week in
    which there was nothing to count over has neither: it keeps its place. `season` says that it
    lies mostly in Ramadan, Lebaran or another declared season. `by_channel` is how many came by
    which channel (of a share: the cases behind its n, each once). Raises ValueError for counts and
    exposures that cannot be.
    """

    events: int
    exposure: float
    season: bool = False
    by_channel: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if refusals.count(self.events) and not self.exposure:
            raise ValueError(f"{self.events} events over nothing cannot be.")
        refusals.count(self.exposure)
        for number in self.by_channel.values():
            refusals.count(number)


@dataclass(frozen=True)
class Rule:
    """What is declared before the start.

    `level` is two-sided: at 0.95, "improved" may be said of 2.5 % of changes that are none, and
    "worse" of as many. `least` is how much must have been seen before anything is said: of a
    share n; of a count the events, or as many as there would have been at the old rate (or else a
    great success would never be told). Raises ValueError for a level or a least that cannot be.
    """

    measure: Measure
    better: Better
    least: int
    level: float = 0.95

    def __post_init__(self) -> None:
        refusals.level(self.level)
        refusals.exposure(self.least)


@dataclass(frozen=True)
class Judgement:
    """What can be said by the rule, and on what grounds.

    `effect` is a ratio of rates, or a difference of shares from -1 to 1, with its interval at the
    rule's level; none where no comparison is honest. `before` and `after` are the events and the
    exposure compared. `dispersion` is how much more the weeks vary than by chance, 1 where that was
    not estimated. `method` is "ratio", "newcombe", or "series" where the history's trend was
    carried on; empty without an effect.
    """

    word: Word
    effect: float | None
    low: float | None
    high: float | None
    before: tuple[int, float]
    after: tuple[int, float]
    dispersion: float
    method: str
    doubts: tuple[Doubt, ...]
