"""What staff send when they told a complainant by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.models import Channel
from workflows.forms.base import ActForm, Words

BY_HAND = [
    (Channel.LETTER, _("letter sent")),
    (Channel.PHONE, _("told by phone")),
    (Channel.COUNTER, _("handed over at the counter")),
    (Channel.WHATSAPP, _("told by WhatsApp")),
]


class ToldForm(ActForm):
    """By which way the complainant was told, and on which day."""

    channel = forms.ChoiceField(label=_("How they were told"), choices=BY_HAND)
    when = forms.DateField(
        label=_("On which day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty means today."),
    )
    text = Words(_("What they said to it"), required=False, max_length=2000)

    def clean_when(self) -> date:
        """Today, unless said; not in the future, nor before there was anything to tell."""
        today = timezone.localdate()
        day: date = self.cleaned_data["when"] or today
        if day > today:
            raise forms.ValidationError(_("This date is in the future."))
        if self.case.untold_at and day < timezone.localdate(self.case.untold_at):
            raise forms.ValidationError(_("There was nothing to tell yet on this day."))
        return day

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_post = bool(self.case.complainant.sealed_postal)
        self.fields["channel"].initial = Channel.LETTER if by_post else Channel.PHONE
