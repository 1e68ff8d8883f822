"""The sweep: time takes what is due, once, and no failure keeps the others waiting."""

import logging
from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from casework import uploads
from casework.models import Attachment, Case
from casework.signals import recorded
from tests.agency import Agency, build_agency, citizen, do, walk
from workflows import due as due_module
from workflows import sweep as module
from workflows.sweep import Swept, sweep


def due(*cases: Case, by: str = "timeout_at", minutes: int = 1) -> None:
    for number, case in enumerate(cases):
        at = timezone.now() - timedelta(minutes=minutes) + timedelta(seconds=number)
        Case.objects.filter(pk=case.pk).update(**{by: at})


def stages() -> list[str]:
    return list(Case.objects.order_by("pk").values_list("stage", flat=True))


def test_what_is_due_is_taken_and_what_is_not_stays(agency: Agency):
    waiting, held, later = (walk(agency, at) for at in ("wait_work", "on_hold", "wait_triage"))
    due(waiting, held)
    assert sweep() == Swept(timeouts=2)
    assert stages() == ["lapsed", "work", "wait_triage"]
    assert later.events.filter(kind="timeout").count() == 0
    event = waiting.events.get(kind="timeout")
    assert (event.actor_kind, event.actor, event.data) == ("system", None, {"left": "wait_work"})
    assert sweep() == Swept()


def test_a_reminder_is_sent_once_and_moves_nothing(agency: Agency):
    case = walk(agency, "wait_work")
    due(case, by="remind_at")
    assert sweep() == Swept(reminders=1)
    assert sweep() == Swept()
    assert stages() == ["wait_work"]
    assert case.events.filter(kind="remind").count() == 1


def test_the_moment_itself_is_due_and_the_one_before_is_not(agency: Agency):
    case = walk(agency, "wait_work")
    assert case.timeout_at is not None
    assert sweep(case.timeout_at - timedelta(microseconds=1)).timeouts == 0
    assert sweep(case.timeout_at).timeouts == 1


def test_a_case_that_fails_keeps_no_other_waiting_and_is_tried_once_a_sweep(
    agency: Agency, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setattr(due_module, "_BATCH", 1)
    cases = [walk(agency, "wait_work") for _number in range(3)]
    due(*cases)
    tried = []

    def fail(case: Case, **kwargs: object) -> None:
        tried.append(case.pk)
        if case.pk == cases[0].pk:
            raise RuntimeError("a rule")

    recorded.connect(fail)
    try:
        with caplog.at_level(logging.ERROR):
            assert sweep() == Swept(timeouts=2, failed=1)
    finally:
        recorded.disconnect(fail)
    assert tried == [case.pk for case in cases], "the longest due first, each once"
    assert f"case {cases[0].pk} failed" in caplog.text
    assert stages() == ["wait_work", "lapsed", "lapsed"]
    assert sweep() == Swept(timeouts=1)


def test_who_was_quicker_than_time_wins_and_that_is_no_failure(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
):
    case = walk(agency, "wait_work")
    due(case)
    act = module.act

    def answered_meanwhile(case: Case, name: str, actor: object, **seen: int) -> object:
        do(Case.objects.get(pk=case.pk), "answered", citizen(case), text="Dua belas rumah.")
        return act(case, name, actor, **seen)

    monkeypatch.setattr(module, "act", answered_meanwhile)
    assert sweep() == Swept()
    assert stages() == ["work"]


@pytest.mark.parametrize("stage", ["confirm", "wait_work"])
def test_a_word_at_the_last_moment_keeps_the_case_open(
    agency: Agency, monkeypatch: pytest.MonkeyPatch, stage: str
):
    """It moves nothing, but starts the time anew: the sweep that saw the old time must not act."""
    case = walk(agency, stage)
    due(case)
    act = module.act

    def written_meanwhile(case: Case, name: str, actor: object, **seen: int) -> object:
        do(Case.objects.get(pk=case.pk), "message", citizen(case), text="Sebentar lagi.")
        return act(case, name, actor, **seen)

    with monkeypatch.context() as patch:
        patch.setattr(module, "act", written_meanwhile)
        assert sweep() == Swept()
    assert stages() == [stage]
    assert sweep() == Swept(), "its time begins anew"


def test_files_that_nobody_sent_are_swept_after_a_day(agency: Agency):
    uploads.stage(SimpleUploadedFile("a.txt", b"Halo"), "old")
    uploads.stage(SimpleUploadedFile("b.txt", b"Halo"), "new")
    old = Attachment.objects.get(upload_token="old")
    Attachment.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(hours=25))
    Attachment.objects.exclude(pk=old.pk).update(created_at=timezone.now() - timedelta(hours=23))
    sweep()
    assert [file.upload_token for file in Attachment.objects.all()] == ["new"]
    assert not old.file.storage.exists(old.file.name)


def test_a_file_of_a_case_is_never_swept(agency: Agency):
    uploads.stage(SimpleUploadedFile("a.txt", b"Halo"), "mine")
    case = walk(agency, "triage", upload="mine")
    Attachment.objects.update(created_at=timezone.now() - timedelta(days=400))
    assert uploads.sweep_staged(timezone.now()) == 0
    assert case.attachments.get().file.storage.exists(case.attachments.get().file.name)


def test_the_command_says_what_it_did(agency: Agency):
    due(walk(agency, "wait_work"))
    due(walk(agency, "confirm"), by="remind_at")
    out = StringIO()
    call_command("sweep", stdout=out)
    assert out.getvalue() == "1 timeouts, 1 reminders, 0 failed\n"


@pytest.mark.django_db(transaction=True)
def test_while_one_sweeps_another_does_nothing_and_afterwards_it_may():
    due(walk(build_agency(), "wait_work"))
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [module._LOCK])
        assert sweep() == Swept()
    finally:
        other.close()
    assert sweep() == Swept(timeouts=1)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
        )
        assert cursor.fetchone() == (0,)
