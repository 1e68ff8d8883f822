"""The letter says what stands and where the case is; of another case only what its reader sees."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from casework.models import AccessLog, Case
from tests.agency import Agency, citizen, do, file_case, walk
from tests.desk.pages import address, at_desk

ANSWER = "Pompa sudah diganti"
BY_PHONE = {"channel": "phone", "proof": "Tahu kode."}
UNSEEN = "It was merged into a case that you do not see."


def page(person: User, case: Case) -> str:
    answer = at_desk(person).get(address(case, "letter"))
    assert answer.status_code == 200
    return answer.text


def letter(person: User, case: Case) -> str:
    [sheet] = re.findall(r'<article class="letter.*?</article>', page(person, case), re.DOTALL)
    return str(sheet)


@pytest.mark.parametrize(
    ("stage", "name", "status", "says", "answered"),
    [
        ("confirm", "dispute", "Ditinjau ulang", "", False),
        ("confirm", "confirm", "Selesai", "Pengaduan Anda ditutup.", True),
        ("confirm", "withdraw", "Selesai", "Ditutup atas permintaan Anda.", True),
        ("closed", "reopen", "Ditinjau ulang", "", False),
        ("wait_work", "withdraw", "Selesai", "Ditutup atas permintaan Anda.", False),
        ("rejected", "contest", "Ditinjau ulang", "", False),
    ],
)
def test_it_says_where_the_case_is_and_no_answer_that_no_longer_stands(
    agency: Agency, stage: str, name: str, status: str, says: str, answered: bool
) -> None:
    case = walk(agency, stage, email="", phone="0812 3456 7890")
    case = do(case, name, agency.head, reason="Masih keruh.", **BY_PHONE)
    sheet = letter(agency.head, case)
    assert f"<b>{status}</b>" in sheet
    assert says in sheet
    assert (ANSWER in sheet) is answered
    assert "Bukan pengaduan." not in sheet and "Berapa rumah" not in sheet


def test_who_withdrew_reads_that_the_withdrawal_can_be_taken_back(agency: Agency) -> None:
    case = walk(agency, "confirm", email="", phone="0812 3456 7890")
    case = do(case, "withdraw", agency.officer2, **BY_PHONE)
    sheet = letter(agency.head, case)
    assert "Anda dapat menarik pembatalan itu sampai" in sheet
    case = do(case, "reopen", agency.officer2, reason="Berubah pikiran.", **BY_PHONE)
    sheet = letter(agency.head, case)
    assert ANSWER not in sheet and "pembatalan" not in sheet


@pytest.mark.parametrize("stage", ["confirm", "wait_work", "rejected", "referred", "lapsed"])
def test_what_stands_is_printed_again_after_it_was_told(agency: Agency, stage: str) -> None:
    words = {"confirm": ANSWER, "rejected": "Bukan pengaduan.", "referred": "Urusan PLN."}
    case = walk(agency, stage, email="", phone="0812 3456 7890")
    case = do(case, "told", agency.head, channel="phone")
    assert words.get(stage, "Berapa rumah") in letter(agency.head, case)


def test_an_end_that_the_letter_tells_is_not_said_twice(agency: Agency) -> None:
    case = walk(agency, "rejected", email="", phone="0812 3456 7890")
    assert letter(agency.head, case).lower().count("tidak dapat") == 1


@pytest.fixture
def pair(agency: Agency) -> tuple[Case, Case]:
    """An answered case of the water unit, and one of the roads unit that was merged into it."""
    target, joined = walk(agency, "work"), walk(agency, "work", email="", phone="0812 3456 7890")
    joined = do(joined, "transfer", agency.officer, unit="roads")
    joined = do(joined, "merge", agency.head, into=target.reference)
    target = Case.objects.get(pk=target.pk)
    return joined, do(target, "respond", agency.officer, text=ANSWER)


def test_who_sees_the_case_it_was_joined_to_prints_its_answer(
    agency: Agency, pair: tuple[Case, Case]
) -> None:
    joined, target = pair
    Case.objects.filter(pk=target.pk).update(restricted=True)
    agency.head.memberships.update(handles_restricted=True)
    sheet = letter(agency.head, joined)
    assert ANSWER in sheet and "<b>Jawaban terkirim</b>" in sheet
    assert UNSEEN not in page(agency.head, joined)
    assert AccessLog.objects.filter(user=agency.head, case=target, kind="read").count() == 1


@pytest.mark.parametrize("why", ["about the reader", "restricted", "of another unit"])
def test_who_does_not_see_it_prints_nothing_of_it_and_reads_why(
    agency: Agency, pair: tuple[Case, Case], why: str
) -> None:
    joined, target = pair
    reader = agency.roads_officer if why == "of another unit" else agency.head
    here = Case.objects.filter(pk=target.pk)
    if why == "about the reader":
        here.update(about_people=[reader.pk])
    elif why == "restricted":
        here.update(restricted=True)
    html = page(reader, joined)
    assert ANSWER not in html and target.reference not in html
    assert UNSEEN in html
    before = letter(reader, joined)
    assert "digabungkan" in before and "Jawaban" not in before
    assert not AccessLog.objects.filter(case=target).exists()
    do(Case.objects.get(pk=target.pk), "confirm", citizen(target))
    assert letter(reader, joined) == before, "nor that it has ended"


def test_who_opened_it_in_an_emergency_reads_it_while_it_is_open(
    agency: Agency, pair: tuple[Case, Case]
) -> None:
    joined, target = pair
    Case.objects.filter(pk=target.pk).update(restricted=True)
    assert ANSWER not in page(agency.head, joined)
    AccessLog.objects.create(user=agency.head, case=target, kind="break_glass")
    assert ANSWER in letter(agency.head, joined)
    assert AccessLog.objects.filter(user=agency.head, case=target, kind="read").count() == 1
    with time_machine.travel(timezone.now() + timedelta(hours=4, seconds=1), tick=False):
        assert ANSWER not in page(agency.head, joined)


def test_a_case_that_was_never_merged_says_nothing_of_another(agency: Agency) -> None:
    assert UNSEEN not in page(agency.head, file_case())
