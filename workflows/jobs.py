"""What time does by itself: each job says how often, and the sweep runs those that are due."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from math import inf
from time import monotonic
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from accounts.models import Unit
from workflows.models import JobRun

log = logging.getLogger(__name__)

EACH_SWEEP = timedelta(0)


@dataclass
class Swept:
    """What one sweep did: acts that time took, acts that failed, and jobs that did."""

    timeouts: int = 0
    reminders: int = 0
    failed: int = 0
    broken: list[str] = field(default_factory=list)


@dataclass
class Turn:
    """One run of a job: the moment it is run for, and until when it may work (`monotonic`)."""

    now: datetime
    swept: Swept
    until: float = inf
    cut_short: bool = False

    def is_over(self) -> bool:
        """Whether the time to work is used up; asked between two batches, by who then stops.

        A run that was told so is not remembered: the job goes on at the next sweep.
        """
        self.cut_short = monotonic() >= self.until
        return self.cut_short


Run = Callable[[Turn], object]


@dataclass(frozen=True)
class Job:
    """A name, what it does, and when."""

    name: str
    run: Run
    every: timedelta | None
    nightly: time | None
    budget: timedelta | None

    def is_due(self, last: datetime | None, now: datetime) -> bool:
        """Whether it has to run, which did so last at a moment, or never. After an outage, once."""
        if last is None or self.every == EACH_SWEEP:
            return True
        if self.nightly:
            return last < last_due(self.nightly, zone_of_the_agency(), now)
        return self.every is not None and last + self.every <= now

    @property
    def is_remembered(self) -> bool:
        return self.every != EACH_SWEEP


_jobs: dict[str, Job] = {}


def register(
    name: str,
    run: Run,
    *,
    every: timedelta | None = None,
    nightly: time | None = None,
    budget: timedelta | None = None,
) -> None:
    """Have the sweep run a job, after those that were registered before it.

    `every`: so long after its last run, `EACH_SWEEP` at each; `nightly`: once a night, at this hour
    of the topmost unit. `budget`: so long it may work at a time; it works in batches then, and asks
    `Turn.is_over` between them. Whoever is killed within a run runs again: a job may not mind.
    Raises `ValueError` for a name that is taken, and where not one of the two says when.
    """
    if name in _jobs:
        raise ValueError(f"There is a job {name} already.")
    if (every is None) == (nightly is None):
        raise ValueError(f"The job {name} runs either every so often or nightly.")
    _jobs[name] = Job(name, run, every, nightly, budget)


def run_due(now: datetime) -> Swept:
    """Run what is due at a moment. A job that fails is logged, and tried again at the next sweep.

    Raises what broke the connection: with it the lock is gone, and another sweep may be at work.
    """
    swept = Swept()
    runs = dict(JobRun.objects.values_list("name", "last_at"))
    for job in _jobs.values():
        try:
            if job.is_due(runs.get(job.name), now):
                _run(job, now, swept)
        except Exception:
            if not connection.is_usable():
                raise
            log.exception("The job %s failed; the next sweep tries again", job.name)
            swept.broken.append(job.name)
    return swept


def _run(job: Job, now: datetime, swept: Swept) -> None:
    turn = Turn(now, swept, monotonic() + job.budget.total_seconds() if job.budget else inf)
    job.run(turn)
    if job.is_remembered and not turn.cut_short:
        JobRun.objects.update_or_create(name=job.name, defaults={"last_at": now})


def last_due(at: time, zone: ZoneInfo, now: datetime) -> datetime:
    """The last moment, not after `now`, at which something nightly was due; in UTC.

    One for each date of the zone: an hour that the clocks skip is due as much later as they skip,
    one that comes twice is due the first time.
    """
    day = now.astimezone(zone).date()
    while (moment := datetime.combine(day, at, zone).astimezone(UTC)) > now:
        day -= timedelta(days=1)
    return moment


def zone_of_the_agency() -> ZoneInfo:
    """Whose nights count: the topmost unit's."""
    zones = Unit.objects.filter(parent=None).order_by("pk").values_list("time_zone", flat=True)
    return ZoneInfo(zones.first() or settings.TIME_ZONE)
