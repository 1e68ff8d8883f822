"""A share is of those who came: where others come than before, nothing can be told of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casework.models import Channel
from improvement.plans.judging import judged
from improvement.statistics.verdict import Doubt, Judgement, Word
from tests.agency import Agency
from tests.improvement.world import MONDAY, approved, at, weekly

pytestmark = pytest.mark.django_db

START = MONDAY + timedelta(days=7)


def after_easy_complaints(agency: Agency, channel: str) -> Judgement:
    """As many answers are late as ever; from the start on easy complaints come as well."""
    weekly(agency, START - timedelta(weeks=30), 40, late=2, kept=3, channel=Channel.COUNTER)
    weekly(agency, START, 10, late=0, kept=5, channel=channel)
    with at(MONDAY):
        plan = approved(agency, selected=False)
    with at(START + timedelta(weeks=10)) as now:
        return judged(plan, now).judgement


def test_easy_complaints_by_a_new_channel_do_not_improve_the_share_on_time(
    agency: Agency,
) -> None:
    found = after_easy_complaints(agency, Channel.WHATSAPP)
    assert (found.word, found.doubts) == (Word.CANNOT_BE_TOLD, (Doubt.NEW_CHANNEL,))


def test_by_the_channel_of_always_they_would(agency: Agency) -> None:
    found = after_easy_complaints(agency, Channel.COUNTER)
    assert (found.word, found.doubts) == (Word.IMPROVED, ())
