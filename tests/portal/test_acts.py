"""Every act of the citizen, from the page's own form, without JavaScript."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from casework import links, uploads
from casework.actors import CitizenActor
from casework.models import Attachment, Case
from casework.stages import Stage
from portal.asks import ASKS
from tests.agency import PATHS, Agency, do, walk
from tests.portal.pages import Form, forms_in, send
from workflows.actions import acts_for

TEXT = {"text": "Sekitar 40 rumah."}
REASON = {"reason": "Masih mati."}
#: stage, act, what is typed, the stage after it
ACTS = [
    ("triage", "message", TEXT, "triage"),
    ("work", "withdraw", {}, "withdrawn"),
    ("work", "withdraw", REASON, "withdrawn"),
    ("wait_triage", "answered", TEXT, "triage"),
    ("wait_work", "answered", TEXT, "work"),
    ("confirm", "confirm", {}, "closed"),
    ("confirm", "dispute", REASON, "assign"),
    ("confirm", "dispute", REASON | {"someone_else": "on"}, "assign"),
    ("closed", "rate", {"stars": "4"} | TEXT, "closed"),
    ("closed", "reopen", REASON, "assign"),
    ("auto_closed", "reopen", REASON | {"someone_else": "on"}, "assign"),
    ("rejected", "contest", REASON, "triage"),
    ("referred", "contest", REASON, "triage"),
    ("withdrawn", "reopen", REASON, "triage"),
    ("merged", "unmerge", {}, "triage"),
    ("lapsed", "answered", TEXT, "triage"),
    ("lapsed", "message", TEXT, "lapsed"),
]


def form_of(client: Client, case: Case, name: str) -> Form:
    """The form of an act, reached over the page of the case as somebody would."""
    token = links.link_for(case)
    page = client.get(f"/c/{token}/").content.decode()
    act = f"/c/{token}/{name}/"
    for form in forms_in(page, f"/c/{token}/"):
        if form.action == act:
            return form
    assert f'href="{act}"' in page
    [form] = forms_in(client.get(act).content.decode(), act)
    return form


@pytest.mark.parametrize(("stage", "name", "typed", "after"), ACTS)
def test_an_act_is_done_from_the_form_that_its_page_shows(
    client: Client, agency: Agency, stage: str, name: str, typed: dict[str, str], after: str
) -> None:
    case = walk(agency, stage)
    answer = send(client, form_of(client, case, name), **typed)
    assert answer.status_code == 302
    case.refresh_from_db()
    event = case.events.order_by("-number").first()
    assert event and (event.kind, event.actor_kind, case.stage) == (name, "citizen", after)
    page = client.get(answer.headers["Location"]).content.decode()
    for words in (typed.get("text"), typed.get("reason")):
        assert not words or words in page
    assert case.level == (2 if name == "contest" or "someone_else" in typed else 1)


def test_another_language_keeps_what_was_typed_and_what_was_seen(
    client: Client, agency: Agency
) -> None:
    case = walk(agency, "confirm")
    form = form_of(client, case, "dispute")
    do(case, "message", agency.officer, text="Kami periksa lagi.")
    typed = REASON | {"someone_else": "on", "language": "en"}
    answer = client.post(form.action, form.fields | typed)
    html = answer.content.decode()
    assert (answer.status_code, answer.cookies["django_language"].value) == (200, "en")
    assert "Masih mati.</textarea>" in html and " checked" in html
    case.refresh_from_db()
    assert case.stage == "confirm"
    [again] = forms_in(html, form.action)
    assert again.fields["seen"] == form.fields["seen"]
    assert send(client, again).status_code == 409


def test_another_language_keeps_the_files(client: Client, agency: Agency) -> None:
    form = form_of(client, walk(agency, "wait_work"), "answered")
    typed = TEXT | {"language": "en", "files": SimpleUploadedFile("catatan.txt", b"meteran 0481")}
    assert "catatan.txt" in client.post(form.action, form.fields | typed).content.decode()


def test_another_language_finds_nothing_wrong_yet(client: Client, agency: Agency) -> None:
    form = form_of(client, walk(agency, "confirm"), "dispute")
    answer = client.post(form.action, form.fields | {"language": "en"})
    assert "aria-invalid" not in answer.content.decode()


def test_at_the_second_level_the_citizen_may_disagree(client: Client, agency: Agency) -> None:
    case = at_second_level(agency)
    answer = send(client, form_of(client, case, "disagree"), **REASON)
    case.refresh_from_db()
    assert (case.stage, answer.status_code) == ("closed", 302)
    assert "ombudsman.go.id" in client.get(answer.headers["Location"]).content.decode()


def at_second_level(agency: Agency) -> Case:
    case = walk(agency, "confirm")
    case = do(case, "dispute", CitizenActor(case.pk), reason="Belum.", someone_else=True)
    case = do(case, "assigned", agency.head, assignee="officer2")
    return do(case, "respond", agency.officer2, text="Pipa sudah dikuras.")


@pytest.mark.parametrize("stage", [*PATHS, "merged"])
def test_every_act_that_is_lawful_has_a_page_and_a_way_to_it(
    client: Client, agency: Agency, stage: str
) -> None:
    case = walk(agency, stage, category="bills" if stage == Stage.REVIEW else "water")
    acts = acts_for(case, CitizenActor(case.pk))
    assert acts and set(acts) <= set(ASKS)
    for name in acts:
        assert form_of(client, case, name).fields["seen"] == str(case.last_event_id)


@pytest.mark.parametrize(
    ("stage", "name", "is_asked"),
    [
        ("confirm", "dispute", True),
        ("closed", "reopen", True),
        ("rejected", "contest", False),
        ("withdrawn", "reopen", False),
    ],
)
def test_somebody_else_can_be_asked_for_where_that_changes_something(
    client: Client, agency: Agency, stage: str, name: str, is_asked: bool
) -> None:
    form = form_of(client, walk(agency, stage), name)
    assert ("someone_else" in form.asked) == is_asked


def test_the_question_stands_above_the_answer_to_it(client: Client, agency: Agency) -> None:
    case = walk(agency, "wait_work")
    token = links.link_for(case)
    for address in (f"/c/{token}/", f"/c/{token}/answered/"):
        answer = client.get(address).content.decode().split('class="answer')[1]
        assert "Berapa rumah yang terdampak?" in answer.split("</p>")[0]


@pytest.mark.parametrize("name", ["dispute", "answered", "rate"])
def test_words_for_an_act_that_is_no_longer_lawful_are_shown_again(
    client: Client, agency: Agency, name: str
) -> None:
    case = walk(agency, "withdrawn")
    sent = {"text": "Kata-kata panjang.", "reason": "Kata-kata panjang."}
    answer = client.post(f"/c/{links.link_for(case)}/{name}/", sent)
    assert answer.status_code == 422
    assert "Kata-kata panjang." in answer.content.decode()
    assert "/message/" in answer.content.decode()


def test_an_act_that_became_unlawful_meanwhile_says_what_happened(
    client: Client, agency: Agency
) -> None:
    case = walk(agency, "confirm")
    form = form_of(client, case, "dispute")
    case = do(case, "recall", agency.officer)
    answer = send(client, form, **REASON)
    html = answer.content.decode()
    assert answer.status_code == 409 and "Masih mati." in html and "/message/" in html
    case.refresh_from_db()
    assert case.stage == "work"


def test_an_act_without_words_that_came_too_late_leads_back_to_the_case(
    client: Client, agency: Agency
) -> None:
    case = walk(agency, "confirm")
    form = form_of(client, case, "confirm")
    assert send(client, form).status_code == 302
    again = send(client, form)
    assert again.status_code == 302
    assert client.get(again.headers["Location"]).status_code == 200
    assert case.events.filter(kind="confirm").count() == 1


def test_files_that_were_taken_stay_with_the_form_when_another_is_refused(
    client: Client, agency: Agency
) -> None:
    form = form_of(client, walk(agency, "work"), "message")
    files = [SimpleUploadedFile("baik.txt", b"halo warga"), SimpleUploadedFile("x.html", b"<html>")]
    answer = client.post(form.action, form.fields | {"text": "Lihat.", "files": files})
    html = answer.content.decode()
    assert answer.status_code == 422 and "baik.txt" in html and "Lihat." in html
    [again] = forms_in(html, form.action)
    assert send(client, again).status_code == 302
    assert [file.name for file in Case.objects.get().attachments.all()] == ["baik.txt"]


def test_a_file_that_came_ahead_is_taken_back_and_nothing_is_sent(
    client: Client, agency: Agency
) -> None:
    case = walk(agency, "wait_work")
    form = form_of(client, case, "answered")
    file = uploads.stage(SimpleUploadedFile("a.txt", b"halo"), form.fields["upload"])
    typed = form.fields | TEXT | {"remove": str(file.pk)}
    html = client.post(form.action, typed).content.decode()
    assert TEXT["text"] in html and "a.txt" not in html and "aria-invalid" not in html
    assert not Attachment.objects.filter(pk=file.pk).exists()
    assert not case.events.filter(kind="answered").exists()
