"""By when we answer, and what we promised: what complainants read of it."""

import re
from html import unescape

import pytest
from django.conf import LazySettings
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.links import link_for
from casework.models import Case
from notifications import delivery
from tests.agency import Agency, citizen, do, file_case
from tests.clockwork import CALENDAR_DAYS, at, on, policy, rule, target
from tests.ledgers import noted, promised
from workflows import filing
from workflows.models import Policy, PolicyVersion

NOON = "2026-11-24 12:36"


@pytest.fixture(autouse=True)
def targets(agency: Agency) -> None:
    policy(rule("all", {"resolution": target(14, extension=10), "first_response": target(5)}))


def in_work(agency: Agency, when: str = "2026-11-12 08:14") -> Case:
    with on(when):
        case = do(file_case(), "accept", agency.intake, category="water", unit="water")
        return do(case, "assigned", agency.supervisor, assignee="officer")


def read(case: Case, now: str = NOON, language: str = "en") -> str:
    with on(now):
        html = Client(headers={"accept-language": language}).get(f"/c/{link_for(case)}/").text
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html.partition("<main")[2])).split())


def asked(agency: Agency) -> Case:
    case = in_work(agency)
    with on("2026-11-16 10:05"):
        return do(case, "ask", agency.officer, text="Berapa rumah yang terdampak?")


def test_the_promised_date_stands_on_the_page_and_where_it_comes_from(agency: Agency) -> None:
    case = in_work(agency)
    said = read(case)
    assert "We promise our answer by Wednesday 2 December 2026" in said
    assert (
        "Where does this date come from? 14 working days from 12 November 2026. "
        "Only the days on which the unit is open are counted."
    ) in said
    assert "moved" not in said
    said = read(case, language="id")
    assert "Kami berjanji menjawab paling lambat Rabu 2 Desember 2026" in said
    assert "Dari mana tanggal ini? 14 hari kerja sejak 12 November 2026." in said


def test_only_the_answer_is_promised_to_them(agency: Agency) -> None:
    assert "19 November" not in read(in_work(agency)), "the first response is between us"


def test_near_the_date_the_hour_is_said_too(agency: Agency) -> None:
    assert "We promise our answer by tomorrow 16:00 WIB" in read(
        in_work(agency), "2026-12-01 09:00"
    )


def test_while_we_wait_for_them_our_time_stands_still_and_says_why(agency: Agency) -> None:
    case = asked(agency)
    said = read(case)
    assert "Our own time stands still while we wait for your answer." in said
    assert "We promise our answer by" not in said and "2 December" not in said
    assert "What did we promise? 14 working days from 12 November 2026." in said
    assert "Waktu kami berhenti selama kami menunggu jawaban Anda." in read(case, language="id")


def test_while_we_wait_for_somebody_else_it_stands_still_too(agency: Agency) -> None:
    case = in_work(agency)
    with on("2026-11-16 10:05"):
        case = do(case, "hold", agency.officer, reason="Menunggu PLN", until="2026-11-30")
    assert "Our own time stands still while we wait for somebody else." in read(case)


def test_a_date_that_moved_says_why(agency: Agency) -> None:
    case = asked(agency)
    with on("2026-11-17 14:20"):
        case = do(case, "answered", citizen(case), text="Sekitar 40 rumah.")
    said = read(case)
    assert "We promise our answer by Thursday 3 December 2026" in said
    assert "This date moved, because we waited for your answer." in said
    assert "1 working day later, because we waited for your answer." in said
    assert "Mundur 1 hari kerja, karena kami menunggu jawaban Anda." in read(case, language="id")


def test_a_date_that_was_extended_says_so(agency: Agency) -> None:
    case = in_work(agency)
    noted(case, "resolution", "extended", "2026-11-20 09:00", amount=5, by=agency.supervisor.pk)
    said = read(case)
    assert "We promise our answer by Wednesday 9 December 2026" in said
    assert "This date moved, because we need more time." in said
    assert "5 working days later, because we need more time." in said


def test_a_date_that_passed_is_owned_up_to(agency: Agency) -> None:
    case = in_work(agency, "2026-10-12 08:14")
    said = read(case)
    assert "We promised our answer by Friday 30 October 2026" in said
    assert "This date has passed: we are late, and sorry for it." in said
    noted(case, "resolution", "extended", "2026-11-20 09:00", amount=20)
    said = read(case)
    assert "We promise our answer by Friday 27 November 2026" in said
    assert "We missed an earlier date, and are sorry for it." in said


def test_what_ends_at_midnight_ends_on_the_day_before(agency: Agency) -> None:
    rules = [rule("all", {"resolution": target(21, CALENDAR_DAYS)})]
    PolicyVersion.objects.create(policy=Policy.objects.get(), number=2, rules=rules, at=at(NOON))
    assert "We promise our answer by Thursday 3 December 2026" in read(in_work(agency))


def test_once_we_answered_nothing_is_owed(agency: Agency) -> None:
    case = in_work(agency)
    with on("2026-11-20 09:00"):
        case = do(case, "respond", agency.officer, text="Pompa sudah diganti.")
    assert "promise" not in read(case)


def test_who_was_joined_reads_the_promise_of_where_it_goes_on(agency: Agency) -> None:
    with on("2026-11-12 08:14"):
        goes_on = file_case()
    with on("2026-11-20 09:00"):
        case = do(file_case(), "merge", agency.intake, into=goes_on.reference)
    assert "We promise our answer by Wednesday 2 December 2026" in read(case)


def put_right(agency: Agency) -> Case:
    case = in_work(agency)
    with on("2026-11-20 10:00"):
        case = do(case, "respond", agency.officer, text="Pompa cadangan dipasang nanti.")
        promised(case, "2026-11-20 10:00", "2026-12-16 16:00")
    return case


def test_what_was_promised_with_the_answer_stands_in_it(agency: Agency) -> None:
    assert "What we promised Promise, Wednesday 16 December 2026 Does this settle" in read(
        put_right(agency)
    )


def test_what_was_promised_before_the_answer_stands_on_the_page_by_itself(agency: Agency) -> None:
    case = in_work(agency)
    with on("2026-11-16 10:00"):
        do(
            case,
            "promise",
            agency.officer,
            text="Tangki air dikirim.",
            until=at("2026-11-20 16:00"),
        )
    owed = "What we promised Tangki air dikirim, Friday 20 November 2026"
    assert f"{owed} History" in read(case, "2026-11-17 10:00")
    assert f"{owed} . This date has passed: we are late, and sorry for it. History" in read(case)


def test_a_closed_case_is_being_put_right_while_a_promise_is_open(agency: Agency) -> None:
    case = put_right(agency)
    with on("2026-11-23 10:00"):
        case = do(case, "confirm", citizen(case))
    said = read(case)
    assert "Being put right yesterday 10:00 WIB" in said
    assert "We answered; what we promised with it is still to be done." in said
    assert "Wednesday 16 December 2026" in said
    assert "we are late, and sorry for it" in read(case, "2026-12-17 09:00")
    with on("2026-12-15 10:00"):
        noted(case, "commitment", "met", "2026-12-15 10:00")
    said = read(case, "2026-12-15 11:00")
    assert "Being put right" not in said and "Your complaint is closed." in said
    assert "16 December" not in said


def test_the_receipt_says_what_happens_next_and_by_when(agency: Agency) -> None:
    said = {"text": "Air mati empat hari di RT 03.", "identity": "none"}
    reader = Client(headers={"accept-language": "en"})
    with on("2026-11-12 08:14"):
        filing.file(said, token="of-the-form")
        page = reader.get("/complain/receipt/of-the-form/").text
    after = page.partition("What happens next")[2]
    assert "We promise our answer by Wednesday 2 December 2026." in after
    with on("2026-12-02 16:01"):
        assert "We promise" not in reader.get("/complain/receipt/of-the-form/").text


def test_the_mail_says_by_when_we_answer(agency: Agency, settings: LazySettings) -> None:
    settings.DEMO = False
    with on("2026-11-12 08:14"):
        file_case()
        delivery.deliver()
    [letter] = mail.outbox
    assert "Kami berjanji menjawab paling lambat Rabu 2 Desember 2026." in letter.body


def test_promises_cost_the_page_the_same_few_statements(agency: Agency) -> None:
    def statements(case: Case) -> int:
        with on(NOON):
            address, client = f"/c/{link_for(case)}/", Client()
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
        return len(asked)

    case = put_right(agency)
    few = statements(case)
    for day in (17, 18, 21):
        promised(case, "2026-11-20 10:00", f"2026-12-{day} 16:00")
    assert statements(case) == few
