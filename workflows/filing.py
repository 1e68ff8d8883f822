"""Filing: how a complaint becomes a case. With `actions.act` the only door."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import languages
from accounts.models import User
from casework import sealing, timeline, uploads
from casework.actors import CitizenActor
from casework.conflicts import people_named_in
from casework.models import CONTACTS, Audience, Case, Channel, Complainant, Identity, Kind, Receipt
from casework.references import new_reference
from workflows import receipts, spoken
from workflows.actions import attach, forget_copies, start_run
from workflows.clocks import keeping, row
from workflows.errors import Invalid, Refused
from workflows.flows import ComplaintFlow
from workflows.forms.filing import FilingForm, StaffFilingForm
from workflows.receiving import receiving_unit
from workflows.resent import brings_more, digest_of, words_in


class KeyReused(Refused):
    """The token of an earlier filing came back with another content, or from somebody else.

    `earlier`: what was filed under it, where whoever sends it may know: they filed it.
    """

    title = _("This key was used before with another content.")

    def __init__(self, earlier: Case | None = None) -> None:
        super().__init__(self.title)
        self.earlier = earlier


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
    admit: Callable[[], None] | None = None,
) -> Filed:
    """File a complaint.

    `by`: the member of staff who types it in for somebody. `token`: of the form; it files one case
    however often it is sent with the same content. `body_digest`: of that content, where a program
    sends it; else it is what the form says. `admit` is called once all that was said is good, and
    may raise. Raises `Invalid` and `KeyReused` (422).
    """
    form = _form(payload, by)
    digest = body_digest or digest_of(words_in(form))
    again = partial(filed_before, token, digest, by, {} if body_digest else payload)
    filed = again() or _once(form, by, channel, token, digest, admit, again)
    forget_copies(payload)
    return filed


def _once(
    form: FilingForm,
    by: User | None,
    channel: str,
    token: str,
    digest: str,
    admit: Callable[[], None] | None,
    again: Callable[[], Filed | None],
) -> Filed:
    """File it, or give what the same form filed at this moment."""
    if not form.is_valid():
        raise Invalid(form.errors)
    if admit:
        admit()
    try:
        with transaction.atomic():
            return _file(form.cleaned_data, by, channel, token, digest)
    except IntegrityError:
        if (earlier := again()) is None:
            raise
        return earlier


def _form(payload: Mapping[str, Any], by: User | None) -> FilingForm:
    return (StaffFilingForm if by else FilingForm)(payload)


def sent_before(payload: Mapping[str, Any], token: str, by: User | None = None) -> Filed | None:
    """What a form filed already under its token, or None. Raises `KeyReused` if it says more."""
    earlier = filed_before(token, digest_of(words_in(_form(payload, by))), by, payload)
    if earlier:
        forget_copies(payload)
    return earlier


def filed_before(
    token: str, digest: str, by: User | None = None, payload: Mapping[str, Any] | None = None
) -> Filed | None:
    """What was filed under this token with the same content, or None.

    `payload`: names the files of a form, which are not in the digest. Raises `KeyReused`, also for
    anybody but the citizen who filed it or the clerk `by`.
    """
    if not token:
        return None
    receipt = (
        Receipt.objects.filter(token_digest=sealing.digest("receipt", token))
        .select_related("case__complainant", "case__unit")
        .first()
    )
    if receipt is None:
        return None
    if receipt.clerk_id != (by.pk if by else None):
        raise KeyReused
    if receipt.body_digest != digest or brings_more(receipt.case, payload or {}):
        raise KeyReused(receipt.case)
    return Filed(receipt.case, receipts.secret_of(receipt) or None)


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
        data=_facts(case),
        task_id=case.entered_task_id,
    )
    keeping.begin(case, event)
    case.save(update_fields=(*timeline.HEAD, *row.FIELDS))
    attach(case, event, said["upload"])
    if by and said["proof_upload"]:
        _keep_scan(case, by, said["proof_upload"])
    if token:
        receipts.issue(case, secret, token, clerk=by, body_digest=digest)
    return Filed(case, secret)


def _keep_scan(case: Case, clerk: User, upload: str) -> None:
    """The letter, or the form that was signed: it shows who wrote it, as any proof."""
    if uploads.staged(upload).exists():
        attach(case, timeline.record(case, "proof", clerk), upload)
        case.save(update_fields=timeline.HEAD)


def _facts(case: Case) -> dict[str, Any]:
    """Who types it in for somebody says so, and when it was received where that was before."""
    facts: dict[str, Any] = {"channel": case.channel}
    if case.filed_by:
        facts["on_behalf"] = True
    if case.received_at != case.created_at:
        facts["received_at"] = case.received_at.isoformat()
    return facts


def _new_case(said: dict[str, Any], by: User | None, channel: str, secret: str) -> Case:
    now = timezone.now()
    category = said["category"] or (said["service"] and said["service"].category)
    person = _complainant(said)
    text = said["text"] or spoken.placeholder(person.language)
    case = Case(
        text=text,
        to_transcribe=not said["text"],
        subject=said["subject"] or spoken.subject_of(text),
        category=category,
        restricted=bool(category and category.restricted),
        kind=said.get("kind") or Kind.COMPLAINT,
        complainant=person,
        secret_digest=sealing.secret_digest(secret),
        channel=said.get("channel") or channel,
        filed_by=by,
        received_at=said.get("received_at") or now,
        created_at=now,
        last_words=spoken.in_short(text),
        last_words_at=now,
        about_people=people_named_in(said["about"]),
        **{name: said[name] for name in _AS_SAID},
    )
    unit = receiving_unit(case)
    if unit is None:
        raise Invalid({"text": [_("No unit receives complaints yet. Please come back later.")]})
    case.unit = unit
    return case


_AS_SAID = ("service", "address", "lat", "lon", "occurred_on", "about", "about_unit")


def _complainant(said: dict[str, Any]) -> Complainant:
    person = Complainant.sealed(
        said["identity"],
        said.get("language") or _language(said["identity"]),
        **{name: said.get(name, "") for name in CONTACTS},
    )
    person.save()
    return person


def _language(identity: str) -> str:
    """What they read this in; of those who stay without a name not even that is kept."""
    language = None if identity == Identity.NONE else get_language()
    return (language or languages.own())[:2]


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
