"""Who may see and do what in improvement: the one door to themes, plans, concerns and reports.

Every `can_*` answers without changing anything; pages that show buttons ask them. Doors ask the
same, by `require`, in two halves: what is not theirs is 404, what is over is a sentence.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from accounts.rights import Role
from improvement.errors import Forbidden, NoLonger
from improvement.models import UNDER_WAY, Action, Plan, Report, Stage, Theme, Version

#: Who reads what units improve, who writes plans, and who lets them pass.
READERS = (Role.QUALITY, Role.SUPERVISOR, Role.LEADER, Role.AUDITOR)
WRITERS = (Role.QUALITY, Role.SUPERVISOR)
APPROVERS = (Role.QUALITY, Role.SUPERVISOR, Role.LEADER)
#: What became of a plan while somebody wrote.
_BECAME = {
    Stage.DRAFT: _("Meanwhile this plan is a draft again."),
    Stage.PROPOSED: _("Meanwhile approval was asked for this plan."),
    Stage.APPROVED: _("Meanwhile this plan was approved."),
    Stage.JUDGED: _("Meanwhile the verdict of this plan was put on record."),
    Stage.STOPPED: _("Meanwhile this plan was stopped."),
}


def units_read_by(user: User) -> frozenset[int]:
    """The ids of the units whose themes, plans, concerns and reports somebody reads."""
    return user.rights.where(*READERS)


def visible_themes(user: User) -> QuerySet[Theme]:
    return Theme.objects.filter(unit__in=units_read_by(user))


def visible_plans(user: User) -> QuerySet[Plan]:
    """Those of the units that they read, and those in which something is theirs to do."""
    mine = Q(actions__owner=user) | Q(versions__owner=user)
    own = Plan.objects.filter(mine).values("pk")
    return Plan.objects.filter(Q(unit__in=units_read_by(user)) | Q(pk__in=own))


def visible_reports(user: User) -> QuerySet[Report]:
    return Report.objects.filter(unit__in=units_read_by(user))


def visible_plan(user: User, code: str) -> Plan:
    """Raises `Http404` where there is none, or none for them."""
    plans = visible_plans(user).select_related("unit", "theme", "author", "approved_by")
    plan = plans.filter(code=code).first()
    if plan is None:
        raise Http404(code)
    return plan


def units_written_by(user: User) -> frozenset[int]:
    """The ids of the units in which `can_write` is so."""
    return _where(user, *WRITERS)


def units_to_begin_in(user: User) -> QuerySet[Unit]:
    """Those of which somebody may begin a plan or a report: none that is closed."""
    return Unit.objects.filter(pk__in=units_written_by(user), active=True)


def can_write(user: User, unit_id: int) -> bool:
    """Write plans of a unit, decide on its themes, answer its concerns, make its reports."""
    return unit_id in units_written_by(user)


def writes_somewhere(user: User) -> bool:
    return bool(units_written_by(user))


def _where(user: User, *roles: Role) -> frozenset[int]:
    """The ids of the units in which somebody acts in a role; who has left acts nowhere."""
    return user.rights.where(*roles) if user.is_active else frozenset()


def require(plan: Plan, *, theirs: bool, still: bool) -> None:
    """Raise `Forbidden` for what is not theirs to do, `NoLonger` for what was and is over."""
    if not theirs:
        raise Forbidden
    if not still:
        raise NoLonger(_BECAME[Stage(plan.stage)])


def can_edit(user: User, plan: Plan) -> bool:
    """A plan that is settled stands: what came of it is on record."""
    return plan.stage in UNDER_WAY and can_write(user, plan.unit_id)


def can_propose(user: User, plan: Plan) -> bool:
    return plan.stage == Stage.DRAFT and can_write(user, plan.unit_id)


def may_approve_plans(user: User, plan: Plan) -> bool:
    """Whether approving is theirs at all, in that unit."""
    return plan.unit_id in _where(user, *APPROVERS)


def _written_by(user: User) -> Q:
    """Plans of which any is theirs."""
    return Q(author=user) | Q(pk__in=Version.objects.filter(by=user).values("plan"))


def wrote(user: User, plan: Plan) -> bool:
    """Whether any of it is theirs: who wrote a version of it does not approve it."""
    return Plan.objects.filter(_written_by(user), pk=plan.pk).exists()


def can_approve(user: User, plan: Plan) -> bool:
    return plan.stage == Stage.PROPOSED and may_approve_plans(user, plan) and not wrote(user, plan)


def plans_to_approve(user: User) -> QuerySet[Plan]:
    """Those of which `can_approve` is so."""
    waiting = Plan.objects.filter(stage=Stage.PROPOSED, unit__in=_where(user, *APPROVERS))
    return waiting.exclude(_written_by(user))


def may_act(user: User, action: Action) -> bool:
    """Whether an action is theirs at all: who owns it, and who writes the plan."""
    return action.owner_id == user.pk or can_write(user, action.plan.unit_id)


def can_act(user: User, action: Action) -> bool:
    """Say that it is done, keep the list of a training."""
    return action.plan.holds and may_act(user, action)


def can_review(user: User, plan: Plan) -> bool:
    """Review it, judge it by its rule, tell the public of it."""
    return plan.holds and can_write(user, plan.unit_id)


def can_publish(user: User, plan: Plan) -> bool:
    return plan.approved_id is not None and can_write(user, plan.unit_id)


def may_sign(user: User, report: Report) -> bool:
    """Whether signing is theirs at all: the leader of the unit or of one above."""
    return report.unit_id in _where(user, Role.LEADER)


def can_sign(user: User, report: Report) -> bool:
    return report.signed_id is None and may_sign(user, report)
