"""What the city's cases taught, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from demo.dates import Dates
from demo.improving.people import Cast
from demo.improving.plan import PlanStory
from demo.improving.reports import ReportStory
from demo.improving.terms import Improvement
from demo.improving.themes import ThemeStory
from demo.past import Happening


def happenings(new: Improvement, dates: Dates, now: datetime) -> Iterator[Happening]:
    """Themes, plans, concerns and reports, each at its own time; in no order."""
    cast = Cast.of(dates, now)
    yield from ThemeStory(cast, tuple(new.decided)).happenings()
    plans = [PlanStory(cast, plan) for plan in new.plans]
    for plan in plans:
        yield from plan.happenings()
    yield from ReportStory(cast, new, about=plans[0]).happenings()
