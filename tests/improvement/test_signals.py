"""Which of many services has lately more than is usual for it."""

import math
from random import Random  # noqa: TID251 - drawn again from a seed

import pytest

from benchmarks.signals import any_alarm, draw, service
from improvement.statistics.distributions import binomial_tail
from improvement.statistics.rates import exact_p
from improvement.statistics.signals import Signal, scan
from improvement.statistics.verdict import Point

SCANS, SERVICES, DECLARED = 20, 100, 0.1
STEADY = [5, 3, 7, 4, 6, 5, 8, 2] * 13


def weeks(events: list[int], exposure: float = 1, **more: bool) -> list[Point]:
    return [Point(k, exposure, **more) for k in events]


def signal(history: list[int], now: list[int], *others: list[int]) -> Signal:
    """That of the first; the others are as ever."""
    quiet = [(str(number), weeks(one), weeks(one[:4])) for number, one in enumerate(others)]
    return scan([("first", weeks(history), weeks(now)), *quiet])[0]


@pytest.mark.parametrize("dispersions", [[1], [2], [1, 3]], ids=str)
def test_where_nothing_happened_a_scan_has_any_alarm_no_more_often_than_declared(
    dispersions: list[float],
) -> None:
    source = Random(7)
    false = sum(any_alarm(draw(source, dispersions, SERVICES)) for _scan in range(SCANS))
    assert binomial_tail(false, SCANS, DECLARED) > 0.001


@pytest.mark.parametrize("dispersion", [1, 2])
def test_a_service_that_trebles_for_four_weeks_is_found_among_many(dispersion: float) -> None:
    source = Random(7)
    trebled = service(source, -1, 500, dispersion, 3)
    found = scan([*draw(source, [dispersion], SERVICES), trebled])
    assert [one.key for one in found if one.is_alarm] == [-1]


def test_what_is_always_much_is_usual() -> None:
    always = [10 * k for k in STEADY]
    assert not signal(always, always[:4], STEADY).is_alarm


def test_a_signal_says_what_was_expected_and_where_the_limit_is() -> None:
    found = signal(STEADY, [15] * 4)
    assert (found.key, found.events, found.expected) == ("first", 60, 20)
    assert found.limit == pytest.approx(20 + 3 * math.sqrt(20))
    assert found.is_alarm
    assert found.p == found.q < 1e-6


def test_without_excess_scatter_the_p_is_that_of_two_poisson_rates() -> None:
    history, now = [1] * 104, [2] * 4
    share = 4 / 108
    assert signal(history, now).p == pytest.approx(binomial_tail(8, 112, share))
    assert signal(history, now).p <= exact_p((8, 4), (104, 104))


def test_less_than_usual_is_no_alarm() -> None:
    assert signal(STEADY, [0] * 4).p == 1


def test_more_of_what_it_is_counted_over_is_no_signal() -> None:
    found = scan([("busy", weeks(STEADY), weeks([15] * 4, exposure=3))])[0]
    assert found.expected == 60
    assert not found.is_alarm


def test_scatter_makes_the_limit_wider_and_the_p_larger() -> None:
    wild = [k + 6 * (-1) ** week + 6 for week, k in enumerate(STEADY)]
    calm = [k + 6 for k in STEADY]
    assert signal(wild, [18] * 4).limit > signal(calm, [18] * 4).limit
    assert signal(wild, [18] * 4).p > 5 * signal(calm, [18] * 4).p


def test_weeks_that_resemble_each_other_make_the_p_larger() -> None:
    runs = ([3] * 4 + [7] * 4) * 13
    mixed = [3, 7] * 52
    assert signal(runs, [9] * 4).p > 5 * signal(mixed, [9] * 4).p


def test_a_service_too_small_to_show_its_scatter_is_taken_for_one_like_the_wildest() -> None:
    small, wild = [0, 0, 0, 1] * 26, [k * 4 * (week % 2) for week, k in enumerate(STEADY)]
    among = signal(small, [1] * 4, *[STEADY] * 16, wild, wild, wild)
    assert among.limit > among.expected + 3 * math.sqrt(4 * among.expected)
    assert among.p > 3 * signal(small, [1] * 4).p


def test_what_came_of_many_scans_is_adjusted_for_all_of_them() -> None:
    one = signal(STEADY, [9] * 4)
    many = signal(STEADY, [9] * 4, *[STEADY] * 100)
    assert one.is_alarm
    assert many.p == pytest.approx(one.p)
    assert not many.is_alarm


def test_a_service_without_a_history_or_without_weeks_is_never_an_alarm() -> None:
    for history, now in (([], [9] * 4), (STEADY, [])):
        found = signal(history, now)
        assert (found.p, found.limit, found.is_alarm) == (1, math.inf, False)


def test_the_first_event_in_years_is_weighed_too() -> None:
    assert signal([0] * 104, [1, 0, 0, 0]).p == pytest.approx(4 / 108)
    assert signal([1] + [0] * 104, [0, 0, 0, 1]).p < 0.1


def test_weeks_of_a_season_are_left_out() -> None:
    now = [*weeks([5] * 2), *weeks([50] * 2, season=True)]
    assert scan([("fasting", weeks(STEADY), now)])[0].events == 10


def test_signals_come_in_the_order_given_and_none_of_none() -> None:
    assert [one.key for one in scan([(2, weeks(STEADY), []), (1, weeks(STEADY), [])])] == [2, 1]
    assert scan([]) == []


@pytest.mark.parametrize("rate", [0, 1, -0.1, math.nan])
def test_a_rate_that_cannot_be_is_refused(rate: float) -> None:
    with pytest.raises(ValueError, match="declared rate"):
        scan([], rate)
