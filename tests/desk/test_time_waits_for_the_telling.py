"""Whom staff tell by hand has their whole time: none runs before somebody told them."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from casework.models import Case
from tests.agency import Agency, citizen, do, file_case, walk
from tests.clockwork import over
from tests.desk.pages import address, at_desk
from workflows import filing
from workflows.historic import HistoricCase, enter
from workflows.sweep import sweep

PHONE_ALONE = {"email": "", "phone": "0812 3456 7890"}
START = datetime(2026, 3, 2, 3, 0, tzinfo=ZoneInfo("UTC"))
WAITS = ["wait_triage", "wait_work", "confirm"]


def on_day(days: float):
    return time_machine.travel(START + timedelta(days=days), tick=False)


def again(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def promised(agency: Agency, case: Case) -> str:
    """The day that the letter names."""
    page = at_desk(agency.head).get(address(case, "letter")).text
    [sheet] = re.findall(r'<article class="letter.*?</article>', page, re.DOTALL)
    [day] = re.findall(r"paling lambat (\d+ \w+ \d{4})", sheet)
    return day


@pytest.mark.parametrize("stage", WAITS)
def test_nothing_ends_by_time_that_nobody_told(agency: Agency, stage: str) -> None:
    with on_day(0):
        case = walk(agency, stage, **PHONE_ALONE)
    assert (case.timeout_at, case.remind_at) == (None, None)
    with on_day(400):
        assert sweep().timeouts == 0
        case = again(case)
        assert (case.stage, case.untold_at is not None) == (stage, True)
        case = do(case, "told", agency.head, channel="letter")
        assert case.timeout_at == over(430, START)
    with on_day(431):
        assert sweep().timeouts == 1


@pytest.mark.parametrize("stage", WAITS)
def test_what_waits_to_be_told_is_listed_and_counted_for_as_long_as_it_takes(
    agency: Agency, stage: str
) -> None:
    with on_day(0):
        case = walk(agency, stage, **PHONE_ALONE)
    with on_day(400):
        sweep()
        page = at_desk(agency.head).get("/desk/?view=untold").text
    assert case.reference in page
    assert re.search(r"To be told by hand\D*<[^>]*>\s*1\b", page)


def test_the_day_in_the_letter_is_kept_however_late_it_is_recorded(agency: Agency) -> None:
    with on_day(0):
        case = walk(agency, "confirm", **PHONE_ALONE)
    with on_day(20):
        assert promised(agency, case) == "21 April 2026", "thirty days from the printing"
    with on_day(31):
        assert sweep().timeouts == 0
        case = do(again(case), "told", agency.officer, channel="letter", when="2026-03-22")
        assert promised(agency, case) == "2 Mei 2026"
    with on_day(45):
        assert promised(agency, again(case)) == "2 Mei 2026", "as it is kept, not from the reprint"
    with on_day(60.9):
        assert sweep().timeouts == 0


def test_a_message_that_nobody_told_yet_stops_the_time_until_it_is(agency: Agency) -> None:
    with on_day(0):
        case = do(walk(agency, "confirm", **PHONE_ALONE), "told", agency.officer, channel="phone")
    with on_day(10):
        case = do(case, "message", agency.supervisor, text="Petugas datang hari Senin.")
        assert case.timeout_at is None
        case = do(case, "heard", agency.officer2, text="Halo", channel="phone", proof="Tahu kode.")
        assert case.timeout_at is None, "word of theirs may have crossed ours"
    with on_day(12):
        case = do(case, "told", agency.officer, channel="phone")
    assert case.timeout_at == over(42, START)


def test_whoever_writes_has_read_it_and_the_time_runs_from_then(agency: Agency) -> None:
    with on_day(0):
        case = walk(agency, "wait_work", **PHONE_ALONE)
    with on_day(5):
        case = do(case, "message", citizen(case), text="Sudah saya baca, sebentar.")
    assert case.timeout_at == over(35, START)


def test_a_message_to_who_is_mailed_stops_no_time_nor_does_a_note(agency: Agency) -> None:
    with on_day(0):
        mailed, called = walk(agency, "wait_work"), walk(agency, "wait_work", **PHONE_ALONE)
    with on_day(1):
        called = do(called, "note", agency.officer, text="Belum diangkat.")
    assert mailed.timeout_at == over(30, START)
    assert mailed.remind_at == over(20, START)
    assert called.timeout_at is None


def test_those_who_were_joined_stop_no_time_of_who_is_mailed(agency: Agency) -> None:
    with on_day(0):
        target, joined = walk(agency, "work"), walk(agency, "work", **PHONE_ALONE)
        joined = do(joined, "merge", agency.head, into=target.reference)
        target = do(again(target), "respond", agency.officer, text="Sudah.")
    assert target.untold_at is not None
    assert target.timeout_at is not None, "the mail to its own complainant names this day"


def test_who_has_no_contact_at_all_is_waited_for_as_before(agency: Agency) -> None:
    with on_day(0):
        target = walk(agency, "work", identity="none", name="", email="")
        joined = do(file_case(**PHONE_ALONE), "merge", agency.head, into=target.reference)
        target = do(again(target), "respond", agency.officer, text="Sudah.")
    assert (target.untold_at is not None, joined.stage) == (True, "merged")
    assert target.timeout_at == over(30, START), "nobody can tell them"


def test_what_happened_elsewhere_is_owed_to_nobody_and_its_time_runs(agency: Agency) -> None:
    row = HistoricCase("Air mati.", agency.water, START, stage="confirm", answer="Sudah.",
                       identity="named", name="Wulan", phone="0812 3456 7890")  # fmt: skip
    with on_day(1):
        enter([row])
    case = Case.objects.get()
    assert case.untold_at is None
    assert case.timeout_at == over(31, START)


def test_who_left_no_way_to_be_reached_at_the_counter_is_not_waited_for_in_vain(agency) -> None:
    said = {"text": "Lampu padam di jalan.", "identity": "named", "name": "Mbah Surip"}
    with on_day(0):
        case = filing.file(said | {"channel": "counter"}, by=agency.intake).case
        case = do(case, "ask", agency.intake, text="Jalan mana?")
    assert (case.untold_at is not None, case.timeout_at) == (True, over(30, START))
