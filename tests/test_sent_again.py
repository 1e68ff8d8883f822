"""A form that arrives twice, as after a lost answer: each file once, and none left beside it."""

from functools import partial
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from casework import links, uploads
from casework.models import Attachment, Case
from casework.models.attachment import FOLDERS
from tests.agency import Agency, citizen, do, file_case, walk
from tests.desk.pages import address, at_desk
from tests.portal.test_pieces import Phone
from tests.samples import picture
from tests.workflows.test_races import at_once
from workflows.errors import Stale

SAID = {"text": "Air mati empat hari di RT 03.", "identity": "none"}
FORM = SAID | {"token": "form", "upload": "its-files"}
NAME = "Foto Wulan"
BY_LETTER = {"channel": "letter", "proof": "Surat bertanda tangan tanggal 3."}


@pytest.fixture(autouse=True)
def empty_folder(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def photo(number: int = 0) -> SimpleUploadedFile:
    name = f"{NAME}{number or ''}.jpg"
    return SimpleUploadedFile(name, picture(quality=50 + number), "image/jpeg")


def attach(*numbers: int, status: int = 200) -> Any:
    files = [photo(number) for number in numbers or (0,)]
    answer = Client().post("/complain/", FORM | {"step": "files", "files": files})
    assert answer.status_code == status, answer.text
    return answer


def file_it() -> Any:
    return Client().post("/complain/", FORM | {"step": "check", "go": "next"})


def nothing_is_left_but(*names: str) -> None:
    """In rows and on disk: files of these names, all of them sent."""
    assert sorted(Attachment.objects.values_list("name", flat=True)) == sorted(names)
    assert not Attachment.objects.filter(case=None).exists()
    there = [file for folder in FOLDERS for file in _listed(folder)]
    assert len(there) == len(names)


def _listed(folder: str) -> list[str]:
    return default_storage.listdir(folder)[1] if default_storage.exists(folder) else []


def test_photos_that_arrive_twice_are_attached_once(agency: Agency) -> None:
    attach(*range(1, 7))
    page = attach(*range(1, 7)).text
    assert uploads.staged("its-files").count() == 6
    assert "foto" not in page and file_it().status_code == 302
    nothing_is_left_but(*[f"Berkas {number}.jpg" for number in range(1, 7)])


def test_as_many_files_as_may_be_can_arrive_twice_and_one_more_is_refused(agency: Agency) -> None:
    for _time in range(2):
        attach(*range(1, uploads.MAX_FILES + 1))
    assert "Foto Wulan11.jpg" in attach(11, status=422).text
    assert uploads.staged("its-files").count() == uploads.MAX_FILES


@pytest.mark.django_db(transaction=True)
def test_photos_that_arrive_eight_times_at_once_are_attached_once(agency: Agency) -> None:
    at_once(*[attach] * 8)
    assert uploads.staged("its-files").count() == 1
    came = at_once(*[file_it] * 8)
    assert [answer.status_code for answer in came] == [302] * 8
    assert Case.objects.count() == 1
    nothing_is_left_but("Berkas 1.jpg")


def test_photos_that_arrive_again_once_the_complaint_is_filed_are_not_kept(agency: Agency) -> None:
    attach()
    receipt = file_it().headers["Location"]
    attach()
    nothing_is_left_but("Berkas 1.jpg")
    assert file_it().headers["Location"] == receipt


def test_a_message_that_arrives_three_times_is_one_with_one_file(agency: Agency) -> None:
    case = file_case(**SAID, name="")
    page = f"/c/{links.link_for(case)}/message/"
    for _time in range(3):
        said = {"text": "Masih mati.", "upload": "its-files", "files": photo()}
        assert Client().post(page, said).status_code == 302
    assert case.events.filter(kind="message").count() == 1
    nothing_is_left_but("Berkas 1.jpg")


def test_an_answer_that_comes_too_late_leaves_no_file(agency: Agency) -> None:
    case = walk(agency, "wait_triage", **SAID, name="")
    seen = Case.objects.get(pk=case.pk)
    uploads.stage(photo(), "its-files")
    do(case, "answered", citizen(case), text="Di RT 03.", upload="its-files")
    uploads.stage(photo(), "its-files")
    with pytest.raises(Stale):
        do(seen, "answered", citizen(case), text="Di RT 03.", upload="its-files")
    nothing_is_left_but("Berkas 1.jpg")


def at_the_counter(agency: Agency) -> Any:
    tokens = {"token": "form", "upload": "its-files", "proof_upload": "its-scans"}
    files = {"files": photo(), "proof_files": photo(1)}
    said = SAID | tokens | files | {"channel": "counter"}
    return at_desk(agency.intake).post("/desk/file/", said)


def test_a_form_of_the_counter_that_arrives_twice_leaves_one_photo_and_one_scan(
    agency: Agency,
) -> None:
    for _time in range(2):
        assert at_the_counter(agency).status_code == 302
    assert Case.objects.count() == 1
    nothing_is_left_but("Berkas 1.jpg", "Berkas 2.jpg")


@pytest.mark.django_db(transaction=True)
def test_a_form_of_the_counter_that_arrives_eight_times_at_once_files_once(agency: Agency) -> None:
    came = at_once(*[partial(at_the_counter, agency)] * 8)
    assert [answer.status_code for answer in came] == [302] * 8
    assert Case.objects.count() == 1
    nothing_is_left_but("Berkas 1.jpg", "Berkas 2.jpg")


def test_what_was_noted_for_a_nameless_one_and_arrives_twice_leaves_one_scan(
    agency: Agency,
) -> None:
    case = walk(agency, "confirm", **SAID, name="")
    seen = case.last_event_id
    came = []
    for _time in range(2):
        tokens = {"upload": "its-files", "proof_upload": "its-scans", "seen": seen}
        said = BY_LETTER | tokens | {"proof_files": photo()}
        came.append(at_desk(agency.officer2).post(address(case, "confirm"), said).status_code)
    assert came == [302, 409]
    nothing_is_left_but("Berkas 1.jpg")


def test_a_file_that_comes_in_pieces_under_two_keys_is_there_once(agency: Agency) -> None:
    for key in ("one", "other", "one"):
        answer = Phone(picture(), name=f"{NAME}.jpg", key=key).send_all()
        assert answer.status_code == 200 and answer.json()["file"]["name"] == f"{NAME}.jpg"
    assert uploads.staged("a-form").count() == 1
