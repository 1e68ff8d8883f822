"""What everybody reads of a plan is written for that, its title too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Unit
from improvement.models import Entry, Told
from tests.agency import Agency
from tests.improvement.world import MONDAY, SMART, approved, at, drafted, weekly

pytestmark = pytest.mark.django_db

WORDS = {"title": "Air yang terjadwal", "said": "Air mati tanpa kabar.", "did": "Ada jadwal."}


@pytest.fixture(autouse=True)
def past(agency: Agency) -> None:
    weekly(agency, MONDAY - timedelta(weeks=10), 10, late=1, kept=1)


@pytest.fixture
def client(agency: Agency) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    with at(MONDAY):
        client.force_login(agency.quality)
    return client


def test_the_public_reads_a_title_of_its_own(agency: Agency, client: Client) -> None:
    with at(MONDAY):
        plan = approved(agency)
        address = f"/improve/plans/{plan.code}/told/"
        assert f'value="{SMART["title"]}"' in client.get(address).content.decode()
        refused = client.post(address, WORDS | {"title": ""})
        assert refused.status_code == 422 and not Told.objects.exists()
        assert client.post(address, WORDS | {"title": "x" * 121}).status_code == 422
        assert client.post(address, WORDS).status_code == 302
        assert f'value="{WORDS["title"]}"' in client.get(address).content.decode()
        public = Client().get("/open/").content.decode()
    assert WORDS["title"] in public and SMART["title"] not in public


def test_what_was_told_can_be_taken_back_and_stays_on_record(
    agency: Agency, client: Client
) -> None:
    with at(MONDAY):
        plan = approved(agency)
        assert client.post(f"/improve/plans/{plan.code}/told/", WORDS).status_code == 302
        for _twice in range(2):
            assert client.post(f"/improve/plans/{plan.code}/told/end/").status_code == 302
        assert WORDS["did"] not in Client().get("/open/").content.decode()
    assert not Told.objects.exists()
    assert Entry.objects.get(kind="told").data == WORDS
    assert Entry.objects.filter(kind="untold").count() == 1


def test_of_a_plan_that_was_never_approved_nothing_is_told(agency: Agency, client: Client) -> None:
    with at(MONDAY):
        plan = drafted(agency)
        for place in ("told/", "told/end/", "review/", "verdict/"):
            address = f"/improve/plans/{plan.code}/{place}"
            assert client.post(address, WORDS | {"words": "x"}).status_code == 404


def test_its_day_is_that_of_the_unit(agency: Agency, client: Client) -> None:
    """At six in the evening in London it is the next day in Jakarta."""
    Unit.objects.update(time_zone="Europe/London")
    with at(MONDAY):
        plan = approved(agency)
    evening = datetime(2026, 11, 3, 18, tzinfo=UTC)
    with mock.patch.object(timezone, "now", lambda: evening):
        client.force_login(agency.quality)
        client.post(f"/improve/plans/{plan.code}/told/", WORDS)
        page = Client(headers={"Accept-Language": "en"}).get("/open/").content.decode()
    assert "3 Nov 2026" in page and "4 Nov 2026" not in page
