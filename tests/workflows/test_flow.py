"""The complaint flow: every row of the graph, through the door."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from viewflow.workflow import lock
from viewflow.workflow.models import Task

from accounts.models import Membership, User
from accounts.rights import Role
from casework import timeline, uploads
from casework.actors import SYSTEM, CitizenActor
from casework.models import Case
from casework.signals import recorded
from casework.stages import FINAL, LIVE, Stage
from tests.agency import Agency, build_agency, citizen, do, file_case, walk
from tests.workflows.graph import AGAIN, GRAPH, SAY, filled
from tests.workflows.table import LAWFUL
from workflows import nodes
from workflows.actions import act, acts_for
from workflows.errors import Forbidden, Invalid, Stale
from workflows.flows import ComplaintFlow
from workflows.nodes import Exit
from workflows.sweep import sweep


def who_acts(name: str, case: Case):
    if name == "citizen":
        return citizen(case)
    return SYSTEM if name == "time" else User.objects.get(username=name)


def standing(agency: Agency, stage: str) -> Case:
    return walk(agency, stage, category="bills" if stage == "review" else "water")


def exits_at(stage: str) -> list[Exit]:
    """What leads out of a stage, or for a final one what takes the case up again."""
    flow = ComplaintFlow.instance
    if stage not in FINAL:
        return flow.node(stage).exits
    starts = flow.reopened.exits + flow.resumed.exits
    return [way for way in starts if way.applies(Case(stage=stage))]


def row(case: Case) -> tuple:
    return tuple(Case.objects.filter(pk=case.pk).values_list()[0])


@pytest.mark.parametrize(("stage", "name", "who", "payload", "to", "audience", "status"), GRAPH)
def test_an_exit_leads_where_the_graph_says_and_the_citizen_sees_what_it_says(
    agency: Agency,
    stage: str,
    name: str,
    who: str,
    payload: dict,
    to: str,
    audience: str,
    status: str,
) -> None:
    case = standing(agency, stage)
    before, payload = case.event_count, filled(payload)
    done = act(case, name, who_acts(who, case), **payload)
    assert done.case.stage == to
    assert (done.case.event_count, done.event.kind) == (before + 1, name)
    task = Task.objects.get(pk=done.event.task_id)
    assert task.flow_task.name == to, "the event names the task that was entered"
    assert (done.case.active_task_id is None) == (to in FINAL)
    assert (done.event.audience, done.case.status) == (audience, status)
    assert list(timeline.broken(Case.objects.all())) == []


def test_every_exit_of_the_table_has_its_row() -> None:
    rows = {(stage, name) for stage, name, *_rest in GRAPH}
    exits = {(stage, way.name) for stage in LAWFUL for way in exits_at(stage)}
    named = {(stage, name) for stage, acts in LAWFUL.items() for name in acts}
    assert rows == named & exits
    assert exits - rows == {("confirm", "disagree")}, "level two has its own test"


def test_merging_joins_a_live_case_that_one_may_see(agency: Agency) -> None:
    case, target = file_case(), file_case()
    hidden, ended = walk(agency, "work"), walk(agency, "rejected")
    for into in (case.reference, hidden.reference, "26-0000000", ended.reference):
        with pytest.raises(Invalid):
            do(case, "merge", agency.intake, into=into)
    case = do(case, "merge", agency.intake, into=target.reference)
    assert (case.stage, case.merged_into) == ("merged", target)


def test_the_second_dispute_lifts_to_level_2_and_there_is_no_third(agency: Agency) -> None:
    case = walk(agency, "confirm")
    case = do(case, "dispute", citizen(case), **AGAIN)
    assert (case.level, case.cycle, case.assignee) == (1, 2, None)
    case = do(case, "assigned", agency.supervisor, assignee="officer")
    case = do(case, "respond", agency.officer, **SAY)
    case = do(case, "dispute", citizen(case), **AGAIN)
    assert (case.level, case.cycle) == (2, 3)
    assert "claim" not in acts_for(case, agency.officer), "who answered may not decide again"
    with pytest.raises(Invalid):
        do(case, "assigned", agency.supervisor, assignee="officer")
    case = do(case, "assigned", agency.supervisor, assignee="officer2")
    case = do(case, "respond", agency.officer2, **SAY)
    assert "dispute" not in acts_for(case, citizen(case))
    case = do(case, "disagree", citizen(case), reason="Tetap tidak setuju")
    assert case.stage == "closed"
    assert "reopen" not in acts_for(case, citizen(case))


def test_a_wish_for_somebody_else_lifts_to_level_2_at_once(agency: Agency) -> None:
    case = walk(agency, "confirm")
    case = do(case, "dispute", citizen(case), reason="Minta petugas lain", someone_else=True)
    assert case.level == 2


def test_a_contested_rejection_is_not_judged_by_whoever_rejected_nor_below(
    agency: Agency,
) -> None:
    peer = User.objects.create(username="peer")
    Membership.objects.create(user=peer, unit=agency.root, role=Role.SUPERVISOR)
    case = do(file_case(), "reject", agency.head, reason="Bukan pengaduan")
    case = do(case, "contest", citizen(case), **AGAIN)
    assert (case.level, case.stage) == (2, "triage")
    assert "accept" not in acts_for(case, agency.head)
    assert "accept" not in acts_for(case, agency.intake), "a subordinate of who rejected"
    assert "accept" in acts_for(case, peer)


def test_an_answer_for_review_is_a_draft_until_a_second_person_approves(agency: Agency) -> None:
    case = walk(agency, "review", category="bills")
    assert "approve" not in acts_for(case, agency.officer)
    shown = timeline.shown_to_citizen(case).values_list("kind", flat=True)
    assert "respond" not in shown
    done = act(case, "approve", agency.supervisor)
    assert done.event.text == "Pompa sudah diganti dan air mengalir lagi."
    assert done.event.audience == "public"


def test_silence_closes_after_ten_working_days_and_a_message_starts_anew(agency: Agency) -> None:
    with time_machine.travel("2026-03-02T03:00:00Z", tick=False):
        case = walk(agency, "confirm")
    assert case.timeout_at.isoformat() == "2026-03-16T08:00:00+00:00"
    assert case.remind_at.isoformat() == "2026-03-11T08:00:00+00:00"
    with time_machine.travel("2026-03-12T03:00:00Z", tick=False):
        assert sweep().reminders == 1
        assert sweep().reminders == 0
        case.refresh_from_db()
        case = do(case, "message", citizen(case), text="Saya cek dulu.")
    assert case.timeout_at.isoformat() == "2026-03-26T09:00:00+00:00"
    with time_machine.travel("2026-03-27T03:00:00Z", tick=False):
        assert sweep().timeouts == 1
    case.refresh_from_db()
    assert case.stage == "auto_closed"


def test_who_cannot_be_reached_has_thirty_days(agency: Agency) -> None:
    with time_machine.travel("2026-03-02T03:00:00Z", tick=False):
        case = walk(agency, "confirm", identity="none", name="", email="")
    assert case.timeout_at.isoformat() == "2026-04-01T17:00:00+00:00", "when that day is over"
    assert case.remind_at is None


def test_a_failing_rule_leaves_the_case_as_it_was_and_the_next_sweep_repeats_it(
    agency: Agency,
) -> None:
    case = walk(agency, "wait_work")

    def fail(**kwargs: object) -> None:
        raise RuntimeError("recipient rule")

    later = timezone.now() + timedelta(days=31)
    before = row(case)
    recorded.connect(fail)
    try:
        with time_machine.travel(later, tick=False):
            assert sweep().failed >= 1
    finally:
        recorded.disconnect(fail)
    assert row(case) == before
    with time_machine.travel(later, tick=False):
        assert sweep().timeouts == 1
    case.refresh_from_db()
    assert case.stage == "lapsed"


def test_the_flow_takes_a_real_lock() -> None:
    assert ComplaintFlow.lock_impl is not lock.no_lock


def test_the_nodes_are_the_stages() -> None:
    names = {node.name for node in ComplaintFlow.instance.nodes()}
    assert names - {"received", "reopened", "resumed"} == set(Stage)


@pytest.mark.parametrize(
    ("stage", "name", "who", "payload"),
    [
        ("triage", "ask", "intake", SAY),
        ("confirm", "dispute", "citizen", AGAIN),
        ("on_hold", "timeout", "time", {}),
        ("closed", "reopen", "citizen", AGAIN),
    ],
)
def test_with_node_entry_disabled_no_act_moves_a_case(
    agency: Agency,
    monkeypatch: pytest.MonkeyPatch,
    stage: str,
    name: str,
    who: str,
    payload: dict,
) -> None:
    case = walk(agency, stage)
    monkeypatch.setattr(nodes, "enter", lambda *args: None)
    done = act(case, name, who_acts(who, case), **payload)
    assert done.case.stage == stage, "stage is written on entering a node, and nowhere else"


@pytest.mark.django_db(transaction=True)
def test_of_eight_people_at_one_task_one_wins_and_seven_are_told() -> None:
    agency = build_agency()
    case = walk(agency, "work")
    results: list[str] = []
    start = threading.Barrier(8)

    def answer(n: int) -> None:
        mine = Case.objects.get(pk=case.pk)
        officer = User.objects.get(username="officer")
        start.wait()
        try:
            act(mine, "respond", officer, text=f"Jawaban {n}")
            results.append("won")
        except Stale:
            results.append("stale")
        finally:
            connection.close()

    threads = [threading.Thread(target=answer, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["stale"] * 7 + ["won"]
    assert list(timeline.broken(Case.objects.all())) == []


def test_erasing_words_leaves_the_chain_whole(agency: Agency) -> None:
    case = walk(agency, "work")
    event = case.events.get(number=1)
    timeline.erase_words(event)
    event.refresh_from_db()
    assert event.text == ""
    assert list(timeline.broken(Case.objects.all())) == []


def test_an_act_of_another_cases_citizen_is_refused(agency: Agency) -> None:
    case = walk(agency, "confirm")
    with pytest.raises(Forbidden):
        act(case, "confirm", CitizenActor(case.pk + 1000))


def test_staff_speak_for_the_citizen_with_channel_and_proof_never_the_one_who_answered(
    agency: Agency,
) -> None:
    case = walk(agency, "confirm")
    with pytest.raises(Forbidden):
        act(case, "confirm", agency.officer, channel="phone", proof="Tahu angka rahasia")
    with pytest.raises(Invalid):
        act(case, "confirm", agency.officer2)
    done = act(case, "confirm", agency.officer2, channel="phone", proof="Tahu angka rahasia")
    assert done.case.stage == "closed"
    assert done.event.data["on_behalf"] is True
    proof = done.case.events.get(kind="proof")
    assert (proof.text, proof.audience) == ("Tahu angka rahasia", "internal")


def test_where_the_head_decided_there_is_still_somebody_to_decide_anew(agency: Agency) -> None:
    """Nobody stands above the head: then whoever did not decide in person may."""
    case = walk(agency, "work")
    case = do(case, "respond", agency.head, **SAY)
    case = do(case, "dispute", citizen(case), reason="Belum", someone_else=True)
    assert "assigned" not in acts_for(case, agency.head)
    assert "assigned" in acts_for(case, agency.supervisor)
    assert "claim" in acts_for(case, agency.officer2)
    case = do(case, "assigned", agency.supervisor, assignee="officer2")
    assert case.stage == "work"


def test_taking_back_a_withdrawal_is_no_dispute(agency: Agency) -> None:
    case = walk(agency, "confirm")
    case = do(case, "dispute", citizen(case), **AGAIN)
    case = do(case, "withdraw", citizen(case))
    case = do(case, "reopen", citizen(case), **AGAIN)
    assert (case.level, case.cycle, case.stage) == (1, 3, "triage")


def test_live_and_final_stages_part_the_stages() -> None:
    assert set(Stage) == LIVE | FINAL
    assert not LIVE & FINAL


def test_an_approved_answer_goes_out_with_the_files_of_its_draft(agency: Agency) -> None:
    uploads.stage(SimpleUploadedFile("surat.txt", b"isi"), "tok")
    case = walk(agency, "work", category="bills")
    case = do(case, "respond", agency.officer, text="Terlampir.", upload="tok")
    done = act(case, "approve", agency.supervisor)
    assert [file.name for file in done.event.attachments.all()] == ["surat.txt"]
