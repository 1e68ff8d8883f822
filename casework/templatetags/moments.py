"""Moments, and how long ago they were, as people say them, in the reader's zone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django import template
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

register = template.Library()

A_MINUTE = timedelta(minutes=1)
#: Between a first and a last.
TO = "\N{EN DASH}"
DAY = 24 * 60
#: The units of a length of time, each in minutes.
UNITS = (
    (365 * DAY, gettext_lazy("%(n)d y")),
    (30 * DAY, gettext_lazy("%(n)d mo")),
    (DAY, gettext_lazy("%(n)d d")),
    (60, gettext_lazy("%(n)d h")),
)


@register.filter
def moment(at: datetime | None) -> SafeString | str:
    """A `<time>`: "today 16:00 WIB"; the full date for the pointer and for screen readers."""
    if not at:
        return ""
    local = timezone.localtime(at)
    return _time(local, in_short(local, timezone.localdate()))


@register.filter
def age(since: datetime) -> SafeString:
    """A `<time>`: how long ago, in one unit: "12 d", "3 h"; the full date as in `moment`."""
    return _time(timezone.localtime(since), how_long(timezone.now() - since))


@register.filter
def ago(since: datetime) -> SafeString:
    """A `<time>`: "12 d ago", "just now"; the full date as in `moment`."""
    span = timezone.now() - since
    words = how_long(span)
    if span >= A_MINUTE:
        words = _("%(age)s ago") % {"age": words}
    return _time(timezone.localtime(since), words)


@register.filter
def day(on: date) -> str:
    """A day and its year, as short as `moment` says them: "22 Nov 2026"."""
    return date_format(on, "j M Y")


def how_long(span: timedelta) -> str:
    """A length of time in the largest unit of which there are two, or one minute."""
    minutes = max(span // A_MINUTE, 0)
    for length, words in UNITS:
        if minutes >= 2 * length:
            return str(words) % {"n": minutes // length}
    return _("%(n)d min") % {"n": minutes} if minutes else _("just now")


def _time(local: datetime, words: str) -> SafeString:
    return format_html(
        '<time datetime="{}" title="{full}"><span aria-hidden="true">{}</span>'
        '<span class="ds-sr-only">{full}</span></time>',
        local.isoformat(timespec="seconds"),
        words,
        full=in_full(local),
    )


@register.filter
def in_full(at: datetime) -> str:
    """The whole of it: "Tuesday 24 November 2026, 16:00 WIB"."""
    local = timezone.localtime(at)
    return f"{_day_in_full(local.date(), get_language())}, {date_format(local, clock_format())}"


@lru_cache(maxsize=1000)
def _day_in_full(day: date, language: str | None) -> str:
    """Of a page full of moments most are on the same few days. `language`: the one in force."""
    return date_format(day, "l j F Y")


def in_short(local: datetime, today: date) -> str:
    """As short as the day allows; `local` in the reader's zone, as is `today`."""
    days = (local.date() - today).days
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    if days in near:
        return f"{near[days]} {date_format(local, clock_format())}"
    day = "j M" if local.year == today.year else "j M Y"
    return date_format(local, f"{day}, {clock_format()}")


def in_hours(local: datetime | time) -> str:
    """The hour alone: "16:00"; `local` in the reader's zone."""
    return time_format(local, _hour())


def last_minute(at: datetime) -> datetime:
    """What ends at midnight ends, for people, on the day before. In the reader's zone."""
    local = timezone.localtime(at)
    return local if local.hour or local.minute else local - A_MINUTE


def clock_format() -> str:
    """The hour and the zone, as a format of Django's."""
    return f"{_hour()} T"


def _hour() -> str:
    return pgettext("format of the time of day", "H:i")
