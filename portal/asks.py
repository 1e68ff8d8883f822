"""What each act of the citizen asks, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from casework.actors import CitizenActor
from casework.models import Case
from workflows.actions import form_for

SEND = _("Send")


@dataclass(frozen=True)
class Ask:
    """The page of an act: its question, what follows from it, and its button."""

    question: Any
    follows: Any = ""
    send: Any = SEND


ASKS = {
    "confirm": Ask(_("Does this settle your matter?"), send=_("Yes, this settles it")),
    "dispute": Ask(_("Our answer does not settle it"), _("We work on it again and answer anew.")),
    "disagree": Ask(
        _("You disagree"),
        _("We close the complaint and note that. You may turn to the ombudsman."),
        _("Close it, I disagree"),
    ),
    "answered": Ask(_("Answer the question"), _("Then we go on with your complaint.")),
    "message": Ask(_("Write a message"), _("Whoever handles your complaint reads it.")),
    "withdraw": Ask(
        _("Withdraw the complaint?"),
        _("We stop working on it. For 10 days you can take that back."),
        _("Yes, withdraw it"),
    ),
    "reopen": Ask(_("Have it opened again"), _("We look at your complaint anew.")),
    "contest": Ask(_("Contest the decision"), _("Somebody else looks at it and decides anew.")),
    "unmerge": Ask(
        _("This is another matter"),
        _("We handle your complaint on its own again."),
        _("Yes, it is another matter"),
    ),
    "verify": Ask(
        _("Is this your e-mail address?"),
        _("Then we can mail you a link if you lose the secret."),
        _("Yes, it is mine"),
    ),
    "rate": Ask(_("Rate the handling")),
}
_STARS = (
    (1, _("1, very poor")),
    (2, _("2, poor")),
    (3, _("3, fair")),
    (4, _("4, good")),
    (5, _("5, very good")),
)


def way_on(name: str) -> dict[str, Any]:
    """The way to go on after the end, as a link; empty where there is none."""
    return {"name": name, "label": ASKS[name].question} if name else {}


def form_of(case: Case, name: str, data: QueryDict | None = None) -> forms.Form:
    """The form of an act in the citizen's words, bound where there is data."""
    form = form_for(case, name, CitizenActor(case.pk), data)
    if name == "disagree":
        form.fields["reason"].label = _("In your own words")
    if "stars" in form.fields:
        form.fields["stars"].label = _("Your rating")
        form.fields["stars"].choices = _STARS  # type: ignore[attr-defined]
    if "someone_else" in form.fields:
        wish = form.fields["someone_else"]
        wish.label = _("Somebody else, please")
        wish.help_text = _("Nobody who decided before decides again. It is the last round here.")
    return form
