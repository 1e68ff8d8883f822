"""Whatever is half in the records, the drill names it."""

import hashlib
from collections import Counter

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.utils import timezone

from casework import uploads
from casework.models import Attachment, Case, Complainant, Resolution
from drill import wholeness
from notifications.models import Outbox
from tests.agency import Agency, citizen, do, file_case, walk

#: What is done to the records behind everybody's back, and what is said of it.
CORRUPTED = [
    ("UPDATE casework_case SET last_event_id = 1", "does not know its last event"),
    ("UPDATE casework_case SET last_hash = ''", "the last events are missing"),
    ("UPDATE casework_case SET event_count = 1", "the last events are missing"),
    ("UPDATE casework_case SET stage = 'review'", "at review, with the tasks"),
    ("UPDATE viewflow_task SET status = 'DONE'", "at work, with the tasks"),
    ("UPDATE viewflow_task SET status = 'NEW'", "at work, with the tasks"),
    ("UPDATE casework_case SET process_id = NULL", "live tasks and no case"),
    ("UPDATE casework_event SET task_id = NULL", "was entered and nothing says so"),
    ("DELETE FROM casework_event WHERE kind = 'note'", "the last events are missing"),
    ("DELETE FROM casework_event", "has no history"),
    ("DELETE FROM casework_eventbody", "no words"),
    ("UPDATE casework_eventbody SET text = 'Beres'", "the words were altered"),
    ("DELETE FROM notifications_outbox WHERE user_id IS NULL", "is owed and not on record"),
    ("DELETE FROM notifications_outbox WHERE user_id IS NOT NULL", "is owed and not on record"),
    ("DELETE FROM notifications_notification WHERE kind = 'assigned'", "nothing in the tray of"),
    ("UPDATE notifications_outbox SET dedupe = '0:citizen:email' WHERE user_id IS NULL", "nothing"),
    ("UPDATE casework_attachment SET event_id = NULL", "hangs between"),
    ("UPDATE casework_attachment SET case_id = NULL", "hangs between"),
    ("UPDATE casework_attachment SET sha256 = ''", "is not on disk as it is on record"),
    (
        "INSERT INTO viewflow_process (id, flow_class, status, created, data)"
        " VALUES (0, 'workflows/flows.ComplaintFlow', 'NEW', now(), '{}')",
        "belongs to no case",
    ),
]


@pytest.fixture
def case(agency: Agency) -> Case:
    """In work, told of, with a note that has a file."""
    case, token = walk(agency, "work"), uploads.new_token()
    uploads.stage(SimpleUploadedFile("nota.txt", b"Catatan"), token)
    return do(case, "note", agency.officer, text="Lihat nota.", upload=token)


def test_what_was_done_through_the_door_is_whole(agency: Agency, case: Case) -> None:
    walk(agency, "auto_closed")
    do(walk(agency, "closed"), "reopen", agency.head, reason="Belum beres.")
    first, second = file_case(), file_case()
    do(first, "merge", agency.intake, into=second.reference)
    do(case, "message", citizen(case), text="Terima kasih.")
    assert list(wholeness.faults()) == []


@pytest.mark.parametrize(("sql", "said"), CORRUPTED)
def test_what_is_half_is_named(case: Case, sql: str, said: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = 'replica'")  # no trigger refuses it
        cursor.execute(sql)
        found = list(wholeness.faults())
        transaction.set_rollback(True)
    assert any(said in fault for fault in found)


def test_an_answer_whose_resolution_is_gone_is_named(agency: Agency, case: Case) -> None:
    case = do(case, "respond", agency.officer, text="Pompa diganti.", outcome="upheld")
    assert list(wholeness.faults()) == []
    Resolution.objects.all().delete()
    answer = case.events.get(kind="respond")
    assert list(wholeness.faults()) == [f"event {answer.pk}: its resolution is not there"]
    Resolution.objects.create(event=case.events.get(number=1), case=case, cycle=1)
    assert [fault for fault in wholeness.faults() if "is of no answer" in fault]


def test_a_complainant_of_no_case_is_named(case: Case) -> None:
    stray = Complainant.objects.create(identity="none")
    assert list(wholeness.faults()) == [f"complainant {stray.pk} has no case"]


def test_a_file_that_is_gone_is_named(case: Case) -> None:
    attachment = Attachment.objects.get()
    assert wholeness.digest_of(attachment) == hashlib.sha256(b"Catatan").hexdigest()
    attachment.file.storage.delete(attachment.file.name)
    assert [fault for fault in wholeness.faults() if "is not on disk" in fault]


@pytest.mark.django_db(transaction=True)
def test_who_holds_a_lock_at_the_end_is_named() -> None:
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(7)")
        assert any("holds the lock 7" in fault for fault in wholeness.locks())
    other.close()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert any("idle in transaction" in fault for fault in wholeness.locks())
    other.rollback()
    other.close()
    assert list(wholeness.locks()) == []


def test_a_mail_that_counts_as_sent_and_never_came_is_named(case: Case) -> None:
    Outbox.objects.update(state="sent", sent_at=timezone.now())
    first, *others = Outbox.objects.values_list("pk", flat=True)
    came = Counter(others)
    assert list(wholeness.undelivered(came)) == [f"message {first} counts as sent and never came"]


@pytest.mark.parametrize("state", ["queued", "sending", "failed", "dead"])
def test_a_mail_that_is_left_behind_is_named(case: Case, state: str) -> None:
    Outbox.objects.update(state="dropped")
    assert list(wholeness.undelivered(Counter())) == []
    Outbox.objects.update(state=state)
    assert len(list(wholeness.undelivered(Counter()))) == Outbox.objects.count() > 0
