"""How long after the end a case can be taken up again, and by whom."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from accounts.topmost import topmost
from casework.access import can_assign, can_speak_for_citizen, can_triage, is_citizen
from casework.actors import Actor
from casework.models import Case, Event
from casework.stages import Stage
from workflows import telling
from workflows.conditions import was_withdrawn
from workflows.models import Metric
from workflows.office_hours import standard

#: Who to turn to after level 2, by country (UU 37/2008; Local Government Act 1974, part III).
_OMBUDSMEN = {
    "ID": "Ombudsman Republik Indonesia, ombudsman.go.id, 137",
    "GB": "Local Government and Social Care Ombudsman, lgo.org.uk, 0300 061 0614",
}

_DAYS = {
    Stage.CLOSED: 30,
    Stage.AUTO_CLOSED: 30,
    Stage.REJECTED: 30,
    Stage.REFERRED: 30,
    Stage.WITHDRAWN: 10,
    Stage.MERGED: 1,
}


def outside_body() -> str:
    """The ombudsman of the country in whose time zone the agency is."""
    return _OMBUDSMEN[standard(topmost().get("time_zone", "")).country]


def reopens_until(case: Case) -> datetime | None:
    """Until when the citizen can take the case up again; None where they cannot.

    What was decided at level 2 goes to the ombudsman instead; a withdrawal or a merger can
    be undone there too. A lapsed case has no end date. It counts from when they could know, or
    from when we broke a promise.
    """
    days = _DAYS.get(Stage(case.stage))
    since = _latest(telling.knew_at(case), _broken_at(case))
    if days is None or since is None:
        return None
    if case.level >= 2 and case.stage not in (Stage.WITHDRAWN, Stage.MERGED):
        return None
    return since + timedelta(days=days)


def _broken_at(case: Case) -> datetime | None:
    """When what we promised was last due, of what is still to be done; None where we are in time.

    Asked of the database only where the row says that something is late.
    """
    now = timezone.now()
    if not case.owes or case.next_due_at is None or case.next_due_at >= now:
        return None
    late = case.clocks.filter(metric=Metric.COMMITMENT, ended_at=None, due_at__lt=now)
    over = late.aggregate(last=Max("due_at"))["last"]
    return over - timedelta.resolution if over else None  # its day is the one that ended then


def _latest(*moments: datetime | None) -> datetime | None:
    return max((each for each in moments if each), default=None)


def in_window(case: Case) -> bool:
    until = reopens_until(case)
    return until is not None and timezone.now() <= until


#: The acts by which a complaint that has ended goes on here.
WAYS_ON = ("reopen", "contest", "answered", "unmerge")


def way_on_after(case: Case, acts: Collection[str], newest: Event | None) -> str:
    """The way to go on that is offered to who wrote after the end; empty where there is none.

    `acts`: what whoever reads may do now; `newest`: the last event that the complainant sees.
    """
    wrote = newest is not None and newest.is_theirs and newest.kind in _MESSAGES
    return next((way for way in WAYS_ON if way in acts), "") if wrote and case.is_final else ""


_MESSAGES = ("message", "heard")


def may_reopen_unasked(actor: Actor, case: Case) -> bool:
    """A supervisor corrects what was decided; a withdrawal is the complainant's alone."""
    return can_assign(actor, case) and not was_withdrawn(case)


def may_reopen(actor: Actor, case: Case) -> bool:
    """The citizen inside the window, staff for them, or a supervisor at any time."""
    if may_reopen_unasked(actor, case):
        return True
    return can_speak_for_citizen(actor, case) and in_window(case)


def may_take_back(actor: Actor, case: Case) -> bool:
    """Only the citizen, or staff for them, takes back a withdrawal."""
    return can_speak_for_citizen(actor, case) and in_window(case)


def may_unmerge(actor: Actor, case: Case) -> bool:
    return in_window(case) and (is_citizen(actor, case) or can_triage(actor, case))
