"""How a clock was set going: what it counts from, its target, and what that rests on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casework.templatetags.moments import in_full, last_minute
from workflows.models import Clock, Metric
from workflows.policies.words import amount
from workflows.shown.lengths import count_rule
from workflows.shown.sources import Sources
from workflows.shown.terms import Terms
from workflows.targets import FORWARD, NEXT_WORKING_DAY, In, StartsOn, Target

_BY_DAY = frozenset({In.WORKING_DAYS, In.CALENDAR_DAYS, In.WEEKS, In.MONTHS})


def beginning(clock: Clock, terms: Terms) -> str:
    """What set it going."""
    if clock.metric == Metric.COMMITMENT:
        return _("We promised this with our answer.")
    if clock.metric == Metric.UNIT_WORK:
        return _("The case was handed to the unit.")
    if clock.metric == Metric.NEXT_UPDATE:
        return _("We wrote to the complainant.")
    if clock.cycle > 1:
        return _("The case was taken up again.")
    starts_on = terms.target.starts_on if terms.target else StartsOn.RECEIVED
    return {
        StartsOn.RECEIVED: _("The complaint came in."),
        StartsOn.ACKNOWLEDGED: _("The complaint was checked and passed on."),
        StartsOn.COMPLETE: _("The complaint was complete."),
        StartsOn.REPLIED: _("We wrote to the complainant."),
    }[starts_on]


def aim(terms: Terms, sources: Sources) -> str:
    """The target with its legal basis, or the date that was set."""
    if terms.deadline:
        date = in_full(last_minute(terms.deadline))
        return _("A set date: %(date)s. Pauses do not move it.") % {"date": date}
    if terms.target is None:
        return ""
    basis = sources.basis(terms.policy)
    said = {"amount": amount(terms.target.amount, terms.target.unit), "basis": basis}
    return (_("Target: %(amount)s (%(basis)s).") if basis else _("Target: %(amount)s.")) % said


def counting(terms: Terms, start: datetime) -> Iterator[str]:
    """How the target is counted: what counts, from which day, and what does not move it."""
    target = terms.target
    if target is None or terms.deadline:
        return
    if target.unit in _BY_DAY:
        yield _day_zero(target, terms, start)
    yield count_rule(target.unit)
    if target.roll == FORWARD:
        yield _("If the last day is a closed one, the next open day is the last.")
    if not target.pausable:
        yield _("Pauses do not stop it.")


def _day_zero(target: Target, terms: Terms, start: datetime) -> str:
    at = terms.calendar.next_open(start) if target.day_zero == NEXT_WORKING_DAY else start
    day = date_format(terms.calendar.local_day(at), "j F")
    if target.day_zero == NEXT_WORKING_DAY:
        return _("%(day)s, the first open day, is day 0.") % {"day": day}
    return _("%(day)s, the day it began, is day 0.") % {"day": day}
