"""The door's bulk half: cases that happened elsewhere enter at their real dates.

For imports, the demo agency and measuring. A closed case gets a finished process and no task, a
live one a single live task. Nobody is told anything, and timeouts count from the entry.
A closed case whose source gives no date of closing says so: docs/decisions/0004.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from viewflow.workflow import STATUS
from viewflow.workflow.models import Process, Task
from viewflow.workflow.status import PROCESS

from accounts import languages
from casework import timeline
from casework.actors import SYSTEM, CitizenActor
from casework.bulk import keep_pace
from casework.conflicts import recogniser
from casework.models import (
    Audience,
    Case,
    Complainant,
    Event,
    EventBody,
    Resolution,
)
from casework.references import new_reference
from casework.stages import Stage, Status
from workflows import resolutions
from workflows.clocks import historic as clocks
from workflows.clocks.book import Book, save
from workflows.clocks.measures import Measures
from workflows.flows import ComplaintFlow
from workflows.historic_case import CLOSING_OF, CLOSINGS, HistoricCase, refuse_impossible
from workflows.models import Clock
from workflows.nodes import arm, place
from workflows.receiving import impartial_unit, move
from workflows.spoken import subject_of

__all__ = ["BATCH", "CLOSINGS", "HistoricCase", "enter"]

BATCH = 500

_UNDATED = _("The source gives no date of closing; the day of receipt stands for it.")
_BY_CITIZEN = frozenset({"confirm", "withdraw"})


def enter(rows: Iterable[HistoricCase]) -> int:
    """Enter historic cases in batches, each in a transaction of its own; returns how many.

    Raises `ValueError`, before anything of that batch is written, for a row that cannot have
    happened: see `contradictions`, or a final stage without a moment of closing.
    """
    entered = 0
    for batch in timeline.batched(rows, BATCH):  # type: ignore[arg-type]
        with transaction.atomic():
            _Batch(batch, timezone.now()).write()  # type: ignore[arg-type]
        entered += len(batch)
    return entered


@dataclass
class _Batch:
    rows: list[HistoricCase]
    at: datetime
    named_in: Callable[[str], list[int]] = field(default_factory=recogniser)
    events: list[Event] = field(default_factory=list)
    bodies: list[EventBody] = field(default_factory=list)
    resolutions: list[Resolution] = field(default_factory=list)

    def write(self) -> None:
        """Everything of the batch, in the order in which rows hang on each other."""
        for row in self.rows:
            refuse_impossible(row)
        keep_pace(Complainant, Process, Case, Event, Clock)
        people = Complainant.objects.bulk_create(self._complainants())
        runs = Process.objects.bulk_create([_process(row, self.at) for row in self.rows])
        tasks = self._tasks(runs)
        parts = zip(self.rows, _fresh_references(self.rows), people, runs, tasks, strict=True)
        cases = [self._case(*part) for part in parts]
        self._number_events(cases)
        books = self._keep_time(cases)
        Case.objects.bulk_create(cases)
        Event.objects.bulk_create(self.events)
        EventBody.objects.bulk_create(self.bodies)
        Resolution.objects.bulk_create(self.resolutions)
        save(books)

    def _complainants(self) -> list[Complainant]:
        """In which language they were spoken to is not known: it was the agency's."""
        language = languages.own()
        return [
            Complainant.sealed(
                row.identity, language, name=row.name, email=row.email, phone=row.phone
            )
            for row in self.rows
        ]

    def _keep_time(self, cases: list[Case]) -> list[Book]:
        """Timers and clocks: by policies and calendars that are asked once for the batch."""
        measures = Measures(cases)
        for case in cases:
            arm(case, ComplaintFlow.instance.node(case.stage), self.at, measures)
        return clocks.begin(map(_past, self.rows, cases), self.at, measures)

    def _tasks(self, runs: list[Process]) -> list[Task]:
        """The live task of each live case, saved; the End of each closed one, which is not."""
        pairs = zip(self.rows, runs, strict=True)
        tasks = [_task(row.stage, run, self.at) for row, run in pairs]
        Task.objects.bulk_create([task for task in tasks if task.status == STATUS.NEW])
        return tasks

    def _case(
        self, row: HistoricCase, reference: str, person: Complainant, run: Process, task: Task
    ) -> Case:
        case = _bare_case(row, reference, person, run, self.at)
        flow = ComplaintFlow.instance
        place(case, flow.triage, task, row.received_at)
        self._tell(case, "filed", CitizenActor(0), row.received_at, row.text, channel=case.channel)
        if row.answer:
            self._answer(case, row, task)
        place(case, flow.node(row.stage), task, row.closed_at or self.at)
        if row.closed_at:
            closing = row.closing or CLOSING_OF[Stage(row.stage)]
            actor = CitizenActor(0) if closing in _BY_CITIZEN else SYSTEM
            doubt: dict[str, Any] = {"date_unknown": True} if row.undated else {}
            self._tell(case, closing, actor, row.closed_at, **doubt)
            self._rate(case, row)
        self._tell_entry(case, row, self._keep_from_accused(case))
        return case

    def _keep_from_accused(self, case: Case) -> dict[str, Any]:
        """As on filing: whom it is about does not see it, nor does their unit keep it."""
        case.about_people = self.named_in(case.about)
        return move(case, impartial_unit(case)) if case.about_people else {}

    def _tell_entry(self, case: Case, row: HistoricCase, facts: dict[str, Any]) -> None:
        inside = Audience.INTERNAL
        words = "\n".join(filter(None, [row.note, str(_UNDATED) if row.undated else ""]))
        facts |= {"source": row.source}
        self._tell(case, "imported", SYSTEM, self.at, words, audience=inside, **facts)

    def _answer(self, case: Case, row: HistoricCase, task: Task) -> None:
        """What was said to somebody whose case goes on is a message, and no answer yet."""
        at = row.closed_at or self.at
        if not row.is_answered:
            self._tell(case, "message", SYSTEM, at, row.answer)
            return
        place(case, ComplaintFlow.instance.confirm, task, at)
        case.cause, case.answered_at = row.cause, at
        given = {"cause": row.cause, "outcome": row.outcome, "remedy": row.remedy}
        event = self._tell(case, "respond", SYSTEM, at, row.answer, **resolutions.codes(given))
        if any(given.values()):
            self.resolutions.append(Resolution(event=event, case=case, cycle=case.cycle, **given))

    def _rate(self, case: Case, row: HistoricCase) -> None:
        if row.stars is not None and row.closed_at:
            case.rating = row.stars
            self._tell(case, "rate", CitizenActor(0), row.closed_at, stars=row.stars)

    def _tell(
        self,
        case: Case,
        kind: str,
        actor: Any,
        at: datetime,
        body: str = "",
        *,
        audience: str = Audience.PUBLIC,
        **data: Any,
    ) -> Event:
        task_id = case.entered_task_id
        event, words = timeline.build(
            case, kind, actor, audience=audience, body=body, data=data, at=at, task_id=task_id
        )
        self.events.append(event)
        if words:
            self.bodies.append(words)
        return event

    def _number_events(self, cases: list[Case]) -> None:
        """Reserve ids, so that each case is inserted knowing its last event: no second write."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [Event._meta.db_table, len(self.events)],
            )
            numbers = [row[0] for row in cursor.fetchall()]
        for event, number in zip(self.events, numbers, strict=True):
            event.pk = number
            event.case.last_event_id = number


def _past(row: HistoricCase, case: Case) -> clocks.Past:
    return clocks.Past(case, row.due_at, bool(row.answer), row.undated, row.late_because)


def _process(row: HistoricCase, at: datetime) -> Process:
    status = PROCESS.DONE if row.closed_at else PROCESS.NEW
    return Process(
        flow_class=ComplaintFlow, status=status, created=row.received_at, finished=row.closed_at
    )


def _task(stage: str, run: Process, at: datetime) -> Task:
    node = ComplaintFlow.instance.node(stage)
    status = STATUS.DONE if node.final else STATUS.NEW
    return Task(
        process=run, flow_task=node, flow_task_type=node.task_type, status=status, created=at
    )


def _bare_case(
    row: HistoricCase, reference: str, person: Complainant, run: Process, at: datetime
) -> Case:
    return Case(
        reference=reference,
        complainant=person,
        process=run,
        subject=row.subject[:200] or subject_of(row.text),
        restricted=bool(row.category and row.category.restricted),
        # No secret opens it: the digest is random and belongs to none.
        secret_digest=secrets.token_hex(32),
        created_at=at,
        checked_as=Status.BEING_CHECKED if row.assignee else Status.RECEIVED,
        last_words=" ".join(row.text.split())[:200],
        last_words_at=row.received_at,
        **{name: getattr(row, name) for name in _AS_IT_WAS},
    )


_AS_IT_WAS = (
    "text", "unit", "category", "service", "assignee", "kind", "priority", "channel", "source",
    "external_reference", "publishing", "about", "occurred_on", "address", "lat", "lon",
    "received_at",
)  # fmt: skip


def _fresh_references(rows: list[HistoricCase]) -> Iterator[str]:
    """One unused reference a row."""
    fresh: dict[str, None] = {}
    while len(fresh) < len(rows):
        drawn = {new_reference(row.received_at): None for row in rows[len(fresh) :]}
        taken = Case.objects.filter(reference__in=drawn).values_list("reference", flat=True)
        fresh |= {ref: None for ref in drawn if ref not in set(taken)}
    return iter(fresh)
