"""Levels of an indicator in words: a share with its numbers, or so many a week."""

from __future__ import annotations

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from improvement.indicators import Level

NONE = "\N{EN DASH}"


def in_words(level: Level) -> str:
    """ "61,7 %", "5,4 a week", or a dash of nothing."""
    return value_in_words(level.value, is_share=level.among is not None)


def value_in_words(value: float | Decimal | None, *, is_share: bool) -> str:
    """`value` in percent, or cases a week."""
    if value is None:
        return NONE
    said = number_format(round(float(value), 1), 1)
    return f"{said} %" if is_share else _("%(n)s a week") % {"n": said}


def counts(level: Level) -> str:
    """ "190 of 308", "70 in 13 weeks": without it no level is shown."""
    if level.among == 0:
        return _("nothing fell due")
    number = _grouped(level.number)
    if level.among is not None:
        return _("%(n)s of %(among)s") % {"n": number, "among": _grouped(level.among)}
    weeks = number_format(round(level.weeks, 1), 1)
    return _("%(n)s in %(weeks)s weeks") % {"n": number, "weeks": weeks}


def _grouped(number: float) -> str:
    return str(number_format(number, force_grouping=True))
