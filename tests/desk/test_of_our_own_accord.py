"""Staff take up an end again of their own accord: whose act it is called, and what it costs."""

import re

import pytest
from django.test import Client

from accounts.models import User
from casework import links
from casework.models import Case
from tests.agency import Agency, citizen, do, walk
from tests.desk.pages import address, at_desk

WHY = {"reason": "Kami salah menilai."}
BY_PHONE = {"channel": "phone", "proof": "Tahu kode rahasia."}
ENDS = [("rejected", "contest"), ("referred", "contest"), ("closed", "reopen")]


def as_they_read_it(case: Case, language: str = "en") -> str:
    reader = Client(headers={"accept-language": language})
    return reader.get(f"/c/{links.link_for(case)}/").text


def button(person: User, case: Case, name: str) -> str:
    page = at_desk(person).get(address(case)).text
    [found] = re.findall(rf'id="do-{name}".*?</a>', page, re.DOTALL)
    return str(found)


@pytest.mark.parametrize("stage", ["rejected", "referred"])
def test_a_decision_that_staff_look_at_again_stays_at_the_first_level(
    agency: Agency, stage: str
) -> None:
    case = do(walk(agency, stage), "contest", agency.head, **WHY)
    assert (case.stage, case.level, case.cycle) == ("triage", 1, 2)
    case = do(case, "reject", agency.intake, reason="Tetap bukan pengaduan.")
    assert do(case, "contest", citizen(case), reason="Urusan siapa?").level == 2


def test_who_decided_corrects_it_and_takes_no_round_from_the_complainant(agency: Agency) -> None:
    case = do(walk(agency, "triage"), "reject", agency.head, reason="Bukan pengaduan.")
    case = do(case, "contest", agency.head, **WHY)
    assert (case.level, case.events.get(kind="contest").data["level"]) == (1, 1)
    assert do(case, "accept", agency.head, category="water", unit="water").stage == "assign"


def test_a_contest_that_staff_record_for_the_complainant_is_theirs(agency: Agency) -> None:
    case = do(walk(agency, "rejected"), "contest", agency.head, **WHY, **BY_PHONE)
    assert case.level == 2
    assert "The complainant contests the decision" in at_desk(agency.head).get(address(case)).text
    assert "You contest the decision, by phone, noted by our staff" in as_they_read_it(case)


@pytest.mark.parametrize(("stage", "name"), ENDS)
def test_both_histories_say_that_it_was_of_our_own_accord(
    agency: Agency, stage: str, name: str
) -> None:
    case = do(walk(agency, stage), name, agency.head, **WHY)
    ours = at_desk(agency.head).get(address(case)).text
    assert "of our own accord" in ours
    assert "The complainant contests" not in ours
    theirs = as_they_read_it(case)
    assert "We look at your complaint again" in theirs
    assert "You contest" not in theirs and "outside body" not in theirs and "137" not in theirs
    assert "Kami memeriksa lagi pengaduan Anda" in as_they_read_it(case, "id")


def test_the_button_says_for_whom_it_is(agency: Agency) -> None:
    case = walk(agency, "rejected")
    assert "Look at it again" in button(agency.head, case, "contest")
    page = at_desk(agency.head).get(address(case, "contest")).text
    assert "Look at it again" in page and "Contest for the complainant" not in page
    colleague = User.objects.create(username="second", first_name="Sri")
    colleague.memberships.create(unit=agency.root, role="intake")
    assert "Contest for the complainant" in button(colleague, case, "contest")
