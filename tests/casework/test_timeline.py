"""History is only ever added to; who changes it in the database all the same is found out."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction

from casework import timeline
from casework.actors import SYSTEM
from casework.models import Case
from tests.agency import Agency, build_agency, walk

CHANGES = [
    "UPDATE casework_event SET kind = 'note'",
    "UPDATE casework_event SET hash = ''",
    "DELETE FROM casework_event",
    "UPDATE casework_eventbody SET text = 'Semua beres.'",
]
TABLES = ["casework_event", "casework_eventbody"]


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def faults() -> list[tuple[str, int, str]]:
    found = timeline.broken(Case.objects.all())
    return [(fault.reference, fault.number, fault.why) for fault in found]


@pytest.mark.parametrize("sql", CHANGES)
def test_the_database_refuses_to_change_history(agency: Agency, sql: str) -> None:
    walk(agency, "work")
    with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
        run(sql)
    assert faults() == []


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_to_empty_history(table: str) -> None:
    case = walk(build_agency(), "work")
    run("SET casework.allow_truncate = 'off'")
    try:
        with pytest.raises(DatabaseError, match=f"append-only: {table} is never"):
            run(f"TRUNCATE {table} CASCADE")
    finally:
        run("SET casework.allow_truncate = 'on'")
    assert case.events.count() == case.event_count


@contextmanager
def unguarded() -> Iterator[None]:
    """As the administrator of the database, with every trigger off."""
    run("SET session_replication_role = 'replica'")
    try:
        yield
    finally:
        run("SET session_replication_role = 'origin'")


FORGED = [
    ("UPDATE casework_event SET kind = 'note' WHERE number = 2", 2, "the event was altered"),
    ("UPDATE casework_event SET at = at - interval '1 day'", 1, "the event was altered"),
    ("UPDATE casework_event SET data = '{\"level\": 2}' WHERE number = 3", 3, "altered"),
    ("UPDATE casework_event SET actor_id = NULL WHERE number = 3", 3, "altered"),
    ("UPDATE casework_event SET number = 99 WHERE number = 2", 3, "missing"),
    ("UPDATE casework_eventbody SET text = 'Semua beres.'", 1, "the words were altered"),
    ("DELETE FROM casework_event WHERE number = 2", 3, "an event before it is missing"),
    ("DELETE FROM casework_event WHERE number = 3", 3, "the last events are missing"),
]


@pytest.mark.parametrize(("sql", "number", "why"), FORGED)
@pytest.mark.django_db(transaction=True)
def test_a_forged_row_is_named(sql: str, number: int, why: str) -> None:
    case = walk(build_agency(), "work")
    assert faults() == []
    with unguarded():
        run(sql)
    [(reference, place, told)] = faults()
    assert (reference, place) == (case.reference, number)
    assert why in told


@pytest.mark.django_db(transaction=True)
def test_an_event_is_recorded_only_inside_the_transaction_of_its_change() -> None:
    case = walk(build_agency(), "triage")
    with pytest.raises(RuntimeError):
        timeline.record(case, "note", SYSTEM)


def test_the_citizen_reads_no_internal_event(agency: Agency) -> None:
    case = walk(agency, "review", category="bills")
    mine = {event.kind for event in timeline.shown_to_citizen(case)}
    assert mine == {"filed", "accept", "assigned"}
    assert {event.kind for event in timeline.shown_to_staff(case)} == mine | {"respond"}
