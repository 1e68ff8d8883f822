"""What a complaint is made of."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import languages
from casework import uploads
from casework.models import Category, Channel, Identity, Kind, Service
from workflows.forms.base import (
    MIN_WORDS,
    Coded,
    Email,
    Explained,
    PayloadForm,
    Words,
    active_units,
    is_readable,
)
from workflows.forms.citizen import BY_VOICE

OLDEST_LETTER = timedelta(days=3653)
BY_THE_MINUTE = "%Y-%m-%dT%H:%M"
#: What follows from each way to say who one is, for staff who ask it.
CONSEQUENCES = {
    Identity.NAMED: _("The officers who handle the case see name and contact."),
    Identity.WITHHELD: _("Only identity officers can read the name."),
    Identity.NONE: _("We keep no name and no contact. Whoever loses the secret cannot be helped."),
}

#: What staff are told about fields that a complainant fills in, too.
HELP = {
    "subject": _("Empty: the first sentence."),
    "about": _("Names, if known. Whoever is recognised by name cannot read the complaint."),
    "about_unit": _("Only if the whole office is meant. Nobody there will read it."),
    "postal": _("For answers by letter, where there is no e-mail."),
}


class FilingForm(PayloadForm):
    """A complaint as a citizen files it."""

    text = Words(_("What happened"), min_length=MIN_WORDS)
    subject = forms.CharField(label=_("Subject"), required=False, max_length=200)
    service = Coded(Service.objects.filter(active=True), _("Service"), required=False)
    category = Coded(Category.objects.filter(active=True), _("Category"), required=False)
    address = forms.CharField(label=_("Where"), required=False, max_length=500)
    lat = forms.FloatField(label=_("Latitude"), required=False, min_value=-90, max_value=90)
    lon = forms.FloatField(label=_("Longitude"), required=False, min_value=-180, max_value=180)
    occurred_on = forms.DateField(
        label=_("When"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    about = forms.CharField(label=_("Whom it is about"), required=False, max_length=500)
    about_unit = Coded(active_units(), _("Which office it is about"), required=False)
    identity = forms.ChoiceField(
        label=_("Who are you?"),
        choices=Identity.choices,
        widget=forms.RadioSelect,
        initial=Identity.NAMED,
    )
    name = forms.CharField(label=_("Name"), required=False, max_length=200)
    email = Email(required=False)
    phone = forms.RegexField(
        r"^\+?[\d\s().-]{6,24}$",
        label=_("Phone or WhatsApp number"),
        required=False,
        error_messages={"invalid": _("Enter a phone number, for example 0812 3456 7890.")},
    )
    postal = forms.CharField(
        label=_("Postal address"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    upload = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    nameless = _("Enter your name, or choose to withhold it.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """What happened may be said in a voice note, which is staged under `upload` by then."""
        super().__init__(*args, **kwargs)
        if self.is_bound and not str(self.data.get("text", "")).strip():
            upload = str(self.data.get("upload", ""))
            self.fields["text"].required = not (is_readable(upload) and uploads.spoken(upload))

    def clean_occurred_on(self) -> Any:
        day = self.cleaned_data["occurred_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("This date is in the future."))
        return day

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        lacks_name = not said.get("name") and not self.has_error("name")
        if said.get("identity") == Identity.NAMED and lacks_name:
            self.add_error("name", self.nameless)
        if (said.get("lat") is None) != (said.get("lon") is None):
            self.add_error("lat", _("Give both latitude and longitude, or neither."))
        return said


class StaffFilingForm(FilingForm):
    """A complaint that staff type in for somebody; clocks run from when it was received."""

    #: As on the page, so that errors are listed as they are met.
    field_order = (
        "text",
        "subject",
        "kind",
        "service",
        "address",
        "occurred_on",
        "about",
        "about_unit",
        "channel",
        "received_at",
        "language",
        "identity",
    )

    channel = forms.ChoiceField(
        label=_("How it came in"),
        choices=[choice for choice in BY_VOICE if choice[0] != Channel.API],
    )
    received_at = forms.DateTimeField(
        label=_("Received"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=BY_THE_MINUTE),
        help_text=_("Empty means now."),
        error_messages={"invalid": _("Enter the day, a year of four digits, and the time.")},
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices, required=False)
    language = forms.ChoiceField(
        label=_("In which language they want to hear from us"),
        choices=languages.choices,
        required=False,
    )

    #: Names scans that were staged before: they are kept as proofs are.
    proof_upload = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    nameless = _("Enter the name of the complainant, or choose to withhold it.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        identity = cast(forms.ChoiceField, self.fields["identity"])
        identity.label = _("What the complainant says of themselves")
        identity.widget = Explained(CONSEQUENCES)
        identity.choices = Identity.choices
        for name, words in HELP.items():
            self.fields[name].help_text = words
        now = timezone.localtime()
        self.fields["received_at"].widget.attrs |= {
            # The minute after the oldest: that one is cut off, and would be too old.
            "min": f"{now - OLDEST_LETTER + timedelta(minutes=1):{BY_THE_MINUTE}}",
            "max": f"{now:{BY_THE_MINUTE}}",
        }

    def clean_received_at(self) -> datetime | None:
        """None is now; never in the future, nor so long ago that the year must be wrong."""
        now, at = timezone.now(), self.cleaned_data["received_at"]
        if at is None:
            return None
        if at > now:
            raise forms.ValidationError(_("This moment is in the future."))
        if at < now - OLDEST_LETTER:
            raise forms.ValidationError(_("This is more than ten years ago. Check the year."))
        return at

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        day, at = said.get("occurred_on"), said.get("received_at")
        if day and at and day > timezone.localdate(at):
            self.add_error("occurred_on", _("This is after the day on which it was received."))
        return said
