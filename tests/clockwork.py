"""Policies, calendars and moments for tests of clocks, and what the ledgers say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import time_machine
from django.utils import timezone

from casework.models import Case
from tests.agency import Agency, do, file_case
from workflows.clocks.book import lines_of, standing_of
from workflows.models import Clock, Metric, Policy, PolicyVersion
from workflows.sweep import sweep

DAYS, HOURS, CALENDAR_DAYS = "working_days", "working_hours", "calendar_days"


def target(amount: int, unit: str = DAYS, **more: Any) -> dict[str, Any]:
    return {"amount": amount, "unit": unit, **more}


def rule(name: str, targets: dict[str, Any], **conditions: Any) -> dict[str, Any]:
    """A rule as JSON; without conditions it is the default."""
    return {"id": name, "name": name, "default": not conditions, **conditions, "targets": targets}


def policy(*rules: dict[str, Any], code: str = "uji") -> PolicyVersion:
    """A policy with these rules, in force since ever."""
    made = Policy.objects.create(
        code=code, name="Uji", legal_basis="Peraturan uji", effective_from=date(2000, 1, 1)
    )
    return PolicyVersion.objects.create(policy=made, number=1, rules=list(rules), at=timezone.now())


def every_target() -> PolicyVersion:
    """A policy with a target of two weeks for every metric, each of which can be extended."""
    metrics = [metric for metric in Metric if metric != Metric.COMMITMENT]
    return policy(rule("semua", {m: target(14, CALENDAR_DAYS, extension=7) for m in metrics}))


def at(clock: str, zone: str = "Asia/Jakarta") -> datetime:
    """The instant at which the zone's wall clock shows "2026-11-02 09:00"."""
    return datetime.fromisoformat(clock).replace(tzinfo=ZoneInfo(zone))


@contextmanager
def on(clock: str, zone: str = "Asia/Jakarta") -> Iterator[None]:
    """Everything happens at that moment."""
    with time_machine.travel(at(clock, zone), tick=False):
        yield


def end_rule(version: PolicyVersion, name: str, clock: str) -> PolicyVersion:
    """The next version of a policy, in which a rule has ended at that moment."""
    ended = [
        each | {"ended": at(clock).isoformat()} if each["id"] == name else each
        for each in version.rules
    ]
    return PolicyVersion.objects.create(
        policy=version.policy, number=version.number + 1, rules=ended, at=at(clock)
    )


def step(clock: str, case: Case, name: str, actor: Any, **payload: Any) -> Case:
    """One act at a moment."""
    with on(clock):
        return do(case, name, actor, **payload)


def filed(clock: str = "2026-11-02 09:00", **said: Any) -> Case:
    """A complaint that was filed at a moment: the usual one is a Monday."""
    with on(clock):
        return file_case(**said)


def in_work(agency: Agency, clock: str = "2026-11-02 09:00", **said: Any) -> Case:
    """A complaint filed, accepted and assigned at once."""
    case = filed(clock, **said)
    case = step(clock, case, "accept", agency.intake, category="water", unit="water")
    return step(clock, case, "assigned", agency.supervisor, assignee="officer")


def swept(*clocks: str) -> None:
    """The sweep runs at these moments."""
    for clock in clocks:
        with on(clock):
            sweep()


def over(days: int, since: datetime, zone: str = "Asia/Jakarta") -> datetime:
    """When so many local dates after that of `since` are over."""
    day = since.astimezone(ZoneInfo(zone)).date() + timedelta(days=days + 1)
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))


def clock_of(case: Case, metric: str, cycle: int = 1, subject: int = 0) -> Clock:
    return case.clocks.get(metric=metric, cycle=cycle, subject=subject)


def states(case: Case) -> dict[str, str]:
    """metric.cycle.subject → state, for all clocks of a case."""
    return {str(clock): clock.state for clock in case.clocks.order_by("pk")}


def kinds(clock: Clock) -> list[str]:
    """The ledger, by kinds."""
    return [line.kind for line in lines_of(clock)]


def due(clock: Clock, zone: str = "Asia/Jakarta") -> str:
    """The due date on the wall clock; empty where none stands."""
    standing = standing_of(clock)
    return f"{standing.due.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" if standing.due else ""
