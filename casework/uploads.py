"""Files from people: limits before reading, type by content, cleaned of what tells of them.

A file is staged under a form's upload token and hung on its case by the act that carries the
token; what nobody sent is swept away.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Any

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from accounts import languages
from accounts.throttles import wide_of
from casework.contents import Refused, cleaned
from casework.models import Attachment, Case, Event

MAX_FILES = 10
MAX_BYTES = 10 * 1024**2
MAX_TOKEN = 64
STAGED_HOURS = 24
#: The advisory locks of those who stage, each with a number of its token; any other number does.
_STAGING = 7463


def new_token() -> str:
    """A fresh upload token for a form."""
    return secrets.token_urlsafe(24)


def too_many() -> str:
    """What whoever sends more files than `MAX_FILES` is told."""
    return _("At most %(count)s files can be sent.") % {"count": MAX_FILES}


def stage(file: File, upload_token: str, sender: str = "") -> Attachment:
    """Check one file, keep it, and hang it on the form's token. Raises `Refused`.

    A form that is sent again brings its files again: what is there under the same name stays the
    one that it was. `sender`: the network address that it comes from; empty for staff, who wait for
    nobody's turn.
    """
    look_at(file.size or 0, upload_token)
    raw = file.read()
    if len(raw) < file.size:  # it came after those of which something is kept
        raise Refused(too_many())
    kept = cleaned(raw, wide_of(sender))
    if len(kept.content) > MAX_BYTES:  # a picture that is written anew may grow
        raise Refused(_("Cleaned, this file is larger than 10 MB. Send a smaller one."))
    attachment = Attachment(
        upload_token=upload_token,
        name=_tidy_name(file.name or "", kept.suffix),
        content_type=kept.content_type,
        size=len(kept.content),
        sha256=hashlib.sha256(kept.content).hexdigest(),
    )
    return _keep_once(attachment, kept.content)


def _keep_once(attachment: Attachment, content: bytes) -> Attachment:
    """Keep a file, or give the same one that its form brought before, be it at this moment."""
    token = attachment.upload_token
    with transaction.atomic():
        _wait_for_others(token)
        same = staged(token).filter(sha256=attachment.sha256, name=attachment.name).first()
        if same:
            return same
        make_room(token)
        attachment.file.save(attachment.name, ContentFile(content), save=False)
        attachment.save()
    return attachment


def _wait_for_others(upload_token: str) -> None:
    """Until the transaction ends nobody else keeps a file under this token."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", (_STAGING, upload_token))


def look_at(size: int, upload_token: str) -> None:
    """Raise `Refused` where no file of `size` bytes can be taken, or none under this token."""
    if not 0 < len(upload_token) <= MAX_TOKEN:
        raise Refused(_("This form is too old. Load it again and attach the file once more."))
    if not size:
        raise Refused(_("This file is empty."))
    if size > MAX_BYTES:
        raise Refused(_("This file is larger than 10 MB."))


def make_room(upload_token: str, on_their_way: int = 0) -> None:
    """Raise `Refused` where no further file is taken under this token.

    `on_their_way`: how many others are begun there, and not whole.
    """
    if staged(upload_token).count() + on_their_way >= MAX_FILES:
        raise Refused(too_many())


def stage_all(files: list[UploadedFile], upload_token: str, sender: str = "") -> list[str]:
    """Stage files; returns a sentence for each one that was refused."""
    refusals = []
    for file in files[:MAX_FILES]:
        try:
            stage(file, upload_token, sender)
        except Refused as refusal:
            refusals.append(f"{file.name}: {refusal}")
    if beyond := files[MAX_FILES:]:  # nothing of them was kept
        names = ", ".join(file.name or "" for file in beyond)
        refusals.append(f"{names}: {too_many()}")
    return refusals


def staged(upload_token: str) -> Any:
    """What hangs on a token and is not sent yet."""
    return Attachment.objects.filter(upload_token=upload_token, case=None).order_by("pk")


def hang(upload_token: str, case: Case, event: Event, *, nameless: bool) -> None:
    """Hang what is staged under a token on the event that sends it.

    `nameless`: of what somebody called their files nothing stays, and they are numbered.
    """
    sent = {"case": case, "event": event, "upload_token": ""}
    files = staged(upload_token)
    if not nameless:
        files.update(**sent)
        return
    with translation.override(languages.own()):
        for number, file in enumerate(files, case.attachments.count() + 1):
            name = _("File %(number)s") % {"number": number}
            whole = f"{name}{PurePath(file.name).suffix}"
            files.filter(pk=file.pk).update(name=whole, **sent)


def spoken(upload_token: str) -> bool:
    """Whether a voice note is among what is staged under a token."""
    return staged(upload_token).filter(content_type__startswith="audio/").exists()


def as_response(attachment: Attachment) -> HttpResponse:
    """A download that no browser shows or runs beside our pages, and no other site embeds.

    Read whole: at most `MAX_BYTES`, and a stream would outlive its connection under ASGI.
    """
    with attachment.file.open() as kept:
        response = HttpResponse(kept.read(), content_type=attachment.content_type)
    disposition = content_disposition_header(True, attachment.name) or "attachment"
    response["Content-Disposition"] = disposition
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def discard(upload_token: str, pk: int) -> None:
    """Take one staged file back."""
    _delete(staged(upload_token).filter(pk=pk))


def discard_all(upload_token: str) -> None:
    """Take every file back that is staged under a token, and not sent."""
    if upload_token:
        _delete(staged(upload_token))


def discard_copies(upload_token: str, case: Case) -> None:
    """Take back what is staged under a token, and on the case already."""
    if upload_token:
        _delete(staged(upload_token).filter(sha256__in=case.attachments.values("sha256")))


def sweep_staged(now: datetime) -> int:
    """Delete staged files that nobody sent within a day; returns how many."""
    old = now - timedelta(hours=STAGED_HOURS)
    forgotten = Attachment.objects.filter(case=None, created_at__lt=old).values("pk")[:200]
    return _delete(Attachment.objects.filter(pk__in=forgotten))


def _delete(unsent: QuerySet[Attachment]) -> int:
    """Delete rows, then their files: never a row without its file (`casework.strays`).

    What an act is sending just now is left to it.
    """
    if not unsent.exists():  # as usual: that costs less than a transaction
        return 0
    with transaction.atomic():
        locked = unsent.filter(case=None).select_for_update(skip_locked=True)
        gone = list(locked)
        Attachment.objects.filter(pk__in=[each.pk for each in gone]).delete()
    for attachment in gone:
        attachment.file.delete(save=False)
    return len(gone)


def _tidy_name(name: str, suffix: str) -> str:
    """A name that is safe to show and to save, with the one suffix that its content has."""
    stem = PurePath(name.replace("\\", "/")).name.split(".")[0]
    stem = re.sub(r"[^\w \-]", "", stem).strip()[:80]
    return f"{stem or 'file'}{suffix}"
