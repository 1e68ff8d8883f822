"""Files from people: limits before reading, type by content, images re-encoded.

A file is staged under a form's upload token and hung on its case by the act that carries the
token; what nobody sent is swept away.
"""

from __future__ import annotations

import hashlib
import io
import re
import secrets
from collections.abc import Iterable
from datetime import timedelta
from pathlib import PurePath
from typing import Any

import puremagic
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from casework.models import Attachment

MAX_FILES = 10
MAX_BYTES = 10 * 1024**2
MAX_TOKEN = 64
MAX_PIXELS = 50_000_000
STAGED_HOURS = 24

#: What is taken, by content: images are encoded anew in their format, documents kept as they are.
IMAGES = {
    "image/jpeg": ("JPEG", ".jpg"),
    "image/png": ("PNG", ".png"),
    "image/webp": ("WEBP", ".webp"),
}
DOCUMENTS = {"application/pdf": ".pdf"}

#: Text that some program would take for a page.
_MARKUP = re.compile(r"<\s*(html|script|svg|\?xml|!doctype)", re.IGNORECASE)


class Refused(Exception):
    """A file that is not taken; the message is a sentence for whoever sent it."""


def new_token() -> str:
    """A fresh upload token for a form."""
    return secrets.token_urlsafe(24)


def too_many() -> str:
    """What whoever sends more files than `MAX_FILES` is told."""
    return _("At most %(count)s files can be sent.") % {"count": MAX_FILES}


def stage(file: UploadedFile, upload_token: str) -> Attachment:
    """Check one file, keep it, and hang it on the form's token. Raises `Refused`."""
    if not 0 < len(upload_token) <= MAX_TOKEN:
        raise Refused(_("This form is too old. Load it again and attach the file once more."))
    if staged(upload_token).count() >= MAX_FILES:
        raise Refused(too_many())
    if not file.size:
        raise Refused(_("This file is empty."))
    if file.size > MAX_BYTES:
        raise Refused(_("This file is larger than 10 MB."))
    content, content_type, suffix = _read(file.read())
    attachment = Attachment(
        upload_token=upload_token,
        name=_tidy_name(file.name or "", suffix),
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    attachment.file.save(attachment.name, ContentFile(content), save=False)
    attachment.save()
    return attachment


def stage_all(files: list[UploadedFile], upload_token: str) -> list[str]:
    """Stage files; returns a sentence for each one that was refused."""
    refusals = []
    for file in files:
        try:
            stage(file, upload_token)
        except Refused as refusal:
            refusals.append(f"{file.name}: {refusal}")
    return refusals


def staged(upload_token: str) -> Any:
    """What hangs on a token and is not sent yet."""
    return Attachment.objects.filter(upload_token=upload_token, case=None).order_by("pk")


def as_response(attachment: Attachment) -> HttpResponse:
    """A download that no browser runs: pictures inline, the rest as attachment.

    Read whole: at most `MAX_BYTES`, and a stream would outlive its connection under ASGI.
    """
    with attachment.file.open() as kept:
        response = HttpResponse(kept.read(), content_type=attachment.content_type)
    as_attachment = not attachment.is_image
    disposition = content_disposition_header(as_attachment, attachment.name) or "inline"
    response["Content-Disposition"] = disposition
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def discard(upload_token: str, pk: int) -> None:
    """Take one staged file back."""
    _delete(staged(upload_token).filter(pk=pk))


def discard_all(upload_token: str) -> None:
    """Take every file back that is staged under a token, and not sent."""
    if upload_token:
        _delete(staged(upload_token))


def sweep_staged() -> int:
    """Delete staged files that nobody sent within a day; returns how many."""
    old = timezone.now() - timedelta(hours=STAGED_HOURS)
    forgotten = list(Attachment.objects.filter(case=None, created_at__lt=old)[:200])
    _delete(forgotten)
    return len(forgotten)


def _delete(attachments: Iterable[Attachment]) -> None:
    for attachment in attachments:
        attachment.file.delete(save=False)
        attachment.delete()


def _read(raw: bytes) -> tuple[bytes, str, str]:
    """The content to keep, its type and suffix, judged by the bytes alone."""
    try:
        kind = puremagic.from_string(raw, mime=True)
    except (puremagic.PureError, ValueError):
        kind = ""
    if kind in IMAGES:
        form, suffix = IMAGES[kind]
        return _encode_anew(raw, form), kind, suffix
    if kind in DOCUMENTS and raw.startswith(b"%PDF-"):
        return raw, kind, DOCUMENTS[kind]
    if not kind and _is_plain_text(raw):
        return raw, "text/plain", ".txt"
    raise Refused(_("Send a photo (JPEG, PNG, WebP), a PDF or a plain text."))


def _is_plain_text(raw: bytes) -> bool:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return "\x00" not in text and not _MARKUP.search(text)


def _encode_anew(raw: bytes, form: str) -> bytes:
    """Decode and write again: nothing but the pixels is kept, so no place and no device."""
    try:
        image: Image.Image = Image.open(io.BytesIO(raw), formats=[form])
        if image.width * image.height > MAX_PIXELS:
            raise Refused(_("This picture has too many pixels."))
        image = ImageOps.exif_transpose(image)
        out = io.BytesIO()
        image.convert("RGB" if form == "JPEG" else "RGBA").save(out, form)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Refused(_("This picture cannot be read.")) from error
    return out.getvalue()


def _tidy_name(name: str, suffix: str) -> str:
    """A name that is safe to show and to save, with the one suffix that its content has."""
    stem = PurePath(name.replace("\\", "/")).name.split(".")[0]
    stem = re.sub(r"[^\w \-]", "", stem).strip()[:80]
    return f"{stem or 'file'}{suffix}"
