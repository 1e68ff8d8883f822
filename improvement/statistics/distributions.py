"""Normal, Student t, beta and binomial distributions, on the standard library alone."""

from __future__ import annotations

import math
from statistics import NormalDist

_STANDARD = NormalDist()
#: Relative change at which a fraction or a root is exact enough, and steps allowed until then.
_CLOSE = 1e-14
_STEPS = 20_000


def normal_cdf(x: float) -> float:
    """Share of the standard normal distribution at or below x; exact in the far tails."""
    return math.erfc(-x / math.sqrt(2)) / 2


def normal_quantile(p: float) -> float:
    """The x below which a share p of the standard normal lies (Wichura 1988, AS 241).

    Raises ValueError unless 0 < p < 1.
    """
    return _STANDARD.inv_cdf(_share(p))


def beta_cdf(x: float, a: float, b: float) -> float:
    """Share of a beta(a, b) distribution at or below x: the regularised incomplete beta function.

    By its continued fraction (DLMF 8.17.22), on the side of the mean where that is quick.
    Raises ValueError unless a and b are positive.
    """
    _positive(a, b)
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_cdf(1 - x, b, a)
    return math.exp(_log_density(x, a, b)) * x * (1 - x) / (a * _fraction(x, a, b))


def beta_quantile(p: float, a: float, b: float) -> float:
    """The x below which a share p of beta(a, b) lies, by Newton steps kept inside a bracket.

    Raises ValueError unless 0 < p < 1 and a and b are positive.
    """
    _share(p)
    low, high, x = 0.0, 1.0, a / (a + b)
    for _step in range(_STEPS):
        surplus = beta_cdf(x, a, b) - p
        low, high = (low, x) if surplus > 0 else (x, high)
        following = _newton(x, surplus, a, b)
        if not low < following < high:
            following = (low + high) / 2
        if abs(following - x) <= _CLOSE * x:
            break
        x = following
    return x


def student_cdf(t: float, df: float) -> float:
    """Share of Student's t with df degrees of freedom at or below t (DLMF 8.17; Gosset 1908).

    Raises ValueError unless df is positive.
    """
    _positive(df)
    tail = beta_cdf(df / (df + t * t), df / 2, 0.5) / 2
    return tail if t < 0 else 1 - tail


def student_quantile(p: float, df: float) -> float:
    """The t below which a share p of Student's t with df degrees of freedom lies.

    Raises ValueError unless 0 < p < 1 and df is positive.
    """
    if _share(p) == 0.5:
        return 0.0
    x = beta_quantile(2 * min(p, 1 - p), df / 2, 0.5)
    return math.copysign(math.sqrt(df * (1 - x) / x), p - 0.5)


def binomial_tail(k: int, n: int, p: float) -> float:
    """The chance of k or more out of n, each with chance p (DLMF 8.17.5)."""
    if k <= 0:
        return 1.0
    return beta_cdf(p, k, n - k + 1) if k <= n else 0.0


def negative_binomial_tail(k: int, size: float, chance: float) -> float:
    """The chance of k or more of a count of mean size * chance / (1 - chance).

    Its variance is the mean over 1 - chance (DLMF 8.17; Johnson, Kotz and Kemp 1992, 5.6). Raises
    ValueError unless size is positive.
    """
    return beta_cdf(chance, k, size) if k > 0 else 1.0


def _log_density(x: float, a: float, b: float) -> float:
    whole = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    return whole + (a - 1) * math.log(x) + (b - 1) * math.log1p(-x)


def _newton(x: float, surplus: float, a: float, b: float) -> float:
    """Where the tangent at x leads; nowhere (not a number) when it is flat."""
    try:
        return x - surplus / math.exp(_log_density(x, a, b))
    except (ValueError, OverflowError, ZeroDivisionError):
        return math.nan


def _fraction(x: float, a: float, b: float) -> float:
    """The denominator 1 + d1/(1 + d2/(1 + …)), forward by its convergents' ratios (Lentz 1976)."""
    value = front = 1.0
    back = 0.0
    for step in range(1, _STEPS):
        term = _term(step, x, a, b)
        back = 1 / (1 + term * back)
        front = 1 + term / front
        value *= front * back
        if abs(front * back - 1) < _CLOSE:
            return value
    raise ArithmeticError(f"The beta distribution of {a} and {b} did not settle at {x}.")


def _term(step: int, x: float, a: float, b: float) -> float:
    m = step // 2
    if step % 2:
        return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    return m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))


def _share(p: float) -> float:
    if not 0 < p < 1:
        raise ValueError(f"A probability lies between 0 and 1, not at {p}.")
    return p


def _positive(*parameters: float) -> None:
    for one in parameters:
        if not 0 < one < math.inf:
            raise ValueError(f"A parameter of a distribution is positive and finite, not {one}.")
