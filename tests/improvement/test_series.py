"""Interrupted series, on the smoking ban of Sicily: the crude ratio has the wrong sign."""

import math

import pytest

from improvement.statistics.regression import Family, fit
from improvement.statistics.series import interrupted
from tests.improvement.published import SICILY_BAN, SICILY_EPISODES, SICILY_PEOPLE


def test_the_ban_lowered_what_the_crude_ratio_calls_higher() -> None:
    found = interrupted(SICILY_EPISODES, SICILY_PEOPLE, SICILY_BAN)
    assert (f"{found.crude:.3f}", f"{found.change.value:.3f}") == ("1.034", "0.894")
    assert found.signs_differ
    assert found.change.high < 1 < found.trend.low


def test_episodes_scatter_more_than_chance() -> None:
    assert interrupted(SICILY_EPISODES, SICILY_PEOPLE, SICILY_BAN).dispersion.value > 3


def test_a_bend_is_found_apart_from_the_change() -> None:
    rates = [
        100 * 1.01**week * (0.7 * 0.98 ** (week - 20) if week >= 20 else 1) for week in range(40)
    ]
    found = interrupted(rates, [1] * 40, 20, bends=True)
    assert found.change.value == pytest.approx(0.7)
    assert found.trend.value == pytest.approx(1.01)
    assert found.bend is not None
    assert found.bend.value == pytest.approx(0.98)


@pytest.mark.parametrize(("points", "start"), [(20, 7), (20, 13), (20, -1), (0, 0)])
def test_fewer_than_eight_points_on_a_side_are_refused(points: int, start: int) -> None:
    with pytest.raises(ValueError, match="8 points on each side"):
        interrupted([5] * points, [1] * points, start)


def test_a_side_without_any_event_has_no_ratio() -> None:
    with pytest.raises(ValueError, match="border"):
        interrupted([5] * 10 + [0] * 10, [1] * 20, 10)


@pytest.mark.parametrize("wrong", [-1, math.nan, math.inf])
def test_a_count_that_cannot_be_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="count"):
        interrupted([5] * 19 + [wrong], [1] * 20, 10)


def test_shares_are_regressed_on_the_logit() -> None:
    shares = [1 / (1 + math.exp(-(0.5 - 0.1 * week))) for week in range(20)]
    columns = [[1.0] * 20, list(map(float, range(20)))]
    found = fit(columns, [100 * share for share in shares], [100] * 20, Family.LOGIT)
    assert found.coefficients == pytest.approx([0.5, -0.1])
    assert found.dispersion.value == pytest.approx(0, abs=1e-9)


def test_a_share_is_as_uncertain_as_its_binomial_variance_says() -> None:
    found = fit([[1.0] * 4], [20, 20, 20, 20], [100] * 4, Family.LOGIT)
    assert found.linear([1]) == pytest.approx((math.log(0.25), 1 / (400 * 0.2 * 0.8)))


def test_a_column_that_repeats_another_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing of its own"):
        fit([[1.0] * 5, [2.0] * 5], [1, 2, 3, 4, 5], [1] * 5, Family.LOG)
