"""Those whose complaint was merged hear of the target's public answer and end, and no more."""

import json

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.actors import SYSTEM
from casework.links import case_of
from casework.models import Case
from notifications import delivery
from notifications.models import Outbox
from tests.agency import citizen, do, file_case, walk


@pytest.fixture
def out(settings):
    settings.DEMO = False


@pytest.fixture
def joined(agency):
    return file_case(name="Budi", email="budi@example.org")


def merged_into(target, joined, agency) -> Case:
    return do(joined, "merge", agency.head, into=target.reference)


def owed(case) -> list[str]:
    """The letters to the complainant of a case, without receipt and notice of the merger."""
    rows = Outbox.objects.filter(case=case, user=None).exclude(letter__in=("received", "merged"))
    return list(rows.order_by("pk").values_list("letter", flat=True))


def letter_to_budi() -> mail.EmailMultiAlternatives:
    """The last one, after everything owed has been sent."""
    delivery.deliver()
    return [sent for sent in mail.outbox if sent.to == ["budi@example.org"]][-1]


def test_the_answer_reaches_each_by_a_link_of_their_own(agency, joined, out):
    target = walk(agency, "work")
    merged_into(target, joined, agency)
    do(target, "respond", agency.officer, text="Pompa sudah diganti.")
    delivery.deliver()
    answers = {sent.to[0]: sent for sent in mail.outbox[-2:]}
    opened = {}
    for address, sent in answers.items():
        opened[address] = case_of(sent.body.split("/c/")[1].split("/")[0])
    assert opened == {"wulan@example.org": target, "budi@example.org": joined}
    theirs = answers["budi@example.org"]
    told = theirs.subject + theirs.body + theirs.alternatives[0][0]
    assert joined.reference in theirs.subject
    assert target.reference not in told and "Pompa" not in told


@pytest.mark.parametrize(
    ("stage", "name", "who", "payload"),
    [
        ("confirm", "confirm", "citizen", {}),
        ("confirm", "timeout", "time", {}),
        ("wait_work", "timeout", "time", {}),
        ("triage", "reject", "intake", {"reason": "Bukan pengaduan."}),
        ("work", "refer", "officer", {"body": "PLN", "reason": "Urusan PLN."}),
        ("work", "withdraw", "citizen", {"reason": "Sudah beres."}),
    ],
)
def test_every_end_of_the_target_is_told(agency, joined, stage, name, who, payload):
    target = walk(agency, stage)
    merged_into(target, joined, agency)
    actor = {"citizen": citizen(target), "time": SYSTEM}.get(who) or getattr(agency, who)
    do(target, name, actor, **payload)
    assert owed(joined) == ["joined_closed"]


def test_what_passes_between_the_agency_and_the_other_complainant_is_no_news(agency, joined):
    target = walk(agency, "work")
    merged_into(target, joined, agency)
    do(target, "message", agency.officer, text="Kami datang besok.")
    target = do(target, "ask", agency.officer, text="Nomor rumah Anda?")
    do(target, "remind", SYSTEM)
    assert owed(target) == ["news", "question", "still_asked"]
    assert owed(joined) == []


def test_a_draft_is_told_to_nobody_until_it_is_approved(agency, joined):
    target = walk(agency, "work", category="bills")
    merged_into(target, joined, agency)
    target = do(target, "respond", agency.officer, text="Tagihan dikoreksi.")
    assert owed(joined) == []
    do(target, "approve", agency.supervisor)
    assert owed(joined) == ["joined_answer"]


def test_who_gave_no_address_or_went_their_own_way_is_owed_nothing(agency, joined):
    target = walk(agency, "work")
    without = merged_into(target, file_case(email=""), agency)
    away = merged_into(target, joined, agency)
    do(away, "unmerge", citizen(away))
    do(target, "respond", agency.officer, text="Pompa sudah diganti.")
    assert owed(without) == owed(away) == []


@pytest.mark.parametrize("which", ["target", "joined"])
def test_where_one_of_the_two_is_restricted_there_is_only_news(agency, joined, out, which):
    target = walk(agency, "work")
    merged_into(target, joined, agency)
    Case.objects.filter(pk={"target": target, "joined": joined}[which].pk).update(restricted=True)
    type(joined.complainant).objects.update(language="en")
    target.refresh_from_db()
    agency.officer.memberships.update(handles_restricted=True)
    do(target, "respond", agency.officer, text="Pompa sudah diganti.")
    sent = letter_to_budi()
    assert sent.subject == f"{joined.reference}: news about your complaint"
    assert "answer" not in json.dumps(sent.body.split("Sent automatically")[0])


def test_who_left_the_merger_meanwhile_gets_no_late_answer(agency, joined):
    target = walk(agency, "work")
    merged = merged_into(target, joined, agency)
    do(target, "respond", agency.officer, text="Pompa sudah diganti.")
    do(merged, "unmerge", citizen(merged))
    delivery.deliver()
    row = Outbox.objects.get(letter="joined_answer")
    assert (row.state, row.last_error) == ("dropped", "overtaken")


def test_telling_them_costs_one_statement_however_many_they_are(agency):
    def cost(merged: int) -> int:
        target = walk(agency, "work")
        for _ in range(merged):
            merged_into(target, file_case(), agency)
        with CaptureQueriesContext(connection) as asked:
            do(target, "respond", agency.officer, text="Pompa sudah diganti.")
        return len(asked)

    cost(0)  # what a person may do is asked once
    assert cost(1) == cost(5)
