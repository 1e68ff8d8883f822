"""What pages are compared with: as little as can be, and no less than was said."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from accounts.topmost import topmost
from benchmarks import ideal
from benchmarks.cost import Backend, measured
from benchmarks.journeys import Journey, refuse_failed, statements
from tests.agency import Agency

#: The statements of performance.md; those of an act with the beginning and end of its transaction,
#: which is a savepoint within that of a test.
FLOOR = {"queue": 1, "case": 2, "tracking": 2, "filing": 1, "act": 5, "wall": 1}


def test_the_floor_asks_no_more_than_it_must_and_floor_full_for_session_and_person(
    agency: Agency, counted: None
) -> None:
    topmost()  # kept in the cache, as the agency's name and language are between two pages
    with ideal.table(1_000, entries=8):
        assert asked(ideal.floor()) == FLOOR
        full = asked(ideal.floor_full(agency.head))
    assert full == {name: count + 2 for name, count in FLOOR.items()}


def asked(journeys: dict[str, Journey]) -> dict[str, int]:
    return {name: statements(journey) for name, journey in journeys.items()}


def test_the_floor_shows_fifty_rows_and_the_history_that_was_wanted(agency: Agency) -> None:
    with ideal.table(1_000, entries=8):
        pages = ideal.floor_full(agency.head)
        page = {name: pages[name]()().content.decode() for name in ("queue", "case", "tracking")}
        assert page["queue"].count('<a id="row-') == 50
        assert page["case"].count("<li>") == page["tracking"].count("<li>") == 8


def test_floor_full_is_behind_the_middlewares_and_opens_to_nobody_else(agency: Agency) -> None:
    with ideal.table(1_000, entries=1):
        bare, full = (
            pages["queue"]()() for pages in (ideal.floor(), ideal.floor_full(agency.head))
        )
        assert "Content-Security-Policy" in full.headers
        assert set(bare.headers) == {"Content-Type"}
        full.client.logout()
        assert full.client.get("/full/queue/").status_code == 302


def test_its_queue_is_read_from_a_partial_index(db: None) -> None:
    with ideal.table(1_000, entries=1), connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {ideal.QUEUE}", [50])
        plan = " ".join(row[0] for row in cursor.fetchall())
    assert "matter_due_at_id_idx" in plan and "Sort" not in plan


def test_nothing_of_it_is_left(db: None) -> None:
    with pytest.raises(RuntimeError), ideal.table(100, entries=1):
        raise RuntimeError
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_namespace WHERE nspname = 'floor'")
        assert cursor.fetchone() == (0,)


def test_the_database_works_in_a_process_whose_time_is_read(db: None) -> None:
    backend = Backend()
    if not backend.is_readable:
        pytest.skip("/proc does not show the database here")
    before = backend.milliseconds()
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(n) FROM generate_series(1, 1000000) AS n")
    assert 20 < backend.milliseconds() - before < 20_000


def test_what_failed_is_not_measured(agency: Agency) -> None:
    with ideal.table(100, entries=1):
        pages = ideal.floor()
        client = pages["queue"]().func.__self__
        with pytest.raises(AssertionError, match="HTTP 404 for /floor/nowhere/at/all/"):
            refuse_failed(client.get("/floor/nowhere/at/all/"))


def test_what_makes_a_request_ready_is_not_in_its_cost(agency: Agency) -> None:
    with ideal.table(100, entries=1):
        queue = ideal.floor()["queue"]

        def after_much_work() -> Callable[[], Any]:
            assert User.objects.count() > 0
            return queue()

        (cost,) = measured({"queue": after_much_work}, rounds=3).values()
    assert cost.statements == 1
    assert cost.total == cost.server + (cost.database or 0) > 0
