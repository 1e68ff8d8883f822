"""The page of a case asks why it is late, shows what waits for a supervisor, and folds the rest."""

import re

import pytest

from accounts.models import User
from casework.models import Case
from tests.agency import Agency
from tests.clockwork import on, policy, rule, swept, target
from tests.desk.pages import address, at_desk
from tests.workflows.clocks.steps import step, work

PARTS = {"code": "parts", "text": "Pompa baru tiba minggu depan."}
ASKS = "Past its due date: please say why"
JUDGES = "A reason for being late waits for you"
GRANTS = "More time is asked for"


@pytest.fixture
def simple(agency: Agency) -> Agency:
    with on("2026-09-01 08:00"):
        policy(rule("semua", {"resolution": target(10, extension=5)}))
    return agency


def page(person: User, case: Case, name: str = "", clock: str = "2026-11-17 12:30") -> str:
    with on(clock):
        answer = at_desk(person).get(address(case, name))
    assert answer.status_code == 200
    return answer.text


def late(simple: Agency) -> Case:
    case = work(simple)
    swept("2026-11-17 07:30")
    return case


def test_whoever_has_a_late_case_is_asked_why(simple):
    case = work(simple)
    assert ASKS not in page(simple.officer, case, clock="2026-11-16 16:00")
    swept("2026-11-17 07:30")
    shown = page(simple.officer, case)
    assert ASKS in shown and address(case, "explain_late") in shown
    assert ASKS not in page(simple.officer2, case)
    case = step("2026-11-17 10:00", case, "explain_late", simple.officer, **PARTS)
    assert ASKS not in page(simple.officer, case)


def test_a_supervisor_sees_the_reason_that_waits_and_who_gave_it_does_not(simple):
    case = step("2026-11-17 10:00", late(simple), "explain_late", simple.officer, **PARTS)
    shown = page(simple.supervisor, case)
    assert JUDGES in shown and "Spare parts or budget were missing" in shown
    assert PARTS["text"] in shown.split(JUDGES)[1]
    assert JUDGES not in page(simple.officer, case)
    form = page(simple.supervisor, case, "accept_late")
    assert PARTS["text"] in form and "Officer" in form
    case = step("2026-11-17 11:00", case, "accept_late", simple.supervisor)
    assert JUDGES not in page(simple.supervisor, case)


def test_nobody_is_asked_to_judge_the_reason_that_they_gave(simple):
    case = step("2026-11-17 10:00", late(simple), "explain_late", simple.supervisor, **PARTS)
    assert JUDGES not in page(simple.supervisor, case)
    assert JUDGES in page(simple.head, case)


def test_of_a_reason_that_was_sent_back_and_given_anew_the_newest_is_judged(simple):
    case = step("2026-11-17 10:00", late(simple), "explain_late", simple.officer, **PARTS)
    case = step("2026-11-17 10:10", case, "return_late", simple.supervisor, text="Sejak kapan?")
    assert JUDGES not in page(simple.supervisor, case)
    newer = {"code": "workload", "text": "Dua petugas sakit."}
    case = step("2026-11-17 10:20", case, "explain_late", simple.officer, **newer)
    form = page(simple.supervisor, case, "return_late")
    assert newer["text"] in form and PARTS["text"] not in form


def test_a_supervisor_sees_that_more_time_is_asked_for_until_it_is_answered(simple):
    asked = {"amount": 2, "reason": "Suku cadang baru tiba Kamis."}
    case = step("2026-11-09 10:00", work(simple), "ask_extension", simple.officer, **asked)
    shown = page(simple.supervisor, case, clock="2026-11-09 11:00")
    assert GRANTS in shown and "by 2 working days" in shown
    assert GRANTS not in page(simple.officer, case, clock="2026-11-09 11:00")
    form = page(simple.supervisor, case, "extend", clock="2026-11-09 11:00")
    assert 'value="2"' in form and asked["reason"] in form
    assert "The policy allows 5 working days at most." in form
    given = {"amount": 1, "reason": "Menunggu suku cadang."}
    case = step("2026-11-09 12:00", case, "extend", simple.supervisor, **given)
    assert GRANTS not in page(simple.supervisor, case, clock="2026-11-09 13:30")


def test_what_is_promised_is_read_where_it_is_said_to_be_kept(simple):
    said = {"text": "Pompa baru kami pasang.", "until": "2026-11-20"}
    case = step("2026-11-09 10:00", work(simple), "promise", simple.officer, **said)
    assert said["text"] in page(simple.officer, case, "keep", clock="2026-11-09 11:00")


def test_promises_and_due_dates_are_folded_away_among_what_can_be_done(simple):
    shown = page(simple.supervisor, work(simple), clock="2026-11-09 11:00")
    folded = re.search(r'<details[^>]*id="more-acts".*?</details>', shown, re.DOTALL).group()
    names = re.findall(r'id="do-(\w+)"', folded)
    assert names == ["promise", "extend", "set_deadline", "retarget"]
    assert 'id="do-classify"' not in folded and 'id="do-classify"' in shown


def test_legal_hold_is_offered_to_supervisors_alone(simple):
    case = work(simple)
    assert "legal_hold" in page(simple.supervisor, case, "hold", clock="2026-11-09 11:00")
    assert "legal_hold" not in page(simple.officer, case, "hold", clock="2026-11-09 11:00")


def test_the_history_says_what_moved_and_by_how_much(simple):
    given = {"amount": 1, "reason": "Menunggu suku cadang."}
    case = step("2026-11-09 12:00", work(simple), "extend", simple.supervisor, **given)
    swept("2026-11-18 07:30")
    shown = page(simple.officer, case, clock="2026-11-18 08:00")
    assert "More time given: Answer, by 1 working day" in shown
    assert "Due date moved: Answer, from 16 Nov 2026 to 17 Nov 2026" in shown
    assert "Past its due date: Answer, due 17 Nov 2026, Air Bersih" in shown
