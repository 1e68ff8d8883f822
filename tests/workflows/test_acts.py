"""What each act takes, changes and records: its payload and its effect."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from accounts.models import Membership, Unit, User
from accounts.rights import Role
from casework.models import Case, Category
from tests.agency import PATHS, Agency, citizen, do, file_case, walk
from tests.workflows.stages import at_stage, player, trace
from workflows.actions import act, acts_for
from workflows.errors import Forbidden, Invalid, Unlawful

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=ZoneInfo("UTC"))
BY_PHONE = {"channel": "phone", "proof": "Tahu kode rahasia."}


def wrong(case: Case, name: str, actor: Any, **payload: Any) -> set[str]:
    """The fields that are refused; nothing changes."""
    before = trace(case)
    with pytest.raises(Invalid) as refused:
        act(case, name, actor, **payload)
    assert trace(case) == before
    return set(refused.value.errors)


def test_accepting_gives_the_case_its_category_and_unit_and_takes_it_off_the_desk(agency: Agency):
    case = do(file_case(), "claim", agency.intake)
    assert case.assignee == agency.intake
    done = act(case, "accept", agency.intake, category="bills", unit="roads")
    assert (done.case.category, done.case.unit) == (agency.reviewed, agency.roads)
    assert (done.case.assignee, done.case.restricted) == (None, False)
    assert done.event.data == {"category": "bills", "unit": "roads", "left": "triage"}
    assert (done.event.stage, done.event.task) == ("assign", done.case.active_task)


def test_accepting_asks_for_a_category_and_a_unit_that_are_in_use(agency: Agency):
    Category.objects.create(code="old", name="Lama", active=False)
    Unit.objects.create(code="gone", name="Bubar", active=False)
    case = file_case()
    assert wrong(case, "accept", agency.intake) == {"category"}
    assert wrong(case, "accept", agency.intake, category="bills") == {"unit"}
    assert wrong(case, "accept", agency.intake, category="old", unit="water") == {"category"}
    assert wrong(case, "accept", agency.intake, category="water", unit="gone") == {"unit"}


def test_a_category_brings_its_unit_where_none_is_chosen(agency: Agency):
    assert do(file_case(), "accept", agency.intake, category="water").unit == agency.water
    chosen = do(file_case(), "accept", agency.intake, category="water", unit="roads")
    assert chosen.unit == agency.roads


def test_a_restricted_case_stays_so_under_a_plain_category(agency: Agency):
    Membership.objects.update(handles_restricted=True)
    case = do(file_case(), "accept", agency.intake, category="graft", unit="water")
    assert case.restricted
    case = do(case, "return", User.objects.get(username="supervisor"), reason="Salah")
    case = do(case, "accept", User.objects.get(username="head"), category="water", unit="water")
    assert (case.restricted, case.category) == (True, agency.plain)


def test_a_case_is_claimed_once(agency: Agency):
    case = file_case()
    done = act(case, "claim", agency.intake)
    assert done.event.data == {"assignee": agency.intake.pk}
    assert (done.event.task, done.case.status) == (done.case.active_task, "being_checked")
    with pytest.raises(Unlawful):
        act(done.case, "claim", agency.head)


def test_a_case_is_handed_to_officers_of_the_unit_and_supervisors_alone(agency: Agency):
    gone = User.objects.create(username="gone", is_active=False)
    Membership.objects.create(user=gone, unit=agency.water, role=Role.OFFICER)
    case = walk(agency, "assign")
    for name in ("roads_officer", "intake", "quality", "auditor", "administrator", "gone", "?"):
        assert wrong(case, "assigned", agency.supervisor, assignee=name) == {"assignee"}, name
    for name in ("officer", "officer2", "supervisor", "head"):
        done = act(walk(agency, "assign"), "assigned", agency.supervisor, assignee=name)
        assert done.case.assignee == getattr(agency, name)
        assert done.event.data["assignee"] == getattr(agency, name).pk


def test_a_restricted_case_is_handed_to_the_cleared_alone(agency: Agency):
    cleared = ("intake", "supervisor", "officer2")
    Membership.objects.filter(user__username__in=cleared).update(handles_restricted=True)
    case = do(file_case(), "accept", agency.intake, category="graft", unit="water")
    supervisor = User.objects.get(username="supervisor")
    assert wrong(case, "assigned", supervisor, assignee="officer") == {"assignee"}
    assert do(case, "assigned", supervisor, assignee="officer2").stage == "work"


def test_a_transfer_says_from_where_to_where_and_leaves_it_to_nobody(agency: Agency):
    case = walk(agency, "work")
    assert wrong(case, "transfer", agency.officer, unit="water") == {"unit"}
    done = act(case, "transfer", agency.officer, unit="roads")
    assert (done.case.unit, done.case.assignee) == (agency.roads, None)
    assert done.event.data == {"from": "water", "unit": "roads", "left": "work"}


def test_a_referral_names_the_body_and_who_decided(agency: Agency):
    case = file_case()
    assert wrong(case, "refer", agency.intake) == {"body", "reason"}
    done = act(case, "refer", agency.intake, body="PLN", reason="Urusan PLN.")
    assert done.event.data == {"body": "PLN", "left": "triage"}
    assert (done.event.text, done.case.decided_by) == ("Urusan PLN.", [agency.intake.pk])


@pytest.mark.parametrize(
    ("stage", "name", "who", "field"),
    [
        ("triage", "ask", "intake", "text"),
        ("triage", "reject", "intake", "reason"),
        ("triage", "merge", "intake", "into"),
        ("work", "respond", "officer", "text"),
        ("work", "return", "officer", "reason"),
        ("review", "return", "supervisor", "reason"),
        ("work", "message", "officer", "text"),
        ("work", "note", "officer", "text"),
        ("wait_work", "answered", "citizen", "text"),
        ("confirm", "dispute", "citizen", "reason"),
        ("closed", "reopen", "citizen", "reason"),
        ("closed", "rate", "citizen", "stars"),
    ],
)
def test_an_act_without_its_words_is_refused(
    agency: Agency, stage: str, name: str, who: str, field: str
):
    case = at_stage(agency, stage)
    actor = citizen(case) if who == "citizen" else getattr(agency, who)
    assert wrong(case, name, actor) == {field}
    assert wrong(case, name, actor, **{field: "  \n "}) == {field}


def test_a_draft_names_its_drafter_and_who_approved(agency: Agency):
    case = walk(agency, "review", category="bills")
    assert (case.drafter, case.decided_by) == (agency.officer, [agency.officer.pk])
    done = act(case, "approve", agency.supervisor)
    assert done.event.data == {"drafted_by": agency.officer.pk, "left": "review"}
    assert done.case.decided_by == [agency.officer.pk, agency.supervisor.pk]


def test_a_draft_is_written_by_who_may_answer_and_by_nobody_else(agency: Agency):
    case = walk(agency, "work", category="bills")
    people = ("intake", "officer", "officer2", "supervisor", "head", "roads_officer", "quality")
    may = {who for who in people if "respond" in acts_for(case, getattr(agency, who))}
    assert may == {"officer", "supervisor", "head"}
    with pytest.raises(Forbidden):
        act(case, "respond", agency.officer2, text="Beres.")
    with pytest.raises(Forbidden):
        act(case, "respond", citizen(case), text="Beres.")


def test_of_several_drafts_the_last_is_approved(agency: Agency):
    case = walk(agency, "review", category="bills")
    case = do(case, "return", agency.supervisor, reason="Sebutkan tanggalnya.")
    case = do(case, "respond", agency.officer, text="Selesai 3 Maret.")
    assert act(case, "approve", agency.supervisor).event.text == "Selesai 3 Maret."


def test_the_supervisor_who_drafted_does_not_approve_and_the_one_above_does(agency: Agency):
    case = do(walk(agency, "work", category="bills"), "respond", agency.supervisor, text="Beres.")
    assert (case.stage, case.drafter) == ("review", agency.supervisor)
    with pytest.raises(Forbidden):
        act(case, "approve", agency.supervisor)
    assert do(case, "approve", agency.head).stage == "confirm"


def test_a_recalled_answer_was_seen_and_a_recalled_draft_was_not(agency: Agency):
    answer = act(walk(agency, "confirm"), "recall", agency.officer).event
    draft = act(walk(agency, "review", category="bills"), "recall", agency.officer).event
    assert (answer.audience, draft.audience) == ("step", "internal")


def test_a_closed_case_is_rated_once_from_one_to_five(agency: Agency):
    case = walk(agency, "closed")
    for stars in (0, 6, "", "x"):
        assert wrong(case, "rate", citizen(case), stars=stars) == {"stars"}
    done = act(case, "rate", citizen(case), stars=1, text="Lambat.")
    assert (done.case.rating, done.event.data["stars"], done.event.text) == (1, 1, "Lambat.")
    with pytest.raises(Unlawful):
        act(done.case, "rate", citizen(case), stars=5)


def test_disagreeing_closes_at_the_second_level_and_says_so(agency: Agency):
    case = walk(agency, "confirm")
    with pytest.raises(Unlawful):
        act(case, "disagree", citizen(case))
    case = do(case, "dispute", citizen(case), reason="Minta yang lain.", someone_else=True)
    case = do(case, "assigned", agency.supervisor, assignee="officer2")
    case = do(case, "respond", agency.officer2, text="Sudah benar.")
    with pytest.raises(Unlawful):
        act(case, "dispute", citizen(case), reason="Tidak.")
    with pytest.raises(Forbidden):
        act(case, "disagree", agency.officer2, **BY_PHONE)
    done = act(case, "disagree", citizen(case))
    assert (done.case.stage, done.event.data["outcome"]) == ("closed", "disagreed")
    assert (done.event.audience, done.case.status) == ("public", "closed")


def test_unmerging_forgets_the_target_and_the_desk_it_lay_on(agency: Agency):
    case, target = do(file_case(), "claim", agency.intake), file_case()
    done = act(case, "merge", agency.intake, into=target.reference.lower())
    assert done.event.data == {"into": target.reference, "left": "triage"}
    case = do(done.case, "unmerge", citizen(case))
    assert (case.merged_into, case.assignee) == (None, None)


def test_unmerging_opens_a_cycle_and_neither_lifts_nor_disputes_anything(agency: Agency):
    received = (case := walk(agency, "merged")).received_at
    done = act(case, "unmerge", citizen(case))
    case = done.case
    assert (case.cycle, case.level, case.received_at) == (2, 1, received)
    assert (case.timeout_at, case.remind_at, case.closed_at) == (None, None, None)
    assert (done.event.data["cycle"], case.status) == (2, "being_checked")
    for name, who, payload in PATHS["confirm"]:
        case = do(case, name, getattr(agency, who), **{"category": "water"} | payload)
    case = do(case, "dispute", citizen(case), reason="Masih mati.")
    assert (case.cycle, case.level) == (3, 1)


def test_an_answer_after_a_lapse_opens_a_cycle_and_one_in_time_does_not(agency: Agency):
    case = walk(agency, "wait_work")
    case = do(case, "answered", citizen(case), text="Dua belas rumah.")
    assert (case.cycle, case.assignee) == (1, agency.officer)
    case = walk(agency, "lapsed")
    case = do(case, "answered", citizen(case), text="Dua belas rumah.")
    assert (case.cycle, case.assignee, case.level) == (2, None, 1)


def test_staff_who_speak_for_the_citizen_say_how_they_know(agency: Agency):
    case = walk(agency, "wait_work")
    for how in ("web", "import", "pigeon", ""):
        said = BY_PHONE | {"channel": how}
        assert wrong(case, "answered", agency.officer2, text="Dua.", **said) == {"channel"}
    assert wrong(case, "answered", agency.officer2, text="Dua.", channel="phone") == {"proof"}
    done = act(case, "answered", agency.officer2, text="Dua belas.", **BY_PHONE)
    assert done.event.data == {"left": "wait_work", "on_behalf": True, "channel": "phone"}
    proof = done.case.events.get(kind="proof")
    assert (proof.text, proof.audience, proof.actor) == (
        BY_PHONE["proof"],
        "internal",
        agency.officer2,
    )
    assert done.case.last_words == "Dua belas."


def test_a_withdrawal_is_taken_back_by_nobody_without_the_complainants_word(agency: Agency):
    case = walk(agency, "withdrawn")
    again = {"reason": "Kami lanjutkan saja."}
    for who in (agency.head, agency.intake):
        assert wrong(case, "reopen", who, **again) == {"channel", "proof"}
    done = act(case, "reopen", agency.head, **again, **BY_PHONE)
    assert done.event.data["on_behalf"]


@pytest.mark.parametrize(("stage", "name"), [("closed", "reopen"), ("rejected", "contest")])
def test_a_supervisor_takes_up_again_unasked_what_was_decided(agency: Agency, stage, name):
    done = act(walk(agency, stage), name, agency.head, reason="Pompa rusak lagi.")
    assert "on_behalf" not in done.event.data


def test_the_citizen_is_not_asked_for_a_channel_and_leaves_no_proof(agency: Agency):
    case = walk(agency, "confirm")
    done = act(case, "confirm", citizen(case), **BY_PHONE)
    assert done.event.data == {"left": "confirm"}
    assert not done.case.events.filter(kind="proof").exists()


def test_the_last_words_are_the_citizens(agency: Agency):
    with time_machine.travel(NOW, tick=False):
        case = do(walk(agency, "work"), "message", agency.officer, text="Kami periksa.")
    said = case.last_words
    assert said.startswith("Air mati")
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        case = do(case, "message", citizen(case), text="Masih\n\n mati " + "a" * 300)
    assert case.last_words == ("Masih mati " + "a" * 300)[:200]
    assert case.last_words_at == NOW + timedelta(days=1)


def test_a_verb_names_the_task_that_the_case_rests_on(agency: Agency):
    case = walk(agency, "work")
    for name, payload in (
        ("note", {"text": "Catatan"}),
        ("message", {"text": "Halo"}),
        ("reassign", {"assignee": "officer2"}),
    ):
        done = act(case, name, agency.supervisor, **payload)
        assert (done.event.task, done.event.stage) == (case.active_task, "work")
        assert "left" not in done.event.data
        case = done.case
    assert case.assignee == agency.officer2


@pytest.mark.parametrize(
    ("stage", "name", "who", "payload", "audience"),
    [
        ("wait_triage", "claim", "intake", {}, "step"),
        ("wait_work", "reassign", "supervisor", {"assignee": "officer2"}, "internal"),
        ("wait_work", "message", "officer", {"text": "Halo"}, "public"),
        ("wait_work", "note", "officer2", {"text": "Catatan"}, "internal"),
        ("wait_work", "remind", "time", {}, "public"),
        ("closed", "rate", "citizen", {"stars": 4}, "public"),
    ],
)
def test_a_verb_leaves_the_stage_and_only_a_message_starts_time_anew(
    agency: Agency, stage: str, name: str, who: str, payload: dict[str, Any], audience: str
):
    with time_machine.travel(NOW, tick=False):
        case = walk(agency, stage)
    with time_machine.travel(NOW + timedelta(days=3), tick=False):
        done = act(case, name, player(agency, who, case), **payload)
    assert (done.case.stage, done.event.audience) == (stage, audience)
    assert (done.case.timeout_at == case.timeout_at) == (name != "message")


def test_who_claims_in_assignment_works_on_it(agency: Agency):
    done = act(walk(agency, "assign"), "claim", agency.officer2)
    assert (done.case.stage, done.case.assignee) == ("work", agency.officer2)
    assert done.event.data == {"assignee": agency.officer2.pk, "left": "assign"}


def test_an_act_is_offered_once_however_many_exits_bear_its_name(agency: Agency):
    offered = acts_for(walk(agency, "work", category="bills"), agency.officer)
    assert offered.count("respond") == 1
