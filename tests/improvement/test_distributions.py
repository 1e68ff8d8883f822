"""The distributions, against closed forms and printed tables."""

import math

import pytest

from improvement.statistics.distributions import (
    beta_cdf,
    beta_quantile,
    binomial_tail,
    negative_binomial_tail,
    normal_cdf,
    normal_quantile,
    student_cdf,
    student_quantile,
)

SHARES = [1e-9, 1e-4, 0.025, 0.3, 0.5, 0.9, 0.975, 1 - 1e-6]


def test_the_normal_is_exact_far_out() -> None:
    assert normal_cdf(-10) == pytest.approx(7.619853024160525e-24, rel=1e-12, abs=0)
    assert normal_quantile(0.975) == pytest.approx(1.959963984540054, abs=1e-13)


@pytest.mark.parametrize("p", SHARES)
def test_student_with_one_degree_is_cauchy(p: float) -> None:
    assert student_quantile(p, 1) == pytest.approx(-1 / math.tan(math.pi * p), rel=1e-8, abs=1e-12)


@pytest.mark.parametrize("t", [-30, -2.5, -0.1, 0, 1, 8])
def test_student_with_two_degrees_has_a_closed_form(t: float) -> None:
    expected = 0.5 + t / (2 * math.sqrt(2 + t * t))
    assert student_cdf(t, 2) == pytest.approx(expected, rel=1e-11)


@pytest.mark.parametrize(
    ("df", "printed"), [(3, 3.182), (10, 2.228), (30, 2.042), (120, 1.980), (1e6, 1.960)]
)
def test_student_quantiles_are_those_of_the_printed_table(df: float, printed: float) -> None:
    assert student_quantile(0.975, df) == pytest.approx(printed, abs=5e-4)


@pytest.mark.parametrize("p", SHARES)
@pytest.mark.parametrize(("a", "b"), [(0.5, 0.5), (2, 3), (60, 31), (5, 1000), (1e5, 1.2e5)])
def test_a_beta_quantile_leads_back_to_its_share(p: float, a: float, b: float) -> None:
    assert beta_cdf(beta_quantile(p, a, b), a, b) == pytest.approx(p, rel=1e-8)


@pytest.mark.parametrize("x", [0, 1e-6, 0.3, 0.999, 1])
def test_beta_is_a_power_when_one_parameter_is_one(x: float) -> None:
    assert beta_cdf(x, 4.5, 1) == pytest.approx(x**4.5, rel=1e-11)


def test_a_binomial_tail_is_the_sum_of_its_chances() -> None:
    chances = [math.comb(12, k) * 0.3**k * 0.7 ** (12 - k) for k in range(13)]
    for k in range(14):
        assert binomial_tail(k, 12, 0.3) == pytest.approx(sum(chances[k:]), rel=1e-11)


def test_a_negative_binomial_tail_is_the_sum_of_its_chances() -> None:
    chances = [math.comb(k + 2, k) * 0.4**3 * 0.6**k for k in range(200)]
    for k in range(20):
        assert negative_binomial_tail(k, 3, 0.6) == pytest.approx(sum(chances[k:]), rel=1e-10)


@pytest.mark.parametrize("p", [-0.1, 0, 1, 1.5, math.nan])
def test_a_quantile_of_what_is_no_probability_is_refused(p: float) -> None:
    for quantile in (
        normal_quantile,
        lambda p: beta_quantile(p, 2, 2),
        lambda p: student_quantile(p, 5),
    ):
        with pytest.raises(ValueError, match="between 0 and 1"):
            quantile(p)


@pytest.mark.parametrize("parameter", [0, -1, math.nan, math.inf])
def test_a_parameter_that_cannot_be_is_refused(parameter: float) -> None:
    for call in (lambda: beta_cdf(0.5, parameter, 2), lambda: student_cdf(1, parameter)):
        with pytest.raises(ValueError, match="positive"):
            call()
