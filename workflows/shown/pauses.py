"""How much a pause moved a due date, in words."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from casework.templatetags.moments import in_full, last_minute
from workflows.policies.words import amount
from workflows.shown.lengths import length
from workflows.shown.terms import Terms
from workflows.targets import In


def moved(
    terms: Terms,
    pause: tuple[datetime, datetime],
    before: datetime | None,
    after: datetime | None,
) -> str:
    """What a pause did to the date that stood `before` it; `after`: the one that stands since."""
    took = passed(terms, *pause)
    if after is None or before == after or not took:
        return _("The date stays.")
    said = {"amount": took, "date": in_full(last_minute(after))}
    return _("%(amount)s passed meanwhile: the date moved by as much, to %(date)s.") % said


def passed(terms: Terms, since: datetime, until: datetime) -> str:
    """What a pause took of the time that the target counts; empty where that is nothing."""
    calendar, unit = terms.calendar, terms.unit
    if unit == In.WORKING_DAYS:
        days = calendar.working_day_ends(since, until)
        return amount(days, In.WORKING_DAYS) if days else ""
    if unit in (In.WORKING_HOURS, In.WORKING_MINUTES):
        seconds = calendar.worked(since, until)
        return _("%(time)s of opening time") % {"time": length(seconds)} if seconds else ""
    if unit == In.CALENDAR_HOURS:
        return length((until - since) // timedelta(seconds=1))
    nights = calendar.midnights(since, until)
    return amount(nights, In.CALENDAR_DAYS) if nights else ""
