"""Files that come in pieces: they go on where they stopped, and are taken like any other."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone

from accounts.throttles import Pace, Share, Throttle
from casework import pieces, uploads
from casework.models import Attachment, Case, Piece, Sending
from portal import pieces as page
from tests.agency import Agency
from tests.samples import HTML, picture
from tests.workflows.test_races import at_once
from workflows import sweep

WHERE = "/complain/pieces/"
LETTER = b"Air mati di RT 03. " * 2000
STEP = 16 * 1024


class Phone:
    """Whoever sends one file, piece by piece."""

    def __init__(
        self, content: bytes, *, name: str = "surat.txt", key: str = "k", address: str = "127.0.0.1"
    ) -> None:
        self.client = Client(headers={"accept-language": "en"}, REMOTE_ADDR=address)
        self.content = content
        self.named = {
            "Upload-Token": "a-form",
            "Upload-Key": key,
            "Upload-Length": str(len(content)),
            "Upload-Name": quote(name),
        }

    def ask(self, method: str, **more: Any) -> Any:
        return getattr(self.client, method)(WHERE, headers=self.named, **more)

    def send(self, offset: int, size: int = STEP) -> Any:
        headers = self.named | {"Upload-Offset": str(offset)}
        piece = self.content[offset : offset + size]
        kind = "application/octet-stream"
        return self.client.post(WHERE, piece, content_type=kind, headers=headers)

    def send_all(self) -> Any:
        offset = 0
        while offset < len(self.content):
            answer = self.send(offset)
            if answer.status_code != 200:
                break
            offset = answer.json()["offset"]
        return answer


def whole(attachment: Attachment) -> bytes:
    with attachment.file.open() as kept:
        return kept.read()


def test_a_file_in_pieces_becomes_an_attachment_like_any_other(agency: Agency) -> None:
    answer = Phone(LETTER, name="surat untuk camat.txt").send_all().json()
    staged = uploads.staged("a-form").get()
    assert answer["file"] == {
        "pk": staged.pk,
        "name": "surat untuk camat.txt",
        "size": "37.1\xa0KB",
    }
    assert whole(staged) == LETTER
    assert Piece.objects.count() == 0


def test_after_a_cut_it_goes_on_from_what_the_server_has(db: None) -> None:
    phone = Phone(LETTER)
    assert phone.ask("get").json() == {"offset": 0}
    phone.send(0)
    assert phone.ask("get").json() == {"offset": STEP}
    assert phone.ask("head").status_code == 200
    phone.send(STEP)
    assert whole(Attachment.objects.get(pk=phone.send(2 * STEP).json()["file"]["pk"])) == LETTER


def test_a_piece_sent_twice_does_no_harm_and_neither_does_the_last(db: None) -> None:
    phone = Phone(LETTER)
    assert [phone.send(0).json()["offset"] for _time in range(2)] == [STEP, STEP]
    phone.send(STEP)
    first, again = phone.send(2 * STEP).json(), phone.send(2 * STEP).json()
    assert first == again == phone.ask("get").json()
    assert whole(uploads.staged("a-form").get()) == LETTER


def test_a_last_piece_that_comes_twice_at_the_same_moment_is_one_file(
    transactional_db: None,
) -> None:
    phone = Phone(LETTER)
    phone.send(0)
    phone.send(STEP)
    answers = at_once(*[lambda: Phone(LETTER).send(2 * STEP).json() for _phone in range(4)])
    assert all(answer == answers[0] for answer in answers)
    assert whole(Attachment.objects.get()) == LETTER


def test_a_last_piece_of_what_is_refused_that_comes_twice_at_once_is_no_fault_of_ours(
    transactional_db: None,
) -> None:
    page = HTML + b"<p>" * 9000
    last = len(page) // STEP * STEP
    for offset in range(0, last, STEP):
        Phone(page).send(offset)
    answers = at_once(*[lambda: Phone(page).send(last) for _phone in range(4)])
    assert {answer.status_code for answer in answers} <= {409, 422}
    assert not Sending.objects.exists()


def test_a_piece_that_comes_as_a_form_of_several_parts_cannot_be_read(db: None) -> None:
    phone = Phone(LETTER)
    phone.client = Client(headers={"accept-language": "en"}, enforce_csrf_checks=True)
    phone.client.get("/complain/")
    token = phone.client.cookies["csrftoken"].value
    headers = phone.named | {"Upload-Offset": "0", "X-CSRFToken": token}
    answer = phone.client.post(WHERE, {"piece": "a"}, headers=headers)
    assert (answer.status_code, answer.json()) == (400, {"refused": "This request cannot be read."})


def test_a_piece_that_does_not_follow_is_told_where_to_go_on(db: None) -> None:
    phone = Phone(LETTER)
    phone.send(0)
    answer = phone.send(2 * STEP)
    assert (answer.status_code, answer.json()) == (409, {"offset": STEP})
    assert Sending.objects.get().received == STEP


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (HTML + b"<p>" * 9000, "halaman.html", "Send a photo"),
        (b"", "kosong.txt", "empty"),
        (b"a" * (10 * 1024**2 + 1), "panjang.txt", "10 MB"),
    ],
)
def test_what_is_no_good_is_refused_in_words_and_nothing_of_it_stays(
    db: None, content: bytes, name: str, words: str
) -> None:
    phone = Phone(content, name=name)
    answer = phone.send_all() if content else phone.send(0)
    assert answer.status_code == 422 and words in answer.json()["refused"]
    assert not Sending.objects.exists() and not Attachment.objects.exists()


@pytest.mark.parametrize(("offset", "size"), [(0, 100), (0, pieces.LARGEST + 1)])
def test_pieces_are_neither_tiny_nor_huge(db: None, offset: int, size: int) -> None:
    assert Phone(b"a" * 300_000).send(offset, size).status_code == 422
    assert not Piece.objects.exists()


def test_ten_files_are_the_most_also_while_they_are_on_their_way(db: None) -> None:
    for number in range(9):
        Phone(LETTER, key=f"k{number}").send(0)
    assert "file" in Phone(picture(), name="foto.jpg", key="foto").send(0).json()
    eleventh = Phone(LETTER, key="k10").send(0)
    assert eleventh.status_code == 422 and "10 files" in eleventh.json()["refused"]
    assert Phone(LETTER, key="k3").send(STEP).status_code == 200, "one that is begun goes on"


def test_whoever_cancels_leaves_nothing_behind(db: None) -> None:
    begun, done = Phone(LETTER), Phone(LETTER, key="other")
    begun.send(0)
    done.send_all()
    for phone in (begun, done):
        assert phone.ask("delete").status_code == 200
    assert not Sending.objects.exists() and not Attachment.objects.exists()


def test_a_draft_that_is_forgotten_takes_all_its_files_along(db: None) -> None:
    Phone(LETTER).send(0)
    Phone(LETTER, key="other").send_all()
    other = Phone(LETTER, key="theirs")
    other.named["Upload-Token"] = "another-form"
    other.send_all()
    Client().delete(WHERE, headers={"Upload-Token": "a-form"})
    assert [file.upload_token for file in Attachment.objects.all()] == ["another-form"]
    assert Sending.objects.count() == 1


def test_once_the_complaint_is_sent_nothing_joins_it_to_its_form(
    client: Client, agency: Agency
) -> None:
    Phone(LETTER).send_all()
    Phone(LETTER, key="begun").send(0)
    said = {"step": "check", "text": "Air mati empat hari.", "identity": "none"}
    client.post("/complain/", said | {"token": "a-token", "upload": "a-form"})
    assert whole(Case.objects.get().attachments.get()) == LETTER
    assert Attachment.objects.get().upload_token == ""
    assert not Sending.objects.exists() and not Piece.objects.exists()


def test_what_nobody_goes_on_with_is_swept_after_two_hours(transactional_db: None) -> None:
    for key in ("left", "slow", "whole"):
        Phone(LETTER, key=key).send(0)
    Phone(LETTER, key="whole").send_all()
    Sending.objects.update(piece_at=timezone.now() - timedelta(hours=3))
    Phone(LETTER, key="slow").send(STEP)
    sweep.sweep()
    assert {sending.key for sending in Sending.objects.all()} == {"slow", "whole"}


def test_from_one_neighbourhood_comes_no_more_than_its_share_of_what_is_not_whole(
    db: None, counted: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "SHARE", Share("few", 3 * STEP))
    phones = [Phone(LETTER, key=f"k{n}", address=f"2001:db8:7:{n}::1") for n in range(3)]
    assert [phone.send(0).status_code for phone in phones] == [200] * 3
    full = phones[0].send(STEP)
    assert (full.status_code, full["Retry-After"]) == (429, "60")
    others = [Phone(LETTER, key=f"theirs{n}", address="2001:db8:8::1") for n in range(2)]
    assert others[0].send_all().status_code == 200, "it is full for one of them alone"
    assert others[1].send_all().status_code == 200, "and what is whole takes no share any more"
    phones[1].ask("delete")
    phones[2].ask("delete")
    assert phones[0].send(STEP).status_code == 200
    assert "file" in phones[0].send(2 * STEP).json()


def test_what_nobody_completes_is_swept_after_a_day(transactional_db: None) -> None:
    Phone(LETTER).send(0)
    Phone(LETTER, key="new").send(0)
    old = timezone.now() - timedelta(hours=25)
    Sending.objects.filter(key="k").update(created_at=old)
    sweep.sweep()
    assert [sending.key for sending in Sending.objects.all()] == ["new"]
    assert Piece.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"Upload-Token": ""},
        {"Upload-Token": "../x"},
        {"Upload-Key": "x" * 65},
        {"Upload-Length": "many"},
        {"Upload-Length": "9" * 30},
        {"Upload-Name": "%00"},
    ],
)
def test_a_request_that_names_no_file_is_refused_and_changes_nothing(
    db: None, wrong: dict[str, str]
) -> None:
    phone = Phone(LETTER)
    phone.named |= wrong
    assert phone.send(0).status_code == 400
    assert not Sending.objects.exists()


def test_another_site_cannot_send_a_piece(db: None) -> None:
    phone = Phone(LETTER)
    phone.client = Client(enforce_csrf_checks=True)
    assert phone.send(0).status_code == 403


def test_where_there_is_no_room_for_more_pieces_they_wait_and_go_on_later(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many send: what is not whole lies in the database, beside the complaints."""
    monkeypatch.setattr(pieces, "MOST", 3 * STEP)
    one, other = Phone(LETTER), Phone(LETTER, key="other")
    one.send(0)
    other.send(0)
    one.send(STEP)
    full = other.send(STEP)
    assert (full.status_code, full["Retry-After"]) == (429, "60")
    assert Piece.objects.count() == 3 and other.ask("get").json() == {"offset": STEP}
    one.ask("delete")
    assert other.send(STEP).json() == {"offset": 2 * STEP}


def test_who_begins_files_too_often_is_told_when_to_come_again(
    db: None, counted: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    strict = Throttle("u", 99, {"address": Pace(1, 3600, first=90, longest=600)})
    monkeypatch.setattr(page, "UPLOADS", strict)
    first, second = Phone(LETTER), Phone(LETTER, key="second")
    third = Phone(LETTER, key="third")
    assert [phone.send(0).status_code for phone in (first, second, third)] == [200, 200, 429]
    assert first.send(STEP).status_code == 200
    assert 60 < int(third.send(0)["Retry-After"]) <= 90
