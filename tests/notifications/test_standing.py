"""A mail that is late says what is so when it leaves, or is not sent."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import Membership
from casework.actors import SYSTEM
from notifications import delivery, letters, tray
from notifications.models import Outbox
from tests.agency import citizen, do, walk


@pytest.fixture
def refusing(settings, monkeypatch):
    """A mail server that takes nothing, until it is told to take everything."""
    settings.DEMO = False
    refused = [True]
    send = letters.EmailMultiAlternatives.send

    def perhaps(self, *args):
        if refused:
            raise ConnectionError
        return send(self, *args)

    monkeypatch.setattr(letters.EmailMultiAlternatives, "send", perhaps)
    return refused


def failed_once(case, letter) -> Outbox:
    """The message of that letter, after an attempt that failed."""
    delivery.deliver()
    row = Outbox.objects.get(case=case, letter=letter)
    assert (row.state, row.attempts) == ("failed", 1)
    return row


def tried_again(row: Outbox, refused: list) -> tuple[str, str]:
    """What became of it at the next attempt, with a mail server that takes everything."""
    refused.clear()
    Outbox.objects.filter(pk=row.pk).update(next_try=timezone.now() - timedelta(seconds=1))
    delivery.attempt(delivery.claim())
    row.refresh_from_db()
    assert row.attempts == 2
    return row.state, row.last_error


def test_what_still_stands_is_sent_by_the_next_attempt(agency, refusing):
    case = walk(agency, "wait_work")
    assert tried_again(failed_once(case, "question"), refusing) == ("sent", "")
    assert len(mail.outbox) == 1


def test_a_mail_whose_line_was_read_meanwhile_is_not_sent(agency, refusing):
    case = walk(agency, "work")
    row = failed_once(case, "assigned")
    tray.mark_read(agency.officer, case)
    assert tried_again(row, refusing) == ("dropped", "read")
    assert mail.outbox == []


def test_the_line_of_another_is_not_mine(agency, refusing):
    case = walk(agency, "work")
    row = failed_once(case, "assigned")
    tray.mark_read(agency.supervisor)
    assert tried_again(row, refusing) == ("sent", "")


#: A stage, the letter about it, and what makes it untrue: who, and how.
OVERTAKEN = [
    ("wait_work", "question", "answered", "citizen", {"text": "Tiga puluh rumah."}),
    ("wait_work", "question", "recall", "officer", {}),
    ("wait_triage", "question", "timeout", "time", {}),
    ("confirm", "answer", "recall", "officer", {}),
    ("confirm", "answer", "dispute", "citizen", {"reason": "Masih mati."}),
    ("confirm", "answer", "confirm", "citizen", {}),
    ("closed", "closed", "reopen", "citizen", {"reason": "Mati lagi."}),
    ("auto_closed", "auto_closed", "reopen", "citizen", {"reason": "Mati lagi."}),
    ("lapsed", "lapsed", "answered", "citizen", {"text": "Tiga puluh rumah."}),
    ("rejected", "rejected", "contest", "citizen", {"reason": "Ini pengaduan."}),
    ("referred", "referred", "contest", "citizen", {"reason": "Ini urusan Anda."}),
    ("withdrawn", "withdrawn", "reopen", "citizen", {"reason": "Mati lagi."}),
    ("merged", "merged", "unmerge", "citizen", {}),
    ("work", "assigned", "reassign", "supervisor", {"assignee": "officer2"}),
    ("review", "approval", "approve", "supervisor", {}),
]


@pytest.mark.parametrize(("stage", "letter", "name", "who", "payload"), OVERTAKEN)
def test_what_was_overtaken_is_not_sent(agency, refusing, stage, letter, name, who, payload):
    case = walk(agency, stage, category="bills" if stage == "review" else "water")
    row = failed_once(case, letter)
    actor = {"citizen": citizen(case), "time": SYSTEM}.get(who) or getattr(agency, who)
    do(case, name, actor, **payload)
    assert tried_again(row, refusing) == ("dropped", "overtaken")
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("stage", "letter"), [("wait_work", "still_asked"), ("confirm", "still_answered")]
)
def test_a_reminder_of_what_is_settled_is_not_sent(agency, refusing, stage, letter):
    case = do(walk(agency, stage), "remind", SYSTEM)
    row = failed_once(case, letter)
    do(case, "withdraw", citizen(case), reason="Sudah beres.")
    assert tried_again(row, refusing) == ("dropped", "overtaken")


def test_a_second_question_replaces_the_mail_about_the_first(agency, refusing):
    case = walk(agency, "wait_work")
    row = failed_once(case, "question")
    case = do(case, "recall", agency.officer)
    do(case, "ask", agency.officer, text="Sejak kapan?")
    assert tried_again(row, refusing) == ("dropped", "overtaken")
    assert Outbox.objects.filter(letter="question", state="queued").count() == 1


def test_a_draft_that_was_returned_and_taken_up_again_is_no_news(agency, refusing):
    case = walk(agency, "review", category="bills")
    case = do(case, "return", agency.supervisor, reason="Nomor rekening?")
    row = failed_once(case, "returned")
    do(case, "respond", agency.officer, text="Tagihan dikoreksi.")
    assert tried_again(row, refusing) == ("dropped", "overtaken")


def test_a_dispute_that_was_assigned_waits_no_longer(agency, refusing):
    case = walk(agency, "confirm")
    case = do(case, "dispute", citizen(case), reason="Masih mati.")
    row = failed_once(case, "disputed")
    do(case, "assigned", agency.supervisor, assignee="officer2")
    assert tried_again(row, refusing) == ("dropped", "overtaken")


def test_a_hold_that_is_over_and_worked_on_is_no_news(agency, refusing):
    case = do(walk(agency, "on_hold"), "timeout", SYSTEM)
    row = failed_once(case, "hold_over")
    do(case, "respond", agency.officer, text="PLN sudah selesai.")
    assert tried_again(row, refusing) == ("dropped", "overtaken")


def test_who_sees_the_case_no_longer_gets_no_mail(agency, refusing):
    row = failed_once(walk(agency, "work"), "assigned")
    Membership.objects.filter(user=agency.officer).delete()
    assert tried_again(row, refusing) == ("dropped", "out of sight")


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": ""}])
def test_who_left_gets_no_mail(agency, refusing, change):
    row = failed_once(walk(agency, "work"), "assigned")
    type(agency.officer).objects.filter(pk=agency.officer.pk).update(**change)
    assert tried_again(row, refusing) == ("dropped", "no address")


def test_a_citizen_whose_address_was_erased_gets_no_mail(agency, refusing):
    case = walk(agency, "wait_work")
    row = failed_once(case, "question")
    type(case.complainant).objects.update(sealed_email="", email_index="")
    assert tried_again(row, refusing) == ("dropped", "no address")
