"""What citizens, and staff for them, send with an act."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.access import can_speak_for_citizen, is_citizen
from casework.models import Channel
from workflows.conditions import at_first_level, was_turned_away, was_withdrawn
from workflows.forms.base import ActForm, Words
from workflows.windows import may_reopen_unasked

BY_VOICE = [choice for choice in Channel.choices if choice[0] not in (Channel.WEB, Channel.IMPORT)]

#: What staff say of how they heard it, beside what was said.
HOW = ("channel", "proof", "proof_upload")


class ForCitizenForm(ActForm):
    """Staff who act for a citizen say by which channel, and what proves it.

    `proof_upload` names the scans of that proof, staged before: only staff see them, while the
    files of `upload` are the complainant's words.
    """

    field_order = ("text", "reason", "someone_else", *HOW)

    # Nothing is chosen beforehand: what is recorded is what somebody said.
    channel = forms.ChoiceField(
        label=_("How they told us"), choices=[("", _("not chosen")), *BY_VOICE]
    )
    proof = forms.CharField(
        label=_("Proof"),
        max_length=500,
        help_text=_("For example: signed form at the counter, caller knew the secret."),
    )

    proof_upload = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    #: What staff are asked instead, by field: they say what somebody else said.
    for_them: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_citizen(self.actor, self.case):
            self.drop_how()
        else:
            for name, label in self.for_them.items():
                self.fields[name].label = label

    def drop_how(self) -> None:
        """Ask for no channel and no proof."""
        for name in HOW:
            del self.fields[name]


class ConfirmForm(ForCitizenForm):
    pass


class AnswerQuestionForm(ForCitizenForm):
    for_them = {"text": _("What they answer")}

    text = Words(_("Your answer"))


class HeardForm(ForCitizenForm):
    text = Words(_("What they said"))


class DisputeForm(ForCitizenForm):
    """Somebody else is offered where that changes something: whoever contests gets others anyway.

    Taking back a withdrawal disputes nothing, and at level 2 others look at it already.
    """

    reason = Words(_("What is still wrong"))
    someone_else = forms.BooleanField(label=_("Let somebody else look at it"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case = self.case
        if was_turned_away(case) or was_withdrawn(case) or not at_first_level(case):
            del self.fields["someone_else"]


class DisagreeForm(ForCitizenForm):
    for_them = {"reason": _("Why they disagree, if they say so")}

    reason = Words(_("Why you disagree"), required=False)


class ReopenForm(DisputeForm):
    """A supervisor also reopens on their own initiative: then nobody told them anything.

    One who answered does so alone, and never in the complainant's name.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = self._asked()
        self.mute = not can_speak_for_citizen(self.actor, self.case)
        if self.mute:
            self.drop_how()
            self.fields.pop("someone_else", None)
        elif "proof" in self.fields and may_reopen_unasked(self.actor, self.case):
            self.fields["channel"].required = self.fields["proof"].required = False
            self.fields["proof"].help_text = _("Leave it empty if you reopen of your own accord.")

    def _asked(self) -> Any:
        """Only of an answer can be said what is still wrong."""
        if is_citizen(self.actor, self.case):
            return _("In your own words")
        if was_withdrawn(self.case):
            return _("Why it should go on")
        if was_turned_away(self.case):
            return _("What speaks against the decision")
        return _("What is still wrong")

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if self.mute and any(self.data.get(name) for name in ("someone_else", *HOW)):
            self.add_error(None, _("You answered, so somebody else speaks for the complainant."))
        if bool(said.get("proof")) != bool(said.get("channel")) and not self.errors:
            self.add_error("proof", _("Give both the channel and the proof, or neither."))
        if said.get("someone_else") and "proof" in self.fields and not said.get("proof"):
            self.add_error("someone_else", _("Only the complainant can ask for that."))
        return said


class WithdrawForm(ForCitizenForm):
    for_them = {"reason": _("Why, if they say so")}

    reason = Words(_("Why, if you like to say"), required=False)


class RateForm(ActForm):
    stars = forms.TypedChoiceField(
        label=_("How do you rate the handling?"),
        coerce=int,
        choices=[(n, str(n)) for n in range(1, 6)],
        widget=forms.RadioSelect,
    )
    text = Words(_("A word, if you like"), required=False, max_length=2000)
