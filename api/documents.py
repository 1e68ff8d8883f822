"""The shapes of requests and answers: what is checked, and what the schema says."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from casework.models import Audience, Channel, Identity, Kind, Priority
from casework.stages import Stage, Status

MAX_ID = 2**63 - 1


class Complaint(serializers.Serializer):
    """A complaint. Checked by the same form as the portal's; here for the schema alone."""

    text = serializers.CharField(min_length=10, max_length=20_000)
    identity = serializers.ChoiceField(Identity.choices)
    subject = serializers.CharField(max_length=200, required=False)
    category = serializers.CharField(required=False, help_text="A category's code.")
    service = serializers.CharField(required=False, help_text="A service's code.")
    address = serializers.CharField(max_length=500, required=False)
    lat = serializers.FloatField(required=False, min_value=-90, max_value=90)
    lon = serializers.FloatField(required=False, min_value=-180, max_value=180)
    occurred_on = serializers.DateField(required=False)
    about = serializers.CharField(max_length=500, required=False)
    name = serializers.CharField(
        max_length=200, required=False, help_text="Required where identity is `named`."
    )
    email = serializers.EmailField(max_length=254, required=False)
    phone = serializers.CharField(required=False)


class ComplaintWithFiles(Complaint):
    """At most ten files of ten megabytes: JPEG, PNG, WebP, PDF, plain text."""

    files = serializers.ListField(child=serializers.FileField(), required=False)


class ReceiptDocument(serializers.Serializer):
    reference = serializers.CharField()
    secret = serializers.CharField(
        allow_null=True, help_text="Null when the same key comes again after half an hour."
    )
    status = serializers.ChoiceField(Status.choices)
    track_url = serializers.URLField()


class Tracking(serializers.Serializer):
    reference = serializers.CharField(max_length=20)
    secret = serializers.CharField(max_length=40)


class FileDocument(serializers.Serializer):
    name = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes.")


class PublicEvent(serializers.Serializer):
    at = serializers.DateTimeField()
    label = serializers.CharField()  # type: ignore[assignment]
    text = serializers.CharField()
    files = FileDocument(many=True)


class TrackedCase(serializers.Serializer):
    reference = serializers.CharField()
    subject = serializers.CharField()
    status = serializers.ChoiceField(Status.choices)
    received_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)
    timeline = PublicEvent(many=True)


class StaffEvent(serializers.Serializer):
    id = serializers.IntegerField()
    kind = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    at = serializers.DateTimeField()
    stage = serializers.ChoiceField(Stage.choices)
    audience = serializers.ChoiceField(Audience.choices)
    who = serializers.CharField()
    text = serializers.CharField()
    files = FileDocument(many=True)


class CaseRow(serializers.Serializer):
    reference = serializers.CharField()
    subject = serializers.CharField()
    stage = serializers.ChoiceField(Stage.choices)
    status = serializers.ChoiceField(Status.choices)
    kind = serializers.ChoiceField(Kind.choices)
    priority = serializers.ChoiceField(Priority.choices)
    unit = serializers.CharField()
    category = serializers.CharField(allow_null=True)
    assignee = serializers.CharField(allow_null=True)
    received_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)


class CasePage(serializers.Serializer):
    results = CaseRow(many=True)
    next = serializers.CharField(allow_null=True, help_text="The cursor of the next page.")


class Contacts(serializers.Serializer):
    name = serializers.CharField()
    email = serializers.CharField()
    phone = serializers.CharField()


class WholeCase(CaseRow):
    text = serializers.CharField()
    about = serializers.CharField()
    level = serializers.IntegerField()
    cycle = serializers.IntegerField()
    restricted = serializers.BooleanField()
    channel = serializers.ChoiceField(Channel.choices)
    address = serializers.CharField()
    lat = serializers.FloatField(allow_null=True)
    lon = serializers.FloatField(allow_null=True)
    occurred_on = serializers.DateField(allow_null=True)
    service = serializers.CharField(allow_null=True)
    identity = serializers.ChoiceField(Identity.choices)
    contacts = Contacts(allow_null=True, help_text="Null for whoever may not read them.")
    exits = serializers.ListField(
        child=serializers.CharField(), help_text="The actions open to the key's person now."
    )
    seen = serializers.IntegerField(help_text="Send it back with an action.")
    clocks = serializers.ListField(child=serializers.DictField())


class Filters(serializers.Serializer):
    stage = serializers.ChoiceField(Stage.choices, required=False)
    kind = serializers.ChoiceField(Kind.choices, required=False)
    unit = serializers.CharField(max_length=60, required=False)
    category = serializers.CharField(max_length=60, required=False)
    assignee = serializers.CharField(max_length=150, required=False)
    q = serializers.CharField(max_length=200, required=False)
    cursor = serializers.CharField(max_length=80, required=False)
    limit = serializers.IntegerField(min_value=1, max_value=100, default=50)


class Deed(serializers.Serializer):
    """An action. Everything else in the body is its payload, by the action's own names."""

    action = serializers.CharField(max_length=24)
    seen = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=MAX_ID)


class DoneDocument(serializers.Serializer):
    reference = serializers.CharField()
    stage = serializers.ChoiceField(Stage.choices)
    status = serializers.ChoiceField(Status.choices)
    event = serializers.IntegerField()
    seen = serializers.IntegerField()


class Problem(serializers.Serializer):
    """RFC 9457."""

    type = serializers.CharField(help_text="Stays the same, whatever the language.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField()), required=False
    )
    meanwhile = StaffEvent(many=True, required=False)


def problems(*statuses: int) -> dict[tuple[int, str], Any]:
    """The answers of those statuses, for the schema."""
    return {(status, "application/problem+json"): Problem for status in statuses}
