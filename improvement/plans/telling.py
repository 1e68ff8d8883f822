""" "You said, we did": what everybody may read of a plan."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from improvement import access
from improvement.models import Plan, Told
from improvement.plans.keeping import lock, note


@transaction.atomic
def tell(plan: Plan, by: User, said: str, did: str) -> Told:
    """Publish these words in place of those before. Raises `Forbidden`, `NoLonger`."""
    locked = lock(plan)
    still = access.can_publish(by, locked)
    access.require(locked, theirs=access.can_write(by, locked.unit_id), still=still)
    words = {"said": said, "did": did, "by": by, "published_at": timezone.now()}
    told, _made = Told.objects.update_or_create(plan=locked, defaults=words)
    note(locked, "told", by, said)
    return told
