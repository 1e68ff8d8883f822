"""Words of improvement that templates ask for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from casework.templatetags.moments import day
from improvement.access import units_read_by
from improvement.forms.doing import ActionForm, AttendanceForm
from improvement.models import Entry

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
    "list_corrected": _("List of a session corrected"),
    "reviewed": _("Reviewed"),
    "judged": _("Verdict put on record"),
    "told": _("Told to the public"),
    "untold": _("Taken back from the public"),
}
#: What the parts of an action and of a list are called: as in their forms.
_PARTS = {
    name: field.label
    for form in (ActionForm, AttendanceForm)
    for name, field in form.base_fields.items()
}
_NONE = "\N{EN DASH}"


@register.filter
def may_read_reports(user: Any) -> bool:
    """Whether reports of some unit are theirs to read; for nobody there are none."""
    return bool(user and user.is_authenticated and units_read_by(user))


@register.filter
def happening(kind: str) -> Any:
    """What happened, in words."""
    return _HAPPENINGS.get(kind, kind)


@register.filter
def was(entry: Entry) -> list[str]:
    """What an entry changed, in the order of the form, each part with what it said before."""
    before = entry.data.get("before", {})
    return [_was(name, before[name]) for name in _PARTS if name in before]


def _was(name: str, value: Any) -> str:
    if name == "due_on":
        value = day(date.fromisoformat(value))
    if isinstance(value, bool):
        value = gettext("yes") if value else gettext("no")
    return f"{_PARTS[name]}: {value if value not in (None, '') else _NONE}"
