"""The verdict on a change: a rule declared before the start, and a judgement afterwards."""

from improvement.statistics.verdict.judging import judge
from improvement.statistics.verdict.terms import (
    Better,
    Doubt,
    Judgement,
    Measure,
    Point,
    Rule,
    Word,
)

__all__ = ["Better", "Doubt", "Judgement", "Measure", "Point", "Rule", "Word", "judge"]
