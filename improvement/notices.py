"""What people are told of improvement, and who hears it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from accounts.rights import Role
from improvement.access import APPROVERS, wrote
from improvement.models import HOLDS, Action, Found, Plan, Report, Theme, Version
from improvement.plans.due import due_reviews
from improvement.plans.judging import settles_after
from notifications import notices
from workflows.jobs import Turn, zone_of_the_agency

#: Who owns something that is overdue hears of it again after so long.
AGAIN = timedelta(days=7)

SENTENCES = {
    "action_late": _("Overdue in %(plan)s: %(title)s"),
    "review_due": _("%(plan)s is to be reviewed: %(title)s"),
    "plan_proposed": _("%(plan)s waits for approval: %(title)s"),
    "plan_approved": _("%(plan)s is approved: %(title)s"),
    "plan_sent_back": _("%(plan)s came back: %(title)s"),
    "plan_over": _("%(plan)s is over; its verdict can be put on record: %(title)s"),
    "action_yours": _("Yours to do in %(plan)s: %(title)s"),
    "report_made": _("A report is there to be signed off: %(title)s"),
    "theme_found": _("Something stands out: %(title)s"),
    "theme_alike": _("Complaints in nearly the same words: %(title)s"),
}


def register() -> None:
    for kind, sentence in SENTENCES.items():
        notices.register(kind, sentence)


def look_for_overdue(turn: Turn) -> None:
    """Tell those whose it is what is overdue, by the day of the agency."""
    today = timezone.localdate(turn.now, zone_of_the_agency())
    _tell_late_actions(today)
    _tell_reviews(today)
    _tell_over(today)


def _tell_late_actions(today: date) -> None:
    late = Action.objects.filter(
        done_on=None, due_on__lt=today, plan__in=Plan.objects.filter(HOLDS)
    )
    late = late.filter(Q(told_late_on=None) | Q(told_late_on__lte=today - AGAIN))
    for action in late.select_related("plan__approved__owner", "owner"):
        _tell_late(action, today)


def _tell_reviews(today: date) -> None:
    for due in due_reviews(Plan.objects.all(), today):
        version = due.plan.approved
        if version and version.owner and due.due_on < (version.due_on or today):
            key = f"review.{due.plan.pk}.{due.due_on}"
            _of_plan("review_due", due.plan, version, [version.owner], key)


def _tell_over(today: date) -> None:
    over = Plan.objects.filter(HOLDS, approved__due_on__lt=today)
    for plan in over.select_related("approved__owner", "author"):
        last = settles_after(plan.in_force)
        if last is None or today <= last:
            continue
        people = {plan.author, plan.in_force.owner or plan.author}
        _of_plan("plan_over", plan, plan.in_force, people, f"over.{plan.pk}")


@transaction.atomic
def _tell_late(action: Action, today: date) -> None:
    """Its owner, and who owns the plan. The day is written with it: no day tells twice."""
    people = {action.owner, action.plan.in_force.owner or action.owner}
    key = f"late.{action.pk}.{today}"
    address = reverse("improvement:plan", args=[action.plan.code])
    notices.tell(
        people,
        "action_late",
        dedupe=key,
        address=address,
        plan=action.plan.code,
        title=action.title,
    )
    Action.objects.filter(pk=action.pk).update(told_late_on=today)


def action_given(action: Action) -> None:
    """Whoever is to do it hears of it once the plan is in force."""
    if action.plan.holds:
        address = reverse("improvement:plan", args=[action.plan.code])
        key = f"yours.{action.pk}.{action.owner_id}"
        facts = {"plan": action.plan.code, "title": action.title}
        notices.tell([action.owner], "action_yours", dedupe=key, address=address, **facts)


def proposed(plan: Plan, version: Version) -> None:
    people = [user for user in _with_role(plan.unit, *APPROVERS) if not wrote(user, plan)]
    # The same version may be asked for again, once it came back.
    key = f"proposed.{version.pk}.{plan.entries.count()}"
    _of_plan("plan_proposed", plan, version, people, key)


def passed(plan: Plan, version: Version, kind: str) -> None:
    """`kind`: plan_approved or plan_sent_back; who wrote it hears of it, and its owner."""
    people = {version.by, plan.author, version.owner or plan.author}
    _of_plan(kind, plan, version, people, f"{kind}.{version.pk}.{plan.entries.count()}")
    if kind == "plan_approved":
        for action in plan.actions.select_related("owner"):
            action.plan = plan
            action_given(action)


def report_made(report: Report) -> None:
    address = reverse("improvement:report", args=[report.pk])
    people = _with_role(report.unit, Role.LEADER, Role.QUALITY)
    title = f"{report.unit.name}, {report.first:%Y-%m-%d} \N{EN DASH} {report.last:%Y-%m-%d}"
    notices.tell(people, "report_made", dedupe=f"report.{report.pk}", address=address, title=title)


def theme_found(theme: Theme) -> None:
    address = reverse("improvement:theme", args=[theme.pk])
    people = _with_role(theme.unit, Role.QUALITY)
    kind = "theme_alike" if theme.found == Found.WORDS else "theme_found"
    key = f"theme.{theme.pk}"
    notices.tell(people, kind, dedupe=key, address=address, title=theme.service)


def _of_plan(kind: str, plan: Plan, version: Version, people: Iterable[User], dedupe: str) -> None:
    address = reverse("improvement:plan", args=[plan.code])
    facts = {"plan": plan.code, "title": version.title}
    notices.tell(people, kind, dedupe=dedupe, address=address, **facts)


def _with_role(unit: Unit, *roles: str) -> list[User]:
    """Active people who have one of the roles in the unit or in one above it."""
    path = [int(pk) for pk in unit.path.strip(".").split(".")]
    found = User.objects.filter(
        memberships__unit__in=path, memberships__role__in=roles, is_active=True
    )
    return list(found.distinct())
