""" "You said, we did": what everybody may read of a plan."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from improvement import access
from improvement.models import Plan, Told
from improvement.plans.keeping import lock, note


@transaction.atomic
def tell(plan: Plan, by: User, title: str, said: str, did: str) -> Told:
    """Publish these words in place of those before. Raises `Forbidden`, `NoLonger`."""
    locked = _lock(plan, by)
    words = {"title": title, "said": said, "did": did}
    facts = {**words, "by": by, "published_at": timezone.now()}
    told, _made = Told.objects.update_or_create(plan=locked, defaults=facts)
    note(locked, "told", by, said, **words)
    return told


@transaction.atomic
def untell(plan: Plan, by: User) -> None:
    """Take the words back from the public; what they were is on record. Raises as `tell`."""
    locked = _lock(plan, by)
    gone, _rows = Told.objects.filter(plan=locked).delete()
    if gone:
        note(locked, "untold", by)


def _lock(plan: Plan, by: User) -> Plan:
    locked = lock(plan)
    still = access.can_publish(by, locked)
    access.require(locked, theirs=access.can_write(by, locked.unit_id), still=still)
    return locked
