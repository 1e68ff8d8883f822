"""The clocks of a case about which people can settle something: for acts, forms and pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils import timezone

from casework.models import Case, Channel
from workflows.models import Clock, ClockEntry, Metric, State
from workflows.targets import Target

Kind = ClockEntry.Kind
_ANSWER = (Metric.RESOLUTION, Metric.STAGE2)

_ledger = ClockEntry.objects.filter(clock=OuterRef("pk"))
_AIM = _ledger.filter(kind__in=(Kind.STARTED, Kind.RETARGETED)).order_by("-number")
_EXTENDED = _ledger.filter(kind=Kind.EXTENDED).order_by().values("clock")
_AMOUNT = Sum(Cast(KT("data__amount"), IntegerField()))


@dataclass(frozen=True)
class AtHand:
    """A clock that is open, or was late; `aim`: what it is measured by now."""

    row: Clock
    aim: dict[str, Any]
    extended: int

    @property
    def metric(self) -> Metric:
        return Metric(self.row.metric)

    @property
    def is_open(self) -> bool:
        return self.row.ended_at is None

    @property
    def target(self) -> Target | None:
        said = self.aim.get("target")
        return Target.from_dict(said) if said else None

    @property
    def is_set(self) -> bool:
        """Whether its due date is absolute: promised, or set by a supervisor."""
        return bool(self.aim.get("deadline"))

    @property
    def may_add(self) -> int:
        """What extensions may still add, in the target's unit."""
        target = self.target
        if target is None or self.is_set or not self.is_open:
            return 0
        return max(target.extension - self.extended, 0)

    @property
    def due(self) -> datetime | None:
        """When it is due, or was when it passed; None while it is paused."""
        return self.row.breached_at or self.row.due_at

    def is_late(self, now: datetime) -> bool:
        """Whether its due date passed, noted or not."""
        if self.row.breached_at or self.row.state != State.RUNNING:
            return self.row.breached_at is not None
        return self.row.due_at is not None and self.row.due_at < now


def of(case: Case) -> list[AtHand]:
    """What can be settled: open clocks, and late ones whose reason nobody accepted. One query.

    What was read holds until something is recorded on the case.
    """
    if case.clocks_read is None or case.clocks_read[0] != case.event_count:
        case.clocks_read = case.event_count, _read(case)
    return case.clocks_read[1]


def _read(case: Case) -> list[AtHand]:
    late = Q(breached_at__isnull=False, reason_accepted=False)
    clocks = case.clocks.filter(Q(ended_at=None) | late, muted=False).order_by("pk")
    clocks = clocks.annotate(
        aim=Subquery(_AIM.values("data")[:1]),
        extended=Subquery(_EXTENDED.annotate(sum=_AMOUNT).values("sum")),
    )
    return [AtHand(clock, clock.aim, clock.extended or 0) for clock in clocks]


def answer(case: Case) -> AtHand | None:
    """The clock of the answer that is owed now; None where none is promised."""
    return next((each for each in of(case) if each.is_open and each.metric in _ANSWER), None)


def extendable(case: Case) -> list[AtHand]:
    """Those to which the policy lets a supervisor add something."""
    return [each for each in of(case) if each.may_add]


def by_policy(case: Case) -> list[AtHand]:
    """The open ones that are measured by a rule."""
    return [each for each in of(case) if each.is_open and each.aim.get("policy")]


def promises(case: Case) -> list[AtHand]:
    """What was promised and is still to be done, late or not."""
    return [each for each in of(case) if each.is_open and each.metric == Metric.COMMITMENT]


def unexplained(case: Case) -> list[AtHand]:
    """The late ones of which nobody said why."""
    return [each for each in _late(case) if not each.row.breach_reason]


def unaccepted(case: Case) -> list[AtHand]:
    """The late ones whose reason waits for a supervisor."""
    waits = (each for each in _late(case) if each.row.breach_reason)
    return [each for each in waits if not each.row.reason_accepted]


def _late(case: Case) -> list[AtHand]:
    now = timezone.now()
    return [each for each in of(case) if each.is_late(now) and not _was_elsewhere(case, each, now)]


def _was_elsewhere(case: Case, late: AtHand, now: datetime) -> bool:
    """Whether it was late before the case was taken over: nobody here can say why."""
    taken_over = bool(case.source) or case.channel == Channel.IMPORT
    return taken_over and (late.due or now) < case.created_at
