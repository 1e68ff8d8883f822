"""What the forms of improvement have in common."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q, QuerySet

from accounts.models import Unit, User
from improvement.errors import NoLonger, Overtaken, Refused
from workflows.forms.base import Coded, PayloadForm, Words, is_readable

#: Letters of a text that somebody writes here.
LONG = 4000
#: Dates around these years can be counted.
_YEARS = (MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2099, 12, 31)))

__all__ = ["LONG", "Checked", "Coded", "Day", "Line", "Member", "Text", "people_of"]


class Checked(PayloadForm):
    """A form that shows what a door refused at the fields that it is about."""

    refused: Refused | None = None

    @property
    def status(self) -> int:
        """What a page answers that shows it: it was not sent yet, or was not taken."""
        if self.refused is not None:
            return self.refused.status
        return 422 if self.is_bound else 200

    @property
    def is_overtaken(self) -> bool:
        return isinstance(self.refused, Overtaken)

    @property
    def is_over(self) -> bool:
        """Whether it can never be sent again; one that was overtaken can."""
        return isinstance(self.refused, NoLonger)

    def _plain(self, key: str, value: Any) -> Any:
        """What cannot be kept is refused; what can be read of it stays in the field."""
        plain = super()._plain(key, value)
        if key in self.unreadable and isinstance(value, str):
            return self._without_commands(key, "".join(filter(is_readable, value)))
        return plain

    def take(self, refused: Refused) -> None:
        self.refused = refused
        for name, sentences in refused.by_field.items():
            field = name if name in self.fields else None
            for sentence in sentences:
                self.add_error(field, sentence)


class Day(forms.DateField):
    """A date, chosen in the browser's own calendar."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=label, widget=widget, validators=_YEARS, **kwargs)


class Line(forms.CharField):
    def __init__(self, label: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        super().__init__(label=label, **kwargs)


class Text(Words):
    def __init__(self, label: Any, *, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(label, max_length=LONG, **kwargs)
        self.widget.attrs["rows"] = rows


class Member(Coded):
    """Somebody of the staff, shown by their name."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(User.objects.none(), label, to_field_name="username", **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return obj.display_name


def people_of(unit: Unit) -> QuerySet[User]:
    """Active people with a role in the unit, in one above it or below it."""
    above = [int(pk) for pk in unit.path.strip(".").split(".")]
    near = Q(memberships__unit__in=above) | Q(memberships__unit__path__startswith=unit.path)
    return User.objects.filter(near, is_active=True).order_by("first_name", "last_name").distinct()


def whole(label: Any, **kwargs: Any) -> forms.IntegerField:
    """A whole number, zero or more."""
    kwargs.setdefault("max_value", 10**9)
    kwargs.setdefault("min_value", 0)
    return forms.IntegerField(label=label, **kwargs)
