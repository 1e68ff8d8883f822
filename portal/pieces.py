"""Files in pieces, for the form whose upload token comes along: see `casework.pieces`.

Token and name come in headers: an address would stand in the logs of every proxy.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse, JsonResponse, RawPostDataException
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.throttles import TooMany, address_of
from casework import pieces, uploads
from casework.limits import PIECES, UPLOADS
from casework.models import Attachment, Sending
from portal.patience import in_a_while
from portal.tokens import is_sound
from workflows.forms.base import is_readable

_NUMBER = re.compile(r"\d{1,9}", re.ASCII)


@never_cache
@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
def pieces_of(request: HttpRequest) -> HttpResponse:
    """How far a file came (GET), its next piece (POST), or that it is not wanted (DELETE).

    `Upload-Token` is the form's, `Upload-Key` the file's, `Upload-Length` and `Upload-Offset` are
    bytes, `Upload-Name` is percent-encoded. Answers `offset`, and `file` once it is whole; 409
    with the `offset` to go on from, 422 with `refused`, a sentence. DELETE without a key forgets
    all that is staged under the token.
    """
    token = request.headers.get("Upload-Token", "")
    if request.method == "DELETE" and is_sound(token) and "Upload-Key" not in request.headers:
        pieces.drop_all(token, address_of(request))
        uploads.discard_all(token)
        return JsonResponse({})
    named = _named(request, token)
    if named is None:
        return JsonResponse({"refused": _("This request cannot be read.")}, status=400)
    if request.method == "DELETE":
        return _forget(named, address_of(request))
    return _take(request, named) if request.method == "POST" else _so_far(pieces.find(named))


def _named(request: HttpRequest, token: str) -> pieces.Named | None:
    key, size = (request.headers.get(f"Upload-{name}", "") for name in ("Key", "Length"))
    if not (is_sound(token) and is_sound(key) and _NUMBER.fullmatch(size)):
        return None
    name = unquote(request.headers.get("Upload-Name", ""))
    return pieces.Named(token, key, int(size), name) if is_readable(name) else None


def _take(request: HttpRequest, named: pieces.Named) -> HttpResponse:
    offset = request.headers.get("Upload-Offset", "")
    if not _NUMBER.fullmatch(offset):
        return JsonResponse({"refused": _("This request cannot be read.")}, status=400)
    try:
        here = address_of(request)
        PIECES.enter({"address": here})
        if pieces.find(named) is None:
            UPLOADS.enter({"address": here})
        return _so_far(pieces.take(named, int(offset), request.body, here))
    except TooMany as refusal:
        return in_a_while(JsonResponse({"wait": refusal.wait}), refusal.wait)
    except pieces.OutOfStep as ahead:
        return JsonResponse({"offset": ahead.received}, status=409)
    except uploads.Refused as refusal:
        return JsonResponse({"refused": str(refusal)}, status=422)
    except RawPostDataException:  # it came as a form of several parts, which was read as one
        return JsonResponse({"refused": _("This request cannot be read.")}, status=400)


def _so_far(sending: Sending | None) -> HttpResponse:
    if sending is None:
        return JsonResponse({"offset": 0})
    whole = {"file": _shown(sending.attachment)} if sending.attachment else {}
    return JsonResponse({"offset": sending.received} | whole)


def _shown(file: Attachment) -> dict[str, Any]:
    """In the words of the list that the page draws, so that no line changes when it is loaded."""
    return {"pk": file.pk, "name": file.name, "size": filesizeformat(file.size)}


def _forget(named: pieces.Named, sender: str) -> HttpResponse:
    sending = pieces.find(named)
    pieces.drop(named, sender)
    if sending and sending.attachment_id:
        uploads.discard(named.upload_token, sending.attachment_id)
    return JsonResponse({})
