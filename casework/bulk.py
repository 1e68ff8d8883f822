"""Much at once: what PostgreSQL plans by meanwhile, and many rows written by one statement.

It plans by what it knows of how much there is, and keeps plans: one made for an almost empty table
reads all of it for each row that comes later, until statistics are taken anew. It does so itself
only between transactions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

#: In pages of 8 kB, and in rows: from twice as many as were counted last on, or twice these, it
#: counts again. By rows where those of a transaction that was given up left room for them.
FEW, FEW_ROWS = 8, 500
_OUTGROWN = """
    SELECT oid::regclass FROM pg_class
    WHERE oid = ANY(%s::regclass[])
    AND (pg_relation_size(oid) > 2 * 8192 * greatest(relpages, %s)
        OR pg_stat_get_xact_tuples_inserted(oid) > 2 * greatest(reltuples, %s))
"""


def keep_pace(*kinds: type[models.Model]) -> None:
    """Have the tables of these models counted that grew to twice what was counted: one query."""
    tables = [kind._meta.db_table for kind in kinds]
    with connection.cursor() as cursor:
        cursor.execute(_OUTGROWN, [tables, FEW, FEW_ROWS])
        for (table,) in cursor.fetchall():
            # Nobody waits for anybody: where somebody else counts it, it is counted.
            cursor.execute(f"ANALYZE (SKIP_LOCKED) {table}")


def update(rows: Sequence[models.Model], names: Iterable[str]) -> None:
    """Write these fields of rows of one kind that are there: one statement, and none for no rows.

    Django's `bulk_update` spells out a condition for each value, which takes longer than the rest
    of an act.
    """
    if not rows:
        return
    meta = rows[0]._meta
    fields: list[Any] = [meta.get_field(name) for name in names]
    key, *columns = [field.column for field in (meta.pk, *fields)]
    written = ", ".join(f'"{column}" = fresh."{column}"' for column in columns)
    arrays = ", ".join(f"%s::{field.db_type(connection)}[]" for field in (meta.pk, *fields))
    read = ", ".join(f'"{column}"' for column in (key, *columns))
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{meta.db_table}" AS kept SET {written}'  # noqa: S608 - our own names
            f' FROM UNNEST({arrays}) AS fresh({read}) WHERE kept."{key}" = fresh."{key}"',
            [[_as_kept(field, row) for row in rows] for field in (meta.pk, *fields)],
        )


def _as_kept(field: Any, row: models.Model) -> Any:
    return field.get_db_prep_save(getattr(row, field.attname), connection)
