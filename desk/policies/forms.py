"""What administrators say of a policy: which preset, its basis and dates."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.plain_text import check_one_line
from workflows.forms.base import Explained
from workflows.models import Policy
from workflows.policies import Finding, presets

#: Policies are of these years: dates around them can be counted.
_YEARS = (MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2199, 12, 31)))


class Day(forms.DateField):
    """A date, chosen in the browser's own calendar."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=label, widget=widget, validators=_YEARS, **kwargs)


class Checked(forms.Form):
    """A form that shows the findings of a policy at the fields that they are about."""

    def take(self, found: list[Finding], rule: str = "") -> None:
        """`rule`: the one that the form is about, if it is about one."""
        for finding in found:
            mine = finding.rule == rule and finding.field in self.fields
            self.add_error(
                finding.field if mine else None, finding.sentence if mine else str(finding)
            )


class PresetForm(Checked):
    """Where to begin: with the policy of a country or body."""

    preset = forms.ChoiceField(label=_("Begin with"))
    effective_from = Day(_("In force from"))
    succeeding = forms.BooleanField(
        label=_("The policy before it ends the day before"), required=False
    )

    def __init__(self, data: Any = None, *, first: bool) -> None:
        super().__init__(data, initial={"effective_from": timezone.localdate(), "succeeding": True})
        offered = presets.offered()
        choice = self.fields["preset"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 - tells mypy what it is
        choice.widget = Explained({one.code: one.legal_basis for one in offered})
        choice.choices = [(one.code, one.name) for one in offered]
        choice.initial = offered[0].code
        if first:
            del self.fields["succeeding"]


class DetailsForm(Checked):
    """Name, legal basis, source and dates."""

    name = forms.CharField(label=_("Name"), max_length=200, validators=[check_one_line])
    legal_basis = forms.CharField(
        label=_("Legal basis"),
        max_length=300,
        validators=[check_one_line],
        help_text=_("The regulation or decree, with its number and year."),
    )
    source = forms.URLField(
        label=_("Source"),
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=_("The address where it can be read."),
    )
    effective_from = Day(_("In force from"))
    effective_to = Day(
        _("In force to"), required=False, help_text=_("The last day. Empty: until further notice.")
    )
    succeeding = forms.BooleanField(
        label=_("The policy before it ends the day before"), required=False
    )

    def __init__(self, data: Any = None, *, policy: Policy) -> None:
        fields = ("name", "legal_basis", "source", "effective_from", "effective_to")
        initial = {name: getattr(policy, name) for name in fields}
        super().__init__(data, initial=initial | {"succeeding": True})
        before = Policy.objects.exclude(pk=policy.pk)
        if not before.filter(effective_from__lt=policy.effective_from).exists():
            del self.fields["succeeding"]

    def write(self, policy: Policy) -> bool:
        """Put what was said on the row; tells whether the one before it is to end."""
        said = dict(self.cleaned_data)
        succeeding = bool(said.pop("succeeding", False))
        for name, value in said.items():
            setattr(policy, name, value)
        return succeeding
