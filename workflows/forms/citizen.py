"""What citizens, and staff for them, send with an act."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.access import is_citizen
from casework.models import Channel
from workflows.forms.base import ActForm, Words
from workflows.windows import may_reopen_unasked

BY_VOICE = [choice for choice in Channel.choices if choice[0] not in (Channel.WEB, Channel.IMPORT)]


class ForCitizenForm(ActForm):
    """Staff who act for a citizen say by which channel, and what proves it."""

    channel = forms.ChoiceField(label=_("How they told us"), choices=BY_VOICE)
    proof = forms.CharField(
        label=_("Proof"),
        max_length=500,
        help_text=_("For example: signed form at the counter, caller knew the secret."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_citizen(self.actor, self.case):
            del self.fields["channel"], self.fields["proof"]


class ConfirmForm(ForCitizenForm):
    pass


class AnswerQuestionForm(ForCitizenForm):
    text = Words(_("Your answer"))


class DisputeForm(ForCitizenForm):
    reason = Words(_("What is still wrong"))
    someone_else = forms.BooleanField(label=_("Let somebody else look at it"), required=False)


class DisagreeForm(ForCitizenForm):
    reason = Words(_("Why you disagree"), required=False)


class ReopenForm(DisputeForm):
    """A supervisor also reopens on their own initiative: then nobody told them anything."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "proof" in self.fields and may_reopen_unasked(self.actor, self.case):
            self.fields["channel"].required = self.fields["proof"].required = False
            self.fields["proof"].help_text = _("Leave it empty if you reopen of your own accord.")

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if bool(said.get("proof")) != bool(said.get("channel")) and not self.errors:
            self.add_error("proof", _("Give both the channel and the proof, or neither."))
        if said.get("someone_else") and "proof" in self.fields and not said.get("proof"):
            self.add_error("someone_else", _("Only the complainant can ask for that."))
        return said


class WithdrawForm(ForCitizenForm):
    reason = Words(_("Why, if you like to say"), required=False)


class RateForm(ActForm):
    stars = forms.TypedChoiceField(
        label=_("How do you rate the handling?"),
        coerce=int,
        choices=[(n, str(n)) for n in range(1, 6)],
        widget=forms.RadioSelect,
    )
    text = Words(_("A word, if you like"), required=False, max_length=2000)
