"""What an administrator says about units and people, and what is refused."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.db.models import Max, QuerySet
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from accounts import languages
from accounts.models import Membership, Unit, User
from accounts.rights import Role

LONGEST_PATH = 255  # characters, as the column
ROOM = 20  # characters: a unit's own part of a path, dots included


class SignInForm(AuthenticationForm):
    """Django's own words name the field with its label, which Indonesian says twice."""

    error_messages = AuthenticationForm.error_messages | {
        "invalid_login": _("User name or password is wrong. Mind capital letters."),
    }


class InAZone(forms.ModelForm):
    """Something with a time zone, named as in the IANA database."""

    def clean_time_zone(self) -> str:
        zone = self.cleaned_data["time_zone"]
        if zone not in available_timezones():
            raise ValidationError(
                _("There is no such time zone. Examples: Asia/Jakarta, Asia/Makassar.")
            )
        return zone


class InATree(forms.ModelForm):
    """Something with a parent, which is never itself nor anything below it."""

    def clean_parent(self) -> Any:
        parent, this = self.cleaned_data["parent"], self.instance
        rows: QuerySet[Any] = type(this)._default_manager.all()
        # Locked, so that two moves at a time make no loop either.
        parents = dict(rows.order_by("pk").select_for_update().values_list("pk", "parent_id"))
        above = parent and parent.pk
        while above:
            if above == this.pk:
                raise ValidationError(_("It cannot be below itself."))
            above = parents[above]
        return rows.get(pk=parent.pk) if parent else None


class UnitForm(InATree, InAZone):
    language = forms.ChoiceField(
        label=_("Language"),
        choices=languages.named,
        required=False,
        help_text=_(
            "Of the topmost unit: in which language the agency speaks to those who ask for none. "
            "An agency that speaks English offers no other."
        ),
    )

    class Meta:
        model = Unit
        fields = (
            "name",
            "code",
            "parent",
            "time_zone",
            "language",
            "receives",
            "independent",
            "active",
            "help_text",
            "phone",
        )

    def clean_parent(self) -> Unit | None:
        parent = super().clean_parent()
        if parent and len(parent.path) + self._depth_below() > LONGEST_PATH:
            raise ValidationError(_("This is too deep: units have too many levels."))
        return parent

    def clean(self) -> dict[str, Any] | None:
        said = super().clean()
        if said is None or "active" not in said or "receives" not in said:
            return said
        if said["receives"] and not said["active"]:
            self.add_error("receives", _("What is not active receives nothing."))
        elif not said["receives"] and Unit.objects.receiving() == self.instance:
            self.add_error(
                "receives", _("Complaints must arrive somewhere: choose it at another unit first.")
            )
        return said

    def _depth_below(self) -> int:
        """How many characters the paths below need beyond this unit's parent."""
        if not self.instance.pk:
            return ROOM
        own = Unit.objects.get(pk=self.instance.pk)
        deepest = Unit.objects.within(own).aggregate(most=Max(Length("path")))["most"] or 0
        return ROOM + deepest - len(own.path)


class PersonForm(InAZone):
    """A person. `acting` is the administrator who fills it in."""

    acting: User
    language = forms.ChoiceField(label=_("Language"), choices=languages.choices)

    class Meta:
        model = User
        fields = (
            "username",
            "first_name",
            "last_name",
            "email",
            "language",
            "time_zone",
            "is_active",
        )

    def clean_username(self) -> str:
        name = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Somebody has this user name already."))
        return name

    def clean_is_active(self) -> bool:
        active = self.cleaned_data["is_active"]
        if not active:
            _somebody_remains(self.instance, self.acting)
        return active


class RolesFormSet(forms.BaseInlineFormSet):
    """The roles of a person. `acting` is the administrator who gives and takes them."""

    acting: User
    instance: User

    def clean(self) -> None:
        super().clean()
        said = [form.cleaned_data for form in self.forms if form.is_valid()]
        if not any(row.get("role") == Role.ADMINISTRATOR and not row.get("DELETE") for row in said):
            _somebody_remains(self.instance, self.acting)


def _somebody_remains(person: User, acting: User) -> None:
    """Refuse to take an administrator away who is the one that acts, or the last.

    The rows stay locked until the end, so that two administrators never remove each other.
    """
    rows = Membership.objects.filter(role=Role.ADMINISTRATOR, user__is_active=True)
    locked = rows.order_by("pk").select_for_update().values_list("user_id", flat=True)
    administrators: set[Any] = set(locked)
    if person.pk == acting.pk:
        raise ValidationError(_("Your own account keeps this: ask another administrator."))
    if administrators == {person.pk}:
        raise ValidationError(_("This is the last administrator; somebody must remain."))
