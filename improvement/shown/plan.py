"""All that the page of a plan shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from improvement import access, smart
from improvement.indicators import Aim, Level
from improvement.models import Action, Plan, Review, Version
from improvement.plans.beside import Beside
from improvement.plans.judging import (
    as_data,
    is_over,
    judged,
    next_review,
    settles_after,
)
from improvement.shown import chart
from improvement.shown import verdict as verdicts
from improvement.shown.levels import counts, in_words, value_in_words
from improvement.statistics.verdict import Doubt

#: A due date that comes in so many days is near.
NEAR = 7


@dataclass(frozen=True)
class Doing:
    """An action with how it stands: kept, late, soon or calm."""

    action: Action
    state: str
    share: int
    words: str
    may_act: bool

    @property
    def training(self) -> Any:
        return getattr(self.action, "training", None)


@dataclass(frozen=True)
class Looked:
    """A review with its numbers in words."""

    review: Review
    planned: str
    actual: str
    counts: str


def shown(row: Plan, version: Version, user: User, now: datetime) -> dict[str, Any]:
    """The context of the page: plan, version, letters, figures, actions, reviews, what may be."""
    aim, today = Aim.of(version, row.unit), timezone.localdate(now)
    frozen, reviews = Level.frozen(version), list(row.reviews.select_related("by"))
    return {
        **_measured(row, now),
        "baseline": in_words(frozen),
        "baseline_counts": counts(frozen),
        "target": value_in_words(version.target, is_share=aim.is_share),
        "plan": row,
        "version": version,
        "newest": row.newest,
        "versions": row.versions.select_related("by").order_by("-number"),
        "aim": aim,
        "letters": smart.letters(version),
        "declared": verdicts.rule_in_words(version),
        "actions": actions_of(row, user, today),
        "reviews": [_looked(review, Aim.of(row.in_force, row.unit)) for review in reviews],
        "next_review": _next(row, reviews),
        "history": row.entries.select_related("by"),
        "told": getattr(row, "told", None),
        "may": _may(row, user, version, now),
    }


def _measured(row: Plan, now: datetime) -> dict[str, Any]:
    """Series and verdict (on record, or as it would be now) of the version in force.

    Whichever version is read: the others were never carried out.
    """
    version, found = row.in_force, judged(row, now)
    aim = Aim.of(version, row.unit)
    settled, weeks = getattr(row, "verdict", None), found.weeks
    data = settled.data if settled else as_data(found.judgement)
    word = settled.word if settled else found.judgement.word
    return {
        "in_force": version,
        "declared_at": row.declared_at,
        "settles_after": settles_after(version),
        "measured": aim,
        "measured_target": value_in_words(version.target, is_share=aim.is_share),
        "series": chart.draw(
            weeks.all,
            found.usual,
            aim.is_share,
            version.starts_on if row.approved_id else None,
            None if version.target is None else float(version.target),
        ),
        "weeks_after": len(weeks.after),
        "verdict": verdicts.shown(data, word, version, aim),
        "beside": _beside(found.beside),
        "settled": settled,
    }


def _beside(found: Beside | None) -> dict[str, str] | None:
    """What stands beside the verdict, in words."""
    if found is None:
        return None
    moved = found.doubt == Doubt.MOVED
    label = _("Only because the date moved") if moved else _("Missed for this reason")
    before, after = (
        verdicts.part_in_words(part, is_share=moved) for part in (found.before, found.after)
    )
    return {"label": label, "before": before, "after": after}


def actions_of(row: Plan, user: User, today: date) -> list[Doing]:
    found = row.actions.select_related("owner", "done_by", "training")
    found = found.prefetch_related("training__sessions__attendances")
    doing = []
    for action in found:
        action.plan = row
        doing.append(_doing(action, user, today))
    return doing


def _doing(action: Action, user: User, today: date) -> Doing:
    may = action.done_on is None and access.can_act(user, action)
    if action.done_on:
        return Doing(action, "kept", 100, _done_in_words(action), may)
    days = (action.due_on - today).days
    state = "late" if days < 0 else "soon" if days <= NEAR else "calm"
    return Doing(action, state, 100 if days < 0 else max(100 - days, 10), _days(days), may)


def _done_in_words(action: Action) -> str:
    in_time = action.done_on is not None and action.done_on <= action.due_on
    return _("done in time") if in_time else _("done late")


def _days(days: int) -> str:
    if days < 0:
        return _("%(n)s days late") % {"n": -days}
    return _("in %(n)s days") % {"n": days} if days else _("today")


def _looked(review: Review, aim: Aim) -> Looked:
    level = Level(review.actual_number, review.actual_among, review.first, review.last)
    planned = value_in_words(review.planned, is_share=aim.is_share)
    return Looked(review, planned, in_words(level), counts(level))


def _next(row: Plan, reviews: list[Review]) -> date | None:
    if not row.holds:
        return None
    return next_review(row.in_force, reviews[-1].held_on if reviews else None)


def _may(row: Plan, user: User, version: Version, now: datetime) -> dict[str, bool]:
    """What the page offers: the doors ask the same rules again."""
    in_force = row.in_force
    is_newest = version.number == row.newest.number
    return {
        "edit": access.can_edit(user, row),
        "propose": access.can_propose(user, row) and is_newest,
        "approve": access.can_approve(user, row) and is_newest,
        "wrote": access.may_approve_plans(user, row) and access.wrote(user, row),
        "review": access.can_review(user, row) and in_force.is_running(timezone.localdate(now)),
        "settle": access.can_review(user, row) and is_over(in_force, now),
        "publish": access.can_publish(user, row),
    }
