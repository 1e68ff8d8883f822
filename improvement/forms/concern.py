"""Raising a concern, reading its answer, and answering it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from improvement.forms.base import Checked, Coded, Line, Text
from workflows.forms.base import active_units


class ConcernForm(Checked):
    unit = Coded(active_units(), _("Unit"))
    text = Text(
        _("What worries you"),
        rows=6,
        help_text=_("Leave out what only you can know, if nobody is to guess who you are."),
    )
    name = Line(_("Your name"), required=False, help_text=_("Leave it empty to stay unknown."))


class CodeForm(Checked):
    code = Line(_("Your code"), max_length=40)


class AnswerForm(Checked):
    words = Text(_("Your answer"), rows=6)

    def __init__(self, data: Any = None, *, said: str = "") -> None:
        super().__init__(data, initial={"words": said})
