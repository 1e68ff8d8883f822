"""The only door to a case, and who may do what to it.

Every `can_*` takes `(actor, case)` and answers without changing anything; the flow's exits,
the door of `workflows` and the templates that show buttons ask the same functions.
"""

from __future__ import annotations

from django.http import Http404

from accounts.models import Membership, Unit
from accounts.rights import Role
from casework.actors import Actor, CitizenActor, SystemActor, is_staff, staff_id
from casework.models import Case
from casework.querysets import sight_of
from casework.references import read_reference
from casework.stages import CHECKING, FINAL, Stage


class NoSuchCase(Http404):
    """There is no such case, or not for you: the two look the same."""


def visible_case(actor: Actor, reference: str, *related: str) -> Case:
    """Fetch a case that the actor may see.

    `related` names relations to join. Raises `NoSuchCase` (404).
    """
    found = Case.objects.select_related(*related) if related else Case.objects
    case = found.filter(reference=read_reference(reference) or "").first()
    if case is None or not can_see(actor, case):
        raise NoSuchCase(reference)
    return case


def can_see(actor: Actor, case: Case) -> bool:
    if isinstance(actor, SystemActor):
        return True
    if isinstance(actor, CitizenActor):
        return actor.case_id == case.pk
    return is_staff(actor) and sight_of(actor).covers(case)


def anyone(actor: Actor, case: Case) -> bool:
    """Filing is open to all."""
    return True


def is_citizen(actor: Actor, case: Case) -> bool:
    """The complainant of this case."""
    return isinstance(actor, CitizenActor) and actor.case_id == case.pk


def is_system(actor: Actor, case: Case) -> bool:
    """Time, acting through the sweep."""
    return isinstance(actor, SystemActor)


def has_role(actor: Actor, case: Case, *roles: str) -> bool:
    """A member of the case's unit in one of the roles, who may see the case."""
    if not is_staff(actor) or not can_see(actor, case):
        return False
    return any(actor.rights.has(role, case.unit_id) for role in roles)


def has_clean_hands(actor: Actor, case: Case) -> bool:
    """At level 2, nobody who decided or answered before, nor their subordinate, may decide.

    Somebody must decide: the second half is dropped where it leaves no supervisor at all, and
    supervisors decide again where every one of them did before.
    """
    me = staff_id(actor)
    if case.level < 2 or not case.decided_by or me is None:
        return True
    before = decided_before(case)
    supervisors = _supervisors(case)
    outsiders = supervisors - set(case.decided_by)
    if me in before:
        return not outsiders and me in supervisors
    return not is_subordinate(me, before) or all(is_subordinate(pk, before) for pk in outsiders)


#: What decides in the matter, and what lifts a case to the second level.
_DECIDES = ("reject", "refer", "respond", "approve")
_LIFTS = ("dispute", "reopen", "contest")


def decided_before(case: Case) -> list[int]:
    """The ids of those who decided or answered before the case was lifted to level 2.

    Who did so at level 2 goes on there: they recall what they said, and better a returned draft.
    """
    lifted = case.events.filter(kind__in=_LIFTS, data__level=2).order_by("number").first()
    if lifted is None:
        return case.decided_by
    decisions = case.events.filter(number__lt=lifted.number, kind__in=_DECIDES)
    return list(decisions.filter(actor__in=case.decided_by).values_list("actor", flat=True))


def _supervisors(case: Case) -> set[int]:
    """The ids of the supervisors of the case's unit and of those above who may see the case."""
    above = [int(pk) for pk in case.unit.path.strip(".").split(".")]
    found = Membership.objects.filter(role=Role.SUPERVISOR, unit__in=above, user__is_active=True)
    if case.restricted:
        found = found.filter(handles_restricted=True)
    return set(found.values_list("user", flat=True))


def is_subordinate(user_id: int, of: list[int]) -> bool:
    """Whether the user works in a unit that one of `of` supervises, without supervising it too."""
    paths = Unit.objects.filter(memberships__user=user_id).values_list("path", flat=True)
    above = Membership.objects.filter(user__in=of, role=Role.SUPERVISOR).select_related("unit")
    mine = Membership.objects.filter(user=user_id, role=Role.SUPERVISOR).select_related("unit")
    own = [membership.unit.path for membership in mine]
    return any(
        path.startswith(over.unit.path) and not any(over.unit.path.startswith(p) for p in own)
        for over in above
        for path in paths
    )


def can_triage(actor: Actor, case: Case) -> bool:
    return has_role(actor, case, Role.INTAKE, Role.SUPERVISOR) and has_clean_hands(actor, case)


def can_assign(actor: Actor, case: Case) -> bool:
    return has_role(actor, case, Role.SUPERVISOR) and has_clean_hands(actor, case)


def can_claim(actor: Actor, case: Case) -> bool:
    """Take an unassigned case: intake in triage, officers and supervisors in assignment."""
    if case.assignee_id is not None:
        return False
    if case.stage in CHECKING:
        return can_triage(actor, case)
    roles = (Role.OFFICER, Role.SUPERVISOR)
    return (
        case.stage == Stage.ASSIGN
        and has_role(actor, case, *roles)
        and has_clean_hands(actor, case)
    )


def can_work(actor: Actor, case: Case) -> bool:
    """The assignee, or a supervisor of the unit."""
    mine = is_staff(actor) and case.assignee_id == actor.pk
    roles = (Role.SUPERVISOR, Role.OFFICER) if mine else (Role.SUPERVISOR,)
    return has_role(actor, case, *roles) and has_clean_hands(actor, case)


def can_approve(actor: Actor, case: Case) -> bool:
    """A supervisor of the unit or above, never the drafter."""
    return can_assign(actor, case) and staff_id(actor) != case.drafter_id


def can_recall_draft(actor: Actor, case: Case) -> bool:
    return case.drafter_id == staff_id(actor) and has_role(
        actor, case, Role.OFFICER, Role.SUPERVISOR
    )


def can_recall_answer(actor: Actor, case: Case) -> bool:
    return case.assignee_id == staff_id(actor) and can_work(actor, case)


def can_reassign(actor: Actor, case: Case) -> bool:
    return case.stage not in FINAL and case.assignee_id is not None and can_assign(actor, case)


def can_file_for_others(actor: Actor) -> bool:
    """Whoever handles cases may type in a complaint for somebody."""
    roles = (Role.INTAKE, Role.OFFICER, Role.SUPERVISOR)
    return is_staff(actor) and actor.rights.any(*roles)


def is_member(actor: Actor, case: Case) -> bool:
    """Somebody who handles cases of the unit: they may write internal notes."""
    return has_role(actor, case, Role.INTAKE, Role.OFFICER, Role.SUPERVISOR)


def can_write_to_citizen(actor: Actor, case: Case) -> bool:
    """Whoever may act on the case now may write to the complainant."""
    if case.stage in CHECKING:
        return can_triage(actor, case)
    return can_work(actor, case)


def can_message(actor: Actor, case: Case) -> bool:
    """Public messages: the complainant always, staff while they handle the case."""
    return is_citizen(actor, case) or can_write_to_citizen(actor, case)


def can_speak_for_citizen(actor: Actor, case: Case) -> bool:
    """The complainant, or a member of staff for them, never the one who decided or answered."""
    if is_citizen(actor, case):
        return True
    return is_member(actor, case) and staff_id(actor) not in case.decided_by


def sees_contacts(actor: Actor, case: Case) -> bool:
    """Who reads the complainant's name and contacts.

    Named: whoever handles the case. Withheld: identity officers of the unit.
    """
    if not is_staff(actor) or not is_member(actor, case):
        return False
    if case.complainant.identity == "withheld":
        return case.unit_id in actor.rights.identities
    return case.complainant.identity == "named"
