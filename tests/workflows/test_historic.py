from datetime import timedelta

import pytest
from django.contrib.postgres.search import SearchQuery
from django.utils import timezone
from viewflow.workflow.models import Process, Task

from casework import timeline
from casework.models import Case, Event
from casework.signals import recorded
from casework.stages import FINAL, LIVE, Stage
from tests.agency import Agency, citizen, do
from workflows.historic import HistoricCase, enter
from workflows.sweep import sweep

OPENED = timezone.now() - timedelta(days=400)
CLOSED = OPENED + timedelta(days=9)


def old(agency: Agency, **said) -> HistoricCase:
    said.setdefault("text", "Lampu jalan padam di depan pasar.\nSudah dua minggu.")
    return HistoricCase(unit=agency.water, received_at=OPENED, source="uji", **said)


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
    recorded.connect(heard.append, weak=False, dispatch_uid="historic")
    enter([closed(agency), *(old(agency, stage=stage) for stage in sorted(LIVE))])
    recorded.disconnect(dispatch_uid="historic")
    before = Event.objects.count()
    assert (sweep().timeouts, heard, Event.objects.count()) == (0, [], before)


def test_indonesian_search_finds_an_entered_case(agency):
    enter([old(agency, text="Perizinan warung lambat sekali")])
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
