"""Tables are emptied row by row after a test that was no transaction.

With the few rows of a test that takes 6 ms, and TRUNCATE of every table 320.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations

_truncate = DatabaseOperations.sql_flush


def _delete(ops: Any, style: Any, tables: list[str], **asked: Any) -> list[str]:
    """Without triggers, which guard history; only a superuser goes without them."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW is_superuser")
        (superuser,) = cursor.fetchone()
    if superuser != "on" or asked.get("reset_sequences"):
        return list(_truncate(ops, style, tables, **asked))
    rows = (" ".join(["DELETE FROM", ops.quote_name(table)]) for table in tables)
    return ["SET LOCAL session_replication_role = replica", *rows]


@contextmanager
def emptied_quickly() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", _delete)
        yield
