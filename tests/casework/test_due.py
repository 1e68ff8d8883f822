"""Lists by how the nearest due date stands: by the moment, and read from an index."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework import queues
from casework.due import Due, standing
from casework.models import Case
from tests.agency import Agency, walk
from tests.desk.test_queue import explained
from tests.figures.rows import due
from tests.figures.wall import STANDS
from workflows.historic import enter
from workflows.management.commands.bench_data import synthetic_cases

NOW = datetime(2026, 11, 24, 5, 41, tzinfo=UTC)
#: The stages of a clock of ten hours that began now: hours later → in which list it is.
HOURS = {0: "calm", 7: "calm", 7.5: "soon", 10: "soon", 10.01: "late", 200: "late"}


@pytest.mark.parametrize("swept_at", [0, 8, 11])
def test_a_case_is_listed_by_the_moment_however_long_nobody_swept(agency: Agency, swept_at: int):
    case = due(walk(agency, "work"), "calm", NOW, hours=10, turns=7.5)
    for hours, state in HOURS.items():
        if hours < swept_at:
            continue
        if swept_at:
            written = next(s for h, s in reversed(HOURS.items()) if h <= swept_at)
            turns = {"soon": 10}.get(written)
            due(case, written, NOW, hours=10, turns=turns)
        assert lists_of(case, NOW + timedelta(hours=hours)) == {state}, hours


def lists_of(case: Case, now: datetime) -> set[str]:
    mine = Case.objects.filter(pk=case.pk)
    return {each for each in Due if mine.filter(standing(each, now)).exists()}


@pytest.mark.parametrize("reason", ["complainant", "third_party", "legal_hold"])
def test_what_is_paused_is_listed_by_its_reason_too(agency: Agency, reason: str):
    case = due(walk(agency, "work"), reason, NOW)
    assert lists_of(case, NOW) == {"paused", reason}


@pytest.mark.parametrize("stand", STANDS, ids=str)
def test_an_open_case_is_in_one_list_alone_and_one_that_ended_in_none(agency: Agency, stand: dict):
    whole = {Due.LATE, Due.SOON, Due.CALM, Due.PAUSED, Due.NONE}
    case = due(walk(agency, "work"), now=NOW, **stand)
    assert len(lists_of(case, NOW) & whole) == 1
    ended = due(walk(agency, "closed"), now=NOW, **stand)
    assert lists_of(ended, NOW) == set()


INDEXES = {
    Due.LATE: "Index Cond: (due_rank <=",
    Due.PAUSED: "using case_paused ",
    Due.COMPLAINANT: "using case_paused ",
}


@pytest.mark.parametrize("asked", INDEXES)
def test_a_list_is_read_in_order_from_an_index_that_ends_with_it(agency: Agency, asked: Due):
    plan = plan_of(agency, asked)
    assert INDEXES[asked] in plan
    assert "Sort" not in plan


def test_the_few_at_risk_are_named_by_two_indexes(agency: Agency):
    plan = plan_of(agency, Due.SOON, only="seqscan")
    assert "case_soon" in plan and "case_turns" in plan


def plan_of(agency: Agency, asked: Due, only: str = "") -> str:
    enter(synthetic_cases(300))
    few = Case.objects.order_by("pk").values_list("pk", flat=True)[:5]
    Case.objects.filter(pk__in=list(few)).update(due_state="soon")
    cases = queues.cases_in("unit", agency.head).filter(standing(asked, NOW))
    with CaptureQueriesContext(connection) as captured:
        queues.page(cases, "unit")
    page = captured.captured_queries[-1]["sql"]
    if not only:
        return explained(page)
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL enable_{only} = off")
        cursor.execute("ANALYZE casework_case")
        cursor.execute(f"EXPLAIN {page}")
        return "\n".join(line for (line,) in cursor.fetchall())
