"""A target in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext

from workflows.models import Metric
from workflows.policies.rules import INCOMPLETE, SILENCE
from workflows.targets import FORWARD, NEXT_WORKING_DAY, In, StartsOn, Target

_AMOUNTS = {
    In.WORKING_MINUTES: ngettext_lazy("%(n)d working minute", "%(n)d working minutes", "n"),
    In.WORKING_HOURS: ngettext_lazy("%(n)d working hour", "%(n)d working hours", "n"),
    In.WORKING_DAYS: ngettext_lazy("%(n)d working day", "%(n)d working days", "n"),
    In.CALENDAR_HOURS: ngettext_lazy("%(n)d hour", "%(n)d hours", "n"),
    In.CALENDAR_DAYS: ngettext_lazy("%(n)d calendar day", "%(n)d calendar days", "n"),
    In.WEEKS: ngettext_lazy("%(n)d week", "%(n)d weeks", "n"),
    In.MONTHS: ngettext_lazy("%(n)d month", "%(n)d months", "n"),
}

#: The units of a target as choices.
UNITS = {
    In.WORKING_DAYS: gettext_lazy("working days"),
    In.WORKING_HOURS: gettext_lazy("working hours"),
    In.WORKING_MINUTES: gettext_lazy("working minutes"),
    In.CALENDAR_DAYS: gettext_lazy("calendar days"),
    In.CALENDAR_HOURS: gettext_lazy("hours, day and night"),
    In.WEEKS: gettext_lazy("weeks"),
    In.MONTHS: gettext_lazy("months"),
}

#: From what a target counts.
FROM = {
    StartsOn.RECEIVED: gettext_lazy("from receipt"),
    StartsOn.ACKNOWLEDGED: gettext_lazy("from the check"),
    StartsOn.COMPLETE: gettext_lazy("from when it was complete"),
    StartsOn.REPLIED: gettext_lazy("from our latest message"),
}
_FROM_ITS_OWN = {
    Metric.UNIT_WORK: gettext_lazy("from hand-over"),
    SILENCE: gettext_lazy("from our latest message"),
    INCOMPLETE: gettext_lazy("from our question"),
}


def amount(number: int, unit: str) -> str:
    """So much time: "14 working days"."""
    return str(_AMOUNTS[In(unit)] % {"n": number})


def counts_from(metric: str, target: Target) -> str:
    """From what the target of that metric counts: "from receipt"."""
    return str(_FROM_ITS_OWN.get(metric) or FROM[target.starts_on])


def particulars(target: Target) -> list[str]:
    """What else is true of a target, each a few words."""
    said = []
    if target.extension:
        more = amount(target.extension, target.unit)
        said.append(_("may be extended by %(more)s") % {"more": more})
    if not target.pausable:
        said.append(pgettext("of a target", "is never paused"))
    if target.day_zero == NEXT_WORKING_DAY:
        said.append(_("what comes while closed counts from the next working day"))
    if target.roll == FORWARD:
        said.append(_("never due on a closed day"))
    return said


def in_code(target: Target) -> str:
    """As the settings log says it, in no language: "14 working_days from received +10"."""
    said = f"{target.amount} {target.unit} from {target.starts_on}"
    more = [f"+{target.extension}"] if target.extension else []
    more += [] if target.pausable else ["never paused"]
    more += [target.day_zero] if target.day_zero == NEXT_WORKING_DAY else []
    return " ".join([said, *more, *([target.roll] if target.roll else [])])
