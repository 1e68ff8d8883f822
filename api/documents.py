"""The shapes of requests and answers: what is checked, and what the schema says."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema_field
from rest_framework import serializers

from api.examples import refusals
from casework.models import Audience, Channel, Identity, Kind, Outcome, Priority, Remedy
from casework.stages import Stage, Status
from workflows.models import Metric, Reason, State

MAX_ID = 2**63 - 1


#: What need not be said may be left out, empty or null.
_OPTIONAL: dict[str, Any] = {"required": False, "allow_null": True}
_MAY_BE_EMPTY = _OPTIONAL | {"allow_blank": True}

FILES = {
    "type": "array",
    "items": {"type": "string", "format": "binary"},
    "maxItems": 10,
    "description": (
        "JPEG, PNG, WebP, PDF, plain text, or a sound of three minutes at most (WebM, Ogg, MP4, "
        "MP3, WAV); 10 MB each."
    ),
}

PROOF_FILES = FILES | {
    "description": (
        "Of an act for the complainant: the scan of a letter, or of a form signed at the counter. "
        "Only staff see it."
    )
}


class Complaint(serializers.Serializer):
    """A complaint. Checked by the same form as the portal's; here for the schema alone."""

    text = serializers.CharField(min_length=10, max_length=20_000)
    identity = serializers.ChoiceField(Identity.choices)
    subject = serializers.CharField(max_length=200, **_MAY_BE_EMPTY)
    category = serializers.CharField(help_text="A category's code.", **_MAY_BE_EMPTY)
    service = serializers.CharField(help_text="A service's code.", **_MAY_BE_EMPTY)
    address = serializers.CharField(max_length=500, **_MAY_BE_EMPTY)
    lat = serializers.FloatField(
        min_value=-90, max_value=90, help_text="Only together with `lon`.", **_OPTIONAL
    )
    lon = serializers.FloatField(min_value=-180, max_value=180, **_OPTIONAL)
    occurred_on = serializers.DateField(help_text="Not in the future.", **_OPTIONAL)
    about = serializers.CharField(
        max_length=500,
        help_text="Whom the complaint is about. Who is recognised by name never sees it.",
        **_MAY_BE_EMPTY,
    )
    about_unit = serializers.CharField(
        help_text="The code of a unit as a whole. Nobody who works there sees it.", **_MAY_BE_EMPTY
    )
    name = serializers.CharField(
        max_length=200, help_text="Required where identity is `named`.", **_MAY_BE_EMPTY
    )
    email = serializers.EmailField(max_length=254, **_MAY_BE_EMPTY)
    phone = serializers.CharField(help_text="6 to 24 digits, spaces and signs.", **_MAY_BE_EMPTY)
    postal = serializers.CharField(
        max_length=500, help_text="Postal address, with line breaks.", **_MAY_BE_EMPTY
    )


@extend_schema_field(FILES)
class Files(serializers.ListField):
    """A class of its own: what is said of it is said of no other list."""


class ComplaintWithFiles(Complaint):
    """A complaint as a form, with files."""

    text = serializers.CharField(
        min_length=10,
        max_length=20_000,
        help_text="May be left out where one of the files is a voice note.",
        **_OPTIONAL | {"allow_blank": True},
    )
    files = Files(required=False)


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


class StaffFile(FileDocument):
    id = serializers.IntegerField()
    url = serializers.URLField(help_text="Opens with the key.")


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
    exits = serializers.ListField(
        child=serializers.CharField(),
        help_text="What the complainant can do now; after the end, how it can be taken up again.",
    )
    until = serializers.DateTimeField(
        allow_null=True, help_text="Until when it can be taken up again, where that ends."
    )
    promised_at = serializers.DateTimeField(
        allow_null=True, help_text="By when we answer, while we owe that and time runs."
    )
    seen = serializers.IntegerField(help_text="Send it back with an action.")
    answer = PublicEvent(allow_null=True, help_text="The answer that stands, if there is one.")
    timeline = PublicEvent(many=True)


class ResolutionDocument(serializers.Serializer):
    """What an answer came from and led to; what was not said is null."""

    cause = serializers.CharField(allow_null=True, help_text="A root cause's code.")
    outcome = serializers.ChoiceField(Outcome.choices, allow_null=True)
    remedy = serializers.ChoiceField(Remedy.choices, allow_null=True)
    lesson = serializers.CharField(allow_null=True)


class StaffEvent(serializers.Serializer):
    id = serializers.IntegerField()
    kind = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    at = serializers.DateTimeField()
    stage = serializers.ChoiceField(Stage.choices)
    audience = serializers.ChoiceField(Audience.choices)
    who = serializers.CharField(help_text="Who did it, or recorded it for the complainant.")
    on_behalf = serializers.BooleanField(help_text="Staff recorded what the complainant said.")
    channel = serializers.ChoiceField(
        Channel.choices, allow_null=True, help_text="By which way it was said."
    )
    text = serializers.CharField()
    files = StaffFile(many=True)
    resolution = ResolutionDocument(
        allow_null=True, help_text="Of an answer, where it was said; no complainant reads it."
    )


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
    next_due_at = serializers.DateTimeField(
        allow_null=True,
        help_text="The nearest due date of the clocks that run, also once it passed.",
    )


class CasePage(serializers.Serializer):
    results = CaseRow(many=True)
    next = serializers.URLField(
        allow_null=True, help_text="The next page, with the same filters; null on the last one."
    )


class Contacts(serializers.Serializer):
    name = serializers.CharField()
    email = serializers.CharField()
    phone = serializers.CharField()
    postal = serializers.CharField(help_text="Where letters go, in the lines of an envelope.")


class ClockDocument(serializers.Serializer):
    """What is measured on a case, in one cycle of it. What it is called is in `metric`."""

    metric = serializers.ChoiceField(Metric.choices)
    cycle = serializers.IntegerField(help_text="A case that is taken up again begins a new one.")
    subject = serializers.IntegerField(help_text="Which of several: updates, promises.")
    state = serializers.ChoiceField(State.choices)
    started_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True, help_text="Null while it is paused.")
    ended_at = serializers.DateTimeField(allow_null=True, help_text="When it was met or cancelled.")
    breached = serializers.BooleanField(
        help_text="A due date passed while it ran. That stands, whatever moves the date later."
    )
    reason = serializers.ChoiceField(
        Reason.choices, allow_null=True, help_text="Why it is paused; null while it is not."
    )


class WholeCase(CaseRow):
    text = serializers.CharField()
    about = serializers.CharField()
    about_people = serializers.ListField(
        child=serializers.CharField(), help_text="User names: they never see the case."
    )
    about_unit = serializers.CharField(allow_null=True)
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
    clocks = ClockDocument(many=True, help_text="Of every cycle, the oldest first.")


class DoneDocument(serializers.Serializer):
    reference = serializers.CharField()
    stage = serializers.ChoiceField(Stage.choices)
    status = serializers.ChoiceField(Status.choices)
    event = serializers.IntegerField()
    seen = serializers.IntegerField()


class Problem(serializers.Serializer):
    """RFC 9457."""

    type = serializers.CharField(help_text="Stays the same, whatever the language.")
    title = serializers.CharField(help_text="What kind of refusal this is.")
    status = serializers.IntegerField(help_text="The status of the answer.")
    detail = serializers.CharField(help_text="What was wrong this time.")
    errors = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField()),
        required=False,
        help_text="Of `invalid`: sentences by field.",
    )
    meanwhile = StaffEvent(
        many=True, required=False, help_text="Of `stale`: what happened since, the newest first."
    )


#: What is refused of any body, before it is looked at.
OF_A_BODY = ("bad-request", "too-large", "unsupported-media-type")


def problems(*names: str) -> dict[tuple[int, str], OpenApiResponse]:
    """The refusals of those names, for the schema."""
    return {
        (status, "application/problem+json"): OpenApiResponse(
            Problem, ", ".join(example.name for example in examples), examples
        )
        for status, examples in refusals(*names).items()
    }
