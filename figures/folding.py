"""Folds the delta rows into the standing ones, a batch a statement.

A statement sees what was committed before it began, and takes what it sees: rows that come in
meanwhile wait for the next one, and of two that run at once each takes other rows.
"""

from __future__ import annotations

from django.db import connection, models

from figures.models import ROLLUPS
from workflows.jobs import Turn

BATCH = 20_000


def fold_all(turn: Turn) -> None:
    """Fold what waits: costs what has changed since."""
    for standing, delta in ROLLUPS.items():
        while fold(standing, delta) == BATCH and not turn.is_over():
            pass


def fold(standing: type[models.Model], delta: type[models.Model]) -> int:
    """Fold one batch; returns how many rows it took."""
    with connection.cursor() as cursor:
        cursor.execute(_statement(standing, delta), [BATCH])
        return int(cursor.fetchone()[0])


def _statement(standing: type[models.Model], delta: type[models.Model]) -> str:
    """Nothing but the names of tables and columns goes into it."""
    quoted = connection.ops.quote_name
    into, taken_from = quoted(standing._meta.db_table), quoted(delta._meta.db_table)
    key = ", ".join(quoted(str(field.column)) for field in key_of(delta))
    return f"""
        WITH taken AS (
            DELETE FROM {taken_from} WHERE id IN (SELECT id FROM {taken_from} ORDER BY id LIMIT %s)
            RETURNING {key}, n
        ), folded AS (
            INSERT INTO {into} AS standing ({key}, n)
            SELECT {key}, sum(n) FROM taken GROUP BY {key}
            ON CONFLICT ({key}) DO UPDATE SET n = standing.n + excluded.n
        )
        SELECT count(*) FROM taken
    """  # noqa: S608


def key_of(model: type[models.Model]) -> list[models.Field]:
    """The fields that say of what there are so many."""
    return [field for field in model._meta.concrete_fields if field.name not in ("id", "n")]
