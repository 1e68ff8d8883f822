"""Control charts, against the examples of the books."""

import math
from collections.abc import Callable

import pytest

from improvement.statistics.charts import Chart, np_chart, p_chart, u_chart


def test_fifty_lots_of_two_hundred_have_the_printed_limits() -> None:
    chart = np_chart([7] * 43 + [8] * 7, [200] * 50)
    assert f"{chart.centre:.2f}" == "7.14"
    assert {f"{mark.high:.5f}" for mark in chart.marks} == {"15.01184"}
    assert {mark.low for mark in chart.marks} == {0}


def test_nonconformities_of_twenty_six_boards_have_the_limits_of_montgomery() -> None:
    chart = u_chart([20] * 22 + [19] * 4, [1] * 26)
    assert f"{chart.centre:.2f}" == "19.85"
    assert (f"{chart.marks[0].low:.2f}", f"{chart.marks[0].high:.2f}") == ("6.48", "33.21")


def test_the_limits_of_a_small_sample_are_wider() -> None:
    chart = p_chart([10, 40, 2], [100, 400, 20])
    reaches = [mark.high - mark.centre for mark in chart.marks]
    assert reaches[0] == pytest.approx(2 * reaches[1])
    assert reaches[2] == pytest.approx(math.sqrt(5) * reaches[0])
    assert {mark.centre for mark in chart.marks} == {chart.centre}


def test_only_the_points_beyond_their_own_limits_signal() -> None:
    events, exposures = [10, 12, 9, 40, 11, 1, 10], [1, 1, 1, 1, 1, 1, 1]
    assert u_chart(events, exposures).signals == (3, 5)
    exposures[3] = 4
    assert u_chart(events, exposures).signals == ()


def test_a_greater_dispersion_widens_the_limits_by_its_root() -> None:
    plain, wide = (u_chart([90, 110], [1, 1], dispersion=spread).marks[0] for spread in (1, 4))
    assert wide.high - wide.centre == pytest.approx(2 * (plain.high - plain.centre))


def test_limits_stay_within_what_can_be() -> None:
    low, high = p_chart([1, 1], [10, 10]).marks[0].low, p_chart([9, 9], [10, 10]).marks[0].high
    assert (low, high) == (0, 1)


@pytest.mark.parametrize("chart", [u_chart, p_chart, np_chart])
@pytest.mark.parametrize(
    ("events", "bases"),
    [([], []), ([1, 2], [5]), ([-1], [5]), ([1], [0]), ([math.nan], [5]), ([1], [math.nan])],
)
def test_points_that_cannot_be_are_refused(
    chart: Callable[..., Chart], events: list[float], bases: list[float]
) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        chart(events, bases)


def test_a_share_of_more_than_all_is_refused() -> None:
    with pytest.raises(ValueError, match="more than all"):
        p_chart([6], [5])
