"""A verdict in words: what is said of how it was found."""

from dataclasses import asdict

from improvement.shown.verdict import shown_of
from improvement.statistics.verdict import Better, Measure, Point, Rule, Word, judge

RULE = Rule(Measure.COUNT, Better.LOWER, least=50)


def test_a_trend_that_was_carried_on_is_called_by_what_was_done() -> None:
    falling = [Point(round(30 * 0.99**week), 1.0) for week in range(-104, 0)]
    found = judge(RULE, falling, [Point(15, 1.0)] * 24)
    assert found.word is Word.IMPROVED
    said = shown_of(asdict(found), found.word, level=0.95, is_share=False)
    assert said.method == "the trend of the history carried on, quasi-likelihood"
