"""Filing, one question a step.

Nothing is kept on the server: earlier answers travel with the form. So a draft belongs to the
citizen alone, and identity `none` stays what it says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from casework.models import Identity
from portal.packed import pack, unpack
from workflows.forms.base import Explained
from workflows.forms.filing import FilingForm


@dataclass(frozen=True)
class Step:
    """One page of the filing: its name, its question, and the fields it asks."""

    name: str
    question: Any
    fields: tuple[str, ...] = ()
    hint: Any = ""
    takes_files: bool = False


#: Help for a field that shares its step with others.
HINTS: dict[str, Any] = {
    "identity": _("All three are handled with the same care."),
    "name": "",
    "email": _("For news of this complaint only."),
    "phone": "",
    "about_unit": _("Choose one only if the whole office is meant. Nobody there will read it."),
}
STEPS = (
    Step("what", _("What happened?"), ("text",), takes_files=True),
    Step(
        "service",
        _("Which service is it about?"),
        ("service",),
        _("Not sure? Leave it as it is; we find the right one."),
    ),
    Step(
        "where",
        _("Where did it happen?"),
        ("address",),
        _("Street, RT and RW, or a place that people know. You may leave it empty."),
    ),
    Step(
        "when",
        _("When did it happen?"),
        ("occurred_on",),
        _("The first day, if it still goes on. You may leave it empty."),
    ),
    Step("files", _("Do you have photos or papers?"), takes_files=True),
    Step(
        "about",
        _("Is it about certain people?"),
        ("about", "about_unit"),
        _("Names, if you know them. Whoever we recognise by name cannot read your complaint."),
    ),
    Step("who", _("Who are you?"), ("identity", "name", "email", "phone")),
    Step("check", _("Check your answers")),
)
#: The three ways to say who one is: in words, and what each costs.
IDENTITIES = {
    "named": (_("Give my name"), _("The officers who handle it see your name and contact.")),
    "withheld": (
        _("Withhold my name"),
        _("Your name is stored locked. Only identity officers can read it."),
    ),
    "none": (
        _("Without a name"),
        _("We keep no name and no contact. Lose the secret, and nobody can help you back."),
    ),
}
TOO_SHORT = {
    "required": _("Tell us what happened."),
    "min_length": _("Tell us a little more: at least ten letters."),
}
#: What a browser may fill in, by field: it knows who uses it (WCAG 1.3.5).
KNOWN = {"name": "name", "email": "email", "phone": "tel"}
#: Asked of everybody but those who stay without a name.
CONTACTS = ("name", "email", "phone")
FIELDS = tuple(field for step in STEPS for field in step.fields)


def number_of(name: str) -> int:
    """The index of a step; the first one where the name is unknown."""
    return next((i for i, step in enumerate(STEPS) if step.name == name), 0)


def form_of(
    step: Step, data: QueryDict | None = None, *, typed: Mapping[str, Any] | None = None
) -> forms.Form:
    """The form of one step: the filing form, cut to its fields.

    Without `data` nothing is checked, and what was `typed` stands in the fields.
    """
    form = FilingForm(data, initial=typed)
    for name in set(form.fields) - set(step.fields):
        del form.fields[name]
    for name in step.fields:
        form.fields[name].help_text = HINTS.get(name, step.hint)
        if name in KNOWN:
            form.fields[name].widget.attrs["autocomplete"] = KNOWN[name]
    _say_plainly(form, step)
    return form


def _say_plainly(form: forms.Form, step: Step) -> None:
    if step.name == "what":
        form.fields["text"].error_messages |= TOO_SHORT
    if step.name == "service":
        cast(forms.ModelChoiceField, form.fields["service"]).empty_label = _("I do not know")
    if step.name == "about":
        office = cast(forms.ModelChoiceField, form.fields["about_unit"])
        office.label = _("Is it about a whole office?")
        office.empty_label = _("No, not about a whole office")
    if step.name == "who":
        who = cast(forms.ChoiceField, form.fields["identity"])
        who.widget = Explained({value: cost for value, (_words, cost) in IDENTITIES.items()})
        who.choices = [(value, words) for value, (words, _cost) in IDENTITIES.items()]


def told(data: QueryDict) -> QueryDict:
    """What was answered. Of those who stay without a name no contact travels on.

    Words in the open are newer than packed ones: a draft may have both.
    """
    data = data.copy()
    if data.get("step") != "what" and not data.get("text"):
        data["text"] = unpack(data.get("packed", ""))
    if data.get("identity") == Identity.NONE:
        for name in CONTACTS:
            data[name] = ""
    return data


def carried(step: Step, data: QueryDict) -> dict[str, str]:
    """The answers of the other steps, to travel as hidden fields: what happened, packed.

    Every field is there at every step, so that a draft finds its place in any of them.
    """
    said = {name: data.get(name, "") for name in FIELDS if name not in step.fields}
    packed = pack(said["text"]) if "text" in said else ""
    return said | {"text": "", "packed": packed} if packed else said | {"packed": ""}


def step_with_error(errors: Any) -> Step:
    """The first step whose answer is wrong."""
    return next((step for step in STEPS if set(step.fields) & set(errors)), STEPS[0])
