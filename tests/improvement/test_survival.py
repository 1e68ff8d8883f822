"""Time to an end, those still open included: the remission of 42 patients (Freireich 1963)."""

import math

import pytest

from improvement.statistics.survival import kaplan_meier
from tests.improvement.published import RELAPSED, REMISSION, UNTREATED


@pytest.mark.parametrize(
    ("week", "printed"),
    [(5, "1.000"), (6, "0.857"), (7, "0.807"), (10, "0.753"), (13, "0.690"), (16, "0.627"),
     (22, "0.538"), (23, "0.448"), (35, "0.448")],
)  # fmt: skip
def test_the_share_still_in_remission_is_the_published_one(week: int, printed: str) -> None:
    assert f"{kaplan_meier(REMISSION, RELAPSED).at(week).value:.3f}" == printed


def test_the_interval_of_a_share_stays_possible() -> None:
    share = kaplan_meier(REMISSION, RELAPSED).at(6)
    assert (f"{share.low:.4f}", f"{share.high:.4f}") == ("0.6197", "0.9516")


def test_the_medians_are_the_published_ones() -> None:
    treated = kaplan_meier(REMISSION, RELAPSED).median()
    untreated = kaplan_meier(UNTREATED, [True] * 21).median()
    assert (treated.value, treated.low, treated.high) == (23, 13, math.inf)
    assert (untreated.value, untreated.low, untreated.high) == (8, 4, 11)


def test_leaving_the_open_ones_out_would_flatter() -> None:
    ended = [time for time, end in zip(REMISSION, RELAPSED, strict=True) if end]
    assert kaplan_meier(ended, [True] * len(ended)).median().value < 23


def test_a_median_that_is_not_reached_is_infinite() -> None:
    assert kaplan_meier([1, 2, 3, 4], [True, False, False, False]).median().value == math.inf


def test_exactly_half_is_reached_in_spite_of_rounding() -> None:
    assert kaplan_meier(range(1, 25), [True] * 24).median().value == 12


@pytest.mark.parametrize(
    ("times", "ended"), [([], []), ([1], []), ([-1], [True]), ([math.nan], [True])]
)
def test_times_that_cannot_be_are_refused(times: list[float], ended: list[bool]) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        kaplan_meier(times, ended)


def test_a_time_before_the_start_is_refused() -> None:
    with pytest.raises(ValueError, match="zero or more"):
        kaplan_meier([1], [True]).at(-1)
