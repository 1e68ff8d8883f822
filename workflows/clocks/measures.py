"""Which rule and calendar each of many cases has: asked once for all of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable
from datetime import date
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from accounts.models import Unit
from casework.models import Case
from workflows.clocks.book import Book
from workflows.models import Policy
from workflows.opening import Opening, load, openings_of
from workflows.policies import Facts, Match
from workflows.policies.matching import first_that_takes, in_force


class Measures:
    """What these cases would ask one by one. A few queries, however many they are."""

    def __init__(self, cases: Iterable[Case]) -> None:
        units = {case.unit_id: case.unit for case in cases}
        self._openings = openings_of(units)
        load((each.version, each.zone) for each in self._openings.values())
        self._lineages = _lineages(units.values())
        dates = Policy.objects.values_list("effective_from", "effective_to")
        self._turns = sorted(day for day in chain.from_iterable(dates) if day)
        self._in_force: dict[Hashable, Any] = {}
        self._matches: dict[Hashable, Match | None] = {}
        self._aims: dict[Hashable, dict[str, Any] | None] = {}

    def give(self, book: Book) -> None:
        """Spare a book its own queries."""
        book.openings = [self.opening(book.case)]
        book.match = self.match(book.case)

    def opening(self, case: Case) -> Opening:
        """The calendar of its unit, as it is now."""
        return self._openings[case.unit_id]

    def match(self, case: Case) -> Match | None:
        """The rule that fits it, as `policies.match` says; of the policy of its receipt."""
        day = case.received_at.astimezone(ZoneInfo(case.unit.time_zone)).date()
        # Between two days on which a policy begins or ends, all days have the same one.
        era = bisect_left(self._turns, day), bisect_right(self._turns, day)
        key = (era, case.unit_id, case.category_id, case.kind, case.priority)
        if key not in self._matches:
            self._matches[key] = self._found(case, era, day)
        return self._matches[key]

    def aim(self, book: Book, metric: str) -> dict[str, Any] | None:
        """What `Book.aim` says: the same for all books of one rule and calendar."""
        if book.match is None:
            return None
        key = (metric, book.match.version.pk, book.match.rule.id, book.openings[-1])
        if key not in self._aims:
            self._aims[key] = book.aim(metric)
        return self._aims[key]

    def _found(self, case: Case, era: tuple[int, int], day: date) -> Match | None:
        if era not in self._in_force:
            self._in_force[era] = in_force(day)
        category = case.category.code if case.category else None
        facts = Facts(case.kind, case.priority, category, self._lineages[case.unit_id])
        return first_that_takes(facts, self._in_force[era])


def _lineages(units: Iterable[Unit]) -> dict[int, frozenset[str]]:
    """The codes of units and of those above them, by the id of the unit."""
    paths = {unit.pk: [int(pk) for pk in unit.path.strip(".").split(".")] for unit in units}
    known = Unit.objects.filter(pk__in=set(chain.from_iterable(paths.values())))
    codes = dict(known.values_list("pk", "code"))
    return {pk: frozenset(codes[above] for above in path) for pk, path in paths.items()}
