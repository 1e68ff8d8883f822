"""A page of improvement asks the database as often with many rows as with few."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from improvement import concerns
from improvement.models import Found, Theme
from improvement.plans import doing
from improvement.reports import keeping
from tests.agency import Agency
from tests.rights import improvement as made

pytestmark = pytest.mark.django_db


def statements(client: Client, address: str) -> int:
    client.get(address)  # what is remembered once does not count
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def counted(client: Client, addresses: list[str]) -> dict[str, int]:
    return {address: statements(client, address) for address in addresses}


def one_more(agency: Agency, number: int) -> None:
    """Of everything that the pages list."""
    today = timezone.localdate()
    made.a_proposal()
    now = timezone.now()
    Theme.objects.create(
        found=Found.WORDS,
        unit=agency.water,
        first=today,
        last=today,
        events=3,
        category=agency.plain,
        noticed_at=now,
        renewed_at=now,
    )
    concerns.raise_concern(agency.water, f"Kekhawatiran {number}.")
    first = today - timedelta(days=60 + number)
    keeping.make(agency.water, first, today - timedelta(days=1), agency.quality)


def test_lists_and_a_plan_cost_as_many_statements_with_many_rows(agency: Agency) -> None:
    facts = made.action(None)
    plan = made.an_approved_plan()
    training = plan.actions.get().training
    one_more(agency, 0)
    client = Client()
    client.force_login(agency.quality)
    addresses = [
        "/improve/",
        f"/improve/plans/{plan.code}/",
        "/improve/concerns/",
        "/reports/",
        f"/improve/plans/{plan.code}/actions/{facts['pk']}/training/",
    ]
    few = counted(client, addresses)
    for number in range(1, 4):
        one_more(agency, number)
        day = {"held_on": timezone.localdate(), "place": "Aula", "trainer": "", "hours": 2}
        session = doing.add_session(training, agency.officer, day)
        said = {"person": f"Peserta {number}", "came": True, "before": 40, "after": 60}
        doing.keep_attendance(session, agency.officer, said)
    assert counted(client, addresses) == few
