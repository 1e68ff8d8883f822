"""The ratio of two rates, to the printed digits of Gu et al. (2008)."""

import math

import pytest

from improvement.statistics.rates import exact_p, ratio, score_ratio
from improvement.statistics.shares import wilson


def test_the_ratio_and_its_p_are_those_of_the_first_published_example() -> None:
    of, to = (60, 51477.5), (30, 54308.7)
    found = ratio(of, to)
    assert f"{found.value:.6f}" == "2.109998"
    assert (f"{found.low:.5f}", f"{found.high:.5f}") == ("1.33974", "3.38837")
    assert f"{exact_p(of, to):.15f}" == "0.000675182658686"


def test_the_ratio_is_that_of_the_second_published_example() -> None:
    found = ratio((41, 28010), (15, 19017))
    assert [f"{one:.4f}" for one in (found.value, found.low, found.high)] == [
        "1.8558",
        "1.0057",
        "3.6093",
    ]


def test_the_other_way_round_everything_is_one_over() -> None:
    there, back = ratio((41, 28010), (15, 19017)), ratio((15, 19017), (41, 28010))
    assert there.low == pytest.approx(1 / back.high)
    assert exact_p((41, 28010), (15, 19017)) == pytest.approx(exact_p((15, 19017), (41, 28010)))


def test_without_events_on_one_side_an_end_stays_open() -> None:
    assert (ratio((0, 10), (5, 10)).low, ratio((5, 10), (0, 10)).high) == (0, math.inf)
    assert ratio((0, 10), (5, 10)).high == pytest.approx(1 / ratio((5, 10), (0, 10)).low)


def test_the_score_interval_is_wilson_s_and_lies_within_the_exact_one() -> None:
    exact, score = ratio((30, 10), (60, 10)), score_ratio((30, 10), (60, 10))
    share = wilson(30, 90)
    assert score.value == exact.value == 0.5
    assert (score.low, score.high) == pytest.approx(
        (share.low / (1 - share.low), share.high / (1 - share.high))
    )
    assert exact.low < score.low < score.high < exact.high


def test_the_score_interval_knows_exposures_and_zeros() -> None:
    twice, once = score_ratio((30, 20), (60, 10)), score_ratio((30, 10), (60, 10))
    assert twice.high == pytest.approx(once.high / 2)
    assert score_ratio((0, 10), (5, 10)).low == 0
    assert score_ratio((5, 10), (0, 10)).high == math.inf


@pytest.mark.parametrize(
    "rate", [(-1, 10), (5, 0), (5, -3), (math.nan, 10), (5, math.nan), (math.inf, 10)]
)
def test_a_rate_that_cannot_be_is_refused(rate: tuple[float, float]) -> None:
    for call in (ratio, score_ratio, exact_p):
        with pytest.raises(ValueError, match=r"\.$"):
            call((5, 10), rate)


def test_no_event_at_all_has_no_ratio() -> None:
    for call in (ratio, score_ratio):
        with pytest.raises(ValueError, match="no ratio"):
            call((0, 10), (0, 10))
    assert exact_p((0, 10), (0, 10)) == 1
