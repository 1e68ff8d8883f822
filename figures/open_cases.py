"""The open cases at a moment: late, at risk, paused, unassigned, by unit."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, F, QuerySet, Sum, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.due import state_after_turning, turned
from casework.models import Case, DueState
from casework.querysets import NOBODYS, OPEN
from figures.definitions import indicator
from figures.models import Delta, Standing
from figures.scope import Scope

PAUSES = (DueState.COMPLAINANT, DueState.THIRD_PARTY, DueState.LEGAL_HOLD)


@dataclass(frozen=True)
class OpenCases:
    """How many cases stand how at a moment: by unit, state, and whether somebody has them."""

    at: datetime
    numbers: Counter[tuple[int, str, bool]]

    def in_state(self, *states: str) -> int:
        return sum(n for (_unit, state, _has), n in self.numbers.items() if state in states)

    def unassigned(self) -> int:
        return sum(n for (_unit, _state, assigned), n in self.numbers.items() if not assigned)

    def by_unit(self) -> dict[int, OpenCases]:
        """The same for each unit that has open cases."""
        units = {unit for (unit, _state, _has), n in self.numbers.items() if n}
        return {unit: OpenCases(self.at, self._of(unit)) for unit in units}

    def _of(self, unit: int) -> Counter[tuple[int, str, bool]]:
        return Counter({key: n for key, n in self.numbers.items() if key[0] == unit})


def count(scope: Scope, now: datetime) -> OpenCases:
    """Count the open cases of a scope as they stand at a moment, in one statement
    after that of `Scope.about_me`.

    By the moment, never by whether a sweep has run: what turned since it was written is taken out
    of the roll-up as it was, and put in as it is. Costs what turned, not what is open.
    """
    turning = scope.cases().filter(OPEN, turned(now))
    parts = [
        _rolled_up(Standing.objects.filter(scope.rows())),
        _rolled_up(Delta.objects.filter(scope.rows())),
        _counted(turning, F("due_state"), -1),
        _counted(turning, state_after_turning(now), 1),
        _counted(Case.objects.filter(OPEN, pk__in=scope.about_me), F("due_state"), -1),
    ]
    numbers: Counter[tuple[int, str, bool]] = Counter()
    for unit, state, assigned, n in parts[0].union(*parts[1:], all=True):
        numbers[unit, state, assigned] += n
    return OpenCases(now, numbers)


def _rolled_up(rows: QuerySet) -> QuerySet:
    return rows.values_list("unit", "due_state", "assigned").annotate(number=Sum("n"))


def _counted(cases: QuerySet, state: Any, sign: int) -> QuerySet:
    """The same columns, of cases themselves: each counts as one, or as one less."""
    has = ExpressionWrapper(~NOBODYS, output_field=BooleanField())
    said = cases.order_by().annotate(standing=state, has=has)
    return said.values_list("unit", "standing", "has").annotate(number=Value(sign) * Count("pk"))


_NOW = _("Now: by the due date itself, not by when it was last checked.")
_IN_SIGHT = _("Cases that you may see and that have not ended.")


@indicator(
    _("at risk"),
    numerator=_("The nearest due date is not past, but 75 % of its time or more is used."),
    population=_IN_SIGHT,
    moment=_NOW,
)
def at_risk(cases: OpenCases) -> int:
    return cases.in_state(DueState.SOON)


@indicator(
    _("late"),
    numerator=_("At least one clock that runs is past its due date."),
    population=_IN_SIGHT,
    moment=_NOW,
)
def late(cases: OpenCases) -> int:
    return cases.in_state(DueState.LATE)


@indicator(
    _("paused"),
    numerator=_("No clock runs, because all of them wait."),
    population=_IN_SIGHT,
    moment=_("Now."),
)
def paused(cases: OpenCases) -> int:
    return cases.in_state(*PAUSES)


def paused_by_reason(cases: OpenCases) -> dict[str, int]:
    """The parts of `paused`, in the order of the list of reasons."""
    return {reason: cases.in_state(reason) for reason in PAUSES}


@indicator(
    _("unassigned"),
    numerator=_("Nobody has taken it, and it does not wait for the complainant."),
    population=_IN_SIGHT,
    moment=_("Now."),
)
def unassigned(cases: OpenCases) -> int:
    return cases.unassigned()


@indicator(
    pgettext_lazy("of cases", "open"),
    numerator=_("Every case that has not ended."),
    population=_IN_SIGHT,
    moment=_("Now."),
)
def open_cases(cases: OpenCases) -> int:
    return cases.numbers.total()
