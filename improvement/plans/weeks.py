"""The weeks of a plan: its history, those in which it was noticed, and those after its start."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from figures.series import A_WEEK, Week
from improvement import indicators
from improvement.indicators import Aim
from improvement.models import Plan, Version
from improvement.statistics.verdict import Point
from workflows.office_hours import standard
from workflows.opening import calendar, opening_of
from workflows.weeks import Season

#: So many weeks before the start are the history, where there are so many: three years. With
#: two a drop of 30 % among 200 is found in 84 of 100, with three in 91 (`benchmarks/verdicts.py`).
HISTORY = 156
#: After Ramadan come Lebaran and the days on which everybody travels: they count with it.
AFTER_A_SEASON = timedelta(days=10)


@dataclass(frozen=True)
class Weeks:
    """The indicator of a plan week by week, oldest first.

    `selection`: from the first week in which it was noticed up to the start. None of it is history.
    """

    before: list[Week]
    selection: list[Week]
    after: list[Week]

    @property
    def all(self) -> list[Week]:
        return sorted([*self.before, *self.selection, *self.after], key=lambda week: week.monday)


def weeks_of(plan: Plan, version: Version, now: datetime) -> Weeks:
    """From three years before the start to the week that ended last, or to the due date."""
    today = now.date()
    start = version.starts_on or today
    first = start - HISTORY * A_WEEK
    last = min(version.due_on or today, today)
    found = indicators.weeks(Aim.of(version, plan.unit), first, last, now)
    earlier = _without_silence([week for week in found if week.last < start])
    noticed = version.baseline_first if version.selected else start
    return Weeks(
        [week for week in earlier if week.last < noticed],
        [week for week in earlier if week.last >= noticed],
        [week for week in found if week.monday >= start],
    )


def _without_silence(weeks: list[Week]) -> list[Week]:
    """Nothing was counted before the first case: those weeks are no history."""
    begun = next((n for n, week in enumerate(weeks) if week.among or week.number), len(weeks))
    return weeks[begun:]


def points(weeks: Iterable[Week], seasons: Iterable[Season]) -> list[Point]:
    """As the statistics take them: a week of a share weighs what fell due in it."""
    seasons = tuple(seasons)
    return [
        Point(
            events=week.number,
            exposure=1.0 if week.among is None else float(week.among),
            season=_in_season(week.monday, week.last, seasons),
            by_channel=week.by_channel,
        )
        for week in weeks
    ]


def seasons_of(plan: Plan) -> list[Season]:
    """The seasons of the unit's calendar, and those that are calculated for its country."""
    opening = opening_of(plan.unit)
    known = list(calendar(opening.version, opening.zone).seasons)
    if not known:
        return []
    names = {season.name for season in known}
    return known + [
        season for season in standard(plan.unit.time_zone).expected if season.name not in names
    ]


def _in_season(first: date, last: date, seasons: tuple[Season, ...]) -> bool:
    return any(season.first <= last and first <= season.last + AFTER_A_SEASON for season in seasons)
