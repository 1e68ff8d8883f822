"""Statistics keep pace with what is entered at once; many rows are written by one statement."""

import pytest
from django.db import connection

from casework import bulk
from casework.bulk import keep_pace
from casework.models import Case, Complainant, Identity
from tests.agency import Agency, file_case
from tests.clockwork import at


def counted() -> float:
    """How many rows PostgreSQL plans for."""
    table = Complainant._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table])
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_a_table_that_grew_is_counted_within_the_transaction_and_then_left_alone(
    django_assert_num_queries,
):
    # Their places stay taken when a test is undone, so that others may have counted here.
    before = max(counted(), 2000)
    people = [Complainant(identity=Identity.NONE, language="id") for _ in range(int(before) * 4)]
    Complainant.objects.bulk_create(people)
    assert counted() < len(people) / 2, "the test has to see it grow"
    keep_pace(Complainant)
    assert counted() >= len(people)
    with django_assert_num_queries(1):
        keep_pace(Complainant)


@pytest.mark.django_db
def test_a_table_whose_rows_fill_the_room_that_others_left_is_counted_too():
    """As after a batch that was rolled back: many pages, and no row in them."""
    table = Complainant._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pg_class SET reltuples = 0, relpages = 5000 WHERE relname = %s", [table]
        )
    people = [Complainant(identity=Identity.NONE, language="id") for _ in range(1100)]
    Complainant.objects.bulk_create(people)
    keep_pace(Complainant)
    assert counted() >= len(people)


@pytest.mark.django_db
def test_the_named_fields_of_the_rows_are_written_and_no_others(
    agency: Agency, django_assert_num_queries
):
    cases = [file_case() for _ in range(3)]
    moments = [at("2026-11-02 09:00"), None, at("2026-11-04 09:00")]
    for case, moment in zip(cases, moments, strict=True):
        case.next_due_at, case.due_facts, case.subject = moment, {"metric": str(moment)}, "Lain"
    with django_assert_num_queries(1):
        bulk.update(cases[:2], ("next_due_at", "due_facts"))
    kept = Case.objects.in_bulk([case.pk for case in cases])
    assert [kept[case.pk].next_due_at for case in cases[:2]] == moments[:2]
    assert [kept[case.pk].due_facts for case in cases[:2]] == [c.due_facts for c in cases[:2]]
    assert kept[cases[2].pk].due_facts != cases[2].due_facts
    assert "Lain" not in {case.subject for case in kept.values()}


def test_no_rows_are_no_statement(django_assert_num_queries, db: None):
    with django_assert_num_queries(0):
        bulk.update([], ("subject",))
