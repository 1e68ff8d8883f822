"""A policy as its page shows it: conditions and targets in words, and what a case now would get."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from casework.models import Category, Kind
from casework.models.kinds import Priority
from workflows import opening
from workflows.calendars import Calendar, Impossible
from workflows.policies import METRICS, Rule
from workflows.policies.words import amount, counts_from, particulars
from workflows.targets import Target, due

CONDITIONS = {
    "kinds": _("Kind"),
    "categories": _("Category"),
    "units": _("Unit"),
    "priorities": _("Priority"),
}


@dataclass(frozen=True)
class Line:
    """One target in words; `due`: were it to begin now, or none where it never comes.

    `last_day`: the day with whose end it is due, where it is due at midnight.
    """

    metric: str
    label: Any
    amount: str
    counts_from: str
    particulars: list[str]
    due: datetime | None
    last_day: date | None


@dataclass(frozen=True)
class Shown:
    """A rule in words. `conditions`: what is asked, and the answers that it takes."""

    rule: Rule
    conditions: list[tuple[Any, list[Any]]]
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Offers:
    """What conditions can name, codes to labels."""

    kinds: Mapping[str, Any]
    categories: Mapping[str, Any]
    units: Mapping[str, Any]
    priorities: Mapping[str, Any]

    @classmethod
    def read(cls) -> Offers:
        """Two queries. What is not active any more can still be named, and is."""
        return cls(
            kinds=dict(Kind.choices),
            categories={row.code: row.label for row in Category.objects.all()},
            units=dict(Unit.objects.values_list("code", "name")),
            priorities=dict(Priority.choices),
        )


def where_cases_arrive() -> tuple[Unit | None, Calendar]:
    """The unit that new cases reach, and its calendar; the standard one where there is none."""
    unit = Unit.objects.receiving() or Unit.objects.filter(active=True).first()
    if unit is None:
        return None, opening.STANDARD
    found = opening.opening_of(unit)
    return unit, opening.calendar(found.version, found.zone)


def shown(rule: Rule, offers: Offers, calendar: Calendar) -> Shown:
    """The rule in words, with what would be due were it to begin now. No query."""
    return Shown(rule, list(_conditions(rule, offers)), lines_of(rule.targets, calendar))


def _conditions(rule: Rule, offers: Offers) -> Iterator[tuple[Any, list[Any]]]:
    for name, label in CONDITIONS.items():
        codes = getattr(rule, name)
        if codes is not None:
            labels = getattr(offers, name)
            yield label, [labels.get(code, code) for code in codes]


def lines_of(targets: Mapping[str, Target], calendar: Calendar) -> list[Line]:
    """Each target in words, in the order of a case's life."""
    now = timezone.now()
    return [
        _line(metric, targets[metric], calendar, now) for metric in METRICS if metric in targets
    ]


def _line(metric: str, target: Target, calendar: Calendar, now: datetime) -> Line:
    at = _due(target, calendar, now)
    return Line(
        metric,
        METRICS[metric],
        amount(target.amount, target.unit),
        counts_from(metric, target),
        particulars(target),
        at,
        _day_that_ends(calendar, at) if at else None,
    )


def _day_that_ends(calendar: Calendar, at: datetime) -> date | None:
    day = calendar.local_day(at - timedelta(seconds=1))
    return day if calendar.end_of_local_day(day) == at else None


def _due(target: Target, calendar: Calendar, now: datetime) -> datetime | None:
    try:
        return due(target, calendar, now)
    except Impossible:
        return None


@dataclass(frozen=True)
class Compared:
    """A target as it is saved and as it would be; either may be absent."""

    label: Any
    old: Line | None
    new: Line | None

    @property
    def changes(self) -> bool:
        """Whether the two say different things; their moments are not compared, but why."""
        return _said(self.old) != _said(self.new)


def _said(line: Line | None) -> tuple[str, str, list[str]] | None:
    return (line.amount, line.counts_from, line.particulars) if line else None


def compared(
    old: Mapping[str, Target], new: Mapping[str, Target], calendar: Calendar
) -> list[Compared]:
    """Both side by side, each metric that either has."""
    before = {line.metric: line for line in lines_of(old, calendar)}
    after = {line.metric: line for line in lines_of(new, calendar)}
    return [
        Compared(label, before.get(metric), after.get(metric))
        for metric, label in METRICS.items()
        if metric in before or metric in after
    ]
