"""Files that nobody sent, and files that no row knows, go after a day; no other ever does."""

import logging
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg2
import pytest
import time_machine
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from casework import strays, uploads
from casework.models import Attachment
from tests.agency import Agency, file_case
from tests.server import database_url
from workflows.sweep import sweep

DAY = timedelta(days=1)


class Killed(BaseException):
    """What nothing catches, as kill -9."""


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def stage(form: str = "a-form") -> Attachment:
    return uploads.stage(SimpleUploadedFile("catatan.txt", b"Halo"), form)


def on_disk(media: Path) -> set[str]:
    return {str(path.relative_to(media)) for path in media.rglob("*") if path.is_file()}


def every_folder(now: datetime, swept: Callable[[datetime], int] = strays.sweep) -> int:
    """As many sweeps, one a minute, as every folder needs to have its turn."""
    return sum(swept(now + timedelta(minutes=turn)) for turn in range(257))


def age(media: Path, by: timedelta) -> None:
    """Make every file older than it is."""
    then = (timezone.now() - by).timestamp()
    for name in on_disk(media):
        os.utime(media / name, (then, then))


def leave(media: Path, name: str) -> str:
    path = media / "attachments" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"Surat")
    return f"attachments/{name}"


def test_a_file_that_no_row_knows_goes_after_a_day_wherever_it_lies(
    agency: Agency, media: Path
) -> None:
    stage("sent")
    file_case(upload="sent")
    ours = on_disk(media)
    left = {leave(media, "00/a.pdf"), leave(media, "ff/b.jpg"), leave(media, "of-old.txt")}
    now = timezone.now()
    assert every_folder(now) == 0
    assert on_disk(media) == ours | left, "today's may still get its row"
    age(media, DAY * 2)
    assert every_folder(now) == 3
    assert on_disk(media) == ours


def test_the_sweep_itself_does_so(agency: Agency, media: Path) -> None:
    stage("sent")
    file_case(upload="sent")
    ours = on_disk(media)
    leave(media, "00/a.pdf")
    age(media, DAY * 2)
    turn = (timezone.now().timestamp() // 60 // 257 + 1) * 257 * 60
    with time_machine.travel(turn, tick=False):
        sweep()
    assert on_disk(media) == ours


def test_a_file_is_never_taken_from_its_row(agency: Agency, media: Path) -> None:
    stage("sent")
    file_case(upload="sent")
    stage("staged")
    before = on_disk(media)
    age(media, DAY * 400)
    assert every_folder(timezone.now()) == 0
    assert on_disk(media) == before and len(before) == 2


def test_who_is_killed_between_a_file_and_its_row_leaves_only_what_the_sweep_takes(
    agency: Agency, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage("sent")
    file_case(upload="sent")
    ours = on_disk(media)
    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(Attachment, "save", killed)
        stage()
    assert not uploads.staged("a-form").exists()
    assert len(on_disk(media)) == 2
    age(media, DAY * 2)
    assert every_folder(timezone.now()) == 1
    assert on_disk(media) == ours


def killed(*_args: Any, **_more: Any) -> None:
    raise Killed


def test_who_is_killed_while_deleting_leaves_no_row_without_its_file(
    agency: Agency, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    staged = stage()
    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(FileSystemStorage, "delete", killed)
        uploads.discard("a-form", staged.pk)
    for row in Attachment.objects.all():
        assert row.file.name in on_disk(media)
    assert not uploads.staged("a-form").exists()


def test_what_nobody_sent_goes_with_its_row_after_a_day_and_what_was_sent_stays(
    agency: Agency, media: Path
) -> None:
    stage("sent")
    case = file_case(upload="sent")
    stage("forgotten")
    Attachment.objects.update(created_at=timezone.now() - DAY - timedelta(minutes=1))
    fresh = stage("fresh")
    sweep()
    assert set(Attachment.objects.all()) == {case.attachments.get(), fresh}
    assert on_disk(media) == {row.file.name for row in Attachment.objects.all()}


@pytest.mark.django_db(transaction=True)
def test_what_an_act_is_sending_just_now_is_left_to_it(agency: Agency, media: Path) -> None:
    staged = stage()
    Attachment.objects.update(created_at=timezone.now() - DAY * 2)
    other = psycopg2.connect(database_url())
    with other.cursor() as cursor:
        cursor.execute("SELECT 1 FROM casework_attachment WHERE id = %s FOR UPDATE", [staged.pk])
        sweep()
        uploads.discard("a-form", staged.pk)
    other.close()
    assert staged.file.name in on_disk(media)
    assert uploads.staged("a-form").count() == 1


def test_a_folder_of_another_database_is_left_alone_and_that_is_said(
    agency: Agency, media: Path, caplog: pytest.LogCaptureFixture
) -> None:
    left = {leave(media, f"00/{number}.pdf") for number in range(11)}
    age(media, DAY * 2)
    assert every_folder(timezone.now()) == 0, "a database without files knows of none"
    stage("sent")
    with caplog.at_level(logging.ERROR):
        assert every_folder(timezone.now()) == 0, "far more strays than files"
    assert "11 files in attachments/00 are in no row" in caplog.text
    assert left < on_disk(media)
