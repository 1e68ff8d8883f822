"""A unit with a past: answers on time and late, entered at their own dates; and plans of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from unittest import mock

from django.db import connection
from django.utils import timezone

from accounts.models import Membership, Unit, User
from accounts.rights import Role
from casework.models import Category, Cause
from improvement.models import Action, Plan
from improvement.plans import doing, keeping, passing
from tests.agency import Agency
from workflows.historic import HistoricCase, enter

#: A Monday; whole weeks lie before and after it.
MONDAY = date(2026, 11, 2)
NOON = time(5, 0)


@contextmanager
def at(day: date, hour: time = NOON) -> Iterator[datetime]:
    """It is noon of that day (or an hour of UTC), for whoever asks Django."""
    now = datetime.combine(day, hour, UTC)
    with mock.patch.object(timezone, "now", lambda: now):
        yield now


def answered(
    unit: Unit, category: Category, due: date, *, late: int = 0, kept: int = 0, **said: Any
) -> None:
    """So many answers whose due date fell on that day: late by three days, or two days early."""
    due_at = datetime.combine(due, NOON, UTC)
    rows = [(due_at + timedelta(days=3))] * late + [(due_at - timedelta(days=2))] * kept
    enter(
        HistoricCase(
            text=f"Air mati di RT {n} pada tanggal {due}.",
            unit=unit,
            category=category,
            received_at=due_at - timedelta(days=14),
            stage="closed",
            due_at=due_at,
            closed_at=closed_at,
            answer="Pompa sudah diganti.",
            **said,
        )
        for n, closed_at in enumerate(rows)
    )


def weekly(agency: Agency, first: date, weeks: int, *, late: int, kept: int, **said: Any) -> None:
    """The same in each of so many weeks, on their Wednesdays."""
    for week in range(weeks):
        day = first + timedelta(days=7 * week + 2)
        answered(agency.water, agency.plain, day, late=late, kept=kept, **said)


def leader(agency: Agency) -> User:
    user = User.objects.create(username="leader", first_name="Leader", email="leader@example.org")
    user.set_password("rahasia-uji")
    user.save()
    Membership.objects.create(user=user, unit=agency.root, role=Role.LEADER)
    return user


SMART: dict[str, Any] = {
    "title": "Jadwal aliran air yang bisa dipegang",
    "problem": "Warga tidak tahu kapan air mengalir.",
    "change": "Jadwal dikirim sehari sebelumnya.",
    "place": "Kecamatan Cempaka",
    "indicator": "on_time",
    "metric": "resolution",
    "reason": "",
    "category": None,
    "cause": None,
    "baseline_first": MONDAY - timedelta(days=90),
    "baseline_last": MONDAY - timedelta(days=1),
    "selected": True,
    "target": Decimal(80),
    "level": Decimal("0.950"),
    "least": 20,
    "budget": 0,
    "currency": "IDR",
    "resources": "Dua petugas.",
    "authority": "SK Direktur 41/2026",
    "element": "time",
    "relevance": "61 pengaduan sejak Mei.",
    "affected": "24 petugas dan 4.000 pelanggan.",
    "evidence": "",
    "starts_on": MONDAY + timedelta(days=7),
    "due_on": MONDAY + timedelta(days=7 * 20),
    "review_weeks": 4,
}


def said(agency: Agency, **more: Any) -> dict[str, Any]:
    """A whole plan, unless said otherwise."""
    return SMART | {"owner": agency.supervisor} | more


def drafted(agency: Agency, **more: Any) -> Plan:
    return keeping.begin(agency.water, agency.quality, said(agency, **more))


def approved(agency: Agency, **more: Any) -> Plan:
    """Written by the quality lead, approved by the head."""
    plan = passing.propose(drafted(agency, **more), agency.quality)
    return passing.approve(plan, agency.head, plan.newest.number)


def with_action(agency: Agency, plan: Plan, **more: Any) -> Action:
    facts = {
        "title": "Jadwal dikirim sehari sebelumnya",
        "owner": agency.officer,
        "due_on": MONDAY + timedelta(days=21),
        "milestone": "Pesan pertama terkirim",
        "pilot": "",
        "risk": "Salah kirim",
        "way_back": "Papan pengumuman",
        "course": "",
        "planned": None,
    }
    return doing.add_action(plan, agency.quality, facts | more)


def cause() -> Cause:
    return Cause.objects.filter(children=None).order_by("pk")[0]


#: The share of a unit's answers that were on time, from the definition and from nothing else.
ON_TIME = """
    SELECT count(*) FILTER (WHERE clock.breached_at IS NULL AND clock.state = 'met'), count(*)
    FROM workflows_clock clock JOIN casework_case c ON c.id = clock.case_id
    WHERE clock.metric = 'resolution' AND c.unit_id = %(unit)s
        AND NOT c.restricted AND c.about_people = '{}' AND c.about_unit_id IS NULL
        AND (clock.breached_at IS NOT NULL OR clock.due_at IS NOT NULL
            AND (clock.state = 'met' OR clock.state = 'running' AND clock.due_at < %(now)s))
        AND coalesce(clock.breached_at, clock.due_at) >= %(first)s::timestamp AT TIME ZONE 'UTC'
        AND coalesce(clock.breached_at, clock.due_at)
            < (%(last)s::date + 1)::timestamp AT TIME ZONE 'UTC'
"""


def on_time(unit: Unit, first: date, last: date, now: datetime) -> tuple[int, int]:
    """Asked in SQL of its own: met by their due date, and all whose due date fell."""
    asked = {"unit": unit.pk, "first": first, "last": last, "now": now}
    with connection.cursor() as cursor:
        cursor.execute(ON_TIME, asked)
        return cursor.fetchone()
