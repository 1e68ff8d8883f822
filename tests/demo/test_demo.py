"""The invented agency has a past in which time passed: cases in time, at risk, late and paused."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.db.models import Count
from django.utils import timezone

from casework import timeline
from casework.models import Case, Category, Event, Resolution
from demo.dates import Dates
from demo.packs.id import ID
from demo.year import entering
from figures import recount
from improvement import smart
from improvement.models import Plan, Report, Schedule, Theme
from improvement.plans.due import due_reviews
from improvement.plans.judging import judged
from tests.demo.cities import NOW, told_in
from workflows.clocks.book import standing_of
from workflows.models import Clock, ClockEntry, Policy, PublicDay

pytestmark = pytest.mark.django_db

DATES = Dates(timezone.localdate(NOW))


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


def test_the_tales_have_a_believable_mix_and_histories_that_are_whole(city):
    told = Case.objects.filter(source="")
    assert len(ID.tales.tales) == told.count()
    states = Counter(state_of(case) for case in told.filter(closed_at=None))
    assert states.keys() == {"calm", "soon", "late", "complainant", "third_party", "none"}
    assert states["late"] >= 3
    assert states["soon"] >= 3
    assert told.filter(stage="auto_closed").count() == 1
    assert told.filter(stage="lapsed").count() == 1
    assert not list(timeline.broken(Case.objects.all()))
    for clock in Clock.objects.filter(case__in=told).prefetch_related("entries"):
        standing = standing_of(clock)
        assert (standing.breached_at, standing.ended_at) == (clock.breached_at, clock.ended_at)


def test_the_receipt_is_that_of_the_tale_that_waits_for_the_citizen(city):
    receipt = json.loads((settings.DATA_DIR / "demo.json").read_text())
    case = Case.objects.get(reference=receipt["reference"])
    assert (case.stage, case.complainant.name) == ("confirm", "Wulan")


def test_what_time_did_stands_at_its_own_time(city):
    notices = Event.objects.filter(kind__in=("warned", "late", "escalated"))
    assert {event.kind for event in notices} == {"warned", "late", "escalated"}
    # Each morning, and at the moment itself.
    assert {f"{timezone.localtime(event.at):%H:%M}" for event in notices} == {"09:00", "11:00"}
    assert not Event.objects.filter(at__gt=NOW).exists()
    assert not ClockEntry.objects.filter(at__gt=NOW).exists()
    for entry in ClockEntry.objects.filter(kind="breached", clock__case__source=""):
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
    assert years >= {2024, 2025, 2026, 2027}
    assert not PublicDay.objects.filter(confirmed_at=None).exists()
    assert not ClockEntry.objects.filter(kind="started", data__calendar=None).exists()


def test_the_year_is_long_mixed_and_nearly_all_of_it_is_closed(city):
    year = Case.objects.exclude(source="")
    assert 2500 < year.count() < 4000
    assert year.filter(received_at__lt=NOW - timedelta(days=500)).exists()
    texts = Counter(year.values_list("text", flat=True))
    assert texts.most_common(1)[0][1] <= 3
    assert {"web", "counter", "phone", "letter", "email", "whatsapp"} == set(
        year.values_list("channel", flat=True)
    )
    answered = year.filter(answered_at__isnull=False)
    assert 0.8 < answered.exclude(cause=None).count() / answered.count() < 0.95
    assert year.exclude(rating=None).values("rating").annotate(n=Count("pk")).count() == 5
    live = year.filter(closed_at=None)
    assert 10 < live.count() < 90
    assert all(case.received_at > NOW - timedelta(days=50) for case in live)


def test_every_figure_equals_a_recount(city):
    assert not any(recount.differences().values())


def drawn(seed: int) -> list:
    """What would be entered, in its order."""
    return [row for _at, rows in entering.drawn(ID, DATES, seed, NOW) for row in rows]


def test_the_same_seed_draws_the_same_and_another_seed_another_year(city):
    first = drawn(1)
    assert first == drawn(1)
    entered = Case.objects.exclude(source="").values_list("text", "received_at", "closed_at")
    assert Counter((row.text, row.received_at, row.closed_at) for row in first) == Counter(entered)
    assert [row.text for row in drawn(2)[:50]] != [row.text for row in first[:50]]


def plan(title: str) -> Plan:
    return Plan.objects.get(versions__title__startswith=title)


def test_one_plan_went_all_the_way_and_the_rule_says_that_it_improved(city):
    done = plan("Pengaduan Layanan Dasar")
    version = done.approved
    assert (done.author.username, done.approved_by.username) == ("quality", "head")
    assert (done.theme.state, done.theme.category.code) == ("accepted", "air-bersih")
    assert version.selected and version.baseline_number / version.baseline_among < 0.65
    assert done.approved_at.date() < version.starts_on
    assert done.verdict.word == "improved" and done.verdict.data["low"] > 0
    again = judged(done, done.verdict.at).judgement
    assert (done.verdict.data["effect"], done.verdict.word) == (again.effect, again.word)
    assert [review.decision for review in done.reviews.all()] == ["continue", "adjust", "continue"]
    late = [action for action in done.actions.all() if action.done_on > action.due_on]
    assert (done.actions.count(), len(late)) == (4, 1)
    training = done.actions.get(training__isnull=False).training
    assert (training.sessions.count(), training.reached.people) == (2, 12)
    assert done.told.did and done.concerns.count() == 3


def test_what_happened_to_it_stands_in_the_order_of_time(city):
    entries = list(plan("Pengaduan Layanan Dasar").entries.order_by("pk"))
    assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
    kinds = [entry.kind for entry in entries]
    assert kinds[0] == "begun" and kinds[-2:] == ["judged", "told"]
    assert kinds.index("proposed") < kinds.index("approved") < kinds.index("session")


def test_other_plans_are_on_the_way_or_came_to_another_end(city):
    running = plan("Pengaduan Puskesmas")
    today = DATES.today
    assert [each.plan for each in due_reviews(Plan.objects.all(), today)] == [running]
    assert running.actions.filter(done_on=None, due_on__lt=today).count() == 1
    assert plan("Dokumen kependudukan").stage == "proposed"
    assert plan("Patroli lampu").stage == "stopped"
    lacking = plan("Lubang jalan")
    assert any(not letter.is_whole for letter in smart.letters(lacking.newest))
    unclear = plan("Mobil layanan KTP").verdict
    assert (unclear.word, unclear.data["doubts"]) == ("cannot_be_told", ["new_channel"])


def test_themes_were_found_by_counting_and_decided_by_people(city):
    found = {(t.category.code, t.state) for t in Theme.objects.filter(found="signal")}
    assert found >= {
        ("air-bersih", "accepted"),
        ("penerangan", "dismissed"),
        ("puskesmas", "watched"),
        ("ktp-akta", "new"),
    }
    assert not Theme.objects.filter(state="dismissed", why="").exists()
    words = Theme.objects.filter(found="words", category__code="persampahan")
    assert words.get().cases.count() == 4


def test_the_leader_signed_the_report_of_the_quarter_and_another_one_is_a_draft(city):
    signed, draft = Report.objects.order_by("signed_at")
    assert (signed.first, signed.last) == (DATES.quarter_began, DATES.quarter_ended)
    assert signed.signed_by.username == "leader" and signed.created_by is None
    facts = signed.signed.facts
    assert {each["word"] for each in facts["plans"]} >= {"improved"}
    assert len(facts["concerns"]) == 4 and all(each["answer"] for each in facts["concerns"])
    assert (draft.signed, draft.last) == (None, DATES.month_ended)
    assert Schedule.objects.get().next_on > DATES.today


def test_answers_say_what_they_came_from(city):
    asking = Category.objects.filter(cause_needed=True)
    assert {category.code for category in asking} == {"air-bersih", "puskesmas"}
    assert len({case.cause for case in Case.objects.exclude(answered_at=None)}) >= 3
    assert Resolution.objects.exclude(lesson="").exists()
