"""Whether every rule can be reached by some case, and its targets by some day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit
from casework.models import Kind
from casework.models.kinds import Priority
from workflows import opening
from workflows.calendars import Calendar, Impossible
from workflows.policies.finding import Finding
from workflows.policies.rules import Facts, Rule
from workflows.targets import due


def findings(rules: Sequence[Rule]) -> Iterator[Finding]:
    """Rules that can never match, because those before them take all. At most two queries."""
    every = [*_every_case(rules)]
    for place, rule in enumerate(rules):
        mine = [facts for facts in every if rule.takes(facts)]
        before = rules[:place]
        if mine and all(any(other.takes(facts) for other in before) for facts in mine):
            taken = next((o for o in before if all(o.takes(facts) for facts in mine)), None)
            yield Finding(_never(taken), rule.id, rule.name)


def _never(taken: Rule | None) -> str:
    if taken is None:
        return _("It can never match: the rules before it take every such case.")
    return _("It can never match: “%(rule)s” before it takes every such case.") % {
        "rule": taken.name
    }


def _every_case(rules: Sequence[Rule]) -> Iterator[Facts]:
    """One case of each sort that these rules could tell apart."""
    categories = {None, *(code for rule in rules for code in rule.categories or ())}
    places = _places({code for rule in rules for code in rule.units or ()})
    for kind, priority, category, units in product(Kind, Priority, categories, places):
        yield Facts(kind, priority, category, units)


def _places(named: set[str]) -> set[frozenset[str]]:
    """Of the units that rules name, those that a unit is or lies under: each such set once."""
    if not named:
        return {frozenset()}
    units = dict(Unit.objects.values_list("pk", "code"))
    paths = Unit.objects.values_list("path", flat=True)
    lineages = ({units[int(pk)] for pk in path.strip(".").split(".")} for path in paths)
    return {frozenset(lineage & named) for lineage in lineages}


def impossible(rules: Sequence[Rule]) -> Iterator[Finding]:
    """Targets that never come due in the calendar of some unit. A few queries."""
    calendars = _calendars()
    now = timezone.now()
    for rule in rules:
        for metric, target in rule.targets.items():
            for name, calendar in calendars:
                try:
                    due(target, calendar, now)
                except Impossible as why:
                    words = _("It is never due in %(unit)s. %(why)s") % {"unit": name, "why": why}
                    yield Finding(words, rule.id, rule.name, f"{metric}.amount")
                    break


def _calendars() -> Iterable[tuple[str, Calendar]]:
    """Every calendar that an active unit goes by, each once, with the name of such a unit."""
    names = dict(Unit.objects.filter(active=True).values_list("pk", "name"))
    keys: dict[tuple[int | None, str], str] = {}
    for pk, found in opening.openings_of(names).items():
        keys.setdefault((found.version, found.zone), names[pk])
    opening.load(keys)
    return [(name, opening.calendar(*key)) for key, name in keys.items()]
