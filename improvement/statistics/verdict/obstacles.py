"""What stands against saying anything."""

from __future__ import annotations

from collections.abc import Iterator

from improvement.statistics.series import FEWEST
from improvement.statistics.verdict.case import Case
from improvement.statistics.verdict.channels import shifted
from improvement.statistics.verdict.terms import Doubt, Measure

#: Weeks of history, and events in it (of a share: on each of its sides), below which nothing holds.
FEWEST_BEFORE, FEWEST_EVENTS = 26, 20


def is_early(case: Case) -> bool:
    """Whether more is still to be seen after the start, by the rule or for a series at all."""
    if len(case.after) < FEWEST:
        return True
    if _is_in_season(case):
        return False
    return len(case.later.places) < FEWEST or _seen(case) < case.rule.least


def obstacles(case: Case) -> Iterator[Doubt]:
    """Why no comparison of this case would be honest, if so."""
    if case.selected and not case.selection:
        yield Doubt.SELECTED
    if len(case.history.places) < FEWEST_BEFORE:
        yield Doubt.SHORT_HISTORY
    elif _fewest_events(case) < FEWEST_EVENTS:
        yield Doubt.FEW_EVENTS
    if _is_in_season(case):
        yield Doubt.SEASON
    if shifted(case.points, case.start):
        yield Doubt.NEW_CHANNEL


def _is_in_season(case: Case) -> bool:
    """Whether too little is left beside a season; a week without anything is no season."""
    seasons = sum(point.season for point in case.after)
    return seasons > 0 and len(case.after) - seasons < FEWEST


def _fewest_events(case: Case) -> float:
    events, exposure = case.history.total
    return events if case.rule.measure is Measure.COUNT else min(events, exposure - events)


def _seen(case: Case) -> float:
    """What the rule's `least` is held against."""
    events, exposure = case.later.total
    if case.rule.measure is Measure.SHARE:
        return exposure
    old, time = case.history.total
    return max(events, exposure * old / time if time else 0.0)
