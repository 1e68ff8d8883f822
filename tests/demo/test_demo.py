"""The invented agency has a past in which time passed: cases in time, at risk, late and paused."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from casework import timeline
from casework.models import Case, Category, Event, Resolution
from demo.cases import TALES
from demo.past import at
from tests.clockwork import at as moment
from workflows.clocks.book import standing_of
from workflows.models import Clock, ClockEntry, Policy, PublicDay

#: A Friday, before noon.
NOW = moment("2026-11-27 11:00")


@contextmanager
def told_in(folder: Path) -> Iterator[None]:
    """The demo was filled at that moment; nothing of it stays."""
    with override_settings(DATA_DIR=folder), at(NOW), transaction.atomic():
        call_command("demo")
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """Filled once for all that look at it."""
    with django_db_blocker.unblock(), told_in(tmp_path_factory.mktemp("demo")):
        yield


def state_of(case: Case) -> str:
    """How its nearest due date stands now: by its moment, whenever it was last written."""
    if case.turns_at and case.turns_at <= NOW:
        return "late" if case.next_due_at <= NOW else "soon"
    return case.due_state


def test_the_city_has_a_believable_mix_and_histories_that_are_whole(city):
    live = Case.objects.filter(closed_at=None)
    assert len(TALES) == Case.objects.count()
    states = Counter(state_of(case) for case in live)
    assert states.keys() == {"calm", "soon", "late", "complainant", "third_party", "none"}
    assert states["late"] >= 3
    assert states["soon"] >= 3
    assert Case.objects.filter(stage="auto_closed").count() == 1
    assert Case.objects.filter(stage="lapsed").count() == 1
    assert not list(timeline.broken(Case.objects.all()))
    for clock in Clock.objects.prefetch_related("entries"):
        standing = standing_of(clock)
        assert (standing.breached_at, standing.ended_at) == (clock.breached_at, clock.ended_at)


def test_what_time_did_stands_at_its_own_time(city):
    notices = Event.objects.filter(kind__in=("warned", "late", "escalated"))
    assert {event.kind for event in notices} == {"warned", "late", "escalated"}
    # Each morning, and at the moment itself.
    assert {f"{timezone.localtime(event.at):%H:%M}" for event in notices} == {"09:00", "11:00"}
    assert not Event.objects.filter(at__gt=NOW).exists()
    assert not ClockEntry.objects.filter(at__gt=NOW).exists()
    for entry in ClockEntry.objects.filter(kind="breached").select_related("clock__case"):
        late = entry.clock.case.events.filter(kind="late", data__metric=entry.clock.metric)
        assert any(timedelta(0) < event.at - entry.at < timedelta(days=4) for event in late)


def test_its_policy_and_its_calendar_were_confirmed_by_people(city):
    policy = Policy.objects.get()
    first: datetime = Case.objects.order_by("received_at").first().received_at
    assert policy.confirmed_by.username == "head"
    assert policy.confirmed_at < first
    newest = policy.versions.latest("number")
    assert all("next_update" in rule["targets"] for rule in newest.rules)
    years = {day.day.year for day in PublicDay.objects.all()}
    assert years >= {2025, 2026, 2027}
    assert not PublicDay.objects.filter(confirmed_at=None).exists()
    assert not ClockEntry.objects.filter(kind="started", data__calendar=None).exists()


def test_the_same_moment_tells_the_same(db, tmp_path):
    tellings = []
    for _time in range(2):
        with told_in(tmp_path):
            events = Event.objects.order_by("at", "case__subject", "number")
            tellings.append(list(events.values_list("at", "case__subject", "kind", "audience")))
    assert tellings[0] == tellings[1]


def test_answers_say_what_they_came_from(city):
    asking = Category.objects.filter(cause_needed=True)
    assert {category.code for category in asking} == {"air-bersih", "puskesmas"}
    assert len({case.cause for case in Case.objects.exclude(answered_at=None)}) >= 3
    assert Resolution.objects.exclude(lesson="").exists()
