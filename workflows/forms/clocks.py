"""What staff send to settle something about due dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.actors import staff_id
from casework.models import Case, Event
from casework.templatetags.moments import in_full
from workflows.clocks import reading
from workflows.clocks.reading import AtHand
from workflows.forms.base import ActForm, Explained, Words
from workflows.models import ClockEntry, LateReason
from workflows.policies.words import amount

#: How far ahead a date can be set or promised.
FURTHEST = timedelta(days=2 * 366)
_PUBLIC = _("Reason, as the complainant will read it")
_TOO_FAR = _("Choose a date within the next two years.")


class OneClock(forms.ChoiceField):
    """A clock of the case, by its id. Where there is only one, that one: nobody is asked."""

    def __init__(self) -> None:
        super().__init__(label=_("Which due date"), required=False)


class OfOneClock(ActForm):
    """About one of the case's clocks; `at_hand` says which there are."""

    clock = OneClock()
    at_hand: Callable[[Case], list[AtHand]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clocks = {str(each.id): each for each in type(self).at_hand(self.case)}
        lines = {key: self.line_of(each) for key, each in self.clocks.items()}
        several = len(self.clocks) > 1
        field = cast(forms.ChoiceField, self.fields["clock"])
        field.widget = Explained(lines) if several else forms.HiddenInput()
        field.choices = [(key, name_of(each)) for key, each in self.clocks.items()]

    def line_of(self, clock: AtHand) -> str:
        """What tells it from the others, beside what is due and when."""
        return ""

    def clean_clock(self) -> AtHand:
        chosen = self.cleaned_data["clock"]
        if not chosen and len(self.clocks) != 1:
            raise forms.ValidationError(_("Say which one."))
        return self.clocks[chosen or next(iter(self.clocks))]


def name_of(clock: AtHand) -> str:
    """What is due, and when."""
    if clock.due is None:
        return str(clock.metric.label)
    said = {"what": clock.metric.label, "date": in_full(clock.due)}
    return gettext("%(what)s, due %(date)s") % said


class MoreTimeForm(OfOneClock):
    """So much more time, in what the target is counted in, as far as the policy lets."""

    at_hand = staticmethod(reading.extendable)
    field_order = ("clock", "amount", "reason")

    amount = forms.IntegerField(label=_("How much more"), min_value=1, max_value=10_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(self.clocks) == 1:
            self.fields["amount"].help_text = at_most(next(iter(self.clocks.values())))

    def line_of(self, clock: AtHand) -> str:
        return at_most(clock)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        clock, more = said.get("clock"), said.get("amount")
        if clock and more and more > clock.may_add:
            self.add_error("amount", at_most(clock))
        return said


def at_most(clock: AtHand) -> str:
    """How much the policy still lets a supervisor add."""
    unit = clock.target.unit if clock.target else ""
    return gettext("The policy allows %(most)s at most.") % {"most": amount(clock.may_add, unit)}


class AskExtensionForm(MoreTimeForm):
    reason = Words(_("Why, for the supervisor"))


class ExtendForm(MoreTimeForm):
    reason = Words(_PUBLIC)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound and self.asked:
            self.initial.update({key: self.asked.data[key] for key in ("clock", "amount")})

    @cached_property
    def asked(self) -> Event | None:
        """The request for more time that waits for an answer."""
        return extension_asked(self.case)

    def clean(self) -> dict[str, Any]:
        """Who asked for it does not give it."""
        said = super().clean()
        clock, asked = said.get("clock"), self.asked
        mine = asked is not None and asked.actor_id == staff_id(self.actor)
        if clock and asked and mine and asked.data["clock"] == clock.id:
            self.add_error(None, _("You asked for it yourself: somebody else decides."))
        return said


def extension_asked(case: Case) -> Event | None:
    """The newest request for more time that nobody answered, and that can still be granted."""
    events = case.events.filter(kind__in=("ask_extension", "extend")).order_by("-number")
    newest = events.select_related("actor", "body").first()
    if newest is None or newest.kind == "extend":
        return None
    still = {each.id for each in reading.extendable(case)}
    return newest if newest.data["clock"] in still else None


class MomentField(forms.DateTimeField):
    """A date and time on the wall of the unit in charge; `zone` is that of the case's unit."""

    zone: ZoneInfo | None = None

    def __init__(self, **kwargs: Any) -> None:
        picker = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=picker, **kwargs)

    def to_python(self, value: Any) -> datetime | None:
        """A day alone is no moment: nobody would know whether its beginning or its end is meant."""
        if isinstance(value, str) and value and ":" not in value:
            raise forms.ValidationError(_("Say the date and the time of day."))
        with timezone.override(self.zone):
            return super().to_python(value)


class SetDeadlineForm(ActForm):
    until = MomentField(label=_("Our answer is due on"))
    reason = Words(_PUBLIC)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = self.case.unit.time_zone
        self.fields["until"].zone = ZoneInfo(zone)  # type: ignore[attr-defined]
        self.fields["until"].help_text = gettext(
            "In the time of %(zone)s. No pause moves this date."
        ) % {"zone": zone}

    def clean_until(self) -> datetime:
        until, now = self.cleaned_data["until"], timezone.now()
        if until <= now:
            raise forms.ValidationError(_("Choose a moment that is still to come."))
        if until > now + FURTHEST:
            raise forms.ValidationError(_TOO_FAR)
        return until


class PromiseForm(ActForm):
    upload = None  # type: ignore[assignment]  # so Django takes an inherited field away

    text = Words(_("What we promise, as the complainant will read it"))
    until = forms.DateField(
        label=_("To be done by"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_until(self) -> date:
        until = self.cleaned_data["until"]
        today = timezone.localdate(timezone=ZoneInfo(self.case.unit.time_zone))
        if until < today:
            raise forms.ValidationError(_("Choose a date that is not over."))
        if until > today + FURTHEST:
            raise forms.ValidationError(_TOO_FAR)
        return until


class KeepForm(OfOneClock):
    at_hand = staticmethod(reading.promises)
    field_order = ("clock", "text")

    text = Words(_("What was done, as the complainant will read it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clock"].label = _("Which promise")

    def line_of(self, clock: AtHand) -> str:
        """The first words of what was promised."""
        promised = self._promised.get(clock.id)
        return Truncator(promised.text if promised else "").words(20)

    @cached_property
    def _promised(self) -> dict[int, Event]:
        return promised_in(self.case)


def promised_in(case: Case) -> dict[int, Event]:
    """What was promised and is still to be done, by the id of its clock."""
    clocks = [each.id for each in reading.promises(case)]
    begun = ClockEntry.objects.filter(clock__in=clocks, kind=ClockEntry.Kind.STARTED)
    found = begun.select_related("event__body", "event__actor").order_by("clock")
    return {entry.clock_id: entry.event for entry in found if entry.event}


class ExplainLateForm(OfOneClock):
    at_hand = staticmethod(reading.unexplained)
    upload = None  # type: ignore[assignment]  # likewise
    field_order = ("clock", "code", "text")

    code = forms.ChoiceField(
        label=_("Why it is late"), choices=[("", _("not chosen")), *LateReason.choices]
    )
    text = Words(_("In a sentence, for staff alone"), max_length=1000)


class JudgeForm(OfOneClock):
    """A supervisor looks at a reason that somebody else gave."""

    at_hand = staticmethod(reading.unaccepted)

    def line_of(self, clock: AtHand) -> str:
        return str(LateReason(clock.standing.code).label)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if clock := said.get("clock"):
            said["explainer"] = explainer_of(clock)
            if said["explainer"] == staff_id(self.actor):
                self.add_error(None, _("You gave this reason yourself: somebody else judges it."))
        return said


def explainer_of(clock: AtHand) -> int | None:
    """Who gave the reason that stands."""
    given = ClockEntry.objects.filter(clock=clock.id, kind=ClockEntry.Kind.EXPLAINED)
    return given.order_by("-number").values_list("event__actor", flat=True).first()


class AcceptLateForm(JudgeForm):
    field_order = ("clock",)


class ReturnLateForm(JudgeForm):
    upload = None  # type: ignore[assignment]  # likewise
    field_order = ("clock", "text")

    text = Words(_("What is still to be said"))
