"""The form of an act: it knows the case and who acts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from accounts.plain_text import in_lines, on_one_line
from casework.actors import Actor
from casework.models import Case

MIN_WORDS = 10  # letters of a complaint
MAX_WORDS = 20_000


class PayloadForm(forms.Form):
    """A form whose values may come from JSON: what is no plain value is refused, not raised."""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.unreadable: set[str] = set()
        if data is not None:
            self.data = {key: self._plain(key, data.get(key)) for key in data}

    def _plain(self, key: str, value: Any) -> Any:
        if value is None or isinstance(value, date):
            return value
        if isinstance(value, bool):  # Python counts it as a number, and it would be kept as text
            return self._truth(key, value)
        if isinstance(value, str | int | float) and is_readable(value):
            return self._without_commands(key, str(value))
        self.unreadable.add(key)
        return ""

    def _without_commands(self, key: str, words: str) -> str:
        field = self.fields.get(key)
        has_lines = field is not None and isinstance(field.widget, forms.Textarea)
        return in_lines(words) if has_lines else on_one_line(words)

    def _truth(self, key: str, value: bool) -> str:
        if isinstance(self.fields.get(key), forms.BooleanField):
            return str(value)
        self.unreadable.add(key)
        return ""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name in self.fields:
            if self.add_prefix(name) in self.unreadable:
                self.errors.pop(name, None)  # that it is missing, too
                self.add_error(name, _("This value cannot be read."))
        return said


def is_readable(value: str | float) -> bool:
    """Whether PostgreSQL can keep it: no NUL, no half of a surrogate pair, no endless number."""
    if not isinstance(value, str):
        return abs(value) < 10**15
    return "\x00" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)


class ActForm(PayloadForm):
    """Base of all payloads. `upload` names files staged before (`casework.uploads`)."""

    upload = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, case: Case, actor: Actor, **kwargs: Any) -> None:
        self.case, self.actor = case, actor
        super().__init__(*args, **kwargs)


class Email(forms.EmailField):
    """An e-mail address; where it is none, an example says what one looks like."""

    default_error_messages = {
        "invalid": _("Enter a whole e-mail address, for example name@example.org.")
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("E-mail"), max_length=254, **kwargs)


class Words(forms.CharField):
    """Free text of people, line breaks kept."""

    widget = forms.Textarea

    def __init__(self, label: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", MAX_WORDS)
        super().__init__(label=label, widget=forms.Textarea(attrs={"rows": 5}), **kwargs)

    @staticmethod
    def kept_as(draft: str) -> dict[str, Any]:
        """Attributes by which the browser keeps what is typed under the name of a draft."""
        restored = _("Your draft is back.")
        return {"data-module": "draft", "data-draft": draft, "data-restored": restored}


def are_words(field: forms.Field) -> bool:
    """Whether people write words into the field, in a line or in many."""
    return isinstance(field, forms.CharField) and not field.widget.is_hidden


class Explained(forms.RadioSelect):
    """Choices of which each has a line under it: what follows from it."""

    def __init__(self, lines: Mapping[Any, Any]) -> None:
        super().__init__()
        self.lines = lines

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        return option | {"description": self.lines[value]}


class Coded(forms.ModelChoiceField):
    """One row of a catalogue, chosen by its stable code."""

    def __init__(self, queryset: Any, label: Any, **kwargs: Any) -> None:
        kwargs.setdefault("to_field_name", "code")
        kwargs.setdefault("empty_label", _("not chosen"))
        kwargs.setdefault(
            "error_messages", {"invalid_choice": _("Choose one that is on the list.")}
        )
        super().__init__(queryset=queryset, label=label, **kwargs)


def choose_from(form: forms.Form, name: str, queryset: Any) -> None:
    """Give the field of a form the rows that can be chosen in this case."""
    cast(forms.ModelChoiceField, form.fields[name]).queryset = queryset


def active_units() -> Any:
    return Unit.objects.filter(active=True)
