"""“Explain this due date”: the ledger of a clock, line by line, as a citizen could follow it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.templatetags.moments import in_full, last_minute
from workflows.models import Clock, ClockEntry, State
from workflows.policies.words import amount
from workflows.shown import words
from workflows.shown.outcomes import cancelled, met, paused_for, still, what_is_left
from workflows.shown.pauses import moved
from workflows.shown.skipped import out_of_the_ordinary
from workflows.shown.sources import Sources
from workflows.shown.starts import aim, beginning, counting
from workflows.shown.terms import pauses_in, terms_in
from workflows.targets import In

Kind = ClockEntry.Kind
_WHY_ANEW: dict[str, Any] = {
    "calendar": gettext_lazy("The opening days of the unit were changed."),
    "policy": gettext_lazy("The rule that applied has ended; the next one applies."),
    "unit": gettext_lazy("The case went to another unit."),
    "category": gettext_lazy("The category was changed."),
    "kind": gettext_lazy("The kind of the case was changed."),
    "priority": gettext_lazy("The priority was changed."),
    "asked": gettext_lazy("A supervisor had it counted anew by the rules of today."),
    "deadline": gettext_lazy("A supervisor set the date."),
    "lifted": gettext_lazy("A supervisor lifted the date that was set."),
}


@dataclass(frozen=True)
class Line:
    """A line of the explanation: when that was, or from when to when, and a sentence or two."""

    when: str
    what: str


def explained(clock: Clock, now: datetime, sources: Sources | None = None) -> list[Line]:
    """What started it, which days were skipped, what moved it, and what is left.

    The entries of the clock are read already; so are `sources`, where many are explained.
    """
    return list(_Story(clock, now, sources or Sources.of([clock])).lines())


class _Story:
    """The ledger, read from its first entry to its last."""

    def __init__(self, clock: Clock, now: datetime, sources: Sources) -> None:
        self.clock, self.now, self.sources = clock, now, sources
        self.entries = clock.ledger
        self.terms = terms_in(self.entries[0].data)
        self.due = self.entries[0].due_at
        self.pause: ClockEntry | None = None

    def lines(self) -> Iterator[Line]:
        for entry in self.entries:
            tell = getattr(self, f"_{entry.kind}", None)
            if tell:
                yield from tell(entry)
            self.due = entry.due_at or self.due
        yield from self._now()

    def _started(self, entry: ClockEntry) -> Iterator[Line]:
        said = [beginning(self.clock, self.terms), aim(self.terms, self.sources)]
        yield self._line(entry.at, *said, *counting(self.terms, entry.at))
        for since, until in pauses_in(entry.data):
            yield self._stretch(since, until, _("Left out: a pause, or it was closed."))
        for when, what in out_of_the_ordinary(self.clock, self.now):
            yield Line(when, what)

    def _paused(self, entry: ClockEntry) -> Iterator[Line]:
        """Nothing is told of a pause until it is over, or its reason changes."""
        if self.pause:
            yield self._stretch(self.pause.at, entry.at, paused_for(self.pause), _("It went on."))
        else:
            self.held = entry.at
        self.pause = entry

    def _resumed(self, entry: ClockEntry) -> Iterator[Line]:
        if entry.data.get("undo") == "met":
            yield self._line(entry.at, _("The answer was taken back: the time runs on."))
        elif entry.data.get("undo"):
            yield self._line(entry.at, _("A rule asks for it again: the time runs on."))
        elif self.pause:
            effect = moved(self.terms, (self.held, entry.at), self.due, entry.due_at)
            yield self._stretch(self.pause.at, entry.at, paused_for(self.pause), effect)
            self.pause = None

    def _extended(self, entry: ClockEntry) -> Iterator[Line]:
        unit = self.terms.target.unit if self.terms.target else In.CALENDAR_DAYS
        said = {
            "amount": amount(entry.data["amount"], unit),
            "who": self.sources.people.get(entry.data.get("by"), ""),
        }
        by = _("Extended by %(amount)s, allowed by %(who)s.") if said["who"] else ""
        yield self._line(
            entry.at, (by or _("Extended by %(amount)s.")) % said, self._date_now(entry)
        )

    def _retargeted(self, entry: ClockEntry) -> Iterator[Line]:
        before, self.terms = self.terms, terms_in(entry.data)
        said = [str(_WHY_ANEW.get(entry.data.get("why", ""), _("It was counted anew.")))]
        if (self.terms.target, self.terms.deadline) != (before.target, before.deadline):
            said.append(aim(self.terms, self.sources))
        yield self._line(entry.at, *said, self._date_now(entry))

    def _breached(self, entry: ClockEntry) -> Iterator[Line]:
        yield self._line(
            entry.at, _("This date passed before it was done. That stands, whatever follows.")
        )

    def _met(self, entry: ClockEntry) -> Iterator[Line]:
        yield self._line(entry.at, *met(self.clock, self.terms, entry.at, self.due))

    def _cancelled(self, entry: ClockEntry) -> Iterator[Line]:
        yield self._line(entry.at, cancelled(entry.data.get("why", "")))

    def _explained(self, entry: ClockEntry) -> Iterator[Line]:
        yield self._line(entry.at, _("The officer said why it is late."))

    def _accepted(self, entry: ClockEntry) -> Iterator[Line]:
        yield self._line(entry.at, _("A supervisor accepted the reason."))

    def _returned(self, entry: ClockEntry) -> Iterator[Line]:
        yield self._line(entry.at, _("A supervisor sent the reason back."))

    def _now(self) -> Iterator[Line]:
        """How it stands at this moment."""
        if self.clock.state == State.PAUSED and self.pause and self.due:
            left = self.terms.due(self.due, self.clock.span, self.held)
            yield self._stretch(self.pause.at, self.now, *still(self.pause, left))
        elif self.clock.state == State.RUNNING and self.clock.due_at:
            due = self.terms.due(self.clock.due_at, self.clock.span, self.now)
            noted = due.is_late and any(e.kind == Kind.BREACHED for e in self.entries)
            when = _("now") if noted else words.stamp(due.at, self.now)
            yield Line(when, " ".join(what_is_left(due, self._amount())))

    def _amount(self) -> int:
        """What was promised, extensions included, in the target's unit."""
        extended = sum(e.data["amount"] for e in self.entries if e.kind == Kind.EXTENDED)
        return (self.terms.target.amount if self.terms.target else 0) + extended

    def _date_now(self, entry: ClockEntry) -> str:
        """What became of the date by an entry; nothing while it is paused."""
        if entry.due_at is None:
            return ""
        if entry.due_at == self.due:
            return _("The date stays.")
        return _("The date is now %(date)s.") % {"date": in_full(last_minute(entry.due_at))}

    def _line(self, at: datetime, *said: str) -> Line:
        return Line(words.stamp(at, self.now), " ".join(filter(None, said)))

    def _stretch(self, since: datetime, until: datetime, *said: str) -> Line:
        return Line(words.stretch(since, until, self.now), " ".join(filter(None, said)))
