"""How a due date is shown, from the row of a list or from a clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from casework.models import DueState
from casework.templatetags.moments import in_full, last_minute
from workflows import opening
from workflows.models import Clock, ClockEntry, Metric, Reason, State
from workflows.shown import words
from workflows.shown.due import Due
from workflows.shown.terms import keys_of, moment, terms_of
from workflows.targets import In


@dataclass(frozen=True)
class Shown:
    """A due date in words. `state`: calm, soon, late, paused, kept, missed or none.

    `at`: when it is due, or when that ended; None while paused. `share`: percent of the clock's
    own time that is used, over 100 where it is late.
    """

    metric: str
    label: str
    state: str
    at: datetime | None
    short: str
    said: Callable[[], str] = field(repr=False, compare=False)
    share: int = 0

    @cached_property
    def long(self) -> str:
        """With what is due; put into words only where it is read."""
        return self.said()

    @cached_property
    def full(self) -> str:
        """The whole of the moment, for screen readers: day, date, hour and zone."""
        return in_full(last_minute(self.at)) if self.at else ""

    @property
    def title(self) -> str:
        """What is due, and when in full, for the pointer."""
        return f"{self.label}: {self.full}" if self.at else self.long


NOTHING = Shown(metric="", label="", state="none", at=None, short="", said=str)

#: Why no clock runs, as the row of a case says it.
_PAUSED: dict[str, Reason] = {
    DueState.COMPLAINANT: Reason.COMPLAINANT,
    DueState.THIRD_PARTY: Reason.THIRD_PARTY,
    DueState.LEGAL_HOLD: Reason.LEGAL_HOLD,
}


@dataclass(frozen=True)
class _Pause:
    reason: str
    since: datetime | None
    until: datetime | None


def of_row(row: Mapping[str, Any], now: datetime) -> Shown:
    """The nearest due date of a case, from what its row keeps of it; asks nothing once warm."""
    facts = row["due_facts"]
    metric = facts.get("metric", "")
    if row["due_state"] in _PAUSED:
        since, until = moment(facts.get("since")), moment(facts.get("until"))
        return _paused(metric, _Pause(_PAUSED[row["due_state"]], since, until), now)
    if row["next_due_at"] is None or not metric:
        return NOTHING
    calendar = opening.calendar(facts["version"], facts["zone"])
    due = Due(row["next_due_at"], calendar, _unit_in(facts), facts["span"], now)
    return _running(metric, due, _state_of(row, now))


def warm(rows: Iterable[Mapping[str, Any]]) -> None:
    """Read the calendars that the rows of a page are counted in, at once."""
    facts = (row["due_facts"] for row in rows if row["next_due_at"])
    opening.load({(each["version"], each["zone"]) for each in facts if "zone" in each})


def warm_clocks(clocks: Iterable[Clock]) -> None:
    """The same for clocks, whose entries are read already."""
    opening.load(keys_of(clocks))


def of_clock(clock: Clock, now: datetime) -> Shown:
    """A clock as it stands now; its entries are read already."""
    if clock.state == State.RUNNING and clock.due_at:
        due = terms_of(clock).due(clock.due_at, clock.span, now)
        return _running(clock.metric, due, due.state, missed=clock.breached_at)
    if clock.state == State.PAUSED:
        pause = _Pause(clock.reason, paused_since(clock), clock.until)
        return _paused(clock.metric, pause, now)
    return _ended(clock, now)


def paused_since(clock: Clock) -> datetime | None:
    """Since when the present pause lasts: another reason in it begins no other."""
    since = None
    for entry in clock.ledger:
        if entry.kind == ClockEntry.Kind.PAUSED:
            since = since or entry.at
        elif entry.kind == ClockEntry.Kind.RESUMED:
            since = None
    return since


def is_breached(clock: Clock, now: datetime) -> bool:
    """Whether its due date has passed while it ran; time decides, whoever wrote that down."""
    if clock.breached_at:
        return True
    return clock.state == State.RUNNING and clock.due_at is not None and clock.due_at < now


def _unit_in(facts: Mapping[str, Any]) -> In | None:
    """What the target counts; where the row does not say that, what its own time is."""
    if "unit" in facts:
        return In(facts["unit"]) if facts["unit"] else None
    return In.CALENDAR_HOURS if facts["real"] else In.WORKING_DAYS


def _state_of(row: Mapping[str, Any], now: datetime) -> str:
    """As written; once time has turned it, as the date says."""
    if row["turns_at"] is None or row["turns_at"] > now:
        return str(row["due_state"])
    return "late" if row["next_due_at"] < now else "soon"


def _running(metric: str, due: Due, state: str, missed: datetime | None = None) -> Shown:
    label = _label(metric)

    def said() -> str:
        long = f"{label}: {words.long(due)}"
        if missed is None or state == "late":
            return long
        day = words.short_day(missed, due.now)
        return _("%(said)s (missed on %(day)s)") % {"said": long, "day": day}

    return Shown(metric, label, state, due.at, words.short(due), said, due.share)


def _paused(metric: str, pause: _Pause, now: datetime) -> Shown:
    label, reason = _label(metric), str(Reason(pause.reason).label)
    short = _("paused: %(reason)s") % {"reason": reason}
    until = _until(pause, now)
    long = f"{label}: {short}" if label else short
    if pause.since:
        about = {"label": label, "reason": reason, "day": words.short_day(pause.since, now)}
        long = _("%(label)s: paused since %(day)s, %(reason)s") % about
    if pause.reason != Reason.COMPLAINANT:  # when they answer is not known by a date
        short += until
    return Shown(metric, label, "paused", None, short, lambda: long + until)


def _until(pause: _Pause, now: datetime) -> str:
    if pause.until is None:
        return ""
    return _(", until %(day)s") % {"day": words.short_day(pause.until, now)}


def _ended(clock: Clock, now: datetime) -> Shown:
    label, met = _label(clock.metric), clock.state == State.MET
    state, at, said = "kept", clock.ended_at or clock.started_at, _("%(day)s, in time")
    if clock.breached_at:
        state, said = "missed", _("%(day)s, too late") if met else _("%(day)s, not met")
        at = at if met else clock.breached_at
    elif not met:
        state, said = "none", _("no longer applies")
    short = said % {"day": words.short_day(at, now)} if state != "none" else said
    return Shown(clock.metric, label, state, at, short, lambda: f"{label}: {short}", 100)


def _label(metric: str) -> str:
    return str(Metric(metric).label) if metric else ""
