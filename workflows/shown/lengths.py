"""How long something takes, and how that is counted, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from workflows.targets import In


def length(seconds: int) -> str:
    """Hours and minutes: "2 h 30 min"; never less than a minute."""
    hours, minutes = divmod(max(seconds // 60, 1), 60)
    said = [_("%(n)d h") % {"n": hours}] if hours else []
    return " ".join(said + ([_("%(n)d min") % {"n": minutes}] if minutes else []))


def count_rule(unit: In) -> str:
    """How that is counted, in a sentence."""
    return {
        In.WORKING_MINUTES: _("Only the hours in which the unit is open are counted."),
        In.WORKING_HOURS: _("Only the hours in which the unit is open are counted."),
        In.WORKING_DAYS: _("Only the days on which the unit is open are counted."),
        In.CALENDAR_HOURS: _("Every hour is counted, nights and closed days too."),
    }.get(unit, _("Every day is counted, closed ones too."))
