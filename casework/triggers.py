"""PostgreSQL triggers that keep history append-only."""

import pgtrigger


class AppendOnly(pgtrigger.Protect):
    """Refuses UPDATE and DELETE of any row."""

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name, operation=pgtrigger.Update | pgtrigger.Delete)


def refuse_truncate(name: str) -> pgtrigger.Trigger:
    """Refuses TRUNCATE, which row triggers never see.

    A session that sets `casework.allow_truncate` to `on` may: tests empty tables that way.
    """
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func=(
            "IF current_setting('casework.allow_truncate', true) IS DISTINCT FROM 'on' THEN"
            " RAISE EXCEPTION 'History is append-only: % is never truncated.', TG_TABLE_NAME;"
            " END IF; RETURN NULL;"
        ),
    )
