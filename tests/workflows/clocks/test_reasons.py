"""Why something was late: the officer is asked, a supervisor accepts it, reports group by it."""

import pytest

from casework.models import Case, Channel
from tests.agency import Agency, citizen, do, file_case
from tests.clockwork import at, clock_of, kinds, on, policy, rule, swept, target
from tests.workflows.clocks.steps import letters, refused, step, told, work
from workflows.actions import act, acts_for
from workflows.errors import Forbidden, Stale, Unlawful
from workflows.models import LateReason

PARTS = {"code": "parts", "text": "Pompa baru tiba minggu depan."}


@pytest.fixture
def simple(agency: Agency) -> Agency:
    with on("2026-01-01 08:00"):
        policy(rule("semua", {"resolution": target(10)}))
    return agency


def late(simple: Agency) -> Case:
    """Due on 2026-11-16 at 16:00, and told so the morning after."""
    case = work(simple)
    swept("2026-11-17 07:30")
    return case


def explained(simple: Agency) -> Case:
    return step("2026-11-17 10:00", late(simple), "explain_late", simple.officer, **PARTS)


def test_what_is_in_time_is_explained_by_nobody(simple):
    with pytest.raises(Unlawful):
        step("2026-11-16 16:00", work(simple), "explain_late", simple.officer, **PARTS)


def test_who_has_the_case_says_why_it_is_late_and_a_supervisor_hears(simple):
    case = explained(simple)
    clock = clock_of(case, "resolution")
    assert (clock.breach_reason, clock.reason_accepted) == ("parts", False)
    event = case.events.get(kind="explain_late")
    assert (event.audience, event.text) == ("internal", PARTS["text"])
    assert told(case, "explain_late") == {"supervisor"}
    assert letters(case, "reason") == [("reason", "supervisor")]
    with pytest.raises(Unlawful):
        step("2026-11-17 11:00", case, "explain_late", simple.officer, **PARTS)


def test_the_reason_is_one_of_a_closed_list_and_a_sentence(simple):
    case = late(simple)
    for code in ("rain", "", None):
        wrong = refused(
            "2026-11-17 10:00", case, "explain_late", simple.officer, code=code, text="Hujan."
        )
        assert set(wrong) == {"code"}
    wrong = refused("2026-11-17 10:00", case, "explain_late", simple.officer, code="other")
    assert set(wrong) == {"text"}
    assert len(LateReason) == 7


def test_colleagues_who_do_not_have_the_case_explain_nothing(simple):
    case = late(simple)
    for who in (simple.officer2, simple.intake):
        with pytest.raises(Forbidden):
            step("2026-11-17 10:00", case, "explain_late", who, **PARTS)


def test_whoever_checks_complaints_says_why_the_check_was_late(agency: Agency):
    with on("2026-01-01 08:00"):
        policy(rule("semua", {"acknowledgement": target(3)}))
    with on("2026-11-02 09:00"):
        case = do(file_case(), "claim", agency.intake)
    case = step("2026-11-09 10:00", case, "explain_late", agency.intake, **PARTS)
    assert clock_of(case, "acknowledgement").breach_reason == "parts"
    assert told(case, "explain_late") == {"head"}


def test_an_accepted_reason_ends_the_reminders(simple):
    case = explained(simple)
    case = step("2026-11-17 11:00", case, "accept_late", simple.supervisor)
    assert clock_of(case, "resolution").reason_accepted
    swept("2026-11-18 07:30", "2026-11-19 07:30", "2026-11-20 07:30")
    assert not case.events.filter(kind="escalated").exists()
    assert told(case, "accept_late") == {"officer"}


def test_a_reason_that_nobody_accepted_ends_no_reminder(simple):
    case = explained(simple)
    swept("2026-11-18 07:30")
    assert case.events.filter(kind="escalated").count() == 1
    assert told(case, "escalated") == {"head"}
    assert letters(case, "late")[-1] == ("late", "head")


def test_nobody_accepts_the_reason_that_they_gave(simple):
    case = step("2026-11-17 10:00", late(simple), "explain_late", simple.supervisor, **PARTS)
    assert told(case, "explain_late") == {"head"}
    for name, said in (("accept_late", {}), ("return_late", {"text": "Lengkapi."})):
        wrong = refused("2026-11-17 11:00", case, name, simple.supervisor, **said)
        assert wrong == {"__all__": "You gave this reason yourself: somebody else judges it."}
    step("2026-11-17 12:00", case, "accept_late", simple.head)


def test_officers_accept_no_reason(simple):
    case = explained(simple)
    for who in (simple.officer, simple.officer2):
        with pytest.raises(Forbidden):
            step("2026-11-17 11:00", case, "accept_late", who)


def test_a_reason_that_is_sent_back_is_asked_for_again(simple):
    case = explained(simple)
    case = step(
        "2026-11-17 11:00", case, "return_late", simple.supervisor, text="Sejak kapan menunggu?"
    )
    assert clock_of(case, "resolution").breach_reason == ""
    assert told(case, "return_late") == {"officer"}
    assert letters(case, "reason_returned") == [("reason_returned", "officer")]
    case = step("2026-11-17 12:00", case, "explain_late", simple.officer, **PARTS)
    case = step("2026-11-17 13:30", case, "accept_late", simple.supervisor)
    ledger = kinds(clock_of(case, "resolution"))
    assert ledger[-4:] == ["explained", "returned", "explained", "accepted"]


def test_who_gave_the_reason_hears_of_its_return_though_another_has_the_case(simple):
    case = explained(simple)
    case = step("2026-11-17 10:30", case, "reassign", simple.supervisor, assignee="officer2")
    case = step("2026-11-17 11:00", case, "return_late", simple.supervisor, text="Sejak kapan?")
    assert told(case, "return_late") == {"officer", "officer2"}


def test_an_answer_that_was_late_is_explained_though_nobody_swept(simple):
    case = step("2026-11-18 10:00", work(simple), "respond", simple.officer, text="Sudah.")
    case = step("2026-11-18 11:00", case, "explain_late", simple.officer, **PARTS)
    clock = clock_of(case, "resolution")
    assert (clock.state, clock.breach_reason) == ("met", "parts")
    assert clock.breached_at == at("2026-11-16 16:00")


def test_what_ran_out_a_moment_ago_is_explained_before_any_sweep(simple):
    case = step("2026-11-16 16:01", work(simple), "explain_late", simple.officer, **PARTS)
    assert kinds(clock_of(case, "resolution")) == ["started", "breached", "explained"]


def test_what_was_late_is_explained_in_the_next_cycle_too(simple):
    case = step("2026-11-18 10:00", work(simple), "respond", simple.officer, text="Sudah.")
    case = step("2026-11-19 10:00", case, "dispute", citizen(case), reason="Belum.")
    case = step("2026-11-19 11:00", case, "assigned", simple.supervisor, assignee="officer")
    case = step("2026-11-20 10:00", case, "explain_late", simple.officer, **PARTS)
    assert clock_of(case, "resolution").breach_reason == "parts"
    assert clock_of(case, "resolution", 2).breach_reason == ""
    case = step("2026-11-20 11:00", case, "accept_late", simple.supervisor)
    assert clock_of(case, "resolution").reason_accepted


def test_of_two_late_clocks_the_one_that_is_explained_is_named(agency: Agency):
    with on("2026-01-01 08:00"):
        policy(rule("semua", {"resolution": target(10), "unit_work": target(5)}))
    case = late(agency)
    assert set(refused("2026-11-17 10:00", case, "explain_late", agency.officer, **PARTS)) == {
        "clock"
    }
    unit_work = clock_of(case, "unit_work")
    case = step(
        "2026-11-17 10:00", case, "explain_late", agency.officer, clock=unit_work.pk, **PARTS
    )
    assert clock_of(case, "unit_work").breach_reason == "parts"
    assert clock_of(case, "resolution").breach_reason == ""


def test_nobody_is_asked_why_it_was_late_before_it_was_taken_over(simple):
    case = late(simple)
    Case.objects.filter(pk=case.pk).update(
        channel=Channel.IMPORT, created_at=at("2026-11-17 07:00")
    )
    with on("2026-11-17 10:00"):
        assert "explain_late" not in acts_for(Case.objects.get(pk=case.pk), simple.officer)


def test_what_time_and_reasons_say_makes_no_answer_stale(simple):
    case = work(simple)
    swept("2026-11-10 07:30", "2026-11-17 07:30")
    with on("2026-11-17 10:00"):
        do(case, "explain_late", simple.supervisor, **PARTS)
        case = act(case, "respond", simple.officer, seen=case.last_event_id, text="Sudah.").case
    assert case.stage == "confirm"


def test_a_date_that_moved_makes_no_word_of_the_complainant_stale(agency: Agency):
    with on("2026-01-01 08:00"):
        policy(
            rule("mendesak", {"resolution": target(5)}, priorities=["urgent"]),
            rule("semua", {"resolution": target(10)}),
        )
    case = work(agency)
    with on("2026-11-03 10:00"):
        do(case, "classify", agency.officer, priority="urgent")
        case = act(case, "message", citizen(case), seen=case.last_event_id, text="Halo?").case
    assert case.events.filter(kind="due_moved").exists()


def test_a_reason_is_judged_by_who_read_the_newest(simple):
    case = explained(simple)
    seen = case.last_event_id
    case = step("2026-11-17 11:00", case, "return_late", simple.head, text="Sejak kapan?")
    case = step("2026-11-17 12:00", case, "explain_late", simple.officer, **PARTS)
    with on("2026-11-17 13:30"), pytest.raises(Stale):
        act(case, "accept_late", simple.supervisor, seen=seen)
