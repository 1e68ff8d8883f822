"""What is overdue: actions and reviews, on the page and to those whose they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet

from accounts.models import User
from improvement.models import HOLDS, Plan
from improvement.plans.judging import next_review


@dataclass(frozen=True)
class DueReview:
    """A plan whose review is due, and since when."""

    plan: Plan
    due_on: date


def due_reviews(plans: QuerySet[Plan], today: date, owner: User | None = None) -> list[DueReview]:
    """Of the approved plans those whose next review is due; of somebody, those that they own."""
    running = plans.filter(HOLDS, approved__starts_on__lte=today)
    if owner is not None:
        running = running.filter(approved__owner=owner)
    running = running.select_related("approved__owner", "unit").distinct()
    found = []
    for plan in running.annotate(last_held=Max("reviews__held_on")):
        version = plan.approved
        due = next_review(version, plan.last_held) if version else None
        if due is not None and due <= today:
            found.append(DueReview(plan, due))
    return sorted(found, key=lambda each: each.due_on)
