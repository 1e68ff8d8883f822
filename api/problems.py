"""Every refusal as a problem document (RFC 9457), with a `type` that stays the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFilesSent,
)
from django.db import OperationalError
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response

from accounts.throttles import TooMany
from api.parsers import TooLarge
from api.shapes import staff_entry
from casework import uploads
from workflows.errors import Forbidden, Invalid, Refused, Stale, Unlawful
from workflows.filing import KeyReused

MEDIA_TYPE = "application/problem+json"
_NAMES = {
    400: "bad-request",
    401: "unauthenticated",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    415: "unsupported-media-type",
    422: "invalid",
    429: "throttled",
    503: "unavailable",
}
#: The framework's own title would name the occurrence, or a blank in its place.
_TITLES = {
    405: _("This cannot be done here."),
    415: _("This kind of content is not read here."),
}
_REFUSALS: dict[type[Refused], str] = {
    Forbidden: "forbidden",
    Stale: "stale",
    Unlawful: "unlawful",
    Invalid: "invalid",
    KeyReused: "key-reused",
}


class Unavailable(exceptions.APIException):
    """The database is away, or somebody holds the case for too long: only waiting helps."""

    status_code = 503
    default_detail = _("We cannot reach our records just now.")
    wait = 10  # seconds: a database that restarts is back by then


def as_problem(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """What Django REST framework calls for every exception; None for our own faults."""
    if isinstance(error, Refused):
        return _refusal(error, context["request"].user)
    if isinstance(error, TooManyFilesSent):
        return _refusal(Invalid({"files": [uploads.too_many()]}))
    error = _of_the_framework(error)
    if not isinstance(error, exceptions.APIException):
        return None
    if isinstance(error, exceptions.ValidationError):
        return _refusal(Invalid(_by_field(error.detail)))
    name = _NAMES.get(error.status_code, "problem")
    title = _TITLES.get(error.status_code, getattr(error, "default_detail", ""))
    return _document(name, error.status_code, title, error.detail, headers=_headers(error))


def _refusal(error: Refused, reader: Any = None) -> Response:
    more: dict[str, Any] = {}
    if isinstance(error, Invalid):
        more["errors"] = _by_field(error.errors)
    if isinstance(error, Stale):
        more["meanwhile"] = [staff_entry(event, reader) for event in error.meanwhile]
    name = next((name for kind, name in _REFUSALS.items() if isinstance(error, kind)), "refused")
    return _document(name, error.status, error.title, error.title, more)


def _document(
    name: str,
    status: int,
    title: Any,
    detail: Any,
    more: Mapping[str, Any] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    body = {
        "type": f"urn:tanggap:problem:{name}",
        "title": str(title),
        "status": status,
        "detail": str(detail),
        **(more or {}),
    }
    return Response(body, status=status, headers=headers, content_type=MEDIA_TYPE)


#: Django's own exceptions, and ours of below, as those of the framework; the first that fits.
_OF_THE_FRAMEWORK: dict[type[Exception], Callable[[Any], exceptions.APIException]] = {
    Http404: lambda error: exceptions.NotFound(),
    PermissionDenied: lambda error: exceptions.PermissionDenied(),
    RequestDataTooBig: lambda error: TooLarge(),
    SuspiciousOperation: lambda error: exceptions.ParseError(),
    TooMany: lambda error: exceptions.Throttled(error.wait),
    OperationalError: lambda error: Unavailable(),
}


def _of_the_framework(error: Exception) -> Exception:
    for kind, made in _OF_THE_FRAMEWORK.items():
        if isinstance(error, kind):
            return made(error)
    return error


def _by_field(errors: Any) -> dict[str, list[str]]:
    """Sentences by field."""
    if not isinstance(errors, Mapping):
        errors = {"": errors}
    return {
        _sendable(name): [_sendable(one) for one in (said if isinstance(said, list) else [said])]
        for name, said in errors.items()
    }


def _sendable(text: Any) -> str:
    """Text with half of a surrogate pair, which may be quoted here, cannot be sent."""
    return str(text).encode(errors="replace").decode()


def _headers(error: exceptions.APIException) -> dict[str, str]:
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = f"{wait:.0f}"
    return headers
