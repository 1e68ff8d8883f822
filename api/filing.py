"""Filing a complaint from another program."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ParseError
from rest_framework.request import Request

from accounts.throttles import address_of
from casework import limits, uploads
from casework.models import Channel
from workflows import filing
from workflows.errors import Invalid
from workflows.resent import digest_of

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

    Raises `Invalid` and `KeyReused` (422), `ParseError` (400) for a key that is none, and `TooMany`
    (429) where somebody without a key sends too much.
    """
    files = request.FILES.getlist("files")
    body.pop("upload", None)
    token, digest = _token(request), _digest(body, files)
    if token and (earlier := filing.filed_before(token, digest)):
        return earlier
    sender, admit = "", None
    if not request.user.is_authenticated:
        sender = address_of(request)
        limits.TRIES.enter({"address": sender})
        limits.count_files(files, sender)
        admit = partial(limits.FILING.enter, {"address": sender})
    with staged(files, sender=sender) as upload:
        said = body | {"upload": upload}
        return filing.file(said, channel=Channel.API, token=token, body_digest=digest, admit=admit)


@contextmanager
def staged(files: list[UploadedFile], field: str = "files", sender: str = "") -> Iterator[str]:
    """Stage files under an upload token that serves one call; gives "" without files.

    A program sends them again with its next call, so what this one did not take is dropped.
    Raises `Invalid` at the `field` they came in.
    """
    if len(files) > uploads.MAX_FILES:
        raise Invalid({field: [uploads.too_many()]})
    token = uploads.new_token() if files else ""
    try:
        if refusals := uploads.stage_all(files, token, sender):
            raise Invalid({field: refusals})
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
    """What was sent, with its files as they came."""
    sent = []
    for file in files:
        sent.append(hashlib.sha256(file.read()).hexdigest())
        file.seek(0)
    return digest_of(body, *sent)
