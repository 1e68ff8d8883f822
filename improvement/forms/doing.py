"""Actions, trainings, sessions, who came, and reviews."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import languages
from improvement.forms.base import Checked, Day, Line, Member, Text, people_of, whole
from improvement.models import Action, Decision, Judged, Plan
from workflows.forms.base import Explained, choose_from

_DECISIONS = {
    Decision.CONTINUE: _("It goes on as planned."),
    Decision.ADJUST: _("Something is corrected; say what."),
    Decision.STOP: _("The plan ends here; say why."),
}


class ActionForm(Checked):
    title = Line(_("What is done"))
    owner = Member(_("By whom"))
    due_on = Day(pgettext_lazy("of an action", "Due"))
    milestone = Line(_("Milestone"), help_text=_("By what everybody sees that it is reached."))
    pilot = Line(
        _("Tried first at"), required=False, help_text=_("A small place, before all the others.")
    )
    risk = Line(_("What could go wrong"), required=False)
    way_back = Line(_("The way back"), required=False)
    course = Line(
        _("Training: subject"), required=False, help_text=_("Only where the action is a training.")
    )
    planned = whole(_("Training: how many people"), required=False, max_value=100_000)

    def __init__(self, *args: Any, plan: Plan, action: Action | None = None, **kwargs: Any) -> None:
        if action is not None:
            kwargs.setdefault("initial", _said_of(action))
        super().__init__(*args, **kwargs)
        choose_from(self, "owner", people_of(plan.unit))

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("course") and not said.get("planned") and "planned" not in self.errors:
            self.add_error("planned", _("Say how many people are to be trained."))
        return said


def _said_of(action: Action) -> dict[str, Any]:
    names = ("title", "due_on", "milestone", "pilot", "risk", "way_back")
    said: dict[str, Any] = {name: getattr(action, name) for name in names}
    said["owner"] = action.owner.username
    training = getattr(action, "training", None)
    if training:
        said |= {"course": training.course, "planned": training.planned}
    return said


class ProofForm(Checked):
    proof = Text(_("What shows that it is done"))
    proof_link = forms.URLField(
        label=_("Address of the proof"), max_length=300, required=False, assume_scheme="https"
    )


class SessionForm(Checked):
    held_on = Day(_("Day"))
    place = Line(_("Place"))
    trainer = Line(_("Trainer"), required=False)
    hours = forms.DecimalField(
        label=_("Training hours"),
        min_value=Decimal("0.5"),
        max_value=Decimal(100),
        max_digits=4,
        decimal_places=1,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if languages.own() == "id":  # `jam pelajaran`; elsewhere an hour is an hour
            self.fields["hours"].help_text = _("Hours of 45 minutes.")


class AttendanceForm(Checked):
    person = Line(_("Name"))
    came = forms.BooleanField(label=_("Was there"), required=False, initial=True)
    before = whole(_("Points before"), required=False, max_value=100, help_text=_("0 to 100."))
    after = whole(_("Points after"), required=False, max_value=100, help_text=_("0 to 100."))


class ReviewForm(Checked):
    first = Day(_("Looked at from"))
    last = Day(_("to"))
    planned = forms.DecimalField(
        label=_("Planned by now"),
        min_value=Decimal(0),
        max_digits=8,
        decimal_places=2,
        help_text=_("In percent of a share, or complaints a week."),
    )
    cause = Text(_("Why it is as it is"))
    decision = forms.ChoiceField(
        label=_("Decision"), choices=Decision.choices, widget=Explained(_DECISIONS)
    )
    correction = Text(_("What is corrected"), required=False)
    as_planned = whole(_("Done as planned: how often"), required=False)
    occasions = whole(_("of how many times"), required=False)
    fidelity = Text(
        _("How it was done"),
        required=False,
        help_text=_("Whether it was done as planned, apart from what came of it."),
    )


class DecisionForm(Checked):
    """What is decided about a theme."""

    state = forms.ChoiceField(
        label=_("Your decision"),
        choices=[
            (Judged.ACCEPTED, pgettext_lazy("a theme", "Accept")),
            (Judged.WATCHED, pgettext_lazy("a theme", "Watch")),
            (Judged.DISMISSED, pgettext_lazy("a theme", "Dismiss")),
        ],
        widget=Explained(
            {
                Judged.ACCEPTED: _("It is a problem to work on; a plan can follow."),
                Judged.WATCHED: _("Wait and see; it stays on the list."),
                Judged.DISMISSED: _("It is none; say why. It is quiet for twelve weeks."),
            }
        ),
    )
    why = Text(_("Why"), required=False)


class WhyForm(Checked):
    """A reason in words."""

    why = Text(_("Why"))


class WordsForm(Checked):
    words = Text(_("A word to it"), required=False)


class ToldForm(Checked):
    title = Line(_("Title"), max_length=120, help_text=_("Without names; everybody reads it."))
    said = Text(_("What people told us"), help_text=_("Without names; everybody reads it."))
    did = Text(_("What we did"), help_text=_("Without names; everybody reads it."))
