"""How long each stage waits before time itself acts.

Counted like any due date, in the calendar of the case's unit; how long, the policy says. Whom staff
tell by hand is waited for once they were told: until then no time runs (`actions._keep_time`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from casework.models import Case
from workflows import opening, policies, targets
from workflows.policies import rules
from workflows.targets import In, Target

Moment = Callable[[Case, datetime], datetime]

#: Where the policy says nothing (Permenpan 62/2018): for particulars that we asked for, for a yes
#: or no to an answer, and for that where news cannot be sent to the complainant.
INCOMPLETE = Target(30, In.CALENDAR_DAYS)
SILENCE = Target(10, In.WORKING_DAYS)
UNREACHABLE_SILENCE = Target(30, In.CALENDAR_DAYS)
#: The longest that a case may wait for a third party, in calendar days.
MAX_HOLD_DAYS = 60


def answer_by(case: Case, at: datetime) -> datetime:
    """When a question that nobody answered lets the case lapse."""
    return _due(case, at, _wait(case, rules.INCOMPLETE, INCOMPLETE))


def answer_reminder(case: Case, at: datetime) -> datetime:
    """When to remind of the question: after two thirds of the time."""
    return _due(case, at, _share(_wait(case, rules.INCOMPLETE, INCOMPLETE), 2, 3))


def silence(case: Case, at: datetime) -> datetime:
    """When an answer that nobody disputes closes the case."""
    return _due(case, at, _silence(case))


def silence_reminder(case: Case, at: datetime) -> datetime:
    """When to remind of an answer that nobody confirmed: after seven tenths of the time."""
    return _due(case, at, _share(_silence(case), 7, 10))


def hold_until(case: Case, at: datetime) -> datetime:
    """The date that the hold was given; the longest hold where none is known."""
    return case.hold_until or at + timedelta(days=MAX_HOLD_DAYS)


def _silence(case: Case) -> Target:
    if not case.complainant.has_push_channel:
        return UNREACHABLE_SILENCE
    return _wait(case, rules.SILENCE, SILENCE)


def _wait(case: Case, name: str, otherwise: Target) -> Target:
    """How long the policy lets us wait for the complainant."""
    match = policies.match(case, case.received_at)
    return (match and match.rule.targets.get(name)) or otherwise


def _share(target: Target, part: int, whole: int) -> Target:
    return replace(target, amount=max(target.amount * part // whole, 1))


def _due(case: Case, at: datetime, target: Target) -> datetime:
    now = opening.opening_of(case.unit)
    return targets.due(target, opening.calendar(now.version, now.zone), at)
