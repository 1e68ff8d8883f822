"""References that people read aloud, write down and mistype."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.references import ALPHABET, check_symbol, new_reference, read_reference

SYMBOLS = st.text(st.sampled_from(ALPHABET), min_size=6, max_size=6)


@pytest.mark.parametrize(
    ("symbols", "check"), [("7K3M9Q", "E"), ("ABCDEF", "E"), ("ZZZZZZ", "6"), ("000000", "0")]
)
def test_the_check_symbol_is_luhns_over_thirty_two(symbols: str, check: str) -> None:
    assert check_symbol(symbols) == check


@pytest.mark.parametrize(
    "typed", ["26-7K3M9QE", "26-7k3m9qe", "267K3M9QE", " 26-7K3M 9QE ", "26-7K3M9QE\n"]
)
def test_a_reference_is_read_however_it_is_written(typed: str) -> None:
    assert read_reference(typed) == "26-7K3M9QE"


def test_letters_that_look_like_digits_are_read_as_those() -> None:
    reference = f"26-00110A{check_symbol('00110A')}"
    assert read_reference(f"26-oOiLoA{reference[-1]}".lower()) == reference


@pytest.mark.parametrize(
    "typed", ["", "26", "26-7K3M9Q", "26-7K3M9QEE", "26-7U3M9QE", "26_7K3M9QE"]
)
def test_what_cannot_be_a_reference_is_none(typed: str) -> None:
    assert read_reference(typed) is None


@given(SYMBOLS, st.integers(0, 6), st.sampled_from(ALPHABET))
def test_one_wrong_symbol_is_noticed(symbols: str, place: int, wrong: str) -> None:
    right = symbols + check_symbol(symbols)
    typed = right[:place] + wrong + right[place + 1 :]
    assert (read_reference(f"26-{typed}") is None) == (typed != right)


def test_a_new_reference_bears_its_year_and_is_read_back() -> None:
    reference = new_reference(datetime(2026, 5, 1, tzinfo=UTC))
    assert reference.startswith("26-")
    assert read_reference(reference) == reference
