"""What is said for a new secret in the place of a lost one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import Identity
from workflows.forms.base import ActForm, Words


class AskSecretForm(ActForm):
    """Why, and how the clerk knows who stands before them."""

    upload = None  # type: ignore[assignment]  # so Django takes an inherited field away

    reason = Words(_("Why a new secret is needed"), max_length=500)
    recognised = Words(
        _("How you recognised the complainant"),
        max_length=500,
        help_text=_(
            "For example: identity card, and the phone number that we know. Copy no card number."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.case.complainant.identity == Identity.WITHHELD:
            self.fields["recognised"].help_text = _(
                "Leave out the name and contacts: whoever handles the case reads this."
            )


class NewSecretForm(ActForm):
    """`token`: what the mailed link carries; staff have none."""

    upload = None  # type: ignore[assignment]  # so Django takes an inherited field away

    token = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
