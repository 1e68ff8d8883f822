"""The verdict, on histories that are written out: what it says, and when it keeps silent."""

import math
from dataclasses import replace
from random import Random  # noqa: TID251 - drawn again from a seed
from typing import Any

import pytest

from benchmarks.null_services import Service, counted, drop, in_season, resembling, trend
from improvement.statistics.verdict import (
    Better,
    Doubt,
    Judgement,
    Measure,
    Point,
    Rule,
    Word,
    judge,
)

COUNT = Rule(Measure.COUNT, Better.LOWER, least=50)
SHARE = Rule(Measure.SHARE, Better.HIGHER, least=100)
#: Ten a week, with the scatter of chance and no trend.
STEADY = [10, 7, 13, 9, 11, 14, 6, 10] * 13
AFTER = STEADY[:24]


def weeks(events: list[int], exposure: float = 1, **more: object) -> list[Point]:
    return [Point(k, exposure, **more) for k in events]  # type: ignore[arg-type]


def less(events: list[int], factor: float) -> list[int]:
    return [round(k * factor) for k in events]


def rising(percent: float, first: int, last: int) -> list[int]:
    return [round(30 * (1 + percent / 100) ** week) for week in range(first, last)]


def verdict(before: list[int], after: list[int], rule: Rule = COUNT, **more: object) -> Judgement:
    return judge(rule, weeks(before), weeks(after), **more)  # type: ignore[arg-type]


def test_a_clear_fall_is_an_improvement_with_its_ratio_and_interval() -> None:
    found = verdict(STEADY, less(AFTER, 0.6))
    assert (found.word, found.method, found.doubts) == (Word.IMPROVED, "ratio", ())
    assert found.before == (1040, 104)
    assert found.effect == pytest.approx(found.after[0] / 24 / 10)
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.effect < found.high < 1


def test_where_more_is_better_the_same_fall_is_worse() -> None:
    rule = replace(COUNT, better=Better.HIGHER)
    assert verdict(STEADY, less(AFTER, 0.6), rule).word is Word.WORSE
    assert verdict(STEADY, less(AFTER, 1.6), rule).word is Word.IMPROVED


def test_as_ever_is_no_clear_change_and_says_so_with_an_interval() -> None:
    found = verdict(STEADY, AFTER)
    assert found.word is Word.NO_CLEAR_CHANGE
    assert found.low is not None
    assert found.high is not None
    assert found.low < 1 < found.high


def test_events_are_held_against_what_they_were_counted_over() -> None:
    twice = judge(COUNT, weeks(STEADY), weeks(AFTER, exposure=2))
    assert twice.word is Word.IMPROVED
    assert twice.effect == pytest.approx(0.5, abs=0.01)


def test_a_share_has_its_difference_in_points() -> None:
    before = [Point(k, 20) for k in STEADY]
    after = [Point(k + 4, 20) for k in AFTER]
    found = judge(SHARE, before, after)
    assert (found.word, found.method) == (Word.IMPROVED, "newcombe")
    assert found.effect == pytest.approx(0.2, abs=0.01)


def test_a_fall_that_was_going_on_anyway_is_no_improvement() -> None:
    found = verdict(rising(-1, -104, 0), rising(-1, 0, 26))
    assert found.word is Word.CANNOT_BE_TOLD
    assert found.method == "series"
    assert Doubt.TREND in found.doubts
    assert found.effect == pytest.approx(1, abs=0.05)


def test_a_fall_below_its_own_trend_is_one() -> None:
    found = verdict(rising(-1, -104, 0), less(rising(-1, 0, 26), 0.6))
    assert (found.word, found.method) == (Word.IMPROVED, "series")
    assert found.effect == pytest.approx(0.6, abs=0.05)


def test_a_crude_comparison_of_the_other_sign_is_said_to_be_one() -> None:
    found = verdict(rising(1, -104, 0), less(rising(1, 0, 26), 0.7))
    assert found.word is Word.CANNOT_BE_TOLD
    assert {Doubt.TREND, Doubt.SIGNS_DIFFER} <= set(found.doubts)
    assert found.effect is not None
    assert found.effect < 1 < (found.after[0] / 26) / (found.before[0] / 104)


def test_weeks_that_scatter_more_than_chance_make_the_interval_wider() -> None:
    wild = [k + 5 * (-1) ** (week // 2) for week, k in enumerate(STEADY)]
    calm, rough = verdict(STEADY, AFTER), verdict(wild, AFTER)
    assert calm.dispersion == 1
    assert rough.dispersion > 1.5
    assert rough.high - rough.low > 1.2 * (calm.high - calm.low)  # type: ignore[operator]


def test_weeks_that_resemble_each_other_count_for_less() -> None:
    found = [judge(COUNT, one.before, one.after) for one in drawn(resembling)]
    warned = [one for one in found if Doubt.AUTOCORRELATED in one.doubts]
    assert len(warned) > 17
    assert all(one.dispersion > 1.4 for one in warned)


def drawn(draw: object, **kind: object) -> list[Service]:
    return [draw(Random(seed), **kind) for seed in range(20)]  # type: ignore[operator]


def test_before_eight_weeks_or_the_least_it_is_too_early() -> None:
    assert verdict(STEADY, [0] * 7).word is Word.TOO_EARLY
    assert verdict(STEADY, AFTER[:8], replace(COUNT, least=200)).word is Word.TOO_EARLY
    assert judge(replace(SHARE, least=9), weeks([1] * 60, 2), weeks([1] * 8)).word is Word.TOO_EARLY


def test_a_success_so_great_that_nothing_comes_any_more_is_told() -> None:
    found = verdict(STEADY, [0] * 10)
    assert (found.word, found.effect) == (Word.IMPROVED, 0)


@pytest.mark.parametrize(
    ("before", "doubt"),
    [(STEADY[:25], Doubt.SHORT_HISTORY), ([0] * 90 + [1] * 14, Doubt.FEW_EVENTS)],
)
def test_a_history_that_says_little_is_refused(before: list[int], doubt: Doubt) -> None:
    found = verdict(before, [9] * 10)
    assert (found.word, found.effect) == (Word.CANNOT_BE_TOLD, None)
    assert doubt in found.doubts


def test_a_share_of_nearly_all_has_too_few_on_its_other_side() -> None:
    found = judge(SHARE, weeks([10] * 50 + [9] * 10, 10), weeks([8, 9] * 10, 10))
    assert (found.word, found.doubts) == (Word.CANNOT_BE_TOLD, (Doubt.FEW_EVENTS,))


def test_the_weeks_of_the_choice_are_never_part_of_the_baseline() -> None:
    window = weeks([30] * 13)
    found = judge(COUNT, weeks(STEADY), weeks(AFTER), selected=True, selection=window)
    assert (found.word, found.before) == (Word.NO_CLEAR_CHANGE, (1040, 104))
    assert found.doubts == (Doubt.SELECTED,)


def test_who_was_chosen_by_weeks_that_nobody_names_cannot_be_judged() -> None:
    found = verdict(STEADY, less(AFTER, 0.6), selected=True)
    assert (found.word, found.doubts) == (Word.CANNOT_BE_TOLD, (Doubt.SELECTED,))


def test_weeks_of_a_season_are_left_out_on_both_sides() -> None:
    quiet = weeks([1] * 5, season=True)
    before = [*weeks(STEADY[:50]), *quiet, *weeks(STEADY[50:])]
    found = judge(COUNT, before, [*weeks(AFTER[:10]), *quiet, *weeks(AFTER[10:])])
    assert (found.word, found.doubts) == (Word.NO_CLEAR_CHANGE, (Doubt.SEASON,))
    assert (found.before[1], found.after[1]) == (104, 24)


def test_where_only_a_season_followed_nothing_can_be_told() -> None:
    after = [*weeks([1] * 5, season=True), *weeks(AFTER[:5])]
    found = judge(COUNT, weeks(STEADY), after)
    assert (found.word, found.doubts) == (Word.CANNOT_BE_TOLD, (Doubt.SEASON,))


def test_weeks_in_which_nothing_fell_due_are_no_season() -> None:
    history = [Point(3, 10.0)] * 60
    empty = Point(0, 0.0)
    eight = judge(SHARE, history, [Point(3, 10.0)] * 7 + [empty])
    seldom = judge(SHARE, history, [Point(3, 10.0), empty, empty, empty] * 7)
    assert [(found.word, found.doubts) for found in (eight, seldom)] == [(Word.TOO_EARLY, ())] * 2


def test_the_first_weeks_after_a_start_are_no_season_either() -> None:
    found = judge(COUNT, weeks(STEADY), weeks(AFTER[:3]))
    assert (found.word, found.doubts) == (Word.TOO_EARLY, ())


def test_a_season_keeps_its_place_in_time() -> None:
    moving = [Point(k, 1.0, season=40 <= week < 60) for week, k in enumerate(rising(-1, -104, 0))]
    found = judge(COUNT, moving, weeks(rising(-1, 0, 26)))
    assert found.effect == pytest.approx(1, abs=0.02)


def mixed(events: list[int], part: float) -> list[Point]:
    return [
        Point(k, 1.0, by_channel={"counter": k - round(part * k), "web": round(part * k)})
        for k in events
    ]


@pytest.mark.parametrize(("old", "new"), [(0, 0.4), (0.4, 0), (0.2, 0.7)])
def test_a_channel_that_opens_closes_or_takes_over_is_refused(old: float, new: float) -> None:
    found = judge(COUNT, mixed(STEADY, old), mixed(less(AFTER, 0.6), new))
    assert (found.word, found.doubts) == (Word.CANNOT_BE_TOLD, (Doubt.NEW_CHANNEL,))


@pytest.mark.parametrize("week", [20, 90])
def test_a_channel_that_opened_in_the_history_is_refused_as_well(week: int) -> None:
    before = [*mixed(STEADY[:week], 0), *mixed(STEADY[week:], 0.4)]
    found = judge(COUNT, before, mixed(less(AFTER, 0.6), 0.4))
    assert (found.word, found.doubts) == (Word.CANNOT_BE_TOLD, (Doubt.NEW_CHANNEL,))


def test_a_small_channel_that_closes_at_the_very_start_is_noticed() -> None:
    found = judge(COUNT, mixed(STEADY, 0.1), mixed(less(AFTER[:12], 0.6), 0))
    assert (found.word, found.doubts) == (Word.CANNOT_BE_TOLD, (Doubt.NEW_CHANNEL,))


def test_channels_as_ever_are_no_obstacle() -> None:
    found = judge(COUNT, mixed(STEADY, 0.3), mixed(less(AFTER, 0.6), 0.3))
    assert found.word is Word.IMPROVED


def test_a_week_without_anything_to_count_over_is_left_out() -> None:
    found = judge(COUNT, [*weeks(STEADY), Point(0, 0)], weeks(AFTER))
    assert (found.word, found.before) == (Word.NO_CLEAR_CHANGE, (1040, 104))


def test_a_stricter_level_needs_more() -> None:
    fall = less(AFTER, 0.75)
    assert verdict(STEADY, fall).word is Word.IMPROVED
    assert verdict(STEADY, fall, replace(COUNT, level=0.9999)).word is not Word.IMPROVED


def test_ramadan_moves_and_is_left_out_wherever_it_falls() -> None:
    services = drawn(in_season, factor=0.4)
    assert {any(point.season for point in one.after) for one in services} == {True, False}
    assert all(any(point.season for point in one.before) for one in services)
    found = [judge(COUNT, one.before, one.after).word for one in services]
    assert Word.IMPROVED not in found


def test_a_true_drop_is_mostly_found_through_a_trend_too() -> None:
    services = drawn(counted, usual=40, shape=drop(0.6, trend(-0.5)))
    found = [judge(COUNT, one.before, one.after).word for one in services]
    assert found.count(Word.IMPROVED) >= 19


@pytest.mark.parametrize(
    ("events", "exposure"), [(-1, 1), (math.nan, 1), (1, 0), (1, -1), (1, math.nan), (1, math.inf)]
)
def test_a_week_that_cannot_be_is_refused(events: Any, exposure: float) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        Point(events, exposure)


def test_a_channel_cannot_have_fewer_than_none() -> None:
    with pytest.raises(ValueError, match="count"):
        Point(1, 1, by_channel={"web": -1})


def test_a_share_of_more_than_all_is_refused() -> None:
    with pytest.raises(ValueError, match="more than all"):
        judge(SHARE, [Point(3, 2)] * 60, [Point(1, 2)] * 60)


@pytest.mark.parametrize("wrong", [{"level": 0}, {"level": 1}, {"least": 0}, {"level": math.nan}])
def test_a_rule_that_cannot_be_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        replace(COUNT, **wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(("weeks_before", "weeks_after"), [(78, 24), (26, 100)])
def test_a_history_that_jumps_from_nearly_none_to_nearly_all_cannot_be_told(
    weeks_before: int, weeks_after: int
) -> None:
    """Its trend leads to a share of 1 to the last digit: in the history, or carried on."""
    history = [Point(n, 20) for n in [0] * weeks_before + [3, 17] + [20] * weeks_before]
    for points, after in ((history, 20), ([Point(20 - p.events, 20) for p in history], 0)):
        found = judge(SHARE, points, [Point(after, 20)] * weeks_after)
        assert (found.word, found.effect) == (Word.CANNOT_BE_TOLD, None)
        assert found.doubts == (Doubt.TREND,)
