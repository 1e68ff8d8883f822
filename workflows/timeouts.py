"""How long each stage waits before time itself acts.

Counted like any due date, in the calendar of the case's unit; how long, the policy says. Whom staff
tell by hand is waited for once they were told: until then no time runs (`actions._keep_time`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Protocol

from casework.models import Case
from workflows import opening, policies, targets
from workflows.policies import rules
from workflows.targets import In, Target


class Measures(Protocol):
    """By what a case is measured."""

    def match(self, case: Case) -> policies.Match | None:
        """The rule that fits it."""

    def opening(self, case: Case) -> opening.Opening:
        """The calendar of its unit."""


class Asked:
    """The same, asked for each case anew: two queries and one."""

    def match(self, case: Case) -> policies.Match | None:
        return policies.match(case, case.received_at)

    def opening(self, case: Case) -> opening.Opening:
        return opening.opening_of(case.unit)


ASKED = Asked()


class Once:
    """The same, asked once for one case."""

    def __init__(self, case: Case) -> None:
        self._case = case

    @cached_property
    def _match(self) -> policies.Match | None:
        return ASKED.match(self._case)

    @cached_property
    def _opening(self) -> opening.Opening:
        return ASKED.opening(self._case)

    def match(self, _case: Case) -> policies.Match | None:
        return self._match

    def opening(self, _case: Case) -> opening.Opening:
        return self._opening


class Moment(Protocol):
    """When time acts on a case that began to wait at a moment."""

    def __call__(self, case: Case, at: datetime, by: Measures = ASKED, /) -> datetime: ...


#: Where the policy says nothing (Permenpan 62/2018): for particulars that we asked for, for a yes
#: or no to an answer, and for that where news cannot be sent to the complainant.
INCOMPLETE = Target(30, In.CALENDAR_DAYS)
SILENCE = Target(10, In.WORKING_DAYS)
UNREACHABLE_SILENCE = Target(30, In.CALENDAR_DAYS)
#: The longest that a case may wait for a third party, in calendar days.
MAX_HOLD_DAYS = 60
#: The longest that the law may hold a case, in calendar days; then it is asked again.
MAX_LEGAL_HOLD_DAYS = 180


def answer_by(case: Case, at: datetime, by: Measures = ASKED) -> datetime:
    """When a question that nobody answered lets the case lapse."""
    return _due(case, at, by, _wait(case, by, rules.INCOMPLETE, INCOMPLETE))


def answer_reminder(case: Case, at: datetime, by: Measures = ASKED) -> datetime:
    """When to remind of the question: after two thirds of the time."""
    return _due(case, at, by, _share(_wait(case, by, rules.INCOMPLETE, INCOMPLETE), 2, 3))


def silence(case: Case, at: datetime, by: Measures = ASKED) -> datetime:
    """When an answer that nobody disputes closes the case."""
    return _due(case, at, by, _silence(case, by))


def silence_reminder(case: Case, at: datetime, by: Measures = ASKED) -> datetime:
    """When to remind of an answer that nobody confirmed: after seven tenths of the time."""
    return _due(case, at, by, _share(_silence(case, by), 7, 10))


def hold_until(case: Case, at: datetime, _by: Measures = ASKED) -> datetime:
    """The date that the hold was given; the longest hold where none is known."""
    return case.hold_until or at + timedelta(days=MAX_HOLD_DAYS)


def _silence(case: Case, by: Measures) -> Target:
    if not case.complainant.has_push_channel:
        return UNREACHABLE_SILENCE
    return _wait(case, by, rules.SILENCE, SILENCE)


def _wait(case: Case, by: Measures, name: str, otherwise: Target) -> Target:
    """How long the policy lets us wait for the complainant."""
    match = by.match(case)
    return (match and match.rule.targets.get(name)) or otherwise


def _share(target: Target, part: int, whole: int) -> Target:
    return replace(target, amount=max(target.amount * part // whole, 1))


def _due(case: Case, at: datetime, by: Measures, target: Target) -> datetime:
    now = by.opening(case)
    return targets.due(target, opening.calendar(now.version, now.zone), at)
