"""The judgement: a word is said only where every honest comparison says it.

The level of the history alone calls a fall that was going on anyway an improvement, and its trend
alone is a guess. So both have to hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from improvement.statistics.estimates import Estimate
from improvement.statistics.verdict.case import Case
from improvement.statistics.verdict.comparisons import Comparisons, compare
from improvement.statistics.verdict.obstacles import is_early, obstacles
from improvement.statistics.verdict.terms import (
    Better,
    Doubt,
    Judgement,
    Measure,
    Point,
    Rule,
    Word,
)


def judge(
    rule: Rule,
    before: Sequence[Point],
    after: Sequence[Point],
    *,
    selected: bool = False,
    selection: Sequence[Point] = (),
) -> Judgement:
    """Say whether things improved, by a rule that was declared before the start.

    `before` is the history, week by week, oldest first, without the weeks by which the unit was
    noticed or chosen: those are `selection`, between the history and the start, and never part of
    the baseline. A unit that was `selected` without saying by which weeks cannot be judged.
    `after` begins with the first week after the start. Weeks of a season are left out on both
    sides. Raises ValueError for a share of more than all.
    """
    case = Case(rule, before, selection, after, selected)
    if is_early(case):
        return _unjudged(case, Word.TOO_EARLY)
    if any(obstacles(case)):
        return _unjudged(case, Word.CANNOT_BE_TOLD)
    try:
        return _judged(case, compare(case))
    except ValueError:  # all in one week, or from none to all: no trend that could be carried on
        return _unjudged(case, Word.CANNOT_BE_TOLD, Doubt.TREND)


def _judged(case: Case, found: Comparisons) -> Judgement:
    shown, series = found.shown, "series" if found.has_trend else ""
    return Judgement(
        word=_word(case, list(found)),
        effect=shown.value,
        low=shown.low,
        high=shown.high,
        before=case.history.total,
        after=case.later.total,
        dispersion=found.scatter.value,
        method=series or ("ratio" if case.rule.measure is Measure.COUNT else "newcombe"),
        doubts=tuple(dict.fromkeys((*_warnings(case), *_contradictions(case, found)))),
    )


def _unjudged(case: Case, word: Word, *more: Doubt) -> Judgement:
    doubts = tuple(dict.fromkeys((*obstacles(case), *_warnings(case), *more)))
    before, after = case.history.total, case.later.total
    return Judgement(word, None, None, None, before, after, 1.0, "", doubts)


def _word(case: Case, found: Sequence[Estimate]) -> Word:
    """What all comparisons say; where one contradicts another, nothing can be told."""
    words = {_said(case, one) for one in found}
    return words.pop() if len(words) == 1 else Word.CANNOT_BE_TOLD


def _said(case: Case, found: Estimate) -> Word:
    none = _none(case)
    if found.covers(none):
        return Word.NO_CLEAR_CHANGE
    is_lower = found.high < none
    return Word.IMPROVED if is_lower is (case.rule.better is Better.LOWER) else Word.WORSE


def _none(case: Case) -> float:
    """The effect of no change."""
    return 1.0 if case.rule.measure is Measure.COUNT else 0.0


def _warnings(case: Case) -> Iterator[Doubt]:
    """What to keep in mind whatever the word is."""
    if case.selected:
        yield Doubt.SELECTED
    if any(point.season for point in case.after):
        yield Doubt.SEASON


def _contradictions(case: Case, found: Comparisons) -> Iterator[Doubt]:
    level, carried, none = found.level, found.carried, _none(case)
    if found.scatter.resembles:
        yield Doubt.AUTOCORRELATED
    if found.has_trend or _said(case, level) != _said(case, carried):
        yield Doubt.TREND
    if _said(case, level) != _said(case, carried) and _differ(level, carried, none):
        yield Doubt.SIGNS_DIFFER


def _differ(one: Estimate, other: Estimate, none: float) -> bool:
    return (one.value - none) * (other.value - none) < 0
