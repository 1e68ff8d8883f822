"""Filing a complaint from another program."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ParseError
from rest_framework.request import Request

from casework import uploads
from casework.models import Channel
from workflows import filing
from workflows.errors import Invalid

IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 16, "maxLength": 200, "pattern": "^[ -~]*$"},
    OpenApiParameter.HEADER,
    description=(
        "16 to 200 characters that nobody can guess, new for each complaint. The same key and "
        "body give the same answer; the same key with another body is refused (422)."
    ),
)


def file_from(request: Request, body: dict[str, Any]) -> filing.Filed:
    """File what came, once per `Idempotency-Key`.

    Raises `Invalid` and `KeyReused` (422), and `ParseError` (400) for a key that is none.
    """
    files = request.FILES.getlist("files")
    body.pop("upload", None)
    token, digest = _token(request), _digest(body, files)
    if token and (earlier := filing.filed_before(token, digest)):
        return earlier
    with staged(files) as upload:
        return filing.file(
            body | {"upload": upload}, channel=Channel.API, token=token, body_digest=digest
        )


@contextmanager
def staged(files: list[UploadedFile]) -> Iterator[str]:
    """Stage files under an upload token that serves one call; gives "" without files.

    A program sends them again with its next call, so what this one did not take is dropped.
    Raises `Invalid`.
    """
    if len(files) > uploads.MAX_FILES:
        raise Invalid({"files": [uploads.too_many()]})
    token = uploads.new_token() if files else ""
    try:
        if refusals := uploads.stage_all(files, token):
            raise Invalid({"files": refusals})
        yield token
    finally:
        uploads.discard_all(token)


def _token(request: Request) -> str:
    """The key, kept apart per caller."""
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        return ""
    if not (16 <= len(key) <= 200 and key.isascii() and key.isprintable()):
        raise ParseError(_("An Idempotency-Key has 16 to 200 printable characters."))
    return f"rest:{request.user.pk or ''}:{key}"


def _digest(body: dict[str, Any], files: list[UploadedFile]) -> str:
    """What was sent, whatever the order of its fields."""
    sent = [json.dumps(body, sort_keys=True)]
    for file in files:
        sent.append(hashlib.sha256(file.read()).hexdigest())
        file.seek(0)
    return hashlib.sha256("\n".join(sent).encode()).hexdigest()
