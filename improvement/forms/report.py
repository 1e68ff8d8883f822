"""A report: of which unit and days, what its writer says, and when it writes itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from improvement.forms.base import Checked, Coded, Day, Text
from improvement.models import Every
from workflows.forms.base import choose_from


class ReportForm(Checked):
    unit = Coded(Unit.objects.none(), _("Unit"), help_text=_("With all that is below it."))
    first = Day(_("From"))
    last = Day(_("To"))

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "unit", units)


class WritingForm(Checked):
    """The writer's own words; the facts are gathered anew."""

    summary = Text(_("In your own words"), rows=5, required=False)
    next_steps = Text(_("What is next"), rows=5, required=False)


class ScheduleForm(Checked):
    unit = Coded(Unit.objects.none(), _("Unit"))
    every = forms.ChoiceField(label=_("How often"), choices=Every.choices)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "unit", units)
