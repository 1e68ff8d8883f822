"""What staff send to protect those who complain."""

from __future__ import annotations

import re
from copy import copy
from typing import Any

from django import forms
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.access import sees_contacts
from casework.conflicts import names_no_less, people_of
from workflows.forms.base import ActForm, Coded, Words, active_units
from workflows.forms.staff import ReasonForm
from workflows.receiving import somebody_handles


class RestrictForm(ReasonForm):
    def clean(self) -> dict[str, Any]:
        """Somebody who is cleared must be left."""
        meant = copy(self.case)
        meant.restricted = True
        if not somebody_handles(meant):
            self.add_error(None, _("Nobody in this unit is cleared for restricted cases."))
        return super().clean()


#: What a published text must not hold: addresses, and numbers that lead to a person.
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.\w+")
_NUMBER = re.compile(r"(?:\d[\s.-]?){8,}")


class PublishForm(ActForm):
    """Words for everybody, which a person wrote with the complaint before them. No files."""

    upload = None  # type: ignore[assignment]  # so Django takes an inherited field away

    subject = forms.CharField(label=_("Subject, as everybody will read it"), max_length=200)
    text = Words(_("Complaint, as everybody will read it"))
    answer = Words(_("Answer, as everybody will read it"), required=False)
    redacted = forms.BooleanField(
        label=_("I have taken out names, addresses, numbers and whatever else leads to a person.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(subject=self.case.subject, text=self.case.text)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        for name in ("subject", "text", "answer"):
            if found := self._leads_to_somebody(said.get(name) or ""):
                told = _("Take this out: %(what)s")
                self.add_error(name, forms.ValidationError(told, params={"what": found}))
        return said

    def _leads_to_somebody(self, text: str) -> str:
        for pattern in (_EMAIL, _NUMBER):
            if found := pattern.search(text):
                return found.group()
        words = set(re.findall(r"\w{3,}", text.lower()))
        return next((name for name in self._names() if name.lower() in words), "")

    def _names(self) -> list[str]:
        """Those that the actor knows anyway: an error tells nobody a withheld name."""
        known = [person.display_name for person in people_of(self.case)]
        if sees_contacts(self.actor, self.case):
            known.append(self.case.complainant.name)
        return [word for name in known for word in re.findall(r"\w{3,}", name)]


class AboutForm(ActForm):
    """Whom a complaint is about. An empty answer: nobody of the agency."""

    people = forms.CharField(
        label=_("People of the agency"),
        required=False,
        max_length=1000,
        help_text=_("User names, with commas between. They can never see the case."),
    )
    unit = Coded(
        active_units(),
        _("A whole unit"),
        required=False,
        empty_label=_("none"),
        help_text=_("Nobody who works there can see the case."),
    )
    reason = Words(_("Reason"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["people"] = ", ".join(person.username for person in people_of(self.case))
        self.initial["unit"] = self.case.about_unit and self.case.about_unit.code

    def clean_people(self) -> list[User]:
        names = {name.strip().lower() for name in self.cleaned_data["people"].split(",")} - {""}
        by_name = User.objects.annotate(key=Lower("username"))
        found: list[User] = list(by_name.filter(key__in=names))
        if unknown := sorted(names - {person.username.lower() for person in found}):
            raise forms.ValidationError(
                _("Nobody has the user name %(name)s."), params={"name": ", ".join(unknown)}
            )
        return found

    def clean(self) -> dict[str, Any]:
        """Somebody must be left who can handle the case."""
        said = super().clean()
        if not self.errors:
            meant = copy(self.case)
            meant.about_people = [person.pk for person in said["people"]]
            meant.about_unit = said["unit"]
            if not somebody_handles(meant):
                self.add_error(None, _("Nobody would be left who can handle the case."))
            if not all(names_no_less(meant, other) for other in self.case.merged.all()):
                self.add_error(None, _("A complaint that was merged into this one is about more."))
            if self.case.merged_into and not names_no_less(self.case.merged_into, meant):
                self.add_error(None, _("Say it first in the case that this one was merged into."))
        return said
