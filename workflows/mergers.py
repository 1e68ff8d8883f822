"""Mergers: what is locked with a case, and what becomes of those merged into it before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from casework import timeline
from casework.actors import Actor
from casework.models import Audience, Case
from casework.references import read_reference
from workflows import telling
from workflows.errors import Stale
from workflows.lock import locked_cases


def lock_with_followers(case: Case, payload: Mapping[str, Any]) -> Case:
    """Lock a case, the target of its merger, and those merged into it.

    In the order of ids, so that none deadlock.

    Raises `Stale` where one more was merged into it meanwhile: to lock that one now would be out
    of order.
    """
    into = read_reference(str(payload.get("into", "")))
    concerned = Case.objects.filter(Q(reference=into) | Q(merged_into=case))
    rows = locked_cases(case.pk, *concerned.values_list("pk", flat=True))
    locked = rows[case.pk]
    locked.followers = [row for row in rows.values() if row.merged_into_id == case.pk]
    if Case.objects.filter(merged_into=case).count() != len(locked.followers):
        raise Stale([])
    return locked


def take_along(case: Case, into: Case, actor: Actor) -> None:
    """Whoever was merged into a case goes on with it; their own history says where.

    They are told of it where they read another status from then on.
    """
    changes = case.status != into.status
    for follower in case.followers:
        follower.merged_into = into
        event = timeline.record(
            follower,
            "follow",
            actor,
            audience=Audience.STEP if changes else Audience.INTERNAL,
            data={"from": case.reference, "into": into.reference},
        )
        telling.keep_track(follower, event)
        follower.save()
