"""What PostgreSQL knows of how much there is, while much is entered at once.

It plans by that, and keeps plans: one made for an almost empty table reads all of it for each row
that comes later, until statistics are taken anew. It does so itself only between transactions.
"""

from __future__ import annotations

from django.db import connection, models

#: In pages of 8 kB: from twice as many as were counted last on, or twice these, it counts again.
FEW = 8
_OUTGROWN = """
    SELECT oid::regclass FROM pg_class
    WHERE oid = ANY(%s::regclass[])
    AND pg_relation_size(oid) > 2 * 8192 * greatest(relpages, %s)
"""


def keep_pace(*kinds: type[models.Model]) -> None:
    """Have the tables of these models counted that grew to twice what was counted: one query."""
    tables = [kind._meta.db_table for kind in kinds]
    with connection.cursor() as cursor:
        cursor.execute(_OUTGROWN, [tables, FEW])
        for (table,) in cursor.fetchall():
            # Nobody waits for anybody: where somebody else counts it, it is counted.
            cursor.execute(f"ANALYZE (SKIP_LOCKED) {table}")
