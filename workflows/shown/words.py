"""How a due date is said, in the reader's zone: short in a table, long in a heading."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.templatetags.moments import (
    TO,
    clock_format,
    in_full,
    in_hours,
    in_short,
    last_minute,
)
from workflows.shown.due import Due

_A_WEEK = 7
_HOUR = 3600


def short(due: Due) -> str:
    """ "3 h left", "tomorrow 12:00", "6 days left", "2 days late"."""
    if due.is_late:
        return late(due)
    local = last_minute(due.at)
    if _ahead(due, local) <= 0:
        return _hours_left(due)
    if due.days <= 1:
        return f"{_day(due, local)} {in_hours(local)}"
    return ngettext("%(n)d day left", "%(n)d days left", due.days) % {"n": due.days}


def long(due: Due) -> str:
    """ "today 16:00 WIB, 3 h left", "Thursday 3 December 2026, 7 working days left"."""
    local, today = last_minute(due.at), timezone.localdate(due.now)
    ahead = _ahead(due, local)
    if ahead == 0 or (due.is_late and not due.days):
        return f"{in_short(local, today)}, {late(due) if due.is_late else _hours_left(due)}"
    if not due.is_late and due.days <= 1:
        return in_short(local, today) if ahead == 1 else in_full(local)
    return f"{date_format(local, 'l j F Y')}, {days_late(due) if due.is_late else days_left(due)}"


def days_left(due: Due) -> str:
    """In the days that the target counts, said by name."""
    n = {"n": due.days}
    if due.is_working:
        return ngettext("%(n)d working day left", "%(n)d working days left", due.days) % n
    return ngettext("%(n)d day left", "%(n)d days left", due.days) % n


def days_late(due: Due) -> str:
    """As `days_left`."""
    n = {"n": due.days}
    if due.is_working and due.days:
        return ngettext("%(n)d working day late", "%(n)d working days late", due.days) % n
    return late(due)


def late(due: Due) -> str:
    """How much of it is over: "5 h late", "2 days late"; closed hours alone are "just past"."""
    if due.days:
        return ngettext("%(n)d day late", "%(n)d days late", due.days) % {"n": due.days}
    hours, minutes = divmod(abs(due.own) // 60, 60)
    if hours:
        return ngettext("%(n)d hour late", "%(n)d hours late", hours) % {"n": hours}
    if minutes:
        return ngettext("%(n)d minute late", "%(n)d minutes late", minutes) % {"n": minutes}
    return _("just past")


def short_day(at: datetime, now: datetime) -> str:
    """ "16 Nov", with its year where that is not this one. In the reader's zone."""
    local = last_minute(at)
    return date_format(local, _day_format(local, now))


def stamp(at: datetime, now: datetime) -> str:
    """ "16 Nov, 10:05 WIB"."""
    local = last_minute(at)
    return date_format(local, f"{_day_format(local, now)}, {clock_format()}")


def stretch(since: datetime, until: datetime, now: datetime) -> str:
    """From 10:05 to 14:20 on 16 Nov, or from 16 Nov, 10:05 to 17 Nov, 14:20, with the zone."""
    first, last = timezone.localtime(since), timezone.localtime(until)
    begun = f"{date_format(first, _day_format(first, now))}, {in_hours(first)}"
    if first.date() == last.date():
        return f"{begun}{TO}{date_format(last, clock_format())}"
    return f"{begun} {TO} {stamp(until, now)}"


def _day_format(local: datetime, now: datetime) -> str:
    return "j M" if local.year == timezone.localdate(now).year else "j M Y"


def _hours_left(due: Due) -> str:
    if due.seconds >= _HOUR:
        return _("%(n)d h left") % {"n": due.seconds // _HOUR}
    return _("%(n)d min left") % {"n": max(due.seconds // 60, 1)}


def _ahead(due: Due, local: datetime) -> int:
    """How many dates of the reader's away: 0 today, 1 tomorrow."""
    return (local.date() - timezone.localdate(due.now)).days


def _day(due: Due, local: datetime) -> str:
    """The day of the week, while that can be no other."""
    ahead = _ahead(due, local)
    if ahead == 1:
        return _("tomorrow")
    return date_format(local, "l") if ahead < _A_WEEK else short_day(due.at, due.now)
