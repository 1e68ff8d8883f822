"""What we promised a complainant, and by when, in short sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.models import Event
from casework.templatetags.moments import last_minute
from workflows.models import Clock, Metric, Reason
from workflows.policies.words import amount
from workflows.shown import is_breached
from workflows.shown.lengths import count_rule
from workflows.shown.moves import EXTENSION, Move, moves
from workflows.shown.terms import terms_of

_STILL: dict[str, Any] = {
    Reason.COMPLAINANT: gettext_lazy("Our own time stands still while we wait for your answer."),
    Reason.THIRD_PARTY: gettext_lazy("Our own time stands still while we wait for somebody else."),
    Reason.LEGAL_HOLD: gettext_lazy("Our own time stands still while the law makes us wait."),
}
_MOVED: dict[str, Any] = {
    Reason.COMPLAINANT: gettext_lazy("This date moved, because we waited for your answer."),
    Reason.THIRD_PARTY: gettext_lazy("This date moved, because we waited for somebody else."),
    Reason.LEGAL_HOLD: gettext_lazy("This date moved, because the law made us wait."),
    EXTENSION: gettext_lazy("This date moved, because we need more time."),
    "unit": gettext_lazy("This date moved, because another unit is in charge now."),
    "calendar": gettext_lazy("This date moved, because our opening days changed."),
    "policy": gettext_lazy("This date moved, because our rules changed."),
    "asked": gettext_lazy("This date moved, because our rules changed."),
    "deadline": gettext_lazy("This date was set for your complaint alone."),
}
_BY: dict[str, Any] = {
    Reason.COMPLAINANT: gettext_lazy("%(by)s later, because we waited for your answer."),
    Reason.THIRD_PARTY: gettext_lazy("%(by)s later, because we waited for somebody else."),
    Reason.LEGAL_HOLD: gettext_lazy("%(by)s later, because the law made us wait."),
    EXTENSION: gettext_lazy("%(by)s later, because we need more time."),
}


@dataclass(frozen=True)
class Promise:
    """By when we answer. `at`: None while our time stands still. `notes` are always read, `why`
    is where the date comes from."""

    meaning: str
    at: datetime | None
    notes: list[str] = field(default_factory=list)
    why: list[str] = field(default_factory=list)

    @property
    def is_near(self) -> bool:
        """Within a day or two the hour is said too."""
        ahead = self.at - timezone.now() if self.at else timedelta.max
        return timedelta(days=-1) < ahead < timedelta(days=2)


@dataclass(frozen=True)
class Remedy:
    """What we promised with an answer, in its own words."""

    what: str
    at: datetime
    is_late: bool


def promise_in(owed: Iterable[Clock], now: datetime) -> Promise | None:
    """By when we answer; None once we did, or where nothing is promised."""
    clock = next((each for each in owed if each.metric != Metric.COMMITMENT), None)
    if clock is None:
        return None
    moved = moves(clock)
    why = list(_origin(clock, moved))
    if clock.due_at is None:
        return Promise("", None, [str(_STILL[clock.reason])], why)
    at = last_minute(clock.due_at)
    if clock.due_at < now:
        late = _("This date has passed: we are late, and sorry for it.")
        return Promise(_("We promised our answer by"), at, [late], why)
    notes = [str(_MOVED[moved[-1].why])] if moved and moved[-1].why in _MOVED else []
    if is_breached(clock, now):
        notes.append(_("We missed an earlier date, and are sorry for it."))
    return Promise(_("We promise our answer by"), at, notes, why)


def _origin(clock: Clock, moved: list[Move]) -> Iterator[str]:
    """Where the date comes from: the target, how it is counted, what moved it."""
    terms = terms_of(clock)
    if terms.target and not terms.deadline:
        day = date_format(timezone.localtime(clock.started_at), "j F Y")
        said = {"amount": amount(terms.target.amount, terms.target.unit), "day": day}
        yield _("%(amount)s from %(day)s.") % said
        yield count_rule(terms.target.unit)
    for each in moved:
        words = _BY.get(each.why) if each.by else _MOVED.get(each.why)
        if words:
            yield words % {"by": each.by} if each.by else str(words)


def remedies_in(owed: Iterable[Clock], events: Iterable[Event], now: datetime) -> list[Remedy]:
    """What is still to be done of what we promised. `events`: what the complainant reads."""
    # A date goes on after them: without the stop at their end.
    said = {event.pk: " ".join(event.text.split()).rstrip(".") for event in events}
    return [
        Remedy(
            said.get(clock.ledger[0].event_id or 0, "") or str(Metric.COMMITMENT.label),
            last_minute(clock.due_at),
            clock.due_at < now,
        )
        for clock in owed
        if clock.metric == Metric.COMMITMENT and clock.due_at
    ]
