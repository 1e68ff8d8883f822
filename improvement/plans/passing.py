"""Letting a plan pass: proposed by its author, approved or sent back by another."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from improvement import access, notices, smart
from improvement.errors import Overtaken, Refused
from improvement.models import Plan, Stage
from improvement.plans.keeping import lock, note


@transaction.atomic
def propose(plan: Plan, by: User) -> Plan:
    """Ask for approval. Raises `Refused`, which names each letter that lacks something.

    Each door here raises `Forbidden` for what is not theirs, and `NoLonger` for what is over.
    """
    locked = lock(plan)
    theirs = access.can_write(by, locked.unit_id)
    access.require(locked, theirs=theirs, still=locked.stage == Stage.DRAFT)
    refuse_missing(locked)
    locked.stage = Stage.PROPOSED
    locked.save()
    note(locked, "proposed", by, version=locked.newest.number)
    notices.proposed(locked, locked.newest)
    return locked


@transaction.atomic
def approve(plan: Plan, by: User, seen: int) -> Plan:
    """Approve the version that was seen, in the name of somebody who wrote none of it.

    Raises `Refused` where the approver wrote it or a letter is missing, `Overtaken`.
    """
    locked = lock(plan)
    _refuse_passing(locked, by)
    version = locked.newest
    if version.number != seen:
        raise Overtaken
    refuse_missing(locked)
    if version.starts_on and locked.approved is None and version.starts_on < timezone.localdate():
        raise Refused(_("The start is past. Approval comes before the start: send it back."))
    locked.approved, locked.approved_by, locked.approved_at = version, by, timezone.now()
    locked.stage = Stage.APPROVED
    locked.save()
    note(locked, "approved", by, version=version.number)
    notices.passed(locked, version, "plan_approved")
    return locked


@transaction.atomic
def send_back(plan: Plan, by: User, why: str) -> Plan:
    """Back to its author, with the reason."""
    locked = lock(plan)
    _refuse_passing(locked, by)
    if not why.strip():
        raise Refused({"why": _("Say why it goes back.")})
    locked.stage = Stage.DRAFT
    locked.save()
    note(locked, "sent_back", by, why)
    notices.passed(locked, locked.newest, "plan_sent_back")
    return locked


def refuse_missing(plan: Plan) -> None:
    """Raise `Refused` while a letter is missing, and say which, and what it lacks."""
    lacking = [letter for letter in smart.letters(plan.newest) if not letter.is_whole]
    if lacking:
        raise Refused([_sentence(letter) for letter in lacking])


def _sentence(letter: smart.Letter) -> str:
    missing = ", ".join(str(name) for _field, name in letter.missing)
    said = gettext_lazy("{letter} ({name}) still lacks: {missing}.")
    return str(format_lazy(said, letter=letter.letter, name=letter.name, missing=missing))


def _refuse_passing(plan: Plan, by: User) -> None:
    theirs = access.may_approve_plans(by, plan)
    access.require(plan, theirs=theirs, still=plan.stage == Stage.PROPOSED)
    if access.wrote(by, plan):
        raise Refused(_("Who wrote a plan does not approve it."))
