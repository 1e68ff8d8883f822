"""A complaint that is spoken: filed without a word, written down by intake, read by everybody."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from casework import queues, uploads
from casework.links import link_for
from casework.models import Case
from casework.search import found_in
from tests.agency import Agency, do, file_case, walk
from tests.desk.pages import at_desk
from tests.portal.pages import forms_in
from tests.portal.test_filing import TEXT, Filing, photo
from tests.sounds import sound
from workflows.actions import acts_for

SAID = "Lampu jalan di Karangsari padam sejak Senin. Anak-anak pulang dalam gelap."


def voice(name: str = "pesan suara.ogg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, sound("audio/ogg"), "audio/ogg")


def spoken_case(client: Client, **who: str) -> Case:
    """Filed by the pages, without a script."""
    form = Filing(client)
    form.answer(files=voice())
    for _step in ("service", "where", "when", "files", "about"):
        form.answer()
    form.answer(**(who or {"identity": "none"}))
    assert "dalam pesan suara Anda" in form.html or "in your voice note" in form.html
    form.answer(302)
    return Case.objects.get()


def test_a_voice_note_is_taken_in_place_of_the_words(client: Client, agency: Agency) -> None:
    case = spoken_case(client)
    assert case.to_transcribe
    assert case.text == "Pengaduan lisan. Petugas akan menuliskannya."
    assert case.subject == "Pengaduan lisan"
    assert case.attachments.get().content_type == "audio/ogg"


def test_who_says_and_writes_nothing_is_asked_again(client: Client, agency: Agency) -> None:
    form = Filing(client)
    form.answer(422)
    form.answer(422, files=photo(), text=" ")
    said = {"step": "check", "token": "t", "upload": "nothing-here", "identity": "none"}
    assert client.post("/complain/", said).status_code == 422
    assert not Case.objects.exists()


def test_a_voice_note_that_was_taken_back_is_not_spoken_of(client: Client, agency: Agency) -> None:
    form = Filing(client)
    form.answer(files=voice())
    for _step in ("service", "where", "when"):
        form.answer()
    form.answer(remove=str(uploads.staged(form.fields["upload"]).get().pk))
    form.answer()
    form.answer()
    form.answer(identity="none")
    assert "pesan suara" not in form.html


def test_words_beside_a_voice_note_are_the_complaint(client: Client, agency: Agency) -> None:
    upload = uploads.new_token()
    uploads.stage(voice(), upload)
    case = file_case(text=TEXT, upload=upload)
    assert case.text == TEXT and not case.to_transcribe


def test_a_voice_note_is_taken_back_at_the_first_step(client: Client, agency: Agency) -> None:
    form = Filing(client)
    form.answer(files=voice(), go="to-what")
    form.answer(files=voice())
    form.answer(go="back")
    first = uploads.staged(form.fields["upload"]).get()
    form.answer(remove=str(first.pk))
    assert not uploads.staged(form.fields["upload"]).exists()
    form.answer(422)


def test_intake_hears_it_writes_it_down_and_everybody_reads_it(
    client: Client, agency: Agency
) -> None:
    case = spoken_case(client)
    desk = at_desk(agency.intake)
    assert case.reference in desk.get("/desk/?view=spoken").text
    page = desk.get(f"/desk/cases/{case.reference}/").text
    assert f"/desk/cases/{case.reference}/files/{case.attachments.get().pk}/" in page
    assert "<audio" in page and "Write it down" in page
    asked = desk.get(f"/desk/cases/{case.reference}/transcribe/").text
    assert "<audio" in asked
    [form] = [f for f in forms_in(asked, "") if "text" in f.asked]
    sent = desk.post(f"/desk/cases/{case.reference}/transcribe/", form.fields | {"text": SAID})
    assert sent.status_code == 302
    case.refresh_from_db()
    assert (case.text, case.subject) == (SAID, "Lampu jalan di Karangsari padam sejak Senin")
    assert case.last_words == SAID and not case.to_transcribe
    assert not queues.cases_in("spoken", agency.intake).exists()
    assert found_in(Case.objects.all(), "lampu padam").get() == case
    read = Client(headers={"accept-language": "en"}).get(f"/c/{link_for(case)}/").text
    assert SAID in read and "We wrote down what you said" in read and "<audio" in read


@pytest.mark.parametrize("words", ["", "pendek"])
def test_a_transcript_without_words_is_refused_and_changes_nothing(
    client: Client, agency: Agency, words: str
) -> None:
    case = spoken_case(client)
    address = f"/desk/cases/{case.reference}/transcribe/"
    assert at_desk(agency.intake).post(address, {"text": words}).status_code == 422
    assert Case.objects.get().to_transcribe and case.events.count() == 1


def test_it_is_written_down_once_and_only_by_who_handles_it(client: Client, agency: Agency) -> None:
    case = spoken_case(client)
    may = {name: "transcribe" in acts_for(case, getattr(agency, name)) for name in
           ("intake", "officer", "auditor", "quality", "administrator")}  # fmt: skip
    assert [name for name, allowed in may.items() if allowed] == ["intake"]
    assert "transcribe" not in acts_for(walk(agency, "triage"), agency.intake)
    accepted = do(case, "accept", agency.intake, category="water", unit="water")
    accepted = do(accepted, "transcribe", agency.officer, text=SAID)
    assert "transcribe" not in acts_for(accepted, agency.officer)


def test_a_subject_that_somebody_gave_stays(client: Client, agency: Agency) -> None:
    upload = uploads.new_token()
    uploads.stage(voice(), upload)
    case = file_case(text="", subject="Lampu jalan", upload=upload)
    assert do(case, "transcribe", agency.intake, text=SAID).subject == "Lampu jalan"


def test_the_list_of_what_is_to_be_written_down_is_for_those_who_see_the_case(
    client: Client, agency: Agency
) -> None:
    spoken_case(client)
    seen = [queues.cases_in("spoken", user).count() for user in (agency.intake, agency.officer)]
    assert seen == [1, 0] and queues.counts(agency.intake)["spoken"] == "1"


def test_a_program_files_a_voice_note_like_any_file(client: Client, agency: Agency) -> None:
    sent = {"identity": "none", "files": voice()}
    answer = client.post("/api/v1/cases/", sent)
    assert answer.status_code == 201, answer.content
    assert Case.objects.get().to_transcribe
    nothing = client.post("/api/v1/cases/", {"identity": "none", "files": photo()})
    assert nothing.status_code == 422 and "text" in nothing.json()["errors"]


def test_the_microphone_is_for_the_page_of_filing_alone(client: Client, agency: Agency) -> None:
    policies = {path: client.get(path) for path in ("/complain/", "/track/", "/", "/desk/")}
    asked = [
        p for p, answer in policies.items() if "microphone=(self)" in answer["Permissions-Policy"]
    ]
    heard = [p for p, a in policies.items() if "blob:" in a["Content-Security-Policy"]]
    assert asked == heard == ["/complain/"]
    assert "microphone=()" in policies["/track/"]["Permissions-Policy"]
