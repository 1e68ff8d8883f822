"""The ledger is held against the records: what is lost, there twice, or half is told apart."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from casework import uploads
from casework.models import Case
from drill import verdict
from drill.ledger import Answer, Complaint, Deed, Ledger
from tests.agency import Agency, do, walk
from workflows import filing

TEXT = "Air mati empat hari di RT 03."
PAPER = hashlib.sha256(b"Nota").hexdigest()
YES, NO, NOBODY_KNOWS = Answer.ACCEPTED, Answer.REFUSED, Answer.UNKNOWN


def filed(text: str = TEXT) -> filing.Filed:
    return filing.file({"text": text, "identity": "none"})


def judged(*entries: Complaint | Deed, due: tuple[str, ...] = ()) -> tuple[int, int, int]:
    """How much is lost, half, doubled."""
    ledger = Ledger(due=list(due))
    for entry in entries:
        (ledger.complaints if isinstance(entry, Complaint) else ledger.deeds).append(entry)
    found = verdict.judge(ledger)
    assert found.clean == (not (found.lost or found.half or found.doubled))
    return len(found.lost), len(found.half), len(found.doubled)


def test_a_complaint_that_was_accepted_must_be_there(agency: Agency) -> None:
    assert judged(Complaint(TEXT, YES)) == (1, 0, 0)
    done = filed()
    reference, secret = done.case.reference, done.secret or ""
    assert judged(Complaint(TEXT, YES, reference, secret)) == (0, 0, 0)
    assert judged(Complaint(TEXT, YES, "26-7K3M9QE", secret)) == (1, 0, 0)
    assert judged(Complaint(TEXT, YES, reference, "1234567890123456")) == (1, 0, 0)
    assert judged(Complaint(TEXT, YES, reference, secret, (PAPER,))) == (1, 0, 0)


def test_a_complaint_whose_answer_was_lost_is_there_or_not_but_never_twice(agency: Agency) -> None:
    assert judged(Complaint(TEXT, NOBODY_KNOWS)) == (0, 0, 0)
    filed()
    assert judged(Complaint(TEXT, NOBODY_KNOWS)) == (0, 0, 0)
    filed()
    assert judged(Complaint(TEXT, NOBODY_KNOWS)) == (0, 0, 1)
    assert judged(Complaint(TEXT, YES)) == (0, 0, 1)


def test_a_complaint_that_was_refused_must_not_be_there(agency: Agency) -> None:
    assert judged(Complaint(TEXT, NO)) == (0, 0, 0)
    filed()
    assert judged(Complaint(TEXT, NO)) == (0, 1, 0)


@pytest.fixture
def case(agency: Agency) -> Case:
    return walk(agency, "work")


def test_an_act_that_was_accepted_is_there_once(agency: Agency, case: Case) -> None:
    said = Deed(case.reference, "note", "Dicek.", YES)
    assert judged(said) == (1, 0, 0)
    do(case, "note", agency.officer, text="Dicek.")
    assert judged(said) == (0, 0, 0)
    do(case, "note", agency.officer2, text="Dicek.")
    assert judged(said) == (0, 0, 1)
    assert judged(said, Deed(case.reference, "note", "Dicek.", NOBODY_KNOWS)) == (0, 0, 0)


def test_an_act_without_words_is_counted_by_its_kind(case: Case) -> None:
    assigned = Deed(case.reference, "assigned", "", YES)
    assert judged(assigned) == (0, 0, 0)
    assert judged(assigned, assigned) == (1, 0, 0)


def test_an_act_that_was_refused_is_not_there(agency: Agency, case: Case) -> None:
    assert judged(Deed(case.reference, "note", "Dicek.", NO)) == (0, 0, 0)
    do(case, "note", agency.officer, text="Dicek.")
    assert judged(Deed(case.reference, "note", "Dicek.", NO)) == (0, 1, 0)


def test_the_event_that_an_answer_named_is_that_act(agency: Agency, case: Case) -> None:
    done = do(case, "note", agency.officer, text="Dicek.")
    said = Deed(case.reference, "note", "Dicek.", YES, event=done.last_event_id)
    assert judged(said) == (0, 0, 0)
    said.event = case.last_event_id
    assert judged(said) == (1, 0, 0)


def test_the_files_of_an_act_are_there(agency: Agency, case: Case) -> None:
    said = Deed(case.reference, "note", "Lihat nota.", YES, files=(PAPER,))
    token = uploads.new_token()
    do(case, "note", agency.officer, text="Lihat nota.")
    assert judged(said) == (1, 0, 0)
    uploads.stage(SimpleUploadedFile("nota.txt", b"Nota"), token)
    do(case, "note", agency.officer, text="Dengan nota.", upload=token)
    said.words = "Dengan nota."
    assert judged(said) == (0, 0, 0)


def test_time_acts_once_on_what_is_due(agency: Agency) -> None:
    waiting, lapsed = walk(agency, "wait_work"), walk(agency, "lapsed")
    assert judged(due=(lapsed.reference,)) == (0, 0, 0)
    assert judged(due=(waiting.reference,)) == (1, 0, 0)
