"""Filing: how a complaint becomes a case. With `actions.act` the only door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from casework import sealing, timeline
from casework.actors import CitizenActor
from casework.models import Audience, Case, Channel, Complainant, Kind, Receipt
from casework.references import new_reference
from workflows.actions import attach, start_run
from workflows.errors import Invalid, Refused
from workflows.flows import ComplaintFlow
from workflows.forms.filing import FilingForm, StaffFilingForm

#: How long a lost receipt is shown again (Contract).
RECEIPT_MINUTES = 30
SUBJECT_LENGTH = 80


class KeyReused(Refused):
    """The token of an earlier filing came back with another content."""

    title = _("This key was used before with another content.")


@dataclass(frozen=True)
class Filed:
    """A case and its secret; the secret is None once the citizen has it."""

    case: Case
    secret: str | None


def file(
    payload: Mapping[str, Any],
    *,
    by: User | None = None,
    channel: str = Channel.WEB,
    token: str = "",
    body_digest: str = "",
) -> Filed:
    """File a complaint.

    `by`: the member of staff who types it in for somebody. `token`: the form's own; the same
    token files one case however often it is sent, and `body_digest`, where given, must match.
    Raises `Invalid` and `KeyReused` (422).
    """
    if token and (earlier := filed_before(token, body_digest)):
        return earlier
    form = (StaffFilingForm if by else FilingForm)(payload)
    if not form.is_valid():
        raise Invalid(form.errors)
    try:
        with transaction.atomic():
            return _file(form.cleaned_data, by, channel, token, body_digest)
    except IntegrityError:
        earlier = filed_before(token, body_digest) if token else None
        if earlier is None:
            raise
        return earlier


def filed_before(token: str, body_digest: str = "") -> Filed | None:
    """What was filed under this token, or None."""
    receipt = (
        Receipt.objects.filter(token_digest=sealing.digest("receipt", token))
        .select_related("case__complainant", "case__unit")
        .first()
    )
    if receipt is None:
        return None
    if receipt.body_digest != body_digest:
        raise KeyReused
    fresh = receipt.created_at > timezone.now() - timedelta(minutes=RECEIPT_MINUTES)
    secret = sealing.unseal(receipt.sealed_secret) if fresh else ""
    return Filed(receipt.case, secret or None)


def forget_secret(token: str) -> None:
    """The citizen has it: the receipt is not shown again."""
    Receipt.objects.filter(token_digest=sealing.digest("receipt", token)).update(sealed_secret="")


def forget_old_secrets() -> int:
    """Empty every receipt whose time is over; the sweep calls it."""
    old = timezone.now() - timedelta(minutes=RECEIPT_MINUTES)
    return (
        Receipt.objects.filter(created_at__lt=old)
        .exclude(sealed_secret="")
        .update(sealed_secret="")
    )


def _file(said: dict[str, Any], by: User | None, channel: str, token: str, digest: str) -> Filed:
    secret = sealing.new_secret()
    case = _new_case(said, by, channel, secret)
    start = ComplaintFlow.instance.received
    start_run(case, start, start.exits[0], by)
    _insert(case)
    event = timeline.record(
        case,
        "filed",
        by or CitizenActor(case.pk),
        audience=Audience.PUBLIC,
        body=case.text,
        data={"channel": case.channel},
        task_id=case.entered_task_id,
    )
    case.save(update_fields=["event_count", "last_event_id", "last_hash"])
    attach(case, event, said["upload"])
    if token:
        Receipt.objects.create(
            case=case,
            token_digest=sealing.digest("receipt", token),
            body_digest=digest,
            sealed_secret=sealing.seal(secret),
        )
    return Filed(case, secret)


def _new_case(said: dict[str, Any], by: User | None, channel: str, secret: str) -> Case:
    unit = Unit.objects.receiving()
    if unit is None:
        raise Invalid({"text": [_("No unit receives complaints yet. Please come back later.")]})
    now = timezone.now()
    category = said["category"] or (said["service"] and said["service"].category)
    return Case(
        unit=unit,
        subject=said["subject"] or subject_of(said["text"]),
        category=category,
        restricted=bool(category and category.restricted),
        kind=said.get("kind") or Kind.COMPLAINT,
        complainant=_complainant(said),
        secret_digest=sealing.secret_digest(secret),
        channel=said.get("channel") or channel,
        filed_by=by,
        received_at=said.get("received_at") or now,
        created_at=now,
        last_words=" ".join(said["text"].split())[:200],
        last_words_at=now,
        **{name: said[name] for name in _AS_SAID},
    )


_AS_SAID = ("text", "service", "address", "lat", "lon", "occurred_on", "about")


def _complainant(said: dict[str, Any]) -> Complainant:
    person = Complainant.sealed(
        said["identity"],
        (get_language() or "id")[:2],
        name=said["name"],
        email=said["email"],
        phone=said["phone"],
    )
    person.save()
    return person


def subject_of(text: str) -> str:
    """The first sentence, or as many whole words of it as fit."""
    first = " ".join(text.split())
    for mark in (". ", "? ", "! "):
        first = first.split(mark)[0]
    if len(first) <= SUBJECT_LENGTH:
        return first
    return first[:SUBJECT_LENGTH].rsplit(" ", 1)[0] + "…"


def _insert(case: Case) -> None:
    """Save under a fresh reference; on the rare collision, under another."""
    for attempt in range(5):
        case.reference = new_reference(case.received_at)
        try:
            with transaction.atomic():
                case.save(force_insert=True)
            return
        except IntegrityError as error:
            if "reference" not in str(error) or attempt == 4:
                raise
