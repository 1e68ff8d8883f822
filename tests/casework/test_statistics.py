"""What the database knows of how much there is keeps pace with what is entered at once."""

import pytest
from django.db import connection

from casework.models import Complainant, Identity
from casework.statistics import keep_pace


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
