"""One complaint of the year: what it says, who complains, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any, TypeVar

from accounts.models import User
from accounts.rights import Role
from casework.models import Category, Cause, Identity, Service
from casework.stages import Stage
from demo.dates import Dates
from demo.year import texts
from demo.year.courses import Course, Courses
from demo.year.terms import Ending, Problem, Year
from demo.year.volume import Coming
from workflows.historic import HistoricCase
from workflows.models import LateReason

T = TypeVar("T")

#: How complaints end, by weight: the stage, and the event that ended them.
_ENDS = {
    (Stage.CLOSED, "confirm"): 47,
    (Stage.AUTO_CLOSED, "timeout"): 44,
    (Stage.REJECTED, "reject"): 3,
    (Stage.REFERRED, "refer"): 3,
    (Stage.WITHDRAWN, "withdraw"): 3,
}
_IDENTITIES = {Identity.NAMED: 68, Identity.WITHHELD: 14, Identity.NONE: 18}
#: So many of a hundred answers say what it came from; of those confirmed so many have stars.
_EXPLAINED, _RATED = 88, 40
#: One to five stars, by weight: of what came late, and in time.
_STARS = {True: (3, 6, 4, 1, 0), False: (0, 1, 4, 9, 8)}
#: Why an answer was late, by what the complaint came from; of a hundred so many say it.
_BECAUSE = {
    "broken": LateReason.PARTS,
    "supplies": LateReason.PARTS,
    "coordination": LateReason.OTHER_BODY,
    "external": LateReason.OTHER_BODY,
    "no-fault": LateReason.PARTICULARS,
    "not-informed": LateReason.MOVED,
}
_SAID = 72
#: For so long after it came, nobody has it yet.
_FRESH = timedelta(days=2)


@dataclass(frozen=True)
class Known:
    """The rows that a complaint names, by code; officers by the id of their unit."""

    categories: Mapping[str, Category]
    services: Mapping[str, Service]
    causes: Mapping[str, Cause]
    officers: Mapping[int, Sequence[User]]

    @classmethod
    def read(cls) -> Known:
        officers: dict[int, list[User]] = {}
        for person in User.objects.prefetch_related("memberships").order_by("pk"):
            for each in person.memberships.all():
                if each.role == Role.OFFICER:
                    officers.setdefault(each.unit_id, []).append(person)
        return cls(
            {row.code: row for row in Category.objects.select_related("default_unit")},
            {row.code: row for row in Service.objects.all()},
            {row.code: row for row in Cause.objects.all()},
            officers,
        )


@dataclass
class Drawing:
    """Draws one case after the other: the same ones from the same source."""

    year: Year
    dates: Dates
    domain: str
    courses: Courses
    source: Random
    known: Known = field(default_factory=Known.read)

    def case(self, coming: Coming) -> HistoricCase:
        category = self.known.categories[coming.matter.category]
        unit = category.default_unit
        assert unit is not None  # noqa: S101 - each category of a pack has one
        course = self.courses.draw(self.source, coming.day, unit.code)
        place = texts.place(self.source, self.year.words)
        problem, ending = self._told(coming)
        said: dict[str, Any] = {
            "text": texts.complaint(self.source, self.year.words, coming.matter, problem, place),
            "unit": unit,
            "category": category,
            "service": self.known.services[coming.matter.service],
            "assignee": self.source.choice(self.known.officers[unit.pk]),
            "received_at": course.received_at,
            "due_at": course.due_at if self.year.due_is_told else None,
            "channel": self._channel(coming),
            "source": self.year.source,
            "address": place,
        }
        ended = self._ended(course, ending, place) if course.closed_at else self._open(course)
        return HistoricCase(**said | self._person() | ended)

    def _told(self, coming: Coming) -> tuple[Problem, Ending]:
        """What is complained about, and how that can have ended."""
        cause = coming.surge.cause if coming.surge else ""
        problems = [each for each in coming.matter.problems if cause in each.causes]
        problem = self.source.choice(problems)
        causes = [cause] if cause else problem.causes.split()
        fitting = [each for each in coming.matter.endings if each.cause in causes]
        return problem, self._one_of({each: each.weight for each in fitting})

    def _ended(self, course: Course, ending: Ending, place: str) -> dict[str, Any]:
        stage, closing = self._one_of(_ENDS)
        found: dict[str, Any] = {"stage": stage, "closing": closing}
        found["closed_at"] = course.closed_at
        if stage not in (Stage.CLOSED, Stage.AUTO_CLOSED):
            return found
        found["answer"] = texts.answer(self.source, self.year.words, ending, place)
        if self.source.randrange(100) < _EXPLAINED:
            found["cause"] = self.known.causes[ending.cause]
            found |= {"outcome": ending.outcome, "remedy": ending.remedy}
        if course.is_late and self.source.randrange(100) < _SAID:
            found["late_because"] = _BECAUSE.get(ending.cause, LateReason.WORKLOAD)
        if closing == "confirm" and self.source.randrange(100) < _RATED:
            found["stars"] = self.source.choices(range(1, 6), _STARS[course.is_late])[0]
        return found

    def _open(self, course: Course) -> dict[str, Any]:
        if self.courses.now - course.received_at < _FRESH:
            return {"stage": Stage.ASSIGN, "assignee": None}
        return {"stage": Stage.WORK}

    def _channel(self, coming: Coming) -> str:
        weights = dict(self.year.channels)
        is_there = coming.matter.category == self.year.opened_for
        if is_there and coming.day >= self.dates.new_channel:
            weights |= dict([self.year.new_channel])
        return self._one_of(weights)

    def _person(self) -> dict[str, Any]:
        words = self.year.words
        identity = self._one_of(_IDENTITIES)
        if identity == Identity.NONE:
            return {"identity": identity}
        first, last = self.source.choice(words.first_names), self.source.choice(words.last_names)
        return {
            "identity": identity,
            "name": f"{first} {last}",
            "email": f"{first}.{last}@{self.domain}".lower() if self.source.randrange(2) else "",
        }

    def _one_of(self, weights: Mapping[T, int]) -> T:
        return self.source.choices(list(weights), list(weights.values()))[0]
