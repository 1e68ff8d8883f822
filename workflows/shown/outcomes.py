"""How a clock stands or how it ended, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflows.models import Clock, ClockEntry, Metric, Reason
from workflows.policies.words import amount
from workflows.shown import words
from workflows.shown.due import Due
from workflows.shown.lengths import length
from workflows.shown.terms import Terms, moment
from workflows.targets import In

_DONE: dict[str, Any] = {
    Metric.ACKNOWLEDGEMENT: gettext_lazy("The complaint was checked."),
    Metric.FIRST_RESPONSE: gettext_lazy("The complainant heard from us."),
    Metric.NEXT_UPDATE: gettext_lazy("The complainant heard from us."),
    Metric.RESOLUTION: gettext_lazy("The answer was sent."),
    Metric.STAGE2: gettext_lazy("The answer was sent."),
    Metric.COMMITMENT: gettext_lazy("The promise was kept."),
    Metric.UNIT_WORK: gettext_lazy("The unit answered, or passed the case on."),
}
_BY_DAY = (In.WORKING_DAYS, In.CALENDAR_DAYS)
_BY_HOUR = (In.WORKING_MINUTES, In.WORKING_HOURS, In.CALENDAR_HOURS)


def met(clock: Clock, terms: Terms, at: datetime, due: datetime | None) -> Iterator[str]:
    """That it was done, and whether in time."""
    yield str(_DONE[clock.metric])
    if clock.breached_at is None:
        yield _("In time.")
    elif due is not None and due < at:
        late = words.days_late(terms.due(due, clock.span, at))
        yield _("The date had passed: %(late)s.") % {"late": late}


def cancelled(why: str) -> str:
    """Why it ended undone."""
    return {
        "cycle": _("The case was taken up again, with new dates."),
        "merged": _("The case goes on in another one: this no longer applies."),
        "lapsed": _("No answer came from the complainant: this no longer applies."),
        "withdrawn": _("The complainant took the complaint back: this no longer applies."),
        "policy": _("No rule asks for it any more."),
        "unit": _("The rules of the new unit do not ask for it."),
        "impossible": _("Its opening days leave no day on which it could be due."),
    }.get(why, _("This no longer applies."))


def what_is_left(due: Due, promised: int) -> Iterator[str]:
    """How much of the time is used, and left. `promised`: in the unit of the target."""
    if due.is_late:
        yield _("The date has passed: %(late)s.") % {"late": words.days_late(due)}
        return
    yield _("Due.")
    left = amount(due.days, In.WORKING_DAYS if due.is_working else In.CALENDAR_DAYS)
    if due.unit in _BY_DAY and due.days:
        used = amount(max(promised - due.days, 0), due.unit)
        yield _("%(used)s used, %(left)s left.") % {"used": used, "left": left}
    elif due.unit in _BY_HOUR and due.span > due.own:
        said = {"used": length(due.span - due.own), "left": length(due.own)}
        yield _("%(used)s used, %(left)s left.") % said
    else:
        yield _("%(left)s left.") % {"left": left if due.days else length(due.seconds)}


def still(pause: ClockEntry, due: Due) -> Iterator[str]:
    """That time stands still, why, and what is left once it goes on. `due`: as the pause began."""
    yield paused_for(pause)
    if until := moment(pause.data.get("until")):
        yield _("At most until %(day)s.") % {"day": words.short_day(until, due.now)}
    if due.is_late:
        return
    left = amount(due.days, In.WORKING_DAYS if due.is_working else In.CALENDAR_DAYS)
    said = {"left": left if due.days else length(due.seconds)}
    yield _("The time stands still. Left then: %(left)s.") % said


def paused_for(pause: ClockEntry) -> str:
    return _("Paused: %(reason)s.") % {"reason": Reason(pause.data["reason"]).label}
