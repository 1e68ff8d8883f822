"""Who comes to the staff, or to lead a unit, after a complaint that is about them."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from accounts.models import Membership, User
from casework.actors import SYSTEM
from casework.conflicts import is_party, names_in
from casework.models import Case
from casework.querysets import NAMING
from workflows.actions import act
from workflows.protection import is_settled
from workflows.receiving import impartial_unit

#: What somebody is known by: signing in writes on their row, too.
_NAMES = {"first_name", "last_name", "username"}


def look_again(user: User) -> None:
    """Keep from a person the complaints that name them, and from their unit what is about them.

    In the transaction that changes the person: they are kept from all of them, or nothing changes.
    """
    for case in [*_that_name(user), *_that_they_lead(user)]:
        act(case, "recognise", SYSTEM)


def _that_name(user: User) -> list[Case]:
    """Of which nobody has said that they are not meant. Without a role they read none."""
    if not user.memberships.exists():
        return []
    is_meant = names_in(user)
    others = Case.objects.filter(NAMING).exclude(about_people__contains=[user.pk])
    texts = others.values_list("pk", "about").iterator()
    named = Case.objects.filter(pk__in=[pk for pk, text in texts if is_meant(text)])
    return [case for case in named.order_by("pk") if not is_settled(case)]


def _that_they_lead(user: User) -> list[Case]:
    """Live ones about them that another unit can take from those who answer to them."""
    theirs = Case.objects.live().filter(about_people__contains=[user.pk]).select_related("unit")
    led = [case for case in theirs.order_by("pk") if is_party(case.unit, case)]
    return [case for case in led if impartial_unit(case) != case.unit]


@receiver(post_save, sender=User, dispatch_uid="workflows.recognition.user")
def named_anew(instance: User, update_fields: Any = None, **_kwargs: Any) -> None:
    if update_fields is None or _NAMES & set(update_fields):
        look_again(instance)


@receiver(post_save, sender=Membership, dispatch_uid="workflows.recognition.membership")
def placed_anew(instance: Membership, **_kwargs: Any) -> None:
    look_again(instance.user)
