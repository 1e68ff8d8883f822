"""One plan, from its first draft to what everybody may read of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from casework.models import Category
from demo.dates import BASELINE
from demo.improving.doing import Deed
from demo.improving.people import Cast
from demo.improving.terms import Look, NewPlan
from demo.past import Happening
from improvement.models import Indicator, Judged, Plan, Theme
from improvement.plans import judging, keeping, passing, telling
from workflows.models import Metric

#: Days: from the draft to its actions and to its proposal; from the approval to the start; from
#: the due date to the verdict and to the public word.
ACTIONS, PROPOSAL, APPROVAL, VERDICT, WORD = 1, 3, 5, 2, 6


@dataclass
class PlanStory:
    """What happens to a plan, each thing at its own time."""

    cast: Cast
    new: NewPlan
    plan: Plan | None = None
    deeds: list[Deed] = field(default_factory=list)

    @property
    def starts_on(self) -> date:
        found: date = getattr(self.cast.dates, self.new.starts)
        return found

    @property
    def begun_on(self) -> date:
        return self.starts_on - timedelta(days=self.new.before)

    @property
    def due_on(self) -> date:
        return self.starts_on + timedelta(weeks=self.new.weeks, days=-1)

    def happenings(self) -> Iterator[Happening]:
        """Up to now: what lies ahead has not happened."""
        self.deeds = [Deed(self.cast, doing, self.starts_on) for doing in self.new.doings]
        yield self._on(self.begun_on, self._begin, 9)
        yield self._on(self.begun_on + timedelta(days=ACTIONS), self._plan_actions)
        if self.new.target is not None:
            yield self._on(self.begun_on + timedelta(days=PROPOSAL), self._propose)
        if self.new.approver:
            yield self._on(self.starts_on - timedelta(days=APPROVAL), self._approve)
            yield from self._under_way()

    def _under_way(self) -> Iterator[Happening]:
        for deed in self.deeds:
            yield from deed.happenings()
        for look in self.new.looks:
            day = self.starts_on + timedelta(days=look.day)
            yield self._on(day, partial(self._review, look, day), 13)
        if self.new.verdict:
            yield self._on(self.due_on + timedelta(days=VERDICT), self._settle)
        if self.new.said:
            yield self._on(self.due_on + timedelta(days=WORD), self._tell)

    def _on(self, day: date, act: Any, hour: int = 10) -> Happening:
        return Happening(self.cast.at(day, hour), act)

    def _begin(self) -> None:
        author = self.cast.people[self.new.author]
        unit = self.cast.units[self.new.unit]
        self.plan = keeping.begin(unit, author, self._said(), self._theme())

    def _plan_actions(self) -> None:
        for deed in self.deeds:
            deed.plan(self._it, self.cast.people[self.new.author])

    def _propose(self) -> None:
        passing.propose(self._it, self.cast.people[self.new.author])

    def _approve(self) -> None:
        passing.approve(self._it, self.cast.people[self.new.approver], seen=1)

    def _review(self, look: Look, day: date) -> None:
        said = {name: value for name, value in asdict(look).items() if name != "day"}
        said |= {"planned": Decimal(str(look.planned)), "first": self.starts_on, "last": day}
        judging.hold_review(self._it, self.cast.people[self.new.author], said)

    def _settle(self) -> None:
        judging.settle(self._it, self.cast.people[self.new.author], self.new.verdict)

    def _tell(self) -> None:
        new = self.new
        telling.tell(self._it, self.cast.people[new.author], new.told_as, new.said, new.did)

    @property
    def _it(self) -> Plan:
        assert self.plan is not None  # noqa: S101 - it was begun before anything else
        return self.plan

    def _theme(self) -> Theme | None:
        """That of a root cause, where one stood out by itself."""
        found = Theme.objects.filter(category__code=self.new.theme, state=Judged.ACCEPTED)
        return found.order_by("cause").first()

    def _said(self) -> dict[str, Any]:
        """By the names that the door takes."""
        new, last = self.new, self.begun_on
        is_whole = new.target is not None
        measured = {
            "indicator": new.indicator,
            "metric": Metric.RESOLUTION if new.indicator == Indicator.ON_TIME else "",
            "reason": "",
            "category": Category.objects.filter(code=new.category).first(),
            "cause": None,
            "baseline_first": last - timedelta(days=BASELINE - 1),
            "baseline_last": last,
            "selected": new.selected,
            "target": Decimal(str(new.target)) if is_whole else None,
            "level": Decimal("0.950"),
            "least": new.least,
        }
        days = {"starts_on": self.starts_on, "due_on": self.due_on} if is_whole else {}
        return {
            **asdict(new.saying),
            **measured,
            "owner": self.cast.people[new.owner] if is_whole else None,
            "budget": new.budget,
            "currency": new.currency,
            "element": new.element,
            "starts_on": days.get("starts_on"),
            "due_on": days.get("due_on"),
            "review_weeks": new.review_weeks if is_whole else None,
        }
