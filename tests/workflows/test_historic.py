from datetime import date, timedelta

import pytest
from django.contrib.postgres.search import SearchQuery
from django.utils import timezone
from viewflow.workflow.models import Process, Task

from accounts.models import User
from casework import timeline
from casework.access import can_see
from casework.models import Case, Event, Service
from casework.signals import recorded
from casework.stages import FINAL, LIVE, Stage
from tests.agency import Agency, citizen, do
from workflows.clocks.book import standing_of
from workflows.historic import BATCH, HistoricCase, enter
from workflows.models import Clock
from workflows.sweep import sweep
from workflows.windows import reopens_until

OPENED = timezone.now() - timedelta(days=400)
CLOSED = OPENED + timedelta(days=9)


def old(agency: Agency, **said) -> HistoricCase:
    said.setdefault("text", "Lampu jalan padam di depan pasar.\nSudah dua minggu.")
    return HistoricCase(unit=agency.water, received_at=OPENED, source="uji", **said)


def reachable(agency: Agency, **said) -> HistoricCase:
    return old(agency, identity="named", name="Wulan", email="wulan@example.org", **said)


def closed(agency: Agency, stage: str = Stage.CLOSED, **said) -> HistoricCase:
    return old(agency, stage=stage, closed_at=CLOSED, answer="Lampu sudah diganti.", **said)


def test_a_closed_case_has_a_finished_process_and_no_task(agency):
    enter([closed(agency)])
    case = Case.objects.get()
    assert (case.stage, case.closed_at, case.active_task) == (Stage.CLOSED, CLOSED, None)
    assert (case.process.status, case.process.finished) == ("DONE", CLOSED)
    assert not Task.objects.exists()


@pytest.mark.parametrize("stage", sorted(LIVE))
def test_a_live_case_stands_on_one_task_and_goes_on_through_the_door(agency, stage):
    enter([old(agency, stage=stage, assignee=agency.officer)])
    case = Case.objects.get()
    assert case.active_task.flow_task.name == stage
    assert case.active_task.status == "NEW"
    assert {event.task_id for event in case.events.all()} == {case.active_task_id}
    assert do(case, "withdraw", citizen(case)).stage == Stage.WITHDRAWN


@pytest.mark.parametrize("stage", sorted(FINAL - {Stage.MERGED}))
def test_each_final_stage_is_told_at_its_real_time(agency, stage):
    enter([closed(agency, stage)])
    case = Case.objects.get()
    kinds = [(event.kind, event.at) for event in case.events.all()][:3]
    assert kinds[:2] == [("filed", OPENED), ("respond", CLOSED)]
    assert kinds[2][1] == CLOSED
    assert case.last_event_id == case.events.last().pk


def test_the_complainant_sees_the_answer_and_nothing_of_the_import(agency):
    enter([closed(agency)])
    shown = timeline.shown_to_citizen(Case.objects.get())
    assert [event.kind for event in shown] == ["closed", "respond", "filed"]
    assert [event.text for event in shown] == [
        "",
        "Lampu sudah diganti.",
        "Lampu jalan padam di depan pasar.\nSudah dua minggu.",
    ]


def test_every_chain_is_whole_and_every_reference_its_own(agency):
    assert enter(closed(agency, external_reference=str(n)) for n in range(1001)) == 1001
    assert not list(timeline.broken(Case.objects.all()))
    assert Case.objects.values("reference").distinct().count() == 1001


def test_nobody_is_told_and_the_first_sweep_moves_nothing(agency):
    heard = []

    def hear(**said):
        heard.append(said["event"])

    recorded.connect(hear)
    enter([closed(agency), *(reachable(agency, stage=stage) for stage in sorted(LIVE))])
    recorded.disconnect(hear)
    assert Case.objects.filter(timeout_at__isnull=False).count() == 4
    before = Event.objects.count()
    swept = sweep()
    assert (swept.timeouts, swept.reminders, swept.failed) == (0, 0, 0)
    assert (heard, Event.objects.count()) == ([], before)


def test_indonesian_search_finds_an_entered_case(agency):
    enter([old(agency, text="Mohon perhatian. Perizinan warung lambat sekali")])
    assert Case.objects.filter(search=SearchQuery("izin", config="indonesian")).exists()


def test_a_case_that_ends_before_it_begins_is_refused_and_nothing_is_written(agency):
    wrong = HistoricCase(
        text="Terbalik", unit=agency.water, received_at=CLOSED, closed_at=OPENED, stage="closed"
    )
    with pytest.raises(ValueError, match="closed before opened"):
        enter([closed(agency), wrong])
    assert not Case.objects.exists()
    assert not Process.objects.exists()


@pytest.mark.parametrize("said", [{"stage": "closed"}, {"closed_at": CLOSED}])
def test_a_closing_and_a_final_stage_go_together(agency, said):
    with pytest.raises(ValueError, match="final stage"):
        enter([old(agency, **said)])


def test_a_row_keeps_everything_that_a_case_can_hold(agency):
    said = {
        "kind": "suggestion",
        "priority": "urgent",
        "about": "Petugas loket 2",
        "occurred_on": date(2024, 3, 1),
        "service": Service.objects.get(code="pdam"),
        "category": agency.restricted,
        "channel": "letter",
        "publishing": "never",
        "address": "Jalan Anggrek 12",
        "lat": -7.25,
        "lon": 112.75,
        "external_reference": "A-1",
        "subject": "Lampu",
        "assignee": agency.officer,
    }
    enter([old(agency, **said)])
    case = Case.objects.get()
    assert {name: getattr(case, name) for name in said} == said
    assert (case.source, case.unit, case.received_at) == ("uji", agency.water, OPENED)
    assert (case.restricted, case.text) == (True, old(agency).text)


def test_who_complained_is_sealed_as_they_wished(agency):
    person = {"name": "Wulan", "email": "wulan@example.org", "phone": "0812345678"}
    enter([old(agency, identity=identity, **person) for identity in ("named", "withheld", "none")])
    people = [case.complainant for case in Case.objects.order_by("pk")]
    assert [person.identity for person in people] == ["named", "withheld", "none"]
    assert [(p.name, p.email, p.phone) for p in people] == [
        tuple(person.values()),
        tuple(person.values()),
        ("", "", ""),
    ]


def test_a_note_is_for_staff_alone(agency):
    enter([old(agency, note="Menunggu berkas")])
    case = Case.objects.get()
    assert case.events.get(kind="imported").text == "Menunggu berkas"
    assert "Menunggu berkas" not in [event.text for event in timeline.shown_to_citizen(case)]


def test_an_unknown_moment_of_closing_is_told_as_unknown(agency):
    enter([old(agency, stage=Stage.CLOSED, closed_at=OPENED, undated=True)])
    case = Case.objects.get()
    closing = case.events.get(kind="closed")
    assert (case.closed_at, closing.at, closing.data) == (OPENED, OPENED, {"date_unknown": True})
    assert "tidak mencantumkan tanggal penutupan" in case.events.get(kind="imported").text
    assert reopens_until(case) < timezone.now()


def test_a_known_moment_of_closing_is_no_unknown_one(agency):
    enter([closed(agency)])
    assert not Event.objects.filter(data__date_unknown=True).exists()
    with pytest.raises(ValueError, match="unknown moment of closing"):
        enter([closed(agency, undated=True)])


def test_a_merger_cannot_be_entered_alone(agency):
    with pytest.raises(ValueError, match="merged case"):
        enter([closed(agency, Stage.MERGED)])
    assert not Case.objects.exists()


def test_batches_before_a_wrong_one_stay(agency):
    rows = [closed(agency, external_reference=str(n)) for n in range(BATCH + 1)]
    with pytest.raises(ValueError, match="final stage"):
        enter([*rows, old(agency, stage="closed")])
    assert Case.objects.count() == BATCH


def test_an_answer_that_waits_for_its_complainant_is_an_answer(agency):
    enter([old(agency, stage=Stage.CONFIRM, answer="Lampu sudah diganti.")])
    case = Case.objects.get()
    assert case.events.get(kind="respond").text == "Lampu sudah diganti."
    assert do(case, "confirm", citizen(case)).stage == Stage.CLOSED


def test_whom_it_is_about_does_not_see_it_nor_keep_it(agency):
    User.objects.filter(pk=agency.supervisor.pk).update(last_name="Maheswari")
    accused = "Ibu Maheswari, penyelia"
    row = old(agency, stage=Stage.WORK, assignee=agency.officer, about=accused)
    enter([row, old(agency, about="petugas loket")])
    case, other = Case.objects.order_by("pk")
    assert (case.about_people, other.about_people) == ([agency.supervisor.pk], [])
    assert (case.unit, case.assignee, other.unit) == (agency.root, None, agency.water)
    assert not can_see(agency.supervisor, case)
    assert not can_see(agency.officer, case)
    assert case.events.get(kind="imported").data["from"] == "water"


def test_a_rating_of_that_time_is_told_and_shown(agency):
    enter([closed(agency, stars=4), closed(agency)])
    rated, other = Case.objects.order_by("pk")
    assert (rated.rating, other.rating) == (4, None)
    event = rated.events.get(kind="rate")
    assert (event.data, event.at, event.actor_kind) == ({"stars": 4}, CLOSED, "citizen")


@pytest.mark.parametrize("said", [{"stars": 6}, {"stars": 3, "stage": Stage.REJECTED}])
def test_stars_are_one_to_five_and_given_to_what_was_answered(agency, said):
    with pytest.raises(ValueError, match="stars"):
        enter([closed(agency, **said)])


def test_why_an_answer_was_late_is_kept_with_its_clock(agency):
    due = OPENED + timedelta(days=3)
    late, unsaid, in_time = (
        closed(agency, due_at=due, late_because="parts"),
        closed(agency, due_at=due),
        closed(agency, due_at=CLOSED + timedelta(days=1), late_because="parts"),
    )
    enter([late, unsaid, in_time])
    clocks = Clock.objects.filter(metric="resolution").order_by("case__pk")
    assert [clock.breach_reason for clock in clocks] == ["parts", "", ""]
    assert {standing_of(clock).code for clock in clocks[:1]} == {"parts"}
    with pytest.raises(ValueError, match="reason"):
        enter([closed(agency, late_because="rain")])
