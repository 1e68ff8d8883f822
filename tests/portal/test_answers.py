"""Our answer and its files; a merged case shows its target's answer and nothing else of it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from casework import links, uploads
from casework.actors import Actor
from casework.models import Attachment, Case
from tests.agency import Agency, citizen, do, file_case, walk


def with_file(case: Case, name: str, actor: Actor, file: str, **payload: str) -> Case:
    """An act with one text file of that name."""
    uploads.stage(SimpleUploadedFile(f"{file}.txt", b"halo warga"), f"token-{file}")
    return do(case, name, actor, upload=f"token-{file}", **payload)


def address(case: Case, file: str) -> str:
    pk = Attachment.objects.get(name=f"{file}.txt").pk
    return f"/c/{links.link_for(case)}/files/{pk}/"


@pytest.fixture
def pair(agency: Agency) -> tuple[Case, Case]:
    """A case that was merged, and its target: answered, with files of every kind."""
    target = file_case()
    merged = do(file_case(), "merge", agency.intake, into=target.reference)
    target = do(target, "accept", agency.intake, category="water", unit="water")
    target = do(target, "assigned", agency.supervisor, assignee="officer")
    target = with_file(target, "message", citizen(target), "milik-tetangga", text="Foto saya.")
    target = with_file(target, "note", agency.officer, "catatan", text="Untuk kita saja.")
    target = with_file(target, "message", agency.officer, "kabar", text="Kami periksa.")
    target = with_file(target, "respond", agency.officer, "jawaban", text="Pompa diganti.")
    return merged, target


def test_the_files_of_the_answer_hang_under_it(client: Client, pair: tuple[Case, Case]) -> None:
    _merged, target = pair
    html = client.get(f"/c/{links.link_for(target)}/").content.decode()
    answer = html.split('class="answer"')[1].split("</section>")[0]
    assert "jawaban.txt" in answer and "kabar.txt" not in answer
    assert client.get(address(target, "jawaban")).content == b"halo warga"


def test_a_merged_case_shows_the_answer_of_its_target_with_its_files(
    client: Client, pair: tuple[Case, Case]
) -> None:
    merged, _target = pair
    html = client.get(f"/c/{links.link_for(merged)}/").content.decode()
    assert "Pompa diganti." in html and "jawaban.txt" in html
    assert client.get(address(merged, "jawaban")).content == b"halo warga"


def test_a_merged_case_opens_nothing_else_of_its_target(
    client: Client, pair: tuple[Case, Case]
) -> None:
    merged, target = pair
    html = client.get(f"/c/{links.link_for(merged)}/").content.decode()
    for file in ("milik-tetangga", "catatan", "kabar"):
        assert f"{file}.txt" not in html
        assert client.get(address(merged, file)).status_code == 404
    assert "Foto saya." not in html and target.complainant.name not in html
    assert client.get(address(target, "catatan")).status_code == 404


def test_an_answer_that_no_longer_stands_takes_its_files_along(
    client: Client, pair: tuple[Case, Case]
) -> None:
    merged, target = pair
    do(target, "dispute", citizen(target), reason="Masih mati.")
    assert "Pompa diganti." not in client.get(f"/c/{links.link_for(merged)}/").content.decode()
    assert client.get(address(merged, "jawaban")).status_code == 404


def test_a_case_opens_no_file_of_another(client: Client, pair: tuple[Case, Case]) -> None:
    assert client.get(address(file_case(), "jawaban")).status_code == 404


def test_a_draft_that_waits_for_approval_shows_no_file(client: Client, agency: Agency) -> None:
    case = walk(agency, "work", category="bills")
    case = with_file(case, "respond", agency.officer, "rancangan", text="Rancangan.")
    assert case.stage == "review"
    assert "rancangan.txt" not in client.get(f"/c/{links.link_for(case)}/").content.decode()
    assert client.get(address(case, "rancangan")).status_code == 404


@pytest.mark.parametrize("undone", ["return", "recall"])
def test_files_of_a_draft_that_was_taken_back_stay_inside(
    client: Client, agency: Agency, undone: str
) -> None:
    case = walk(agency, "work", category="bills")
    case = with_file(case, "respond", agency.officer, "rahasia", text="Rancangan.")
    if undone == "return":
        case = do(case, "return", agency.supervisor, reason="Hapus lampiran.")
    else:
        case = do(case, "recall", agency.officer)
    case = with_file(case, "respond", agency.officer, "bukti", text="Pompa diganti.")
    case = do(case, "approve", agency.supervisor)
    html = client.get(f"/c/{links.link_for(case)}/").content.decode()
    assert "bukti.txt" in html
    assert "rahasia.txt" not in html
    assert client.get(address(case, "bukti")).status_code == 200
    assert client.get(address(case, "rahasia")).status_code == 404
