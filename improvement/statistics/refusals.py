"""Numbers that cannot be are refused with a sentence; what can be is handed back."""

from __future__ import annotations

import math
from collections.abc import Sequence


def count(number: float) -> float:
    """A number of events: zero or more, and finite.

    Raises ValueError otherwise.
    """
    if not 0 <= number < math.inf:
        raise ValueError(f"A count is zero or more and finite, not {number}.")
    return number


def exposure(amount: float) -> float:
    """What events are counted over: more than nothing, and finite.

    Raises ValueError otherwise.
    """
    if not 0 < amount < math.inf:
        raise ValueError(f"An exposure is more than zero and finite, not {amount}.")
    return amount


def portion(k: float, n: float) -> tuple[float, float]:
    """So many out of so many: never more than there are, and out of something.

    Raises ValueError otherwise.
    """
    if count(k) > exposure(n):
        raise ValueError(f"{k} out of {n} is more than all.")
    return k, n


def level(share: float) -> float:
    """How often an interval covers the truth: between 0 and 1, neither included.

    Raises ValueError otherwise.
    """
    if not 0 < share < 1:
        raise ValueError(f"A confidence level lies between 0 and 1, not at {share}.")
    return share


def rate(share: float) -> float:
    """How often one may be wrong, as declared: between 0 and 1, neither included.

    Raises ValueError otherwise.
    """
    if not 0 < share < 1:
        raise ValueError(f"A declared rate lies between 0 and 1, not at {share}.")
    return share


def p_value(p: float) -> float:
    """A probability, 0 and 1 included.

    Raises ValueError otherwise.
    """
    if not 0 <= p <= 1:
        raise ValueError(f"A p-value lies from 0 to 1, not at {p}.")
    return p


def numbers(values: Sequence[float], at_least: int = 1) -> Sequence[float]:
    """Enough values, each of them finite.

    Raises ValueError otherwise.
    """
    if len(values) < at_least:
        raise ValueError(f"At least {at_least} values are needed, not {len(values)}.")
    if not all(math.isfinite(one) for one in values):
        raise ValueError("A value is a finite number.")
    return values


def pairs(events: Sequence[float], exposures: Sequence[float], at_least: int = 1) -> None:
    """Counts and what each was counted over, as many of the one as of the other.

    Raises ValueError otherwise.
    """
    if len(events) != len(exposures):
        raise ValueError(f"{len(events)} counts do not go with {len(exposures)} exposures.")
    numbers([count(one) for one in events], at_least)
    numbers([exposure(one) for one in exposures], at_least)
