"""What staff send with an act."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rights import Role
from casework.access import NoSuchCase, has_clean_hands, has_role, is_cleared, visible_case
from casework.actors import Actor
from casework.conflicts import is_party, names_no_less, was_handled_by_them
from casework.handlers import handlers, role_at
from casework.models import Case, Category, Kind, Priority
from casework.stages import FINAL
from workflows.forms.base import (
    MIN_WORDS,
    ActForm,
    Coded,
    Explained,
    Words,
    active_units,
    choose_from,
)
from workflows.models import Reason
from workflows.timeouts import MAX_HOLD_DAYS, MAX_LEGAL_HOLD_DAYS

PARTY = _("The complaint is about this unit, or about who leads it. Choose another one.")


class Person(Coded):
    """Somebody of the staff, shown by their name."""

    def label_from_instance(self, obj: Any) -> str:
        return obj.display_name


class EmptyForm(ActForm):
    pass


class SortingForm(ActForm):
    """Kind and priority: with the category they decide which targets a case has."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices, required=False)
    priority = forms.ChoiceField(label=_("Priority"), choices=Priority.choices, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("kind", "priority"):
            self.initial.setdefault(name, getattr(self.case, name))


class AcceptForm(SortingForm):
    field_order = ("category", "unit", "kind", "priority")

    category = Coded(Category.objects.none(), _("Category"))
    unit = Coded(
        active_units(),
        _("Unit"),
        required=False,
        empty_label=_("the one that the category names"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "category", Category.objects.filter(active=True))
        if self.case.category:
            self.fields["category"].initial = self.case.category.code

    def clean(self) -> dict[str, Any]:
        """Without a unit, the category's own one."""
        said = super().clean()
        category = said.get("category")
        if category and not said.get("unit") and "unit" not in self.errors:
            said["unit"] = category.default_unit
            if category.default_unit is None:
                self.add_error("unit", _("This category names no unit. Choose one."))
        if said.get("unit") and is_party(said["unit"], self.case):
            self.add_error("unit", PARTY)
        return said


class AskForm(ActForm):
    text = Words(_("Your question"))


class ReasonForm(ActForm):
    reason = Words(_("Reason"))


class PublicReasonForm(ActForm):
    reason = Words(_("Reason, as the complainant will read it"))


class ReferForm(ActForm):
    body = forms.CharField(label=_("Competent body"), max_length=200)
    reason = Words(_("Reason, as the complainant will read it"))


class MergeForm(ActForm):
    into = forms.CharField(label=_("Into case"), max_length=20)

    def clean_into(self) -> Case:
        """A live case that the actor may see and that is not merged back into this one."""
        try:
            target = visible_case(self.actor, self.cleaned_data["into"])
        except NoSuchCase:
            target = None
        # What is open in an emergency is open to be read.
        if target is None or not is_cleared(self.actor, target):
            raise forms.ValidationError(_("There is no such case."))
        if target.pk == self.case.pk:
            raise forms.ValidationError(_("A case cannot be merged into itself."))
        if target.stage in FINAL:
            raise forms.ValidationError(_("That case has ended. Choose a live one."))
        self._refuse_partial(target)
        return target

    def _refuse_partial(self, target: Case) -> None:
        """Whom this complaint is about must not answer it there."""
        if not names_no_less(target, self.case):
            raise forms.ValidationError(
                _("This complaint is about staff. Say first in that case whom it is about, too.")
            )
        if was_handled_by_them(target, self.case):
            raise forms.ValidationError(
                _("Somebody whom this complaint is about worked on that case.")
            )


class TransferForm(ActForm):
    unit = Coded(active_units(), _("Unit"))
    reason = Words(_("Reason"), required=False)

    def clean_unit(self) -> Any:
        unit = self.cleaned_data["unit"]
        if unit.pk == self.case.unit_id:
            raise forms.ValidationError(_("The case is with this unit already."))
        if is_party(unit, self.case):
            raise forms.ValidationError(PARTY)
        return unit


class HoldForm(ActForm):
    field_order = ("waits_for", "reason", "until")

    #: For how many days at most a case is held, by what it waits for.
    longest: ClassVar[dict[str, int]] = {
        Reason.THIRD_PARTY: MAX_HOLD_DAYS,
        Reason.LEGAL_HOLD: MAX_LEGAL_HOLD_DAYS,
    }

    waits_for = forms.ChoiceField(
        label=_("Why it waits"),
        choices=[
            (Reason.THIRD_PARTY, _("Waits for a third party")),
            (Reason.LEGAL_HOLD, _("Legal hold")),
        ],
        widget=Explained(
            {
                Reason.THIRD_PARTY: _("Somebody else has to do something first."),
                Reason.LEGAL_HOLD: _("A court or the law forbids us to go on."),
            }
        ),
        initial=Reason.THIRD_PARTY,
        required=False,
    )
    reason = Words(_("Whom or what you wait for, as the complainant will read it"))
    until = forms.DateField(
        label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can_hold_by_law(self.actor, self.case):
            self.fields["waits_for"].widget = forms.HiddenInput()

    def clean_waits_for(self) -> str:
        waits_for = self.cleaned_data["waits_for"] or Reason.THIRD_PARTY
        if waits_for == Reason.LEGAL_HOLD and not can_hold_by_law(self.actor, self.case):
            raise forms.ValidationError(_("Only a supervisor puts a case on legal hold."))
        return waits_for

    def clean_until(self) -> date:
        until, today = self.cleaned_data["until"], timezone.localdate()
        days = self.longest[self.cleaned_data.get("waits_for", Reason.THIRD_PARTY)]
        if until <= today:
            raise forms.ValidationError(_("Choose a date after today."))
        if until > today + timedelta(days=days):
            raise forms.ValidationError(
                _("A case is held for at most %(days)s days."), params={"days": days}
            )
        return until


def can_hold_by_law(actor: Actor, case: Case) -> bool:
    return has_role(actor, case, Role.SUPERVISOR)


class AssignForm(ActForm):
    assignee = Person(User.objects.none(), _("Officer"), to_field_name="username")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "assignee", candidates(self.case))

    def clean_assignee(self) -> User:
        chosen = self.cleaned_data["assignee"]
        if not has_clean_hands(chosen, self.case):
            raise forms.ValidationError(
                _("This person decided before, or works for somebody who did.")
            )
        return chosen


class NoteForm(ActForm):
    text = Words(_("Internal note"))


class TranscribeForm(ActForm):
    text = Words(_("What was said, word for word as far as you can"), min_length=MIN_WORDS)


class MessageForm(ActForm):
    text = Words(_("Message"))


def candidates(case: Case) -> Any:
    """Whoever may handle the case where it stands, and is cleared for it if need be.

    Supervisors of its unit or above, and the unit's own intake in triage, its officers after.
    """
    found = handlers(case, case.unit, role_at(case.stage))
    if case.level > 1:
        found = found.filter(pk__in=[user.pk for user in found if has_clean_hands(user, case)])
    return found.order_by("first_name", "last_name", "pk")
