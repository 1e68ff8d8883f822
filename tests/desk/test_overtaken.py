"""Somebody was faster: all that was given is there, and goes along with what is sent from there."""

from typing import Any

import pytest

from casework.models import Case
from tests.agency import Agency, citizen, do, walk
from tests.desk.pages import address, at_desk
from tests.desk.test_on_behalf import BY_LETTER, scan, sent
from tests.portal.pages import forms_in, send
from tests.portal.test_published import WORDS as PUBLISHED


def test_a_scan_goes_along_where_the_act_is_sent_again(agency: Agency) -> None:
    case, clerk = walk(agency, "confirm"), at_desk(agency.officer2)
    given = sent(case, reason="Masih keruh.", someone_else="on")
    do(case, "message", citizen(case), text="Apakah surat saya sampai?")
    page = clerk.post(address(case, "dispute"), given | {"proof_files": scan()})
    assert page.status_code == 409
    assert "surat.jpg" in page.text
    [again] = [form for form in forms_in(page.text, "") if "proof" in form.asked]
    assert send(clerk, again).status_code == 302
    case = Case.objects.get(pk=case.pk)
    assert (case.stage, case.level) == ("assign", 2)
    assert case.events.get(kind="dispute").text == "Masih keruh."
    assert case.events.get(kind="proof").text == BY_LETTER["proof"]
    assert case.attachments.get().event.kind == "proof"


def test_a_scan_for_what_is_no_longer_lawful_is_kept_with_what_the_complainant_said(
    agency: Agency,
) -> None:
    case, clerk = walk(agency, "confirm"), at_desk(agency.officer2)
    given = sent(case, reason="Masih keruh.", text="")
    do(case, "confirm", agency.supervisor, channel="phone", proof="Nomor rahasia")
    files = {"files": scan("rumah.jpg"), "proof_files": scan()}
    page = clerk.post(address(case, "dispute"), given | files)
    assert page.status_code == 409
    assert "surat.jpg" in page.text and "rumah.jpg" in page.text
    [again] = [form for form in forms_in(page.text, "") if "proof" in form.asked]
    assert again.action == address(case, "heard")
    assert send(clerk, again).status_code == 302
    assert case.events.get(kind="heard").text == "Masih keruh."
    hung = {file.name: file.event.kind for file in case.attachments.all()}
    assert hung == {"surat.jpg": "proof", "rumah.jpg": "heard"}


def test_who_recorded_it_for_the_complainant_was_faster(agency: Agency) -> None:
    case = walk(agency, "confirm")
    given = sent(case)
    do(case, "confirm", agency.supervisor, channel="phone", proof="Nomor rahasia")
    page = at_desk(agency.officer2).post(address(case, "dispute"), given).text
    assert "Supervisor was faster" in page
    assert "Complainant was faster" not in page


def test_files_without_a_word_wait_on_the_page_too(agency: Agency) -> None:
    case = walk(agency, "work")
    given = {"seen": case.last_event_id, "upload": "tok", "files": scan()}
    do(case, "message", citizen(case), text="Sudah mengalir.")
    page = at_desk(agency.officer).post(address(case, "respond"), given)
    assert page.status_code == 409
    assert "surat.jpg" in page.text


@pytest.mark.parametrize(
    ("name", "who", "given"),
    [
        ("publish", "supervisor", PUBLISHED),
        ("ask_secret", "officer", {"reason": "Hilang.", "recognised": "KTP dan nomor telepon."}),
        ("refer", "officer", {"body": "PLN Cabang", "reason": "Gardu milik PLN."}),
    ],
)
@pytest.mark.parametrize("gone", [False, True])
def test_every_word_of_an_act_comes_back(
    agency: Agency, name: str, who: str, given: dict[str, Any], gone: bool
) -> None:
    case = walk(agency, "work")
    given = given | {"seen": case.last_event_id}
    if gone:
        do(case, "transfer", agency.head, unit="roads")
    else:
        do(case, "message", citizen(case), text="Sudah mengalir.")
    page = at_desk(getattr(agency, who)).post(address(case, name), given)
    assert page.status_code == (404 if gone else 409)
    for words in (each for each in given.values() if each != "on" and isinstance(each, str)):
        assert words in page.text
