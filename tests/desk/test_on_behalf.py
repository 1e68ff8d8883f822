"""Staff act for a complainant who came, called or wrote: by which way, and what proves it."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Membership
from casework import links, uploads
from casework.models import AccessLog, Case
from tests.agency import Agency, citizen, do, walk
from tests.api.conftest import client as program
from tests.desk.pages import address, at_desk
from tests.portal.pages import forms_in, send
from tests.samples import HTML, picture
from workflows.actions import act
from workflows.errors import Invalid

BY_LETTER = {"channel": "letter", "proof": "Surat bertanda tangan tanggal 3."}
WORDS = {"text": "Dua belas rumah.", "reason": "Air masih keruh."}


def scan(name: str = "surat.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture(), "image/jpeg")


def sent(case: Case, **more: Any) -> dict[str, Any]:
    tokens = {"upload": uploads.new_token(), "proof_upload": uploads.new_token()}
    return {"seen": str(case.last_event_id), **tokens, **BY_LETTER, **WORDS, **more}


def as_they_read_it(case: Case, language: str = "en") -> str:
    reader = Client(headers={"accept-language": language})
    return reader.get(f"/c/{links.link_for(case)}/").text


@pytest.mark.parametrize(
    ("stage", "name"),
    [
        ("wait_work", "answered"),
        ("lapsed", "answered"),
        ("confirm", "confirm"),
        ("confirm", "dispute"),
        ("work", "withdraw"),
        ("closed", "reopen"),
    ],
)
def test_the_scan_of_a_letter_is_for_staff_alone(agency: Agency, stage: str, name: str) -> None:
    case, clerk = walk(agency, stage), at_desk(agency.officer2)
    page = clerk.get(address(case, name)).text
    assert "Way and proof" in page
    assert 'name="proof_files"' in page
    answer = clerk.post(address(case, name), sent(case, proof_files=scan()))
    assert answer.status_code == 302
    file = case.attachments.get()
    assert (file.event.kind, file.event.audience) == ("proof", "internal")
    assert file.name in at_desk(agency.head).get(address(case)).text
    assert at_desk(agency.head).get(address(case, f"files/{file.pk}")).status_code == 200
    assert file.name not in as_they_read_it(Case.objects.get(pk=case.pk))
    token = links.link_for(case)
    assert Client().get(f"/c/{token}/files/{file.pk}/").status_code == 404


def test_what_the_complainant_sends_along_is_theirs_to_read_and_the_proof_is_not(
    agency: Agency,
) -> None:
    case = walk(agency, "wait_work")
    both = sent(case, files=scan("rumah.jpg"), proof_files=scan("amplop.jpg"))
    at_desk(agency.officer2).post(address(case, "answered"), both)
    hung = {file.name: file.event.kind for file in case.attachments.all()}
    assert hung == {"rumah.jpg": "answered", "amplop.jpg": "proof"}
    page = as_they_read_it(Case.objects.get(pk=case.pk))
    assert "rumah.jpg" in page
    assert "amplop.jpg" not in page


def test_the_history_says_by_whom_and_which_way_and_the_complainant_reads_the_way_alone(
    agency: Agency,
) -> None:
    case = walk(agency, "confirm")
    at_desk(agency.officer2).post(address(case, "dispute"), sent(case, channel="counter"))
    page = at_desk(agency.head).get(address(case)).text
    assert "The complainant disputed the answer at the counter, recorded by Officer2" in page
    case = Case.objects.get(pk=case.pk)
    theirs = as_they_read_it(case)
    assert "You said that it is not settled, at the counter, noted by our staff" in theirs
    assert "Officer2" not in theirs
    assert "Surat bertanda tangan" not in theirs
    assert "di loket, dicatat petugas kami" in as_they_read_it(case, "id")


def test_a_program_records_it_with_its_scan_and_reads_who_did(agency: Agency) -> None:
    case, api = walk(agency, "confirm"), program(agency.officer2)
    path = f"/api/v1/cases/{case.reference}/"
    form = {"action": "confirm", **BY_LETTER, "proof_files": scan()}
    assert api.post(f"{path}actions/", form, format="multipart").status_code == 200
    done, proof = api.get(f"{path}timeline/").data[:2]
    assert (done["kind"], done["on_behalf"], done["channel"]) == ("confirm", True, "letter")
    assert (done["who"], done["files"]) == ("Officer2", [])
    assert (proof["kind"], proof["audience"]) == ("proof", "internal")
    assert [file["name"] for file in proof["files"]] == ["surat.jpg"]


def test_a_scan_with_an_action_that_takes_no_proof_is_refused_and_changes_nothing(
    agency: Agency,
) -> None:
    case = walk(agency, "work")
    form = {"action": "note", "text": "Dicek.", "proof_files": scan()}
    path = f"/api/v1/cases/{case.reference}/actions/"
    answer = program(agency.officer).post(path, form, format="multipart")
    assert answer.status_code == 422
    assert list(answer.data["errors"]) == ["proof_files"]
    assert not case.attachments.exists() and not case.events.filter(kind="note").exists()


def test_files_with_an_action_that_keeps_none_are_refused_and_change_nothing(
    agency: Agency,
) -> None:
    case = walk(agency, "work")
    form = {"action": "publish", "subject": "Air", "text": "Air mati.", "redacted": "on"}
    path = f"/api/v1/cases/{case.reference}/actions/"
    answer = program(agency.supervisor).post(path, form | {"files": scan()}, format="multipart")
    assert (answer.status_code, list(answer.data["errors"])) == (422, ["files"])
    assert not case.attachments.exists() and not case.events.filter(kind="publish").exists()
    assert program(agency.supervisor).post(path, form, format="multipart").status_code == 200


def test_the_scan_of_a_withheld_name_is_for_identity_officers_and_each_look_is_kept(
    agency: Agency,
) -> None:
    case = walk(agency, "confirm", identity="withheld")
    named = {"proof_files": scan("surat wulan.jpg")}
    at_desk(agency.officer2).post(address(case, "confirm"), sent(case, **named))
    file = case.attachments.get()
    assert file.name == "Berkas 1.jpg"
    path, by_key = address(case, f"files/{file.pk}"), f"cases/{case.reference}/files/{file.pk}/"
    assert at_desk(agency.officer2).get(path).status_code == 404
    assert path not in at_desk(agency.officer2).get(address(case)).text
    assert program(agency.officer2).get(f"/api/v1/{by_key}").status_code == 404
    assert not AccessLog.objects.exists()
    Membership.objects.filter(user=agency.officer2).update(identity_officer=True)
    assert path in at_desk(agency.officer2).get(address(case)).text
    assert at_desk(agency.officer2).get(path).status_code == 200
    assert program(agency.officer2).get(f"/api/v1/{by_key}").status_code == 200
    looks = AccessLog.objects.filter(case=case, user=agency.officer2, kind="identity")
    assert {look.words for look in looks} == {"Berkas 1.jpg"} and len(looks) == 2


def test_a_scan_is_for_who_handles_the_case_and_who_audits_it(agency: Agency) -> None:
    """A quality lead reads the case, and no name: neither on the scan nor in what it is called."""
    case = walk(agency, "confirm")
    scanned = {"proof_files": scan("surat wulan.jpg")}
    at_desk(agency.officer2).post(address(case, "confirm"), sent(case, **scanned))
    file = f"files/{case.attachments.get().pk}"
    rest = f"/api/v1/cases/{case.reference}/"
    for reader in (agency.officer, agency.supervisor, agency.head, agency.auditor):
        assert "surat wulan" in at_desk(reader).get(address(case)).text
        assert at_desk(reader).get(address(case, file)).status_code == 200
        assert "surat wulan" in program(reader).get(f"{rest}timeline/").text
    assert "surat wulan" not in at_desk(agency.quality).get(address(case)).text
    assert at_desk(agency.quality).get(address(case, file)).status_code == 404
    assert "surat wulan" not in program(agency.quality).get(f"{rest}timeline/").text
    assert program(agency.quality).get(f"{rest}{file}/").status_code == 404


@pytest.mark.parametrize("identity", ["withheld", "none"])
def test_what_a_complainant_without_a_name_calls_their_files_is_not_kept(agency, identity) -> None:
    case = walk(agency, "confirm", identity=identity, email="")
    files = {"files": scan("rumah wulan.jpg"), "proof_files": scan("surat wulan.jpg")}
    at_desk(agency.officer2).post(address(case, "dispute"), sent(case, **files))
    assert {file.name for file in case.attachments.all()} == {"Berkas 1.jpg", "Berkas 2.jpg"}


@pytest.mark.parametrize("by_program", [True, False])
def test_a_scan_that_is_none_is_refused_beside_its_field_and_nothing_changes(
    agency: Agency, by_program: bool
) -> None:
    case = walk(agency, "confirm")
    trap = SimpleUploadedFile("surat.jpg", HTML, "image/jpeg")
    if by_program:
        path = f"/api/v1/cases/{case.reference}/actions/"
        form = {"action": "confirm", **BY_LETTER, "proof_files": trap}
        answer = program(agency.officer2).post(path, form, format="multipart")
        assert list(answer.data["errors"]) == ["proof_files"]
    else:
        form = sent(case, proof_files=trap)
        answer = at_desk(agency.officer2).post(address(case, "confirm"), form)
        assert "surat.jpg" in answer.text
        assert BY_LETTER["proof"] in answer.text
    assert answer.status_code == 422
    assert Case.objects.get(pk=case.pk).last_event_id == case.last_event_id


@pytest.mark.parametrize(
    ("stage", "name", "words"),
    [
        ("wait_work", "answered", "Berapa rumah yang terdampak?"),
        ("wait_triage", "heard", "Di mana tepatnya?"),
        ("lapsed", "answered", "Berapa rumah yang terdampak?"),
        ("confirm", "confirm", "Pompa sudah diganti"),
        ("confirm", "dispute", "Pompa sudah diganti"),
        ("closed", "reopen", "Pompa sudah diganti"),
        ("rejected", "contest", "Bukan pengaduan."),
        ("referred", "contest", "Urusan PLN."),
    ],
)
def test_who_speaks_for_the_complainant_reads_what_is_answered(
    agency: Agency, stage: str, name: str, words: str
) -> None:
    clerk = agency.head if stage in ("rejected", "referred", "wait_triage") else agency.officer2
    assert words in at_desk(clerk).get(address(walk(agency, stage), name)).text


@pytest.mark.parametrize(
    ("stage", "name", "theirs", "ours"),
    [
        ("wait_work", "answered", "What they answer", "Your answer"),
        ("work", "withdraw", "Why, if they say so", "Why, if you like to say"),
    ],
)
def test_staff_are_asked_what_the_complainant_said_who_is_asked_themselves(
    agency: Agency, stage: str, name: str, theirs: str, ours: str
) -> None:
    case = walk(agency, stage)
    at_counter = at_desk(agency.officer2).get(address(case, name)).text
    assert theirs in at_counter and ours not in at_counter
    reader = Client(headers={"accept-language": "en"})
    page = reader.get(f"/c/{links.link_for(case)}/{name}/").text
    assert ours in page and theirs not in page


def test_an_approved_answer_is_read_where_it_is_disputed_and_no_draft_before_it(
    agency: Agency,
) -> None:
    case = walk(agency, "review", category="bills")
    draft = at_desk(agency.officer2).get(address(case, "withdraw")).text
    assert "Pompa sudah diganti" not in draft
    case = do(case, "approve", agency.supervisor)
    assert "Pompa sudah diganti" in at_desk(agency.officer2).get(address(case, "dispute")).text


@pytest.mark.parametrize(("stage", "who"), [("wait_work", "officer"), ("confirm", "officer")])
def test_what_was_taken_back_is_nothing_to_answer(agency: Agency, stage: str, who: str) -> None:
    case = do(walk(agency, stage), "recall", getattr(agency, who))
    page = at_desk(agency.officer2).get(address(case, "heard")).text
    assert "What the complainant answers" not in page


@pytest.mark.parametrize("name", ["confirm", "dispute", "withdraw"])
@pytest.mark.parametrize("field", ["channel", "proof"])
def test_the_way_and_the_words_are_asked_for(agency: Agency, name: str, field: str) -> None:
    case = walk(agency, "confirm")
    answer = at_desk(agency.officer2).post(address(case, name), sent(case, **{field: ""}))
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {field}
    assert Case.objects.get(pk=case.pk).last_event_id == case.last_event_id


@pytest.mark.parametrize("name", ["confirm", "dispute"])
def test_who_answered_records_neither_yes_nor_no(agency: Agency, name: str) -> None:
    case, author = walk(agency, "confirm"), at_desk(agency.officer)
    assert author.get(address(case, name)).status_code == 302
    answer = author.post(address(case, name), sent(case))
    assert answer.status_code == 403
    assert BY_LETTER["proof"] in answer.text
    assert Case.objects.get(pk=case.pk).last_event_id == case.last_event_id


def test_a_supervisor_who_answered_reopens_in_their_own_name_alone(agency: Agency) -> None:
    case = do(walk(agency, "work"), "respond", agency.supervisor, text="Sudah.")
    case = do(case, "confirm", citizen(case))
    page = at_desk(agency.supervisor).get(address(case, "reopen")).text
    assert "Way and proof" not in page
    with pytest.raises(Invalid):
        act(case, "reopen", agency.supervisor, reason="Rusak lagi.", **BY_LETTER)
    case = do(case, "reopen", agency.supervisor, reason="Rusak lagi.")
    assert (case.stage, case.level) == ("assign", 1)
    assert "on_behalf" not in case.events.get(kind="reopen").data


def test_no_way_is_chosen_beforehand_and_a_supervisor_reopens_by_the_page_as_it_is(
    agency: Agency,
) -> None:
    case, head = walk(agency, "closed"), at_desk(agency.head)
    page = address(case, "reopen")
    html = head.get(page).text
    first = re.search(r'<select name="channel".*?<option value="(\w*)"', html, re.DOTALL)
    assert first and first[1] == "", "a browser sends the first one, unless told"
    [form] = [each for each in forms_in(html, page) if "reason" in each.asked]
    assert send(head, form, reason="Rusak lagi.").status_code == 302
    assert "on_behalf" not in case.events.get(kind="reopen").data


def test_a_complainant_hangs_nothing_on_the_proof(agency: Agency) -> None:
    case, token = walk(agency, "confirm"), uploads.new_token()
    uploads.stage(scan(), token)
    do(case, "dispute", citizen(case), reason="Masih.", proof_upload=token, **BY_LETTER)
    assert not case.events.filter(kind="proof").exists()
    assert not case.attachments.exists()


@pytest.mark.parametrize(
    ("stage", "name", "asked", "is_offered"),
    [
        ("confirm", "dispute", "What is still wrong", True),
        ("closed", "reopen", "What is still wrong", True),
        ("withdrawn", "reopen", "Why it should go on", False),
        ("rejected", "contest", "What speaks against the decision", False),
    ],
)
def test_somebody_else_is_offered_at_the_desk_where_that_changes_something(
    agency: Agency, stage: str, name: str, asked: str, is_offered: bool
) -> None:
    page = at_desk(agency.head).get(address(walk(agency, stage), name)).text
    assert asked in page
    assert ('name="someone_else"' in page) == is_offered
