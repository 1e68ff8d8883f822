"""Concerns of staff, and the reports of what changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from django.utils import timezone

from demo.improving.people import Cast
from demo.improving.plan import PlanStory
from demo.improving.terms import Improvement, NewConcern
from demo.past import Happening
from improvement import concerns
from improvement.models import Every, Report
from improvement.reports import keeping, schedules
from workflows.jobs import Swept, Turn

#: Days after the quarter: when its report writes itself, is put into words, and is signed.
MADE, WORDED, SIGNED = 1, 6, 9


@dataclass
class ReportStory:
    """Of the whole agency each quarter, and of one unit for the last month."""

    cast: Cast
    new: Improvement
    about: PlanStory

    def happenings(self) -> Iterator[Happening]:
        dates = self.cast.dates
        for concern in self.new.concerns:
            yield from self._concern(concern)
        yield Happening(self.cast.at(dates.start), self._schedule)
        for days, act in ((MADE, _write_due), (WORDED, self._word), (SIGNED, self._sign)):
            yield Happening(self.cast.at(dates.quarter_ended + timedelta(days=days)), act)
        yield Happening(self.cast.at(dates.month_ended + timedelta(days=2), 11), self._of_month)

    def _concern(self, new: NewConcern) -> Iterator[Happening]:
        raised: date = self.cast.dates.quarter_ended - timedelta(days=new.days_before)
        codes: list[str] = []
        yield Happening(self.cast.at(raised), partial(self._raise, new, codes))
        if new.answer:
            day = raised + timedelta(days=new.answered_after)
            yield Happening(self.cast.at(day, 14), partial(self._answer, new, codes))

    def _raise(self, new: NewConcern, codes: list[str]) -> None:
        unit = self.cast.units[new.unit]
        plan = self.about.plan if unit.pk == getattr(self.about.plan, "unit_id", None) else None
        codes.append(concerns.raise_concern(unit, new.text, new.name, plan))

    def _answer(self, new: NewConcern, codes: list[str]) -> None:
        concern = concerns.find(codes[0])
        assert concern is not None  # noqa: S101 - it was raised under this code
        concerns.answer(concern, self.cast.people["quality"], new.answer)

    def _schedule(self) -> None:
        schedules.schedule(self._topmost, Every.QUARTER, self.cast.people["quality"])

    def _word(self) -> None:
        report, by = self._quarterly, self.cast.people["quality"]
        keeping.write(report, by, self.new.summary, self.new.next_steps, seen=_newest(report))

    def _sign(self) -> None:
        keeping.sign(self._quarterly, self.cast.people["leader"], seen=_newest(self._quarterly))

    def _of_month(self) -> None:
        last = self.cast.dates.month_ended
        unit = self.cast.units[self.new.monthly]
        keeping.make(unit, last.replace(day=1), last, self.cast.people["quality"])

    @property
    def _topmost(self):
        return next(unit for unit in self.cast.units.values() if unit.parent_id is None)

    @property
    def _quarterly(self) -> Report:
        return Report.objects.get(unit=self._topmost, last=self.cast.dates.quarter_ended)


def _newest(report: Report) -> int:
    return report.versions.latest("number").number


def _write_due() -> None:
    schedules.write_due(Turn(timezone.now(), Swept()))
