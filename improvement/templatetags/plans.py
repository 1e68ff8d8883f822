"""Words of improvement that templates ask for."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from improvement.access import units_read_by

register = template.Library()

#: What an entry of a plan's history says, by its kind.
_HAPPENINGS = {
    "begun": _("Begun"),
    "revised": _("Written anew"),
    "proposed": _("Approval was asked for"),
    "approved": pgettext_lazy("of a plan", "Approved"),
    "sent_back": _("Sent back"),
    "action": _("Action added"),
    "action_changed": _("Action changed"),
    "done": _("Action done"),
    "session": _("Session of a training added"),
    "reviewed": _("Reviewed"),
    "judged": _("Verdict put on record"),
    "told": _("Told to the public"),
    "untold": _("Taken back from the public"),
}


@register.filter
def may_read_reports(user: Any) -> bool:
    """Whether reports of some unit are theirs to read; for nobody there are none."""
    return bool(user and user.is_authenticated and units_read_by(user))


@register.filter
def happening(kind: str) -> Any:
    """What happened, in words."""
    return _HAPPENINGS.get(kind, kind)
