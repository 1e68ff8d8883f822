"""Examples for the schema: what is sent, and what comes back."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from drf_spectacular.utils import OpenApiExample

_COMPLAINT = {
    "text": "The street lamp in front of the school has been out since Monday.",
    "identity": "named",
    "name": "Wulan Anggraini",
    "email": "wulan@example.org",
    "address": "Jalan Melati 12, RT 03",
    "occurred_on": "2026-11-23",
}
_UNNAMED = {"text": "The water has been brown every morning this week.", "identity": "none"}
_RECEIPT = {
    "reference": "26-7K3M9QE",
    "secret": "4821093375610284",
    "status": "received",
    "track_url": "https://tanggap.example.go.id/track/?reference=26-7K3M9QE",
}
FILING = [
    OpenApiExample("named", _COMPLAINT, request_only=True),
    OpenApiExample("without a name", _UNNAMED, request_only=True),
    OpenApiExample("receipt", _RECEIPT, response_only=True, status_codes=[201]),
]

_TRACKED = {
    "reference": "26-7K3M9QE",
    "subject": "The street lamp in front of the school has been out since Monday.",
    "status": "being_checked",
    "received_at": "2026-11-24T08:12:30+07:00",
    "closed_at": None,
    "exits": ["withdraw", "message"],
    "until": None,
    "seen": 1234,
    "answer": None,
    "timeline": [
        {
            "at": "2026-11-24T08:12:30+07:00",
            "label": "Filed",
            "text": "The street lamp in front of the school has been out since Monday.",
            "files": [{"name": "lamp.jpg", "content_type": "image/jpeg", "size": 48213}],
        }
    ],
}
TRACKING = [
    OpenApiExample(
        "receipt",
        {"reference": "26-7K3M9QE", "secret": "4821 0933 7561 0284"},
        request_only=True,
    ),
    OpenApiExample("case", _TRACKED, response_only=True),
]

TRACKED_ACTING = [
    OpenApiExample(
        "message",
        {
            "reference": "26-7K3M9QE",
            "secret": "4821 0933 7561 0284",
            "action": "message",
            "text": "It is dark again.",
        },
        request_only=True,
    ),
    OpenApiExample("case", _TRACKED, response_only=True),
]

ACTING = [
    OpenApiExample(
        "respond",
        {
            "action": "respond",
            "seen": 1234,
            "text": "The lamp was replaced today.",
            "cause": "broken",
            "outcome": "upheld",
            "remedy": "repaired",
            "lesson": "Lamps near schools are checked every month.",
        },
        request_only=True,
    ),
    OpenApiExample(
        "assigned", {"action": "assigned", "seen": 1230, "assignee": "officer"}, request_only=True
    ),
    OpenApiExample(
        "note", {"action": "note", "text": "The contractor was called."}, request_only=True
    ),
    OpenApiExample(
        "extend",
        {
            "action": "extend",
            "seen": 1232,
            "amount": 3,
            "reason": "The new lamp arrives on Thursday.",
        },
        request_only=True,
    ),
    OpenApiExample(
        "promise",
        {
            "action": "promise",
            "seen": 1234,
            "text": "We replace the other lamps of the street, too.",
            "until": "2026-12-18",
        },
        request_only=True,
    ),
    OpenApiExample(
        "done",
        {
            "reference": "26-7K3M9QE",
            "stage": "confirm",
            "status": "answer_sent",
            "event": 1235,
            "seen": 1235,
        },
        response_only=True,
    ),
]

_MEANWHILE = {
    "id": 1236,
    "kind": "message",
    "label": "Message from the complainant",
    "at": "2026-11-24T09:40:00+07:00",
    "stage": "work",
    "audience": "public",
    "who": "Complainant",
    "on_behalf": False,
    "channel": None,
    "text": "It works again.",
    "files": [],
    "resolution": None,
}

#: What refusals say: status, title, detail, and what else comes with it.
_REFUSALS: dict[str, tuple[int, str, str, dict[str, Any]]] = {
    "bad-request": (400, "Malformed request.", "Send an object.", {}),
    "unauthenticated": (
        401,
        "Incorrect authentication credentials.",
        "This key opens nothing. Ask for a new one.",
        {},
    ),
    "forbidden": (403, "You may not do this.", "You may not do this.", {}),
    "not-found": (404, "Not found.", "Not found.", {}),
    "stale": (
        409,
        "Something happened meanwhile.",
        "Something happened meanwhile.",
        {"meanwhile": [_MEANWHILE]},
    ),
    "too-large": (413, "This is too large.", "This is too large.", {}),
    "unsupported-media-type": (
        415,
        "This kind of content is not read here.",
        'Unsupported media type "text/xml" in request.',
        {},
    ),
    "invalid": (
        422,
        "Please correct the marked answers.",
        "Please correct the marked answers.",
        {"errors": {"text": ["This field is required."]}},
    ),
    "unlawful": (
        422,
        "This cannot be done at this stage.",
        "This cannot be done at this stage.",
        {},
    ),
    "key-reused": (
        422,
        "This key was used before with another content.",
        "This key was used before with another content.",
        {},
    ),
    "throttled": (
        429,
        "Request was throttled.",
        "Request was throttled. Expected available in 900 seconds.",
        {},
    ),
}


def refusals(*names: str) -> dict[int, list[OpenApiExample]]:
    """Examples of problem documents, by their status."""
    found: dict[int, list[OpenApiExample]] = defaultdict(list)
    for name in names:
        status, title, detail, more = _REFUSALS[name]
        document = {"type": f"urn:tanggap:problem:{name}", "title": title, "status": status}
        found[status].append(OpenApiExample(name, document | {"detail": detail} | more))
    return found
