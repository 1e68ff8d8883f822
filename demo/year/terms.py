"""What is said of a city's year: what people complain about, how often, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Ending:
    """What a complaint came from, and what the answer was; `weight` against its neighbours."""

    weight: int
    cause: str
    outcome: str
    remedy: str
    answer: str


@dataclass(frozen=True)
class Problem:
    """What is wrong at a `{place}`, what comes of it, and which causes (their codes) it can have.

    Of some wordings one is chosen: `[this|that]`; of the effects each is whole: `this|that`.
    """

    causes: str
    words: str
    effects: str


@dataclass(frozen=True)
class Matter:
    """A category: so many complaints `a_week`, and what they say.

    `details` may have a `{name}` and a number, `{n}` or `{small}`. `by_month` (1 to 12) and
    `in_ramadan` are factors on the number where it is not the usual one.
    """

    category: str
    a_week: float
    problems: Sequence[Problem]
    details: Sequence[str]
    endings: Sequence[Ending]
    service: str = ""
    by_month: Mapping[int, float] = field(default_factory=dict)
    in_ramadan: float = 1.0


@dataclass(frozen=True)
class Surge:
    """So many `times` the usual number, for one cause, in the `weeks` up to a day of the story.

    `until` names that day, one of `demo.dates.Dates`.
    """

    category: str
    cause: str
    until: str
    weeks: int
    times: float


@dataclass(frozen=True)
class Lateness:
    """Which share of a unit's answers is late: as a rule, when that was noticed, and after it."""

    usual: float
    noticed: float | None = None
    after: float | None = None


@dataclass(frozen=True)
class Words:
    """Of what a complaint is put together, beside its matter.

    `since` stands beside a problem, in the same sentence; a place is a street in an area. Answers
    begin with `thanks`, which have a `{place}`.
    """

    streets: Sequence[str]
    areas: Sequence[str]
    since: Sequence[str]
    requests: Sequence[str]
    thanks: Sequence[str]
    first_names: Sequence[str]
    last_names: Sequence[str]


@dataclass(frozen=True)
class Year:
    """`channels` by weight; `new_channel` is one that opened meanwhile for a category, with its
    weight since.

    `answered_in`: working days within which an answer is on time; `due_is_told`: the register says
    by when, where no policy counts from the receipt. `source`: what that register is called.
    """

    matters: Sequence[Matter]
    words: Words
    channels: Mapping[str, int]
    new_channel: tuple[str, int]
    opened_for: str
    lateness: Mapping[str, Lateness]
    surges: Sequence[Surge]
    answered_in: int
    source: str
    due_is_told: bool = False
