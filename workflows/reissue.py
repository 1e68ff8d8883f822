"""A new secret in the place of a lost one: by a mailed key, or at the counter by two people.

docs/decisions/0010 has the reasons. The old secret and every link die when the new one is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from casework import links, sealing, uploads
from casework.access import can_look_at_identity, is_citizen, is_member, is_system, sees_contacts
from casework.actors import Actor, CitizenActor, is_staff, staff_id
from casework.models import CONTACTS, Audience, Case, Channel, Complainant
from workflows import receipts
from workflows.deed import Facts, Verb
from workflows.errors import Unlawful, Unrecognisable
from workflows.forms.reissue import AskSecretForm, NewSecretForm
from workflows.forms.staff import EmptyForm, ReasonForm

#: How long a request at the counter waits for a colleague, and then for the printer.
REQUEST_LASTS = timedelta(hours=24)
#: Keeps the digests of mailed keys apart from others.
PURPOSE = "secret key"


# Whose mailbox it is


def came_by_mail(actor: Actor, case: Case) -> bool:
    """The complainant, by a link that we mailed to the address they gave."""
    return isinstance(actor, CitizenActor) and is_citizen(actor, case) and actor.came_by == "mail"


def know_by_mail(case: Case, actor: Actor) -> None:
    """Whoever acts by a link that we mailed reads that mailbox: from now on the address counts."""
    if came_by_mail(actor, case):
        unknown = Complainant.objects.filter(pk=case.complainant_id, email_verified_at=None)
        unknown.update(email_verified_at=timezone.now())


def is_unverified(case: Case) -> bool:
    return case.complainant.has_push_channel and case.complainant.email_verified_at is None


def is_verified(case: Case) -> bool:
    return case.complainant.has_push_channel and case.complainant.email_verified_at is not None


# At the counter


def is_recognisable(case: Case) -> bool:
    """Whether anything is known by which to tell the complainant from somebody else."""
    return any(getattr(case.complainant, f"sealed_{name}") for name in CONTACTS)


def can_recognise(actor: Actor, case: Case) -> bool:
    """Whoever may read the name and contacts, for a reason too."""
    return sees_contacts(actor, case) or can_look_at_identity(actor, case)


def is_asked(case: Case) -> bool:
    """Whether a request waits for a second person."""
    return _is_fresh(case) and not case.secret_approved


def _is_fresh(case: Case) -> bool:
    return case.secret_until is not None and timezone.now() < case.secret_until


def can_agree(actor: Actor, case: Case) -> bool:
    """Anybody who handles the case, but who asked."""
    return is_member(actor, case) and staff_id(actor) != case.secret_asker_id


def can_change(actor: Actor, case: Case) -> bool:
    """Whoever has the key; at the counter who asked, once a colleague agreed."""
    if isinstance(actor, CitizenActor):
        return is_citizen(actor, case) and actor.came_by == "key"
    agreed = case.secret_approved and _is_fresh(case)
    return agreed and is_member(actor, case) and staff_id(actor) == case.secret_asker_id


def asked(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    _put_request(case, staff_id(actor))
    return {}


def approved(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    case.secret_approved = True
    return {"asker": case.secret_asker_id}


def refused(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    asker = case.secret_asker_id
    _put_request(case, None)
    return {"asker": asker}


def _put_request(case: Case, asker: int | None) -> None:
    case.secret_asker_id, case.secret_approved = asker, False
    case.secret_until = timezone.now() + REQUEST_LASTS if asker else None


def change(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    """Make the new secret; old ones, links, keys and requests end. Raises `Unlawful`."""
    by_key = not is_staff(actor)
    if by_key and not _key_of(case, said["token"]).exists():
        raise Unlawful
    secret = sealing.new_secret()
    case.secret_digest = sealing.secret_digest(secret)
    links.revoke_links(case)
    case.secret_keys.all().delete()
    receipts.forget_all(case)
    _put_request(case, None)
    token = said["token"] if by_key else uploads.new_token()
    receipts.issue(case, secret, token, clerk=actor if is_staff(actor) else None, anew=True)
    return {"channel": Channel.EMAIL if by_key else Channel.COUNTER}


def _key_of(case: Case, key: str) -> Any:
    digest = sealing.digest(PURPOSE, key)
    return case.secret_keys.filter(token_digest=digest, expires_at__gt=timezone.now())


def _why(case: Case, said: Mapping[str, Any]) -> str:
    return f"{said['reason']}\n\n{said['recognised']}"


#: What each answers is the newest request, and the one that was read.
HANGS_ON = {"approve_secret": ("ask_secret",), "refuse_secret": ("ask_secret",)}

VERBS: dict[str, Verb] = {
    "verify": Verb(EmptyForm, by=came_by_mail, lawful=is_unverified),
    # That somebody asked on the web; nothing in it tells whether they named the right address.
    "secret_link": Verb(EmptyForm, audience=Audience.STEP, by=is_system, lawful=is_verified),
    "ask_secret": Verb(
        AskSecretForm,
        asked,
        words=_why,
        by=can_recognise,
        lawful=is_recognisable,
        refusal=Unrecognisable,
    ),
    "approve_secret": Verb(EmptyForm, approved, by=can_agree, lawful=is_asked),
    "refuse_secret": Verb(ReasonForm, refused, by=can_agree, lawful=is_asked),
    "new_secret": Verb(NewSecretForm, change, Audience.STEP, by=can_change),
}
