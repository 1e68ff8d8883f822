""" "You said, we did": what everybody may read of a plan."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from improvement import access
from improvement.errors import Forbidden
from improvement.models import Plan, Told
from improvement.plans.keeping import lock, note


@transaction.atomic
def tell(plan: Plan, by: User, title: str, said: str, did: str) -> Told:
    """Publish these words in place of those before. Raises `Forbidden`."""
    locked = lock(plan)
    if not access.can_publish(by, locked):
        raise Forbidden
    words = {"title": title, "said": said, "did": did}
    facts = {**words, "by": by, "published_at": timezone.now()}
    told, _made = Told.objects.update_or_create(plan=locked, defaults=facts)
    note(locked, "told", by, said)
    return told
