"""Every figure once more, in SQL that is written from its definition and from nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection

from accounts.models import User

#: Cases that the person may see, from the design: units by role, restricted ones where cleared,
#: never about themselves or where they work.
SEEN = """
    WITH mine AS (
        SELECT unit.id AS unit, m.role, m.handles_restricted AS cleared
        FROM accounts_membership m
        JOIN accounts_unit home ON home.id = m.unit_id
        JOIN accounts_unit unit ON unit.id = home.id
            OR (m.role IN ('supervisor', 'quality', 'auditor')
                AND unit.path LIKE home.path || '%%')
        WHERE m.user_id = %(me)s
            AND m.role IN ('intake', 'officer', 'supervisor', 'quality', 'auditor')
    ), works_in AS (
        SELECT above.id FROM accounts_membership m
        JOIN accounts_unit home ON home.id = m.unit_id
        JOIN accounts_unit above ON home.path LIKE above.path || '%%'
        WHERE m.user_id = %(me)s AND m.role <> 'auditor'
    ), seen AS (
        SELECT c.* FROM casework_case c
        WHERE EXISTS (SELECT FROM mine WHERE mine.unit = c.unit_id
                AND (NOT c.restricted OR mine.role = 'auditor'
                    OR mine.cleared AND mine.role <> 'quality'))
            AND NOT %(me)s = ANY (c.about_people)
            AND (c.about_unit_id IS NULL OR c.about_unit_id NOT IN (SELECT id FROM works_in))
            AND (%(unit)s IS NULL OR c.unit_id = %(unit)s)
    )
"""
#: By the moment alone: what was written before it turned says nothing any more.
LATE = "next_due_at < %(now)s"
RUNS = "next_due_at >= %(now)s"
OPEN_CASES = {
    "open": "true",
    "late": LATE,
    "soon": f"{RUNS} AND (due_state = 'soon' OR turns_at <= %(now)s)",
    "paused": "due_state IN ('complainant', 'third_party', 'legal_hold')",
    "complainant": "due_state = 'complainant'",
    "third_party": "due_state = 'third_party'",
    "legal_hold": "due_state = 'legal_hold'",
    "unassigned": "assignee_id IS NULL AND stage NOT IN ('wait_triage', 'wait_work')",
}


def open_cases(user: User, now: datetime, unit: int | None = None) -> dict[str, int]:
    """How many open cases in sight stand how at a moment, each counted for itself."""
    asked = {"me": user.pk, "now": now, "unit": unit}
    counts = ", ".join(f"count(*) FILTER (WHERE {how})" for how in OPEN_CASES.values())
    asking = f"{SEEN} SELECT {counts} FROM seen WHERE closed_at IS NULL"  # noqa: S608 - our words
    [row] = _rows(asking, asked)
    return dict(zip(OPEN_CASES, row, strict=True))


#: A due date fell: it passed while the clock ran, or the clock was met before.
FELL = """
    , fell AS (
        SELECT clock.*, seen.unit_id,
            breached_at IS NOT NULL OR state = 'running' AND clock.due_at < %(now)s AS is_missed,
            coalesce(breached_at, clock.due_at) AS at,
            (SELECT first.due_at FROM workflows_clockentry first WHERE first.clock_id = clock.id
                ORDER BY number LIMIT 1) AS first_due
        FROM workflows_clock clock JOIN seen ON seen.id = clock.case_id
        WHERE breached_at IS NOT NULL
            OR clock.due_at IS NOT NULL
                AND (state = 'met' OR state = 'running' AND clock.due_at < %(now)s)
    ), in_days AS (
        SELECT * FROM fell
        WHERE at >= (%(now)s AT TIME ZONE 'UTC')::date::timestamp AT TIME ZONE 'UTC'
                - make_interval(days => %(days)s - 1)
            AND at < ((%(now)s AT TIME ZONE 'UTC')::date + 1)::timestamp AT TIME ZONE 'UTC'
    )
"""


def on_time(
    user: User, now: datetime, days: int, metric: str, unit: int | None = None
) -> tuple[int, int, int]:
    """Met in time, of those only because the date had moved, and all whose due date fell."""
    asked = {"me": user.pk, "now": now, "unit": unit, "days": days, "metric": metric}
    counts = """SELECT count(*) FILTER (WHERE NOT is_missed),
        count(*) FILTER (WHERE NOT is_missed AND ended_at > first_due), count(*)
        FROM in_days WHERE metric = %(metric)s"""
    [row] = _rows(f"{SEEN} {FELL} {counts}", asked)
    return row


def reasons(user: User, now: datetime, days: int, unit: int | None = None) -> dict[str, int]:
    """How many due dates were missed for which reason."""
    asked = {"me": user.pk, "now": now, "unit": unit, "days": days}
    by_reason = "SELECT breach_reason, count(*) FROM in_days WHERE is_missed GROUP BY 1"
    return dict(_rows(f"{SEEN} {FELL} {by_reason}", asked))


#: An answer that the complainant was given: by one person, or approved by a second one. Its cause
#: is said with its words.
ANSWERED = """
    , given AS (
        SELECT DISTINCT ON (seen.id) seen.id, e.number, e.at
        FROM seen JOIN casework_event e ON e.case_id = seen.id
        WHERE e.kind = 'approve' OR e.kind = 'respond' AND e.audience = 'public'
        ORDER BY seen.id, e.number DESC
    ), said AS (
        SELECT DISTINCT ON (given.id) given.at, e.data ->> 'cause' AS cause
        FROM given JOIN casework_event e ON e.case_id = given.id
        WHERE e.kind = 'respond' AND e.number <= given.number
        ORDER BY given.id, e.number DESC
    )
    SELECT cause, count(*) FROM said
    WHERE (at AT TIME ZONE 'UTC')::date > (%(now)s AT TIME ZONE 'UTC')::date - %(days)s
        AND (at AT TIME ZONE 'UTC')::date <= (%(now)s AT TIME ZONE 'UTC')::date
    GROUP BY 1
"""


def causes(user: User, now: datetime, days: int, unit: int | None = None) -> dict[Any, int]:
    """How many cases in sight were answered, by the code of the root cause; None: none given."""
    asked = {"me": user.pk, "now": now, "unit": unit, "days": days}
    return dict(_rows(f"{SEEN} {ANSWERED}", asked))


def _rows(sql: str, asked: dict[str, Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return cursor.fetchall()
