"""What is done under a plan: actions, trainings, sessions and who came."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from improvement import access, notices
from improvement.errors import NoLonger, Refused
from improvement.models import Action, Attendance, Plan, Session, Training
from improvement.plans.keeping import lock, note

#: What a person says of an action, and of one that is a training.
SAID = ("title", "owner", "due_on", "milestone", "pilot", "risk", "way_back")
TRAINING = ("course", "planned")


@transaction.atomic
def add_action(plan: Plan, by: User, said: Mapping[str, Any]) -> Action:
    """A thing to do. Raises `Refused` where it is due outside the plan's days.

    Each door here raises `Forbidden` for what is not theirs, and `NoLonger` for what is over.
    """
    locked = lock(plan)
    _require_edit(locked, by)
    _refuse_day(locked, said["due_on"])
    action = Action.objects.create(plan=locked, **{name: said[name] for name in SAID})
    if said.get("course"):
        Training.objects.create(action=action, **{name: said[name] for name in TRAINING})
    note(locked, "action", by, action.title, action=action.pk)
    notices.action_given(action)
    return action


@transaction.atomic
def change_action(action: Action, by: User, said: Mapping[str, Any]) -> Action:
    """Say something else of what is not done yet; what it said before is on record."""
    locked = lock(action.plan)
    row = _locked(action)
    _require_edit(locked, by)
    _require_open(row)
    _refuse_day(locked, said["due_on"])
    before = _as_said(row)
    if said["due_on"] != row.due_on:
        row.told_late_on = None
    for name in SAID:
        setattr(row, name, said[name])
    row.save()
    _set_training(row, said)
    if was := _moved(before, _as_said(row)):
        note(locked, "action_changed", by, row.title, action=row.pk, before=was)
    row.plan = locked
    notices.action_given(row)
    return row


@transaction.atomic
def finish_action(action: Action, by: User, proof: str, link: str = "") -> Action:
    """It is done: nothing is without a proof, in words or with a link to it."""
    locked = lock(action.plan)
    row = _locked(action)
    row.plan = locked
    _require_act(row, by)
    _require_open(row)
    if not proof.strip():
        raise Refused({"proof": _("Say what shows that it is done.")})
    row.done_on, row.done_by = timezone.localdate(), by
    row.proof, row.proof_link = proof, link
    row.save()
    note(locked, "done", by, row.title, action=row.pk)
    return row


@transaction.atomic
def add_session(training: Training, by: User, said: Mapping[str, Any]) -> Session:
    """A day on which people were, or will be, taught."""
    locked = lock(training.action.plan)
    training.action.plan = locked
    _require_act(training.action, by)
    names = ("held_on", "place", "trainer", "hours")
    session = Session.objects.create(training=training, **{name: said[name] for name in names})
    note(locked, "session", by, session.place, session=session.pk)
    return session


@transaction.atomic
def keep_attendance(session: Session, by: User, said: Mapping[str, Any]) -> Attendance:
    """Put a person on the list of a session, or correct what it says of them.

    `said`: person, came, before, after (points from 0 to 100). Raises `Refused` for points of
    somebody who was not there, and for a session that is still to come. What a correction moved is
    on record without the name.
    """
    locked = lock(session.training.action.plan)
    session.training.action.plan = locked
    _require_act(session.training.action, by)
    if session.held_on > timezone.localdate():
        raise Refused(_("This session is still to come."))
    if not said["came"] and (said["before"] is not None or said["after"] is not None):
        raise Refused({"came": _("Who was not there has no points.")})
    points = {name: said[name] for name in ("came", "before", "after")}
    one = {"session": session, "person": said["person"]}
    before = Attendance.objects.filter(**one).values(*points).first()
    row, made = Attendance.objects.update_or_create(**one, defaults=points)
    if not made and (was := _moved(before or {}, points)):
        note(locked, "list_corrected", by, session.place, session=session.pk, before=was)
    return row


def _require_edit(plan: Plan, by: User) -> None:
    theirs = access.can_write(by, plan.unit_id)
    access.require(plan, theirs=theirs, still=access.can_edit(by, plan))


def _require_act(action: Action, by: User) -> None:
    theirs = access.may_act(by, action)
    access.require(action.plan, theirs=theirs, still=action.plan.holds)


def _require_open(action: Action) -> None:
    if action.done_on:
        raise NoLonger(_("Meanwhile this action was done."))


def _locked(action: Action) -> Action:
    return Action.objects.select_for_update().get(pk=action.pk)


def _as_said(action: Action) -> dict[str, Any]:
    """What an action says, in plain values for the history; its owner by their name."""
    training = Training.objects.filter(action=action).values(*TRAINING).first()
    said = {name: getattr(action, name) for name in SAID} | (training or dict.fromkeys(TRAINING))
    return said | {"owner": action.owner.display_name, "due_on": action.due_on.isoformat()}


def _moved(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """What is not as it was, with what was there before."""
    return {name: was for name, was in before.items() if was != now[name]}


def _set_training(action: Action, said: Mapping[str, Any]) -> None:
    """An action becomes a training, or another one; what has sessions stays one."""
    if said.get("course"):
        facts = {name: said[name] for name in TRAINING}
        Training.objects.update_or_create(action=action, defaults=facts)
        return
    found = Training.objects.filter(action=action)
    if found.filter(sessions__isnull=False).exists():
        raise Refused({"course": _("There are sessions of this training already.")})
    found.delete()


def _refuse_day(plan: Plan, day: date) -> None:
    """By what is in force: a draft that waits for approval moves nothing."""
    version = plan.in_force
    if version.starts_on and day < version.starts_on:
        raise Refused({"due_on": _("This is before the plan starts.")})
    if version.due_on and day > version.due_on:
        raise Refused({"due_on": _("This is after the plan is due.")})
