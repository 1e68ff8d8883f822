"""What is said of a city's improvement: plans with all that happens to them, themes and reports.

Days are counted from the start of a plan unless something else is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from improvement.models import Decision, Indicator


@dataclass(frozen=True)
class Attended:
    """Somebody at a session, and their points before and after; none where they were not there."""

    person: str
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True)
class Lesson:
    """A session of a training; `hours` as the agency counts them."""

    day: int
    place: str
    trainer: str
    hours: int
    attended: Sequence[Attended]


@dataclass(frozen=True)
class Doing:
    """An action of a plan, due on a day and done on another, with its proof; a training where it
    has a `course` for so many people."""

    title: str
    owner: str
    milestone: str
    due: int
    done: int | None = None
    proof: str = ""
    pilot: str = ""
    risk: str = ""
    way_back: str = ""
    course: str = ""
    planned: int = 0
    lessons: Sequence[Lesson] = ()


@dataclass(frozen=True)
class Look:
    """A review: `planned` is the level that was to be reached by that day."""

    day: int
    planned: float
    cause: str
    decision: Decision
    correction: str = ""
    as_planned: int | None = None
    occasions: int | None = None
    fidelity: str = ""


@dataclass(frozen=True)
class Saying:
    """The words of a plan's letters; empty is what nobody has said yet."""

    title: str
    problem: str
    change: str = ""
    place: str = ""
    resources: str = ""
    authority: str = ""
    relevance: str = ""
    affected: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class NewPlan:
    """A plan of a unit, with its way.

    `starts` names a day of `demo.dates.Dates`. It was begun so many days `before`; without an
    approver it waits, and without a `target` it lacks letters. `theme`: the category of that
    which led to it. `verdict`: words to what the rule says; `told_as` (a title), `said` and
    `did` are public.
    """

    unit: str
    owner: str
    starts: str
    before: int
    weeks: int
    saying: Saying
    indicator: Indicator
    target: float | None
    author: str = "quality"
    approver: str = ""
    category: str = ""
    selected: bool = False
    least: int = 100
    budget: int | None = None
    currency: str = "IDR"
    element: str = ""
    review_weeks: int | None = 4
    theme: str = ""
    doings: Sequence[Doing] = ()
    looks: Sequence[Look] = ()
    verdict: str = ""
    told_as: str = ""
    said: str = ""
    did: str = ""


@dataclass(frozen=True)
class Decided:
    """What was decided about the themes of a category.

    `noticed` names the day of `demo.dates.Dates` on which the scan found them.
    """

    noticed: str
    category: str
    state: str
    why: str = ""


@dataclass(frozen=True)
class Alike:
    """Complaints of a category in nearly the same words."""

    category: str
    texts: Sequence[str]


@dataclass(frozen=True)
class NewConcern:
    """Raised so many days before the quarter ended, and answered so many days later, if at all."""

    unit: str
    text: str
    days_before: int
    answer: str = ""
    answered_after: int = 0
    name: str = ""


@dataclass(frozen=True)
class Improvement:
    """The first plan is the one that is complete; concerns and the report are about it.

    `monthly`: the unit of which there is a second report, for the last month.
    """

    plans: Sequence[NewPlan]
    decided: Sequence[Decided]
    alike: Alike
    concerns: Sequence[NewConcern]
    summary: str
    next_steps: str
    monthly: str
