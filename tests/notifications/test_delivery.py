"""The outbox: sent once it can be, tried again, given up, and never in another's way."""

from datetime import timedelta
from itertools import chain

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from accounts.models import Membership
from casework.actors import CitizenActor
from casework.links import case_of
from notifications import delivery, letters
from notifications.models import Outbox
from tests.agency import file_case, walk
from workflows import lost
from workflows.actions import act


@pytest.fixture
def out(settings):
    settings.DEMO = False


def later(**passed) -> None:
    """Let time pass for every message."""
    for row in Outbox.objects.all():
        Outbox.objects.filter(pk=row.pk).update(next_try=row.next_try - timedelta(**passed))


def test_the_receipt_goes_to_the_citizen_with_a_link_that_opens_the_case(agency, out):
    case = file_case(text="Rahasia <script>alert(1)</script> air mati berhari-hari.")
    assert delivery.deliver() == 1
    (sent,) = mail.outbox
    assert sent.to == ["wulan@example.org"]
    assert sent.subject.startswith(case.reference)
    token = sent.body.split("http://localhost:8000/c/")[1].split("/")[0]
    assert case_of(token) == case
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    html = sent.alternatives[0][0]
    assert "/c/" in html and "script" not in html + sent.body
    row = Outbox.objects.get()
    assert (row.state, row.body, row.subject) == ("sent", "", "")


def test_demo_mail_is_kept_and_goes_nowhere(agency, settings):
    settings.DEMO = True
    file_case()
    delivery.deliver()
    row = Outbox.objects.get()
    assert row.state == "sent" and "/c/" in row.body
    assert mail.outbox == []


def test_each_reads_their_own_language(agency, out):
    file_case()
    Outbox.objects.get().case.complainant.__class__.objects.update(language="en")
    delivery.deliver()
    assert "we received your complaint" in mail.outbox[0].subject


def test_of_a_restricted_case_a_mail_says_only_that_there_is_news(agency, out):
    Membership.objects.update(handles_restricted=True)
    case = walk(agency, "work", category="graft")
    type(case.complainant).objects.update(language="en")
    delivery.deliver()
    citizens = [sent for sent in mail.outbox if sent.to == ["wulan@example.org"]]
    assert {sent.subject for sent in citizens} == {f"{case.reference}: news about your complaint"}


def test_one_failing_recipient_blocks_no_other(agency, out, monkeypatch):
    first, second = file_case(email="mati@example.org"), file_case()
    send = letters.EmailMultiAlternatives.send

    def picky(self, *args):
        if self.to == ["mati@example.org"]:
            raise ConnectionError("mati@example.org is unknown here")
        return send(self, *args)

    monkeypatch.setattr(letters.EmailMultiAlternatives, "send", picky)
    assert delivery.deliver() == 2
    states = dict(Outbox.objects.values_list("case", "state"))
    assert states == {first.pk: "failed", second.pk: "sent"}
    failed = Outbox.objects.get(case=first)
    assert failed.last_error == "ConnectionError"
    assert failed.next_try > timezone.now() + timedelta(seconds=50)


def test_a_message_is_given_up_after_eight_attempts_ever_further_apart(agency, out, monkeypatch):
    file_case()

    def never(*args):
        raise ConnectionError

    monkeypatch.setattr(letters.EmailMultiAlternatives, "send", never)
    pauses = []
    for _ in range(8):
        assert delivery.deliver() == 1
        pauses.append(round((Outbox.objects.get().next_try - timezone.now()).total_seconds() / 60))
        later(days=20)
    row = Outbox.objects.get()
    assert (row.state, row.attempts) == ("dead", 8)
    assert pauses[:4] == [1, 4, 16, 64]
    assert delivery.deliver() == 0


def test_a_sender_who_dies_between_sending_and_marking_is_followed_by_another(
    agency, out, monkeypatch
):
    file_case()
    with monkeypatch.context() as patch:
        patch.setattr(delivery, "_mark", lambda *args: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            delivery.deliver()
    assert Outbox.objects.get().state == "sending"
    assert delivery.deliver() == 0
    later(minutes=6)
    assert delivery.deliver() == 1
    assert Outbox.objects.get().state == "sent"
    first, again = mail.outbox
    assert first.extra_headers["Message-ID"] == again.extra_headers["Message-ID"]


def test_a_message_over_which_every_sender_dies_is_given_up(agency, out):
    file_case()
    Outbox.objects.update(attempts=8, state="sending", next_try=timezone.now())
    delivery.deliver()
    assert Outbox.objects.get().state == "dead"
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_two_senders_never_take_the_same_message(transactional_db, out):
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connection

    from tests.agency import build_agency

    build_agency()
    for _ in range(10):
        file_case()

    def work(_):
        try:
            taken = []
            while message := delivery.claim():
                taken.append(message.pk)
            return taken
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        taken = list(chain.from_iterable(pool.map(work, range(4))))
    assert len(taken) == len(set(taken)) == 10


def test_nobodys_box_is_filled_through_us(agency, out):
    for _ in range(5):
        file_case()
    delivery.deliver()
    assert len(mail.outbox) == 3
    waiting = Outbox.objects.filter(state="queued", last_error="flood", attempts=0)
    assert waiting.count() == 2
    assert {row.next_try - timezone.now() > timedelta(minutes=59) for row in waiting} == {True}
    for hour in range(1, 20):  # nobody tried: nothing is given up, however long it waits
        with time_machine.travel(timezone.now() + timedelta(hours=hour), tick=False):
            Outbox.objects.filter(state="sent").update(sent_at=timezone.now())
            delivery.deliver()
    assert waiting.count() == 2
    Outbox.objects.filter(state="sent").update(sent_at=timezone.now() - timedelta(hours=2))
    later(days=2)
    delivery.deliver()
    assert len(mail.outbox) == 5


def test_who_files_with_the_address_of_somebody_else_keeps_no_other_mail_from_them(agency, out):
    theirs = walk(agency, "confirm")
    Outbox.objects.update(state="dropped")
    Outbox.objects.filter(case=theirs, letter="answer").update(state="queued")
    answer = Outbox.objects.get(state="queued")
    Outbox.objects.filter(pk=answer.pk).update(next_try=timezone.now() + timedelta(hours=1))
    for _ in range(12):
        case = file_case()
        act(case, "withdraw", CitizenActor(case.pk))
    delivery.deliver()
    assert len(mail.outbox) == 3
    later(hours=1)
    delivery.deliver()
    answer.refresh_from_db()
    assert answer.state == "sent"


def test_a_key_that_waits_for_its_turn_ends_none_that_was_sent(agency, out, monkeypatch):
    case = file_case()
    key = lost.new_key(case)
    Outbox.objects.update(letter="secret_link")
    monkeypatch.setattr(delivery, "_refuse_flood", _flood)
    delivery.deliver()
    assert lost.case_of(key) == case


def _flood(message):
    raise delivery.Flood(timezone.now() + timedelta(hours=1))
