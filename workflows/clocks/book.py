"""The clocks of one case in memory: read once an act, written once."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from casework import bulk
from casework.models import Case, Event, Priority
from workflows import opening, policies
from workflows.clocks.wakes import wake_at
from workflows.ledger import Line, Standing, begin, replay
from workflows.models import LEDGERS, Clock, ClockEntry, Metric, PolicyVersion, State
from workflows.targets import Impossible

log = logging.getLogger(__name__)

_PROJECTED = (
    "state", "started_at", "due_at", "ended_at", "breached_at", "muted", "reason", "until",
    "span", "wake_at", "breach_reason", "reason_accepted",
)  # fmt: skip


@dataclass
class Kept:
    """A clock, how it stands, and the lines that are not written yet.

    `written`: what its row says in the database, of what follows from the ledger.
    """

    row: Clock
    standing: Standing
    count: int
    fresh: list[ClockEntry] = field(default_factory=list)
    due_before: datetime | None = None
    zone_before: str = ""
    written: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.due_before = self.standing.due if self.count else None
        self.zone_before = self.standing.zone
        self.written = _values(self.row)

    @property
    def metric(self) -> str:
        return self.row.metric

    @property
    def is_open(self) -> bool:
        return self.standing.ended_at is None


def lines_of(clock: Clock) -> list[Line]:
    """The ledger of a clock, as `workflows.ledger` reads it."""
    return [Line(entry.kind, entry.at, entry.data) for entry in clock.ledger]


def standing_of(clock: Clock) -> Standing:
    """How a clock stands by its ledger alone."""
    return replay(lines_of(clock), opening.calendar)


class Book:
    """The clocks of a case."""

    def __init__(self, case: Case, now: datetime, clocks: list[Clock]) -> None:
        self.case, self.now = case, now
        #: When the last rule ended that measured one of them, since anybody looked.
        self.rule_ended_at: datetime | None = None
        self._ended: dict[int, dict[str, tuple[datetime, PolicyVersion]]] = {}
        self.kept = [Kept(row, standing_of(row), len(row.ledger)) for row in clocks]

    @classmethod
    def of(cls, case: Case, now: datetime) -> Book:
        """Read them: two queries."""
        return cls(case, now, list(case.clocks.order_by("pk").prefetch_related(LEDGERS)))

    @property
    def is_urgent(self) -> bool:
        return self.case.priority == Priority.URGENT

    @cached_property
    def openings(self) -> list[opening.Opening]:
        """The calendars of the case's unit over time; the last one counts now."""
        return opening.history_of(self.case.unit)

    @cached_property
    def match(self) -> policies.Match | None:
        """The rule for the case as it now is; of the policy in force when it was received."""
        return policies.match(self.case, self.case.received_at)

    def rule_ended(self, version: int, rule: str) -> tuple[datetime, PolicyVersion] | None:
        """When a rule by which a clock is measured was ended, and by which version of its policy.

        A rule that an edit changed or left out is not ended: started clocks keep it.
        """
        if version not in self._ended:
            self._ended[version] = _ended_rules(version)
        return self._ended[version].get(rule)

    def forget(self) -> None:
        """The case has another unit, category, kind or priority: what was read holds no more."""
        for name in ("openings", "match"):
            self.__dict__.pop(name, None)

    def open(self, *metrics: str) -> Iterator[Kept]:
        """The clocks that have not ended; of some metrics, where any are named."""
        return (
            each for each in self.kept if each.is_open and (not metrics or each.metric in metrics)
        )

    def of_cycle(self, *metrics: str) -> list[Kept]:
        """The clocks of the running cycle, the oldest first."""
        cycle = self.case.cycle
        return [each for each in self.kept if each.row.cycle == cycle and each.metric in metrics]

    def aim(self, metric: str, match: policies.Match | None = None) -> dict[str, Any] | None:
        """What a clock of this metric is measured by; None where the policy has no target.

        `match`: the rule, where it is not the one that fits now.
        """
        match = match or self.match
        if match is None:
            return None
        target = match.rule.targets.get(metric)
        if target is None and metric == Metric.STAGE2:
            target = match.rule.targets.get(Metric.RESOLUTION)
        if target is None:
            return None
        said = {"policy": match.version.pk, "rule": match.rule.id}
        return {"target": target.as_dict(), **said, **self.by_calendar()}

    def by_calendar(self) -> dict[str, Any]:
        now = self.openings[-1]
        return {"calendar": now.version, "zone": now.zone}

    def start(self, metric: str, at: datetime, data: dict[str, Any] | None) -> Kept | None:
        """Start a clock; None where there is nothing to measure it by."""
        if data is None:
            return None
        subjects = [each.row.subject for each in self.of_cycle(metric)]
        row = Clock(
            case=self.case,
            metric=metric,
            cycle=self.case.cycle,
            subject=max(subjects) + 1 if subjects else 0,
        )
        row.ledger = []
        try:
            standing = begin(Line("started", at, data), opening.calendar)
        except Impossible:
            log.exception("The clock %s of case %s can never be due.", metric, self.case.pk)
            return None
        kept = Kept(row, standing, 0)
        self._write(kept, "started", at, data)
        self.kept.append(kept)
        return kept

    def add(self, kept: Kept, kind: str, at: datetime, **data: Any) -> None:
        """Add a line to the ledger of a clock; never before its last one.

        A clock that no calendar can make due any more is cancelled: editors refuse such a
        calendar, so somebody has to hear of it.
        """
        at = max(at, kept.standing.last_at)
        try:
            kept.standing = kept.standing.after(Line(kind, at, data))
        except Impossible:
            log.exception("The clock %s can never be due.", kept.row.pk)
            kind, data = "cancelled", {"why": "impossible"}
            kept.standing = kept.standing.after(Line(kind, at, data))
        self._write(kept, kind, at, data)

    def aim_anew(self, kept: Kept, at: datetime, why: str, **changes: Any) -> None:
        """Measure a clock by something else from its start on; pauses and extensions stay."""
        standing = kept.standing
        target, deadline = standing.target, standing.deadline
        said = {
            "target": target and target.as_dict(),
            "policy": standing.policy,
            "rule": standing.rule,
            "calendar": standing.version,
            "zone": standing.zone,
            "deadline": deadline and deadline.isoformat(),
        }
        self.add(kept, "retargeted", at, **(said | changes), why=why)

    def project(self) -> None:
        """Write on the rows in memory what follows from their ledgers."""
        for each in self.kept:
            if each.fresh or each.is_open:
                project(each, self.now, urgent=self.is_urgent)

    def changed(self) -> list[Kept]:
        """The clocks whose ledger or row is not as it was read."""
        self.project()
        return [each for each in self.kept if each.fresh or each.written != _values(each.row)]

    def _write(self, kept: Kept, kind: str, at: datetime, data: dict[str, Any]) -> None:
        kept.count += 1
        entry = ClockEntry(kind=kind, number=kept.count, at=at, due_at=_due(kept), data=data)
        kept.fresh.append(entry)
        kept.row.ledger.append(entry)


def go_on(book: Book, kept: Kept, at: datetime) -> None:
    """End the pause of a clock, if it is held."""
    if kept.standing.paused_at:
        book.add(kept, ClockEntry.Kind.RESUMED, at)


def save(books: list[Book], event: Event | None = None) -> None:
    """Write what is new of some cases, as part of an event where one is at hand.

    The case rows are not written.
    """
    changed = [each for book in books for each in book.changed()]
    new = [each.row for each in changed if each.row.pk is None]
    old = [each.row for each in changed if each.row.pk is not None]
    if new:
        Clock.objects.bulk_create(new)
    bulk.update(old, _PROJECTED)
    entries = []
    for each in changed:
        for entry in each.fresh:
            entry.clock, entry.event = each.row, entry.event or event
        entries += each.fresh
        each.fresh, each.written = [], _values(each.row)
    if entries:
        ClockEntry.objects.bulk_create(entries)


def _ended_rules(version: int) -> dict[str, tuple[datetime, PolicyVersion]]:
    """The rules of a version's policy that were ended, each with the version that did so."""
    newest = PolicyVersion.objects.filter(policy__versions=version).order_by("-number")
    if not any("ended" in each for each in newest.values_list("rules", flat=True)[0]):
        return {}
    found = {}
    for each in newest.select_related("policy"):
        for rule in each.rules:
            if rule.get("ended"):
                found[rule["id"]] = (datetime.fromisoformat(rule["ended"]), each)
    return found


def _values(row: Clock) -> list[Any]:
    return [getattr(row, name) for name in _PROJECTED]


def _due(kept: Kept) -> datetime | None:
    return kept.standing.due if kept.standing.runs else None


def project(kept: Kept, now: datetime, *, urgent: bool) -> None:
    """Write on the row what follows from the ledger."""
    row, standing = kept.row, kept.standing
    row.state = _state(standing)
    row.started_at, row.ended_at = standing.started_at, standing.ended_at
    row.due_at = None if standing.paused_at and standing.ended_at is None else standing.due
    row.breached_at, row.muted = standing.breached_at, standing.muted
    row.reason, row.until = standing.reason, standing.until
    row.span = standing.span
    row.breach_reason, row.reason_accepted = standing.code, standing.accepted
    row.wake_at = wake_at(standing, now, urgent=urgent)


def _state(standing: Standing) -> str:
    if standing.ended_at:
        return State.CANCELLED if standing.cancelled else State.MET
    return State.PAUSED if standing.paused_at else State.RUNNING
