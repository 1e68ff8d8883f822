"""What follows from the ledger of a clock: pure, from its lines alone.

Whoever replays the same lines, whenever, gets the same: nothing is counted anywhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from workflows import targets
from workflows.calendars import Calendar
from workflows.targets import In, Pause, Target

#: An absolute deadline is measured in working time, and no pause moves it.
ABSOLUTE = Target(1, In.WORKING_DAYS, pausable=False)
#: A calendar by its version and zone.
Calendars = Callable[[int | None, str], Calendar]


@dataclass(frozen=True)
class Line:
    """One line: what happened to the clock, when, and what it says."""

    kind: str
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Standing:
    """How a clock stands after the lines read so far.

    `deadline`: an absolute due date, which no pause moves. `pauses`: those that are over, in
    order. `due`: as if no pause were going on. `breached_at`: the first due date that passed
    while the clock ran; nothing takes that back. `percent`: the highest mark that was noted.
    """

    calendars: Calendars
    started_at: datetime
    last_at: datetime
    target: Target | None = None
    deadline: datetime | None = None
    policy: int | None = None
    rule: str = ""
    version: int | None = None
    zone: str = "UTC"
    pauses: list[Pause] = field(default_factory=list)
    extended: int = 0
    paused_at: datetime | None = None
    reason: str = ""
    until: datetime | None = None
    due: datetime | None = None
    breached_at: datetime | None = None
    breach_noted: bool = False
    ended_at: datetime | None = None
    cancelled: bool = False
    muted: bool = False
    percent: int = 0
    step: int = 0
    noticed_at: datetime | None = None
    code: str = ""
    accepted: bool = False

    @property
    def calendar(self) -> Calendar:
        return self.calendars(self.version, self.zone)

    @property
    def runs(self) -> bool:
        return self.ended_at is None and self.paused_at is None

    @property
    def may_pause(self) -> bool:
        """Absolute deadlines and statutory targets wait for nobody."""
        return self.deadline is None and self.target is not None and self.target.pausable

    @property
    def measure(self) -> Target:
        """In what time the clock is measured."""
        return ABSOLUTE if self.deadline or self.target is None else self.target

    @property
    def span(self) -> int:
        """Seconds of the clock's own time from start to due, pauses out."""
        if self.due is None:
            return 0
        return targets.span(self.measure, self.calendar, self.started_at, self.due, self.pauses)

    def mark(self, percent: int) -> datetime:
        """When a share of the clock's time is used; it has to be due some time."""
        due = self.due or self.started_at
        start, pauses = self.started_at, self.pauses
        return targets.mark(self.measure, self.calendar, start, due, pauses, percent)

    def left(self, now: datetime) -> int:
        """Seconds of the clock's own time until it is due; negative once it is late."""
        return targets.left(self.measure, self.calendar, now, self.due) if self.due else 0

    def pass_time(self, now: datetime) -> None:
        """Let time do what it does by itself until `now`: a pause ends, a due date passes."""
        if self.ended_at is None and self.paused_at and self.until and self.until <= now:
            self._resume(self.until)
        if self.runs and self.breached_at is None and self.due and self.due < now:
            self.breached_at = self.due

    def read(self, line: Line) -> None:
        """Take in the next line. Raises `targets.Impossible`."""
        self.pass_time(line.at)
        _READ[line.kind](self, line)
        self.last_at = line.at

    def after(self, line: Line) -> Standing:
        """A copy that has read one more line. Raises `targets.Impossible`."""
        copy = replace(self, pauses=list(self.pauses))
        copy.read(line)
        return copy

    def late_since(self, now: datetime) -> datetime | None:
        """The due date that passed, noted or not; None where the clock is in time."""
        if self.breached_at or not self.runs:
            return self.breached_at
        return self.due if self.due and self.due < now else None

    def set_due(self) -> None:
        if self.deadline or self.target is None:
            self.due = self.deadline
            return
        start, pauses = self.started_at, tuple(self.pauses)
        self.due = targets.due(self.target, self.calendar, start, pauses, self.extended)

    def _resume(self, at: datetime) -> None:
        if self.paused_at is not None:
            self.pauses.append((self.paused_at, at))
        self.paused_at = self.until = None
        self.reason = ""
        self.set_due()


def begin(line: Line, calendars: Calendars) -> Standing:
    """How a clock stands after its first line.

    Raises `targets.Impossible` for a target that the calendar cannot meet.
    """
    standing = Standing(calendars, line.at, line.at)
    standing.read(line)
    return standing


def replay(lines: Iterable[Line], calendars: Calendars) -> Standing:
    """How a clock stands after these lines, in their order. Raises as `begin` does."""
    first, *others = lines
    standing = begin(first, calendars)
    for line in others:
        standing.read(line)
    return standing


def _moment(said: Any) -> datetime | None:
    return datetime.fromisoformat(said) if said else None


def _aim(standing: Standing, data: Mapping[str, Any]) -> None:
    """What it is measured by from now on."""
    said = data.get("target")
    standing.target = Target.from_dict(said) if said else None
    standing.deadline = _moment(data.get("deadline"))
    standing.policy, standing.rule = data.get("policy"), data.get("rule", "")
    standing.version, standing.zone = data.get("calendar"), data["zone"]
    standing.muted = standing.muted or bool(data.get("muted"))


def _started(standing: Standing, line: Line) -> None:
    standing.started_at = line.at
    _aim(standing, line.data)
    pauses = line.data.get("pauses", ())
    standing.pauses = [(datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in pauses]
    standing.set_due()


def _retargeted(standing: Standing, line: Line) -> None:
    _aim(standing, line.data)
    standing.started_at = _moment(line.data.get("start")) or standing.started_at
    standing.set_due()


def _paused(standing: Standing, line: Line) -> None:
    """From pause to pause the reason changes, not the start."""
    standing.paused_at = standing.paused_at or line.at
    standing.reason = line.data["reason"]
    standing.until = _moment(line.data.get("until"))


def _resumed(standing: Standing, line: Line) -> None:
    """A pause ends; or what had ended goes on, and the time since counts."""
    if line.data.get("undo"):
        standing.ended_at, standing.cancelled = None, False
    else:
        standing._resume(line.at)


def _extended(standing: Standing, line: Line) -> None:
    standing.extended += line.data["amount"]
    standing.set_due()


def _ended(standing: Standing, line: Line) -> None:
    standing.ended_at = line.at
    standing.cancelled = line.kind == "cancelled"


def _breached(standing: Standing, line: Line) -> None:
    standing.breached_at = standing.breached_at or line.at
    standing.breach_noted = True


def _warned(standing: Standing, line: Line) -> None:
    """What was noted silently reminds nobody later either."""
    standing.percent = max(standing.percent, line.data["percent"])
    if not line.data.get("silent"):
        standing.noticed_at = line.at


def _escalated(standing: Standing, line: Line) -> None:
    standing.step = line.data["step"]
    standing.noticed_at = line.at


def _explained(standing: Standing, line: Line) -> None:
    standing.code = line.data["code"]


def _accepted(standing: Standing, line: Line) -> None:
    standing.accepted = True


def _returned(standing: Standing, line: Line) -> None:
    standing.code = ""


_READ: Mapping[str, Callable[[Standing, Line], None]] = {
    "started": _started,
    "retargeted": _retargeted,
    "paused": _paused,
    "resumed": _resumed,
    "extended": _extended,
    "met": _ended,
    "cancelled": _ended,
    "breached": _breached,
    "warned": _warned,
    "escalated": _escalated,
    "explained": _explained,
    "accepted": _accepted,
    "returned": _returned,
}
