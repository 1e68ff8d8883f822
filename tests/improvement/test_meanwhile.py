"""What was typed stays: with what is wrong in it, and where somebody else was faster."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import User
from improvement.models import Plan, Stage, Verdict
from tests.agency import Agency
from tests.improvement.test_doing import START
from tests.improvement.world import MONDAY, approved, at, weekly

pytestmark = pytest.mark.django_db


@pytest.fixture
def past(agency: Agency) -> Agency:
    """Five answers a week for ten weeks, two of them late."""
    weekly(agency, MONDAY - timedelta(weeks=10), 10, late=2, kept=3)
    return agency


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("words", ["Belum cukup. " * 400, "Belum\x00 cukup."])
def test_no_verdict_goes_on_record_without_the_words_that_were_said_to_it(
    past: Agency, words: str
) -> None:
    with at(MONDAY):
        plan = approved(past, due_on=START + timedelta(days=28))
    with at(START + timedelta(days=29)):
        page = browser(past.quality).post(f"/improve/plans/{plan.code}/verdict/", {"words": words})
    assert page.status_code == 422
    assert words.replace("\x00", "").strip() in page.content.decode()
    assert "ds-error-summary" in page.content.decode()
    assert not Verdict.objects.exists()
    assert Plan.objects.get().stage == Stage.APPROVED
