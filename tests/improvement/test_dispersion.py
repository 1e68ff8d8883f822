"""How much counts scatter, point by point and in blocks."""

import math

import pytest

from improvement.statistics.dispersion import of_counts, of_shares


def test_the_dispersion_is_the_squared_distance_over_what_is_expected() -> None:
    found = of_counts([8, 12, 10, 10], [1, 1, 1, 1])
    assert (found.value, found.df) == (pytest.approx(0.8 / 3), 3)


def test_each_count_is_held_against_its_own_exposure() -> None:
    assert of_counts([10, 20, 40], [1, 2, 4]).value == pytest.approx(0)


def test_of_shares_that_alternate_between_none_and_all_it_is_the_size() -> None:
    assert of_shares([0, 10] * 50, [10] * 100).value == pytest.approx(10 * 100 / 99)


def test_neighbours_that_resemble_each_other_show_in_blocks() -> None:
    runs = ([7] * 4 + [13] * 4) * 10
    assert of_counts(runs, [1] * 80).value < 1 < of_counts(runs, [1] * 80, block=4).value


def test_what_fills_no_block_is_left_out_at_the_old_end() -> None:
    found = of_counts([999, 5, 5, 5, 5], [1] * 5, block=2)
    assert (found.value, found.df) == (0, 1)


@pytest.mark.parametrize(
    ("events", "exposures", "block"),
    [
        ([5], [1], 1),
        ([0, 0], [1, 1], 1),
        ([5, 5, 5], [1, 1, 1], 2),
        ([5, 5], [1, 1], 0),
        ([5, -5], [1, 1], 1),
        ([5, math.nan], [1, 1], 1),
        ([5, 5], [1, 0], 1),
    ],
)
def test_what_has_no_dispersion_is_refused(
    events: list[float], exposures: list[float], block: int
) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        of_counts(events, exposures, block)


def test_shares_of_more_than_all_or_of_all_are_refused() -> None:
    for events in ([3, 6], [5, 5]):
        with pytest.raises(ValueError, match="all"):
            of_shares(events, [5, 5])
