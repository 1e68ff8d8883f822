"""What people settle about due dates: more time, dates set, promises, and why something was late.

What each of these means for the clocks is written in `workflows.clocks.settled`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from accounts.rights import Role
from casework.access import can_assign, can_work, has_role
from casework.actors import Actor, staff_id
from casework.models import Audience, Case
from casework.stages import CHECKING, KEPT_AFTER, Stage
from workflows.clocks import reading
from workflows.conditions import is_live
from workflows.deed import Facts, Verb
from workflows.errors import NoExtension
from workflows.forms.clocks import (
    AcceptLateForm,
    AskExtensionForm,
    ExplainLateForm,
    ExtendForm,
    KeepForm,
    PromiseForm,
    ReturnLateForm,
    SetDeadlineForm,
)
from workflows.forms.staff import ReasonForm
from workflows.models import Metric

#: Where something can be promised: while it is worked on, and after the answer.
_PROMISING = {Stage.WORK, Stage.REVIEW, Stage.CONFIRM, *KEPT_AFTER}


# Who


def is_assignee(actor: Actor, case: Case) -> bool:
    """Whoever has the case, and works there still."""
    mine = case.assignee_id is not None and case.assignee_id == staff_id(actor)
    return mine and has_role(actor, case, Role.INTAKE, Role.OFFICER, Role.SUPERVISOR)


def can_date(actor: Actor, case: Case) -> bool:
    """A supervisor of the unit or above, never whoever has the case: two people move a date."""
    return can_assign(actor, case) and case.assignee_id != staff_id(actor)


def can_explain(actor: Actor, case: Case) -> bool:
    """Whoever handles the case now; of what was late before, whoever decided it may tell, too."""
    roles = [Role.SUPERVISOR]
    if case.stage in CHECKING:
        roles.append(Role.INTAKE)
    return has_role(actor, case, *roles) or is_assignee(actor, case)


def can_lead(actor: Actor, case: Case) -> bool:
    return has_role(actor, case, Role.SUPERVISOR)


# What


def on_one(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    """The clock that it is about."""
    return {"clock": said["clock"].id, "metric": said["clock"].metric.value}


def more_time(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    counted = said["clock"].target.unit.value
    return on_one(case, actor, said) | {"amount": said["amount"], "counted": counted}


def set_deadline(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    return _on_answer(case) | {"until": said["until"].isoformat()}


def lift_deadline(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    return _on_answer(case)


def _on_answer(case: Case) -> Facts:
    owed = reading.answer(case)
    return {"clock": owed.id, "metric": owed.metric.value} if owed else {}


def promise(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    """To be done by the end of that day in the unit's zone."""
    over = said["until"] + timedelta(days=1)
    until = datetime.combine(over, time(), ZoneInfo(case.unit.time_zone))
    return {"metric": Metric.COMMITMENT.value, "until": until.isoformat()}


def keep(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    return on_one(case, actor, said) | {"due": said["clock"].standing.due.isoformat()}


def explain(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    return on_one(case, actor, said) | {"code": said["code"]}


def judge(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    """Accepted or sent back; `explainer`: who gave the reason, to be told."""
    code = said["clock"].standing.code
    return on_one(case, actor, said) | {"code": code, "explainer": said["explainer"]}


# When


def owes_an_answer(case: Case) -> bool:
    return is_live(case) and reading.answer(case) is not None


def may_be_extended(case: Case) -> bool:
    return is_live(case) and bool(reading.extendable(case))


def has_a_set_date(case: Case) -> bool:
    owed = reading.answer(case)
    return owed is not None and owed.is_set


def is_measured(case: Case) -> bool:
    return is_live(case) and bool(reading.by_policy(case))


def may_promise(case: Case) -> bool:
    return case.stage in _PROMISING


def has_promised(case: Case) -> bool:
    return bool(reading.promises(case))


def is_unexplained(case: Case) -> bool:
    return bool(reading.unexplained(case))


def is_unaccepted(case: Case) -> bool:
    return bool(reading.unaccepted(case))


#: What each of these answers is the newest of those, and the one that was read.
_REASONS = ("explain_late", "accept_late", "return_late")
_DATES = ("extend", "set_deadline", "lift_deadline", "retarget")
HANGS_ON: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_REASONS, _REASONS),
    **dict.fromkeys((*_DATES, "ask_extension"), ("retarget", "ask_extension")),
}
#: What time says of clocks, and what staff say among themselves about them.
BESIDE = ("warned", "late", "escalated", "due_moved", "ask_extension", "retarget", *_REASONS)
#: Sent twice, these would count twice.
ONCE = ("extend", "ask_extension", "set_deadline", "promise")

VERBS: dict[str, Verb] = {
    "extend": Verb(
        ExtendForm,
        more_time,
        Audience.PUBLIC,
        by=can_date,
        lawful=may_be_extended,
        refusal=NoExtension,
    ),
    "ask_extension": Verb(
        AskExtensionForm,
        more_time,
        by=is_assignee,
        lawful=may_be_extended,
        refusal=NoExtension,
    ),
    "set_deadline": Verb(
        SetDeadlineForm, set_deadline, Audience.PUBLIC, by=can_date, lawful=owes_an_answer
    ),
    "lift_deadline": Verb(
        ReasonForm, lift_deadline, Audience.STEP, by=can_date, lawful=has_a_set_date
    ),
    "retarget": Verb(ReasonForm, by=can_date, lawful=is_measured),
    "promise": Verb(
        PromiseForm, promise, Audience.PUBLIC, by=can_work, lawful=may_promise, rearms=True
    ),
    "keep": Verb(KeepForm, keep, Audience.PUBLIC, by=can_work, lawful=has_promised, rearms=True),
    "explain_late": Verb(ExplainLateForm, explain, by=can_explain, lawful=is_unexplained),
    "accept_late": Verb(AcceptLateForm, judge, by=can_lead, lawful=is_unaccepted),
    "return_late": Verb(ReturnLateForm, judge, by=can_lead, lawful=is_unaccepted),
}
