"""A wall's worth of cases: every state, in every unit, restricted, about people, unswept."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import cycle

from accounts.models import Membership
from casework.models import Case
from tests.agency import Agency
from tests.figures.rows import clock, due, met, missed
from workflows.historic import enter
from workflows.management.commands.bench_data import synthetic_cases

#: How a row stands; what turned, and that nobody has written yet, comes last.
STANDS = [
    {"state": "calm"},
    {"state": "soon"},
    {"state": "late"},
    {"state": "complainant"},
    {"state": "third_party"},
    {"state": "legal_hold"},
    {"state": "none"},
    {"state": "calm", "hours": 2, "turns": -1},
    {"state": "soon", "hours": -1},
    {"state": "calm", "hours": -3, "turns": -9},
]


def build(agency: Agency, now: datetime, count: int = 200) -> None:
    """Cases in all units, a third restricted, some about people, with clocks that fell."""
    Membership.objects.filter(user=agency.supervisor).update(handles_restricted=True)
    enter(synthetic_cases(count))
    stands = cycle(STANDS)
    people = cycle([[], [agency.head.pk], [], [agency.supervisor.pk, agency.quality.pk], []])
    units = cycle([None, None, agency.water, None, None, None, agency.roads])
    for number, case in enumerate(Case.objects.order_by("pk")):
        about = {"about_people": next(people), "about_unit": next(units)}
        Case.objects.filter(pk=case.pk).update(restricted=number % 3 == 0, **about)
        if case.closed_at is None:
            due(case, now=now, **next(stands))
        _clocks(case, number, now)


def _clocks(case: Case, number: int, now: datetime) -> None:
    """Each in its own day, so that some lie outside of every period."""
    at = now - timedelta(days=number % 40, hours=number % 24)
    reason = ("", "parts", "wrong_unit")[number % 3]
    first_due = at - timedelta(days=2 * (number % 2))
    match number % 5:
        case 0:
            met(case, due_at=at, first_due=first_due)
            met(case, "acknowledgement", due_at=at - timedelta(days=1))
        case 1:
            missed(case, due_at=at, breach_reason=reason)
        case 2:
            missed(case, due_at=at, state="met", ended_at=now, breach_reason=reason)
            clock(case, "next_update", first_due=now + timedelta(days=1))
        case 3:
            clock(case, first_due=now - timedelta(minutes=number))
        case 4:
            ended = {"state": "cancelled", "ended_at": now}
            clock(case, first_due=at, **ended)
            missed(case, "unit_work", due_at=at, **ended)
