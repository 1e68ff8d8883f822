"""What stands beside a share, always: an improvement that it contradicts is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from figures.series import Week
from improvement.indicators import Aim
from improvement.models import Indicator
from improvement.statistics.verdict import Doubt


@dataclass(frozen=True)
class Beside:
    """Before and after: a number, and of how many (due dates, or weeks).

    Of what was on time, what was only because its date moved; of dates missed for a reason, how
    many there were. `is_contrary`: it says the opposite of a better share, which is `doubt`.
    """

    doubt: Doubt
    before: tuple[int, int]
    after: tuple[int, int]
    is_contrary: bool


def beside(aim: Aim, before: Sequence[Week], after: Sequence[Week]) -> Beside | None:
    """`before` and `after`: the weeks that are compared; None where nothing stands beside them."""
    if not before or not after or not aim.is_share:
        return None
    return (_moved if aim.indicator == Indicator.ON_TIME else _missed)(before, after)


def _moved(before: Sequence[Week], after: Sequence[Week]) -> Beside:
    """Dates that are moved make a share better, and the service no quicker."""
    contrary = _share(_kept(after)) <= _share(_kept(before))
    return Beside(Doubt.MOVED, _only_moved(before), _only_moved(after), contrary)


def _missed(before: Sequence[Week], after: Sequence[Week]) -> Beside:
    """A reason has a smaller share also where more is missed for others, or none is given."""
    numbers = [(sum(week.number for week in weeks), len(weeks)) for weeks in (before, after)]
    contrary = _share(numbers[1]) >= _share(numbers[0])
    return Beside(Doubt.MORE_MISSED, numbers[0], numbers[1], contrary)


def _only_moved(weeks: Sequence[Week]) -> tuple[int, int]:
    return sum(week.moved for week in weeks), _fell(weeks)


def _kept(weeks: Sequence[Week]) -> tuple[int, int]:
    return sum(week.number - week.moved for week in weeks), _fell(weeks)


def _fell(weeks: Sequence[Week]) -> int:
    return sum(week.among or 0 for week in weeks)


def _share(said: tuple[int, int]) -> float:
    number, among = said
    return number / among if among else 0.0
