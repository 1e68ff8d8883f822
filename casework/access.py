"""The only door to a case, and who may do what to it.

Every `can_*` takes `(actor, case)` and answers without changing anything; the flow's exits,
the door of `workflows` and the templates that show buttons ask the same functions.
"""

from __future__ import annotations

from typing import TypeGuard

from django.http import Http404

from accounts.models import Membership, Unit, User
from accounts.rights import Role
from casework import access_log
from casework.actors import Actor, CitizenActor, SystemActor, is_staff, staff_id
from casework.conflicts import was_drafted_by_them
from casework.handlers import handlers
from casework.models import Attachment, Case, Event, Identity, Looked
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
    if is_staff(actor):
        access_log.log_read(actor, case)
    return case


def can_see(actor: Actor, case: Case) -> bool:
    if isinstance(actor, SystemActor):
        return True
    if isinstance(actor, CitizenActor):
        return actor.case_id == case.pk
    if is_cleared(actor, case):
        return True
    return can_break_glass(actor, case) and access_log.opened_until(actor, case) is not None


def is_cleared(actor: Actor, case: Case) -> TypeGuard[User]:
    """A member of staff who sees the case by their role, not in an emergency alone."""
    return is_staff(actor) and sight_of(actor).covers(case)


def can_break_glass(actor: Actor, case: Case) -> TypeGuard[User]:
    """Open a restricted case in an emergency, to read: members of its unit who are not cleared."""
    if not is_staff(actor) or not case.restricted or is_cleared(actor, case):
        return False
    members = actor.rights.where(Role.INTAKE, Role.OFFICER, Role.SUPERVISOR)
    return case.unit_id in members and not sight_of(actor).is_about_me(case)


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
    if not is_cleared(actor, case):
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
    return set(handlers(case, case.unit).values_list("pk", flat=True))


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


def can_review(actor: Actor, case: Case) -> bool:
    """A supervisor of the unit or above, never the drafter."""
    return can_assign(actor, case) and staff_id(actor) != case.drafter_id


def can_approve(actor: Actor, case: Case) -> bool:
    """Whoever reviews it; but nobody lets the words of whom the case is about go out."""
    return can_review(actor, case) and not was_drafted_by_them(case)


def can_recall_draft(actor: Actor, case: Case) -> bool:
    return case.drafter_id == staff_id(actor) and has_role(
        actor, case, Role.OFFICER, Role.SUPERVISOR
    )


def can_recall_answer(actor: Actor, case: Case) -> bool:
    return case.assignee_id == staff_id(actor) and can_work(actor, case)


def can_reassign(actor: Actor, case: Case) -> bool:
    """Give another person what somebody has, or what was taken from them in the midst of it."""
    unclaimed = case.assignee_id is None and case.stage in CHECKING | {Stage.ASSIGN}
    return case.stage not in FINAL and not unclaimed and can_assign(actor, case)


def can_say_whom(actor: Actor, case: Case) -> bool:
    """Whoever checks complaints, or leads the unit, settles whom one is about."""
    return has_role(actor, case, Role.INTAKE, Role.SUPERVISOR)


def can_file_for_others(actor: Actor) -> bool:
    """Whoever handles cases may type in a complaint for somebody."""
    return handles_cases(actor)


def handles_cases(actor: Actor) -> bool:
    """Whether cases are the person's work, in some unit."""
    roles = (Role.INTAKE, Role.OFFICER, Role.SUPERVISOR)
    return is_staff(actor) and actor.rights.any(*roles)


def oversees(actor: Actor) -> bool:
    """Whether the work of units below is theirs to watch: supervisors, quality leads, auditors."""
    return is_staff(actor) and actor.rights.any(Role.SUPERVISOR, Role.QUALITY, Role.AUDITOR)


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

    Named: whoever handles the case. Withheld: nobody without a reason, `can_look_at_identity`.
    """
    return case.complainant.identity == Identity.NAMED and is_member(actor, case)


def can_look_at_identity(actor: Actor, case: Case) -> TypeGuard[User]:
    """Who can look at a withheld name, each time for a reason: identity officers of the unit."""
    if case.complainant.identity != Identity.WITHHELD or not is_staff(actor):
        return False
    return is_member(actor, case) and case.unit_id in actor.rights.identities


def visible_file(user: User, case: Case, number: int) -> Attachment:
    """A file of a case that the user sees, and of no other. Raises `NoSuchCase`.

    To open the scan of a proof is to look at a withheld name, and goes on record.
    """
    file = case.attachments.select_related("event__case__complainant").filter(pk=number).first()
    if file is None or file.event is None or not opens_files(user, file.event):
        raise NoSuchCase(number)
    if file.event.kind == "proof" and case.complainant.identity == Identity.WITHHELD:
        access_log.log_reason(user, Looked.IDENTITY, case, file.name)
    return file


def opens_files(actor: Actor, event: Event) -> bool:
    """Whether somebody who sees a case opens what hangs on one of its events.

    The scan of a proof shows who signed it: it is for whoever handles the case, and for those who
    audit that there is one; of a withheld name, for who can look at that.
    """
    case = event.case
    if event.kind != "proof":
        return True
    if case.complainant.identity == Identity.WITHHELD:
        return can_look_at_identity(actor, case)
    return is_member(actor, case) or has_role(actor, case, Role.AUDITOR)


def can_publish(actor: Actor, case: Case) -> bool:
    """Supervisors write the words that everybody may read."""
    return has_role(actor, case, Role.SUPERVISOR)


def can_lift(actor: Actor, case: Case) -> bool:
    """Supervisors who are cleared open a restricted case to the unit again."""
    return has_role(actor, case, Role.SUPERVISOR)
