"""Filing, one question a step.

Nothing is kept on the server: earlier answers travel with the form. So a draft belongs to the
citizen alone, and identity `none` stays what it says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from workflows.forms.filing import FilingForm


@dataclass(frozen=True)
class Step:
    """One page of the filing: its name, its question, and the fields it asks."""

    name: str
    question: Any
    fields: tuple[str, ...] = ()


STEPS = (
    Step("what", _("What happened?"), ("text",)),
    Step("service", _("Which service is it about?"), ("service",)),
    Step("where", _("Where did it happen?"), ("address",)),
    Step("when", _("When did it happen?"), ("occurred_on",)),
    Step("files", _("Do you have photos or papers?")),
    Step("about", _("Is it about certain people?"), ("about",)),
    Step("who", _("Who are you?"), ("identity", "name", "email", "phone")),
    Step("check", _("Check your answers")),
)
FIELDS = tuple(field for step in STEPS for field in step.fields)


def number_of(name: str) -> int:
    """The index of a step; the first one where the name is unknown."""
    return next((i for i, step in enumerate(STEPS) if step.name == name), 0)


def form_of(step: Step, data: QueryDict | None = None) -> forms.Form:
    """The form of one step: the filing form, cut to its fields."""
    form = FilingForm(data)
    for name in set(form.fields) - set(step.fields):
        del form.fields[name]
    return form


def carried(step: Step, data: QueryDict) -> dict[str, str]:
    """The answers of the other steps, to travel as hidden fields."""
    return {name: data.get(name, "") for name in FIELDS if name not in step.fields}


def step_with_error(errors: Any) -> Step:
    """The first step whose answer is wrong."""
    return next((step for step in STEPS if set(step.fields) & set(errors)), STEPS[0])
