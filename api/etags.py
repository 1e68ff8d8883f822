"""Asking whether a case still is as it was read (RFC 9110, 13.1.2)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.utils import timezone
from django.utils.http import parse_etags
from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.rights import Rights
from casework.models import Case
from workflows.windows import in_window

PARAMETERS = [
    OpenApiParameter(
        "If-None-Match", str, OpenApiParameter.HEADER, description="The `ETag` of what you have."
    ),
    OpenApiParameter(
        "ETag", str, OpenApiParameter.HEADER, response=[200, 304], description="Names this state."
    ),
]
NOT_MODIFIED = {304: OpenApiResponse(description="It is as you have it.")}


def etag(case: Case, user: User, clocks: object = None) -> str:
    """The state of a case for this reader: its last event, their rights and language, the day.

    `clocks`: as they are told; a due date passes without an event.
    What is set up elsewhere (a category, a colleague's role) has no event: the day in it bounds
    how long that can go unseen.
    """
    state = (
        case.last_event_id,
        in_window(case),
        timezone.localdate(),
        get_language(),
        user.pk,
        _said(user.rights),
        clocks,
    )
    return f'W/"{hashlib.sha256(repr(state).encode()).hexdigest()[:32]}"'


def not_modified(request: Request, tag: str) -> Response | None:
    """The answer to somebody who has this state, or None."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if known == ["*"] or _opaque(tag) in map(_opaque, known):
        return Response(status=304, headers={"ETag": tag})
    return None


def _opaque(tag: str) -> str:
    """Compared weakly, a weak tag is as good as a strong one."""
    return tag.removeprefix("W/")


def _said(rights: Rights) -> list[object]:
    """Rights, in an order that stays the same."""

    def ordered(ids: Iterable[int]) -> list[int]:
        return sorted(ids)

    units = [(str(role), ordered(ids)) for role, ids in sorted(rights.units.items())]
    return [units, ordered(rights.restricted), ordered(rights.identities)]
