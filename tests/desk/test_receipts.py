"""The receipt at the counter: a page in the complainant's language, for one clerk, for a while."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from casework.models import Case
from casework.sealing import same_secret
from tests.agency import Agency, do
from tests.desk.pages import at_desk
from workflows.sweep import sweep

SECRET = re.compile(r"\b(?:\d{4} ){3}\d{4}\b")
SAID = {
    "channel": "letter",
    "text": "Surat dari warga: air mati sepekan di RT 07.",
    "identity": "named",
    "name": "Pak Slamet",
    "postal": "Jalan Melati 7\nKarangsari 53192",
    "received_at": "2026-01-05T09:00",
    "language": "id",
    "token": "of-the-form",
}


@pytest.fixture
def clerk(agency: Agency) -> Client:
    return at_desk(agency.officer)


def filed(clerk: Client, **said: Any) -> tuple[Case, str]:
    """File a letter; returns the case and the page of its receipt."""
    answer = clerk.post("/desk/file/", SAID | said, follow=True)
    assert answer.status_code == 200
    return Case.objects.latest("pk"), answer.content.decode()


def letter_in(html: str) -> str:
    """What comes out of the printer."""
    [letter] = re.findall(r'<article class="letter.*?</article>', html, re.DOTALL)
    return str(letter)


def test_the_letter_speaks_the_language_of_the_complainant_and_the_desk_that_of_the_clerk(
    clerk: Client,
) -> None:
    _case, html = filed(clerk)
    letter = letter_in(html)
    assert 'lang="id"' in letter
    assert "Pengaduan Anda kami terima" in letter
    assert "We have your complaint" not in letter
    assert "Handed over" in html.replace(letter, "")
    _case, html = filed(clerk, language="en", token="another")
    assert "We have your complaint" in letter_in(html)


def test_one_page_carries_all_that_a_complainant_needs_and_nothing_of_the_desk(
    clerk: Client,
) -> None:
    case, html = filed(clerk)
    letter = letter_in(html)
    [secret] = SECRET.findall(letter)
    assert same_secret(secret, case.secret_digest)
    assert case.reference in letter
    assert "<svg" in letter
    assert f"{settings.BASE_URL}/track/<" in letter
    assert "Pak Slamet<br>Jalan Melati 7<br>Karangsari 53192" in letter
    assert "5 Januari 2026" in letter
    assert "/desk/" not in letter
    assert "Officer" not in letter


def test_a_lost_connection_shows_the_same_receipt_again_and_files_one_case(clerk: Client) -> None:
    case, html = filed(clerk)
    again, html_again = filed(clerk)
    path = f"/desk/receipts/{case.reference}/"
    secret = SECRET.findall(html)
    assert again == case
    assert Case.objects.count() == 1
    assert SECRET.findall(html_again) == secret == SECRET.findall(clerk.get(path).content.decode())
    assert f"Receipt of {case.reference}: not handed over yet" in clerk.get("/desk/file/").text


def test_handed_over_it_shows_the_secret_to_nobody(clerk: Client) -> None:
    case, _html = filed(clerk)
    path = f"/desk/receipts/{case.reference}/"
    clerk.get(path)
    answer = clerk.post(path, follow=True)
    assert answer.status_code == 200
    assert case.reference in answer.text
    assert not SECRET.search(answer.text)
    assert "Pak Slamet" not in answer.text
    assert case.subject not in answer.text, "the case is before the intake now, not before them"
    assert "not handed over yet" not in clerk.get("/desk/file/").text


@pytest.mark.parametrize("swept", [True, False])
def test_after_half_an_hour_it_is_gone(clerk: Client, swept: bool) -> None:
    case, _html = filed(clerk)
    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=False):
        if swept:
            sweep()
        html = clerk.get(f"/desk/receipts/{case.reference}/").content.decode()
    assert case.reference in html
    assert not SECRET.search(html)


def test_no_other_clerk_and_no_citizen_reads_it(agency: Agency, clerk: Client) -> None:
    case, html = filed(clerk)
    [secret] = SECRET.findall(html)
    path = f"/desk/receipts/{case.reference}/"
    assert at_desk(agency.intake).get(path).status_code == 404
    assert at_desk(agency.intake).post(path).status_code == 404
    assert secret not in Client().get("/complain/receipt/of-the-form/").text
    Client().post("/complain/receipt/of-the-form/")
    other = at_desk(agency.intake).post("/desk/file/", SAID, follow=True)
    assert other.status_code == 409
    assert case.reference not in other.text
    assert secret in clerk.get(path).text


def test_on_the_phone_reference_and_secret_are_read_out(clerk: Client) -> None:
    case, html = filed(clerk, channel="phone", postal="")
    [secret] = SECRET.findall(letter_in(html))
    aloud = html.replace(letter_in(html), "")
    for group in (case.reference, *secret.split()):
        assert " ".join(group) in aloud
    assert "Read reference and secret out" not in filed(clerk, token="another")[1]


def test_who_gives_no_name_is_told_that_nobody_can_help_them_back(clerk: Client) -> None:
    _case, html = filed(clerk, identity="none")
    assert "Pak Slamet" not in html
    assert "Jalan Melati" not in html
    assert "tidak ada yang bisa menolong" in letter_in(html)


def test_the_case_page_tells_received_from_typed_in_and_shows_the_scan(
    agency: Agency, clerk: Client
) -> None:
    scan = SimpleUploadedFile("surat.txt", b"Kepada Yth. Bapak Bupati", "text/plain")
    case, _html = filed(clerk, files=scan, upload="papers")
    html = at_desk(agency.intake).get(f"/desk/cases/{case.reference}/").content.decode()
    plain = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    assert "typed in" in plain
    assert "by Officer" in plain
    assert (
        "Complaint received by letter, recorded by Officer: "
        "received Monday 5 January 2026, 09:00 WIB" in plain
    )
    assert "surat.txt" in plain
    assert "Jalan Melati 7" in plain


def test_the_language_is_one_of_ours(clerk: Client) -> None:
    answer = clerk.post("/desk/file/", SAID | {"language": "jv"})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"language"}
    assert not Case.objects.exists()


def test_whom_it_turns_out_to_be_about_is_not_shown_the_secret_again(agency, clerk) -> None:
    case, _html = filed(clerk)
    path = f"/desk/receipts/{case.reference}/"
    assert clerk.get(path).status_code == 200
    do(case, "about", agency.head, people="officer", reason="Ia yang dimaksud.")
    assert clerk.get(path).status_code == 404
    assert case.reference not in clerk.get("/desk/file/").content.decode()


def test_who_types_in_a_complaint_about_themselves_hands_it_over_and_sees_it_no_more(clerk):
    case, html = filed(clerk, about="officer")
    assert SECRET.search(letter_in(html))
    path = f"/desk/receipts/{case.reference}/"
    clerk.post(path)
    assert clerk.get(path).status_code == 404


def test_where_no_earlier_moment_is_said_it_was_received_as_it_was_typed_in(
    agency: Agency, clerk: Client
) -> None:
    case, _html = filed(clerk, received_at="")
    assert case.received_at == case.created_at
    html = at_desk(agency.intake).get(f"/desk/cases/{case.reference}/").content.decode()
    plain = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    assert "typed in by Officer" in plain
    assert "recorded by Officer: received" not in plain
    assert "received_at" not in case.events.get(kind="filed").data
