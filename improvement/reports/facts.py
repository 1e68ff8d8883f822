"""What a report is made of: facts of plans, trainings, concerns and figures, frozen as data.

Words that the program says are made in each language when the report is drawn; here are codes,
numbers, days (ISO) and what people wrote.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import Unit
from figures.scope import Period
from improvement import indicators
from improvement.indicators import Aim, Level
from improvement.models import (
    HOLDS,
    Action,
    Concern,
    Decision,
    Plan,
    Reach,
    Review,
    Theme,
    Training,
    Verdict,
    Version,
)
from improvement.plans.judging import judged
from improvement.reports.kept import day_as_data, in_each_language, level_as_data
from improvement.reports.units import of_units

#: What is read of a plan with it.
_RELATED = ("unit", "theme", "approved__owner", "approved__category", "approved__cause")


def gather(unit: Unit, first: date, last: date, now: datetime) -> dict[str, Any]:
    """All that the report of a unit, with those below it, says of a period."""
    plans = _plans(unit, first, last)
    return {
        "unit": unit.name,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "as_of": now.isoformat(),
        "plans": [_plan(plan, first, last, now) for plan in plans],
        "coming": [_words(plan, plan.in_force) for plan in _coming(unit, last)],
        "themes": [_theme(theme) for theme in _themes(unit, first, last)],
        "concerns": _concerns(unit, first, last),
        "units": of_units(unit, first, last, now),
    }


def _plans(unit: Unit, first: date, last: date) -> list[Plan]:
    """Those that ran, were judged or were stopped in these days: approved, and not over before."""
    found = Plan.objects.filter(unit__path__startswith=unit.path).exclude(approved=None)
    stopped = Review.objects.filter(decision=Decision.STOP, held_on__lt=first).values("plan")
    over = Q(verdict__at__date__lt=first) | Q(pk__in=stopped)
    running = found.filter(Q(approved__starts_on__lte=last) & ~over)
    return list(running.select_related(*_RELATED, "verdict").order_by("pk"))


def _coming(unit: Unit, last: date) -> QuerySet[Plan]:
    """Those that are approved and start after these days."""
    found = Plan.objects.filter(HOLDS, unit__path__startswith=unit.path)
    later = found.filter(approved__starts_on__gt=last)
    return later.select_related(*_RELATED).order_by("approved__starts_on", "pk")


def _plan(plan: Plan, first: date, last: date, now: datetime) -> dict[str, Any]:
    """What a plan says, how its indicator stands, and what was done under it."""
    return {
        **_words(plan, plan.in_force),
        **_numbers(plan, plan.in_force, first, last, now),
        "actions": _actions(plan, first, last),
        "trainings": _trainings(plan, first, last),
        "reviews": [_review(row) for row in plan.reviews.filter(held_on__range=(first, last))],
    }


def _words(plan: Plan, version: Version) -> dict[str, Any]:
    names = ("title", "problem", "change", "relevance", "affected", "evidence")
    return {
        **{name: getattr(version, name) for name in names},
        "code": plan.code,
        "unit": plan.unit.name,
        "stage": plan.stage,
        "theme": in_each_language(lambda: plan.theme.name if plan.theme else ""),
        "owner": version.owner.display_name if version.owner else "",
        "starts_on": day_as_data(version.starts_on),
        "due_on": day_as_data(version.due_on),
    }


def _numbers(
    plan: Plan, version: Version, first: date, last: date, now: datetime
) -> dict[str, Any]:
    """The indicator in the period, and what came of the plan: nothing of after it was stopped."""
    aim, stopped_on = Aim.of(version, plan.unit), plan.stopped_on
    until = min(last, stopped_on or last)
    return {
        "label": in_each_language(lambda: aim.label),
        "is_share": aim.is_share,
        "wants_more": aim.wants_more,
        "target": None if version.target is None else float(version.target),
        "level": float(version.level),
        "least": version.least,
        "baseline": level_as_data(Level.frozen(version)),
        "in_period": level_as_data(indicators.measure(aim, first, until, now)),
        "stopped_on": day_as_data(stopped_on),
        **_what_came_of(plan, until, now),
    }


def _what_came_of(plan: Plan, until: date, now: datetime) -> dict[str, Any]:
    """The verdict on record; of what has none the numbers up to a day, and no word.

    A word that is said before its time can be waited for (decision 14), and so can a number
    that goes on after the days of the report.
    """
    settled: Verdict | None = getattr(plan, "verdict", None)
    if settled is not None:
        return {"verdict": settled.data, "word": settled.word, "is_settled": True}
    found = judged(plan, min(now, Period(until, until).ends_at)).judgement
    numbers = {"before": found.before, "after": found.after}
    return {"verdict": numbers, "word": "", "is_settled": False}


def _actions(plan: Plan, first: date, last: date) -> list[dict[str, Any]]:
    """Those that were not done before these days."""
    found = plan.actions.exclude(done_on__lt=first).select_related("owner")
    return [
        {
            "title": action.title,
            "owner": action.owner.display_name,
            "due_on": action.due_on.isoformat(),
            "done_on": day_as_data(action.done_on),
            "proof": action.proof,
            "is_late": _is_late(action, last),
        }
        for action in found
    ]


def _is_late(action: Action, last: date) -> bool:
    """Whether it was due in these days or before, and was not done by then."""
    is_in_time = action.done_on is not None and action.done_on <= action.due_on
    return action.due_on <= last and not is_in_time


def _trainings(plan: Plan, first: date, last: date) -> list[dict[str, Any]]:
    """Of the sessions that were held in these days: people, hours and points."""
    rows = Training.objects.filter(action__plan=plan).order_by("action")
    found = []
    for training in rows.prefetch_related("sessions__attendances"):
        held = [each for each in training.sessions.all() if first <= each.held_on <= last]
        reached = Reach(held)
        before, after, tested = reached.gain or (None, None, 0)
        found.append(
            {
                "course": training.course,
                "planned": training.planned,
                "sessions": len(held),
                "people": reached.people,
                "hours": reached.hours,
                "person_hours": reached.person_hours,
                "tested": tested,
                "before": before,
                "after": after,
            }
        )
    return found


def _review(review: Review) -> dict[str, Any]:
    return {
        "held_on": review.held_on.isoformat(),
        "planned": float(review.planned),
        "actual": level_as_data(
            Level(review.actual_number, review.actual_among, review.first, review.last)
        ),
        "cause": review.cause,
        "correction": review.correction,
        "decision": review.decision,
        "as_planned": review.as_planned,
        "occasions": review.occasions,
        "fidelity": review.fidelity,
    }


def _themes(unit: Unit, first: date, last: date) -> QuerySet[Theme]:
    found = Theme.objects.filter(unit__path__startswith=unit.path)
    noticed = found.filter(noticed_at__date__range=(first, last))
    return noticed.select_related("unit", "category", "cause").order_by("noticed_at")


def _theme(theme: Theme) -> dict[str, Any]:
    return {
        "name": in_each_language(lambda: theme.name),
        "unit": theme.unit.name,
        "first": theme.first.isoformat(),
        "last": theme.last.isoformat(),
        "events": theme.events,
        "expected": theme.expected,
        "state": theme.state,
        "why": theme.why,
    }


def _concerns(unit: Unit, first: date, last: date) -> list[dict[str, Any]]:
    """What was raised in these days, and what was answered in them; never by whom."""
    days = (first, last)
    found = Concern.objects.filter(
        Q(raised_on__range=days) | Q(answered_on__range=days), unit__path__startswith=unit.path
    ).select_related("unit")
    return [
        {
            "unit": concern.unit.name,
            "raised_on": concern.raised_on.isoformat(),
            "text": concern.text,
            "answer": concern.answer,
            "answered_on": day_as_data(concern.answered_on),
        }
        for concern in found.order_by("raised_on", "pk")
    ]
