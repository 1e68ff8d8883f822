"""What a list of cases can be narrowed by."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers

from casework.models import Event, Kind, Priority
from casework.querysets import OPEN, CaseQuerySet
from casework.search import found_in
from casework.stages import LIVE, Stage, Status

OLDEST_FIRST, NEWEST_FIRST = "received_at", "-received_at"

_CODE = "A code that nothing has finds nothing."
_MOMENT = "ISO 8601; without a zone it is the agency's."


class Filters(serializers.Serializer):
    """Every filter of the list; a name that is not here is refused."""

    stage = serializers.ChoiceField(Stage.choices, required=False)
    status = serializers.ChoiceField(
        Status.choices, required=False, help_text="What the complainant is told."
    )
    unit = serializers.CharField(max_length=60, required=False, help_text=_CODE)
    assignee = serializers.CharField(max_length=150, required=False, help_text="A user name.")
    category = serializers.CharField(max_length=60, required=False, help_text=_CODE)
    kind = serializers.ChoiceField(Kind.choices, required=False)
    priority = serializers.ChoiceField(Priority.choices, required=False)
    due_before = serializers.DateTimeField(
        required=False, help_text=f"Open cases alone are due. {_MOMENT}"
    )
    breached = serializers.BooleanField(
        required=False,
        help_text="Whether the nearest due date of an open case has passed.",
    )
    updated_after = serializers.DateTimeField(
        required=False, help_text=f"Something happened after that moment. {_MOMENT}"
    )
    q = serializers.CharField(max_length=200, required=False, help_text="Words of the complaint.")
    ordering = serializers.ChoiceField([NEWEST_FIRST, OLDEST_FIRST], default=NEWEST_FIRST)
    limit = serializers.IntegerField(min_value=1, max_value=100, default=50)
    cursor = serializers.CharField(
        max_length=80, required=False, help_text="Comes in `next`: where the page before ended."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        unknown = sorted(set(self.initial_data) - set(self.fields))
        if unknown:
            raise serializers.ValidationError(
                {name: [_("There is no filter of this name.")] for name in unknown}
            )
        return attrs


_PATHS = {
    "stage": "stage",
    "unit": "unit__code",
    "assignee": "assignee__username",
    "category": "category__code",
    "kind": "kind",
    "priority": "priority",
    "due_before": "next_due_at__lt",
}


def narrowed(cases: CaseQuerySet, chosen: dict[str, Any]) -> CaseQuerySet:
    """The cases that pass every chosen filter."""
    cases = cases.filter(**{path: chosen[key] for key, path in _PATHS.items() if key in chosen})
    if _means_live(chosen):
        cases = cases.live()  # which the small indexes of live cases serve
    if "breached" in chosen:
        cases = _breached(cases, chosen["breached"])
    if "status" in chosen:
        cases = cases.told(chosen["status"])
    if "updated_after" in chosen:
        since = Event.objects.filter(at__gt=chosen["updated_after"])
        cases = cases.filter(pk__in=since.values("case"))
    return found_in(cases, chosen["q"]) if "q" in chosen else cases


def _breached(cases: CaseQuerySet, is_so: bool) -> CaseQuerySet:
    """Those that are late now, or those that are not, the closed ones among them."""
    now = timezone.now()
    if is_so:
        return cases.late(now)
    return cases.filter(~OPEN | Q(due_rank__gte=now.timestamp()))


def _means_live(chosen: dict[str, Any]) -> bool:
    """Whether only live cases can pass."""
    return (
        chosen.get("stage") in LIVE
        or chosen.get("status", Status.CLOSED) not in (Status.CLOSED, Status.BEING_PUT_RIGHT)
        or "due_before" in chosen
    )
