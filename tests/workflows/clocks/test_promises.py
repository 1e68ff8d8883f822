"""Promises with a date: what is still to be done while, and after, a case is answered."""

from datetime import timedelta

import pytest

from casework.models import Case
from casework.stages import Status
from tests.agency import Agency, citizen
from tests.api.conftest import client
from tests.clockwork import at, clock_of, due, kinds, on, policy, rule, states, swept, target
from tests.workflows.clocks.steps import (
    answered,
    letters,
    read_by_citizen,
    refused,
    step,
    told,
    work,
)
from workflows.actions import acts_for
from workflows.errors import Forbidden, Unlawful
from workflows.windows import reopens_until

PUMP = {"text": "Pompa baru kami pasang.", "until": "2026-11-20"}
PIPE = {"text": "Pipa di RT 03 kami ganti.", "until": "2027-01-29"}


@pytest.fixture
def simple(agency: Agency) -> Agency:
    with on("2026-01-01 08:00"):
        policy(rule("semua", {"resolution": target(10), "next_update": target(5)}))
    return agency


def closed(simple: Agency, *promises: dict) -> Case:
    """A case with promises, closed on 6 November."""
    case = answered(simple)
    for said in promises:
        case = step("2026-11-05 11:00", case, "promise", simple.officer, **said)
    return step("2026-11-06 10:00", case, "confirm", citizen(case))


def test_each_promise_has_a_clock_of_its_own(simple):
    case = step("2026-11-04 10:00", work(simple), "promise", simple.officer, **PUMP)
    case = step("2026-11-04 11:00", case, "promise", simple.supervisor, **PIPE)
    assert due(clock_of(case, "commitment")) == "2026-11-21 00:00"
    assert due(clock_of(case, "commitment", subject=1)) == "2027-01-30 00:00"
    first = case.events.filter(kind="promise").first()
    assert (first.audience, first.text) == ("public", PUMP["text"])
    assert read_by_citizen(case)[0] == "What we promise for 20 Nov 2026"
    assert letters(case, "promised") == [("promised", None)] * 2
    assert told(case, "promise") == {"officer"}, "of what the supervisor promised"


def test_a_promise_is_news_to_the_complainant(simple):
    case = step("2026-11-04 10:00", work(simple), "promise", simple.officer, **PUMP)
    assert due(clock_of(case, "next_update")) == "2026-11-11 16:00"
    case = step("2026-11-06 10:00", case, "keep", simple.officer, text="Terpasang.")
    assert clock_of(case, "next_update").state == "met"
    assert due(clock_of(case, "next_update", subject=1)) == "2026-11-13 16:30"


def test_no_pause_and_no_answer_holds_a_promise(simple):
    case = step("2026-11-04 10:00", work(simple), "promise", simple.officer, **PUMP)
    case = step("2026-11-05 10:00", case, "ask", simple.officer, text="Di mana?")
    assert clock_of(case, "commitment").state == "running"
    case = step("2026-11-09 10:00", case, "answered", citizen(case), text="Di RT 03.")
    case = step("2026-11-09 11:00", case, "respond", simple.officer, text="Sudah.")
    assert due(clock_of(case, "commitment")) == "2026-11-21 00:00"
    assert kinds(clock_of(case, "commitment")) == ["started"]


def test_a_promise_that_is_kept_in_time_is_met_and_the_complainant_reads_how(simple):
    case = step("2026-11-04 10:00", work(simple), "promise", simple.officer, **PUMP)
    case = step("2026-11-18 10:00", case, "keep", simple.officer, text="Pompa terpasang.")
    clock = clock_of(case, "commitment")
    assert (clock.state, clock.breached_at) == ("met", None)
    assert read_by_citizen(case)[-1] == "What we promised for 20 Nov 2026 is done"
    assert letters(case, "kept") == [("kept", None)]
    with pytest.raises(Unlawful):
        step("2026-11-18 11:00", case, "keep", simple.officer, text="Sekali lagi.")


def test_a_promise_that_is_kept_late_was_broken_though_nobody_swept(simple):
    case = closed(simple, PUMP)
    case = step("2026-11-23 10:00", case, "keep", simple.officer, text="Pompa terpasang.")
    clock = clock_of(case, "commitment")
    assert (clock.state, clock.breached_at) == ("met", at("2026-11-21 00:00"))


def test_of_several_promises_the_one_that_is_kept_is_named(simple):
    case = step("2026-11-04 10:00", work(simple), "promise", simple.officer, **PUMP)
    case = step("2026-11-04 11:00", case, "promise", simple.officer, **PIPE)
    wrong = refused("2026-11-06 10:00", case, "keep", simple.officer, text="Sudah.")
    assert set(wrong) == {"clock"}
    pipe = clock_of(case, "commitment", subject=1)
    case = step("2026-11-06 10:00", case, "keep", simple.officer, clock=pipe.pk, text="Sudah.")
    assert clock_of(case, "commitment").state == "running"
    assert clock_of(case, "commitment", subject=1).state == "met"


def test_while_something_is_promised_a_closed_case_is_being_put_right(simple):
    case, other = closed(simple, PUMP, PIPE), closed(simple)
    assert (case.stage, case.status) == ("closed", Status.BEING_PUT_RIGHT)
    assert other.status == Status.CLOSED
    assert found(simple, "being_put_right") == [case.reference]
    assert found(simple, "closed") == [other.reference]
    for subject in (0, 1):
        pk = clock_of(case, "commitment", subject=subject).pk
        case = step("2026-11-10 10:00", case, "keep", simple.officer, clock=pk, text="Sudah.")
    assert case.status == Status.CLOSED
    assert found(simple, "being_put_right") == []


def found(agency: Agency, status: str) -> list[str]:
    with on("2026-11-09 10:00"):
        answer = client(agency.auditor).get("/api/v1/cases/", {"status": status})
    return [row["reference"] for row in answer.data["results"]]


def test_a_broken_promise_is_told_and_the_case_can_be_opened_again(simple):
    case = closed(simple, PIPE)
    with on("2027-01-29 10:00"):
        assert "reopen" not in acts_for(case, citizen(case)), "thirty days after its end"
    swept("2027-01-29 16:00", "2027-01-31 10:00")
    assert not case.events.filter(kind="late").exists(), "told when the office is open"
    swept("2027-02-02 07:30")
    late = case.events.get(kind="late")
    assert (late.audience, late.data["metric"]) == ("step", "commitment")
    assert read_by_citizen(case)[-1] == "What we promised for 29 Jan 2027 is not done"
    assert letters(case, "broken", "late") == [
        ("late", "supervisor"),
        ("late", "officer"),
        ("broken", None),
    ]
    case.refresh_from_db()
    with on("2027-02-02 08:00"):
        assert "reopen" in acts_for(case, citizen(case))
        assert reopens_until(case) == at("2027-03-01 00:00") - timedelta.resolution
    case = step("2027-02-03 10:00", case, "reopen", citizen(case), reason="Pipa masih bocor.")
    assert case.stage == "assign"
    assert clock_of(case, "commitment").state == "running", "a promise goes on in the next cycle"


def test_what_is_late_for_staff_alone_the_complainant_does_not_read(simple):
    case = work(simple)
    swept("2026-11-17 08:00")
    assert case.events.get(kind="late").audience == "internal"
    assert letters(case, "broken") == []


def test_once_a_broken_promise_is_kept_the_case_is_opened_no_more(simple):
    case = closed(simple, PIPE)
    swept("2027-02-02 07:30")
    case = step("2027-02-02 09:00", case, "keep", simple.officer, text="Sudah diganti.")
    with on("2027-02-02 10:00"):
        assert "reopen" not in acts_for(case, citizen(case))


def test_of_two_broken_promises_the_later_one_counts(simple):
    case = closed(simple, PUMP, PIPE)
    swept("2027-02-02 07:30")
    case.refresh_from_db()
    with on("2027-02-02 08:00"):
        assert reopens_until(case) == at("2027-03-01 00:00") - timedelta.resolution


def test_who_has_no_address_is_told_of_it_by_hand(simple):
    case = closed_by_phone(simple)
    assert case.untold_at is None
    swept("2026-11-24 07:30")
    case.refresh_from_db()
    assert case.untold_at == at("2026-11-24 07:30")


def closed_by_phone(simple: Agency) -> Case:
    how = {"channel": "phone", "proof": "Tahu kode."}
    case = answered(simple, email="", phone="0812 3456 7890")
    case = step("2026-11-05 11:00", case, "promise", simple.officer, **PUMP)
    return step("2026-11-05 12:00", case, "confirm", simple.officer2, **how)


@pytest.mark.parametrize(("end", "state"), [("withdraw", "cancelled"), ("refer", "running")])
def test_what_becomes_of_a_promise_hangs_on_the_end(simple, end: str, state: str):
    case = step("2026-11-04 10:00", work(simple), "promise", simple.officer, **PUMP)
    who = citizen(case) if end == "withdraw" else simple.supervisor
    case = step("2026-11-05 10:00", case, end, who, body="PLN", reason="Urusan PLN.")
    assert states(case)["commitment 1.0"] == state
    assert case.status == Status.CLOSED


def test_a_promise_is_made_by_who_works_on_it_for_a_day_that_is_not_over(simple):
    case = work(simple)
    for who in (simple.officer2, simple.intake):
        with pytest.raises(Forbidden):
            step("2026-11-04 10:00", case, "promise", who, **PUMP)
    for until in ("2026-11-03", "2029-09-03", "nanti", ""):
        wrong = refused(
            "2026-11-04 10:00", case, "promise", simple.officer, text="Segera.", until=until
        )
        assert set(wrong) == {"until"}
    step("2026-11-04 10:00", case, "promise", simple.officer, text="Ini", until="2026-11-04")


def test_a_message_about_a_promise_gives_the_complainant_their_time_to_answer_anew(simple):
    case = answered(simple)
    before = case.timeout_at
    case = step("2026-11-10 10:00", case, "promise", simple.officer, **PUMP)
    assert case.timeout_at > before
