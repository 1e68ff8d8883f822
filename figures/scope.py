"""Of which cases a figure is: those that whoever reads it may see, and the days that it covers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Protocol

from django.db.models import Q

from accounts.models import User
from casework.models import Case
from casework.querysets import ABOUT_SOMEBODY, CaseQuerySet, Sight, sight_of


class Counted(Protocol):
    """Of which cases a figure is."""

    @property
    def about_me(self) -> list[int]:
        """The ids of those that a roll-up counts, and the figure does not: hardly any."""

    def rows(self) -> Q:
        """What is counted of a roll-up."""

    def cases(self) -> CaseQuerySet:
        """The cases themselves."""


@dataclass(frozen=True)
class Scope:
    """The cases in a person's sight, of all their units or of one (its id)."""

    sight: Sight
    unit: int | None = None

    @classmethod
    def of(cls, user: User, unit: int | None = None) -> Scope:
        return cls(sight_of(user), unit)

    def rows(self) -> Q:
        """What is counted of a roll-up. It holds cases about the person, too: see `about_me`."""
        return self.sight.rows() & (Q() if self.unit is None else Q(unit=self.unit))

    def cases(self) -> CaseQuerySet:
        """The cases themselves: those of the list behind a figure."""
        return Case.objects.filter(self.rows(), ~self.sight.about_me())

    @cached_property
    def about_me(self) -> list[int]:
        """The ids of those that a roll-up counts, and the person may not know of: hardly any.

        Found by indexes alone, whatever the other cases are: one query.
        """
        of_me = Q(about_people__contains=[self.sight.me]) & ~Q(about_people=[])
        of_my_unit = Q(about_unit__in=self.sight.homes)
        found = Case.objects.filter(self.rows(), of_me | of_my_unit)
        return list(found.values_list("pk", flat=True))


@dataclass(frozen=True)
class OfUnit:
    """The cases of a unit (its id) that are the same for every reader of a plan or report.

    None that is restricted, and none about staff: who compares two figures must not learn that
    there is a complaint about them.
    """

    unit: int

    def rows(self) -> Q:
        return Q(unit=self.unit, restricted=False)

    def cases(self) -> CaseQuerySet:
        return Case.objects.filter(self.rows(), ~ABOUT_SOMEBODY)

    @cached_property
    def about_me(self) -> list[int]:
        """Those about staff, whoever reads it: one query over their own index."""
        found = Case.objects.filter(self.rows(), ABOUT_SOMEBODY)
        return list(found.values_list("pk", flat=True))


@dataclass(frozen=True)
class OfUnits(OfUnit):
    """The same of a unit and those below it (their ids), its own among them."""

    below: frozenset[int]

    def rows(self) -> Q:
        return Q(unit__in=self.below, restricted=False)


@dataclass(frozen=True)
class Period:
    """Whole days, the first and the last one included. They change at midnight in UTC, wherever
    the units are: a roll-up has one day for all of them."""

    first: date
    last: date

    @classmethod
    def until(cls, now: datetime, days: int) -> Period:
        """The last so many days, today's included."""
        today = now.astimezone(UTC).date()
        return cls(today - timedelta(days=days - 1), today)

    @property
    def begins_at(self) -> datetime:
        return datetime.combine(self.first, time.min, UTC)

    @property
    def ends_at(self) -> datetime:
        """Where the next day begins."""
        return datetime.combine(self.last + timedelta(days=1), time.min, UTC)
