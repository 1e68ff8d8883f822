"""What the complainant says to the officer who answered: somebody else records yes or no."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone, translation

from casework import links
from casework.models import Case
from notifications import letters
from notifications.models import Notification, Outbox
from tests.agency import Agency, do, walk
from tests.clockwork import over
from tests.desk.pages import address, at_desk
from workflows.sweep import sweep

SENTENCE = "somebody else records it"
NO = {"text": "Ia tidak setuju.", "channel": "phone", "proof": "Tahu kode."}
PHONE_ALONE = {"email": "", "phone": "0812 3456 7890"}


def told_of(case: Case) -> set[str]:
    """Who hears of the last event of a case."""
    lines = Notification.objects.filter(event=case.last_event_id)
    return set(lines.values_list("user__username", flat=True))


@pytest.mark.parametrize("page", ["", "heard", "told"])
def test_who_answered_reads_that_somebody_else_records_yes_or_no(agency: Agency, page: str) -> None:
    case = walk(agency, "confirm", **PHONE_ALONE)
    assert SENTENCE in at_desk(agency.officer).get(address(case, page)).text
    for other in (agency.officer2, agency.supervisor):
        assert SENTENCE not in at_desk(other).get(address(case, page)).text


@pytest.mark.parametrize("page", ["", "heard"])
@pytest.mark.parametrize("stage", ["work", "wait_work", "closed"])
def test_nothing_is_said_where_no_yes_or_no_is_open(agency: Agency, stage: str, page: str) -> None:
    case = do(walk(agency, "confirm"), "recall", agency.officer)
    for each in (case, walk(agency, stage)):
        assert SENTENCE not in at_desk(agency.officer).get(address(each, page)).text
    assert SENTENCE not in at_desk(agency.auditor).get(address(walk(agency, "confirm"))).text


@pytest.mark.parametrize("name", ["heard", "told"])
def test_the_supervisor_hears_that_a_yes_or_no_is_open(agency: Agency, name: str) -> None:
    case = do(walk(agency, "confirm", **PHONE_ALONE), name, agency.officer, **NO)
    assert told_of(case) == {"supervisor"}
    mail = Outbox.objects.get(event=case.last_event_id, user=agency.supervisor)
    assert mail.letter == "yes_or_no"


def test_where_the_supervisor_answered_the_one_above_hears_it(agency: Agency) -> None:
    case = do(walk(agency, "work"), "respond", agency.supervisor, text="Sudah.")
    assert "head" in told_of(do(case, "heard", agency.supervisor, **NO))


def test_what_a_colleague_notes_or_without_words_asks_no_supervisor(agency: Agency) -> None:
    case = do(walk(agency, "confirm", **PHONE_ALONE), "heard", agency.officer2, **NO)
    assert told_of(case) == {"officer"}
    assert told_of(do(case, "told", agency.officer, channel="phone")) == set()


def test_word_to_the_officer_gives_the_time_anew_and_no_end_says_there_was_none(
    agency: Agency,
) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        case = walk(agency, "confirm", identity="none", name="", email="")
    with time_machine.travel(start + timedelta(days=20), tick=False):
        case = do(case, "heard", agency.officer, **NO)
    assert case.timeout_at == over(50, start)
    with time_machine.travel(start + timedelta(days=51), tick=False):
        assert sweep().timeouts == 1
        ours = at_desk(agency.head).get(address(case)).text
        theirs = Client(headers={"accept-language": "en"}).get(f"/c/{links.link_for(case)}/").text
    assert "Closed: the time for a yes or no ran out" in ours
    assert "Closed, because the time for your yes or no ran out" in theirs
    for said in (ours.lower(), theirs.lower()):
        assert "heard nothing" not in said and "no word" not in said


def test_the_mail_of_the_end_does_not_say_that_there_was_no_word(agency: Agency) -> None:
    with translation.override("en"):
        said = str(letters.CITIZEN["auto_closed"].what)
    assert "because the time for your yes or no ran out" in said
