"""Files that come in pieces over a bad line, and go on where they stopped; docs/decisions/0009.

In the spirit of tus (https://tus.io/protocols/resumable-upload), without its creation of
addresses: who has the form's upload token names the file, and no address tells of either.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.throttles import Share, TooMany
from casework import uploads
from casework.contents import Refused
from casework.models import Sending

#: Bytes of a piece; the last one of a file may be smaller.
SMALLEST = 8 * 1024
LARGEST = 256 * 1024
#: Bytes of all files that are not whole. They lie in the database: a stranger must not fill its
#: disk, as then nobody could complain at all.
MOST = 4 * 1024**3
#: Of that, what comes from one neighbourhood. Counted beside the throttles, and not in a row.
SHARE = Share("pieces", MOST // 32)
#: So long a file that is not whole is kept for its next piece.
PATIENCE = timedelta(hours=2)
_FULL = 60  # seconds: so soon it is asked again whether there is room


class OutOfStep(Exception):
    """A piece that does not follow upon what is there; `received` says where to go on."""

    def __init__(self, received: int) -> None:
        super().__init__(received)
        self.received = received


@dataclass(frozen=True)
class Named:
    """A file as its sender names it; `size` is that of the whole, in bytes."""

    upload_token: str
    key: str
    size: int
    name: str = ""


def find(named: Named) -> Sending | None:
    """What came of the file so far; None where nothing did."""
    return _all_of(named).select_related("attachment").first()


def take(named: Named, offset: int, content: bytes, sender: str = "") -> Sending:
    """Keep a piece; the last one makes the file whole, which is checked and cleaned as any other.

    `sender`: the network address that it comes from.

    A piece that came before changes nothing. Raises `OutOfStep`; `TooMany` where more is on its way
    from there, or from everybody, than there is room for, and the file goes on later; and `Refused`
    where the file cannot be taken: then nothing of it is kept.
    """
    with transaction.atomic():
        sending = _begun(named)
        if offset > sending.received:
            raise OutOfStep(sending.received)
        if offset == sending.received < sending.size:
            _keep(sending, content, sender)
    if sending.received == sending.size and sending.attachment_id is None:
        return _finish(named, sender)
    return sending


def drop(named: Named, sender: str = "") -> None:
    """Forget what came of a file; a whole one is taken back by `uploads.discard`."""
    _forget(_all_of(named), sender)


def drop_all(upload_token: str, sender: str = "") -> None:
    """Forget whatever is on its way under a token, and that it came in pieces."""
    _forget(Sending.objects.filter(upload_token=upload_token), sender)


def _forget(sendings: QuerySet[Sending], sender: str) -> None:
    if sender:
        SHARE.give_back(sender, _bytes_of(sendings))
    sendings.delete()


def sweep() -> None:
    """Forget what nobody goes on with, and whatever is a day old."""
    now = timezone.now()
    old = Q(created_at__lt=now - timedelta(hours=uploads.STAGED_HOURS))
    left = Q(attachment=None, piece_at__lt=now - PATIENCE)
    forgotten = Sending.objects.filter(old | left).values("pk")[:200]
    Sending.objects.filter(pk__in=forgotten).delete()


def _all_of(named: Named):
    return Sending.objects.filter(upload_token=named.upload_token, key=named.key, size=named.size)


def _begun(named: Named) -> Sending:
    """The locked row of the file; a new one where there is room for it."""
    if sending := _all_of(named).select_for_update(of=("self",)).first():
        return sending
    others = Sending.objects.filter(upload_token=named.upload_token, attachment=None)
    uploads.look_at(named.size, named.upload_token)
    uploads.make_room(named.upload_token, others.count())
    Sending.objects.get_or_create(
        upload_token=named.upload_token,
        key=named.key,
        size=named.size,
        defaults={"name": named.name[:255]},
    )
    return _all_of(named).select_for_update(of=("self",)).get()


def _keep(sending: Sending, content: bytes, sender: str) -> None:
    end = sending.received + len(content)
    if len(content) > LARGEST or end > sending.size:
        raise Refused(_("This piece of the file is too large."))
    if len(content) < SMALLEST and end < sending.size:
        raise Refused(_("This piece of the file is too small."))
    if _bytes_of(Sending.objects.all()) + len(content) > MOST:
        raise TooMany(_FULL)
    if not SHARE.take(sender, len(content)):
        raise TooMany(_FULL)
    sending.pieces.create(offset=sending.received, content=content)
    sending.received = end
    sending.save(update_fields=["received", "piece_at"])


def _bytes_of(sendings: QuerySet[Sending]) -> int:
    """Of those that are not whole."""
    return sendings.filter(attachment=None).aggregate(bytes=Sum("received"))["bytes"] or 0


def _finish(named: Named, sender: str) -> Sending:
    """Put the pieces together. Whoever comes second waits for the first, and stages nothing.

    Raises `OutOfStep` where nothing is left of it: it was refused or taken back meanwhile.
    """
    try:
        with transaction.atomic():
            sending = _all_of(named).select_for_update(of=("self",)).first()
            if sending is None:
                raise OutOfStep(0)
            if sending.attachment_id is None:
                pieces = sending.pieces.order_by("offset").values_list("content", flat=True)
                whole = b"".join(bytes(piece) for piece in pieces)
                file = ContentFile(whole, name=sending.name)
                sending.attachment = uploads.stage(file, named.upload_token, sender)
                # The same file under another key: it came twice, and is that of the last one.
                Sending.objects.filter(attachment=sending.attachment).delete()
                sending.save(update_fields=["attachment"])
                sending.pieces.all().delete()
                SHARE.give_back(sender, sending.size)
            return sending
    except Refused:
        drop(named, sender)
        raise
