"""One action of a plan: planned, taught where it is a training, and done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from accounts.models import User
from demo.improving.people import Cast
from demo.improving.terms import Attended, Doing, Lesson
from demo.past import Happening
from improvement.models import Action, Plan, Session
from improvement.plans import doing


@dataclass
class Deed:
    """What happens to an action of a plan that starts on a day."""

    cast: Cast
    new: Doing
    starts_on: date
    action: Action | None = None

    def plan(self, plan: Plan, author: User) -> None:
        """Add it to the plan."""
        said: dict[str, Any] = {name: getattr(self.new, name) for name in _WORDS}
        said |= {"owner": self._owner, "due_on": self._day(self.new.due)}
        self.action = doing.add_action(plan, author, said)

    def happenings(self) -> Iterator[Happening]:
        for lesson in self.new.lessons:
            yield Happening(self.cast.at(self._day(lesson.day), 15), partial(self._teach, lesson))
        if self.new.done is not None:
            yield Happening(self.cast.at(self._day(self.new.done), 16), self._finish)

    def _teach(self, lesson: Lesson) -> None:
        """The session and its list, in the afternoon of that day."""
        session = doing.add_session(
            self._it.training,
            self._owner,
            {
                "held_on": self._day(lesson.day),
                "place": lesson.place,
                "trainer": lesson.trainer,
                "hours": Decimal(lesson.hours),
            },
        )
        for each in lesson.attended:
            self._list(session, each)

    def _list(self, session: Session, each: Attended) -> None:
        said = asdict(each) | {"came": each.before is not None}
        doing.keep_attendance(session, self._owner, said)

    def _finish(self) -> None:
        doing.finish_action(self._it, self._owner, self.new.proof)

    @property
    def _owner(self) -> User:
        return self.cast.people[self.new.owner]

    @property
    def _it(self) -> Action:
        assert self.action is not None  # noqa: S101 - it is planned before it is done
        return self.action

    def _day(self, number: int) -> date:
        return self.starts_on + timedelta(days=number)


_WORDS = ("title", "milestone", "pilot", "risk", "way_back", "course", "planned")
