"""What staff send with an answer: its words, and for colleagues what it came from and led to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from casework.causes import by_root, leaves
from casework.models import Cause, Outcome, Remedy
from workflows.forms.base import ActForm, Coded, Words


class _ByRoot(ModelChoiceIterator):
    """The causes that can be named, under their roots; no statement before they are asked for."""

    def __iter__(self) -> Iterator[Any]:
        yield "", self.field.empty_label
        for root, found in by_root(leaves()):
            yield root, [(leaf.cause.code, leaf.label) for leaf in found]


class CauseField(Coded):
    """A root cause, by its code: what has others below it cannot be chosen."""

    iterator = _ByRoot

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(Cause.objects.none(), label, **kwargs)

    def to_python(self, value: Any) -> Cause | None:
        if value in self.empty_values:
            return None
        found = (leaf.cause for leaf in leaves() if leaf.cause.code == value)
        if cause := next(found, None):
            return cause
        raise forms.ValidationError(self.error_messages["invalid_choice"], "invalid_choice")


def _chosen_of(label: Any, choices: list[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[("", _("not chosen")), *choices],
        required=False,
        error_messages={"invalid_choice": _("Choose one that is on the list.")},
    )


class RespondForm(ActForm):
    """An answer, with what is told to staff alone. Some categories ask for the latter."""

    #: What the complainant never reads, and of that what a category can ask for.
    inside: ClassVar[tuple[str, ...]] = ("cause", "outcome", "remedy", "lesson")
    needed: ClassVar[tuple[str, ...]] = ("cause", "outcome", "remedy")

    text = Words(_("Your answer"))
    cause = CauseField(_("Root cause"), required=False)
    outcome = _chosen_of(_("Outcome"), Outcome.choices)
    remedy = _chosen_of(_("Remedy"), Remedy.choices)
    lesson = Words(_("Lesson"), required=False, max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lesson"].widget.attrs["rows"] = 2
        if self.is_needed:
            for name in self.needed:
                self.fields[name].required = True

    @property
    def is_needed(self) -> bool:
        """Whether the category of the case wants every answer to name them."""
        category = self.case.category
        return category is not None and category.cause_needed

    def inside_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.inside]
