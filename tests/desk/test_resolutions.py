"""An answer asks for root cause, outcome, remedy and lesson, and only staff read what it says."""

from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework import causes
from casework.links import link_for
from casework.models import Case, Category, Resolution
from notifications import delivery
from tests.agency import Agency, citizen, do, walk
from tests.desk.pages import address, at_desk, words
from tests.portal.pages import Form, forms_in, send
from tests.portal.test_published import WORDS as PUBLISHED

ANSWER = "Pompa sudah diganti dan air mengalir lagi."
LESSON = "Pompa cadangan diperiksa tiap bulan."
GIVEN = {"cause": "broken", "outcome": "partly_upheld", "remedy": "process_changed"}
SAID = {**GIVEN, "lesson": LESSON}
#: What of it is in words, in both languages.
IN_WORDS = (
    LESSON,
    *("Broken or worn-out", "Partly upheld", "Procedure changed"),
    *("Sarana rusak atau aus", "Terbukti sebagian", "Perubahan prosedur"),
)


@pytest.fixture(autouse=True)
def built_in(db: None) -> None:
    causes.install()


def composer(page: Any) -> Form:
    return next(form for form in forms_in(page.text, "") if "files" in form.asked)


def answer(client: Client, case: Case, **said: Any) -> Any:
    """Type an answer into the composer of the case page, and press "Answer and resolve"."""
    form = composer(client.get(address(case)))
    form.action = address(case, "respond")
    return send(client, form, text=ANSWER, **said)


def answered(agency: Agency, **said: Any) -> Case:
    return do(walk(agency, "work", **said), "respond", agency.officer, text=ANSWER, **SAID)


def is_open(page: Any) -> bool:
    assert page.text.count('<details class="inside"') == 1
    return '<details class="inside" id="inside" open>' in page.text


def test_the_composer_has_room_for_them_folded_where_the_category_does_not_ask(agency) -> None:
    page = at_desk(agency.officer).get(address(walk(agency, "work")))
    assert not is_open(page)
    assert set(SAID) <= composer(page).asked
    assert "Facilities and resources (technical)" in page.text
    assert "Root cause, outcome, remedy, lesson (optional)" in words(page)


def test_it_is_open_where_the_category_asks(agency: Agency) -> None:
    Category.objects.update(cause_needed=True)
    page = at_desk(agency.officer).get(address(walk(agency, "work")))
    assert is_open(page)
    assert "Lesson (optional)" in words(page) and "lesson (optional)" not in words(page)


@pytest.mark.parametrize(("stage", "asked"), [("work", "?mode=note"), ("confirm", "")])
def test_where_no_answer_is_written_nothing_asks_for_them(agency, stage, asked) -> None:
    page = at_desk(agency.officer).get(address(walk(agency, stage)) + asked)
    assert 'class="inside"' not in page.text


def test_an_answer_from_the_composer_is_on_record_with_them(agency: Agency) -> None:
    case = walk(agency, "work")
    assert answer(at_desk(agency.officer), case, **SAID).status_code == 302
    kept = Resolution.objects.get(case=case)
    assert (kept.cause.code, kept.outcome, kept.remedy, kept.lesson) == tuple(SAID.values())


def test_an_answer_that_leaves_them_out_comes_back_with_all_that_was_typed(agency: Agency) -> None:
    Category.objects.update(cause_needed=True)
    case, client = walk(agency, "work"), at_desk(agency.officer)
    page = answer(client, case, outcome="upheld", lesson=LESSON)
    assert page.status_code == 422 and is_open(page)
    assert page.text.count("This field is required.") == 4  # in the summary, and at each field
    assert 'href="#id_cause"' in page.text and 'href="#id_remedy"' in page.text
    form = composer(page)
    assert form.fields["text"] == ANSWER
    assert (form.fields["lesson"], form.fields["outcome"]) == (LESSON, "upheld")
    assert send(client, form, cause="broken", remedy="repaired").status_code == 302
    assert Case.objects.get(pk=case.pk).cause.code == "broken"


def test_a_message_takes_none_of_them_along(agency: Agency) -> None:
    case, client = walk(agency, "work"), at_desk(agency.officer)
    form = composer(client.get(address(case)))
    assert send(client, form, text="Kami periksa.", **SAID).status_code == 302
    assert not Resolution.objects.exists()
    assert LESSON not in case.events.last().text


@pytest.mark.parametrize("who", ["officer2", "supervisor", "quality", "auditor"])
def test_staff_read_them_beside_the_answer(agency: Agency, who: str) -> None:
    page = at_desk(getattr(agency, who)).get(address(answered(agency)))
    shown = words(page)
    assert "Root cause Broken or worn-out facilities (technical)" in shown
    assert "Outcome Partly upheld Remedy Procedure changed" in shown
    assert f"Lesson {LESSON}" in shown
    assert page.text.count("Internal · the complainant cannot see it") == 1


def test_who_approves_reads_them_before(agency: Agency) -> None:
    case = walk(agency, "work", category="bills")
    do(case, "respond", agency.officer, text=ANSWER, **SAID)
    shown = words(at_desk(agency.supervisor).get(address(case)))
    assert "Approve the answer" in shown and f"Lesson {LESSON}" in shown


def read_outside(agency: Agency, case: Case) -> str:
    """All that is told beyond the desk: page, letter, mail, publication, by both languages."""
    pages = [f"/c/{link_for(case)}/", f"/open/{case.reference}/", "/open/"]
    clients = [Client(headers={"accept-language": language}) for language in ("id", "en")]
    told = [client.get(page).text for client in clients for page in pages]
    told += [
        at_desk(agency.officer, each).get(address(case, "letter")).text for each in ("id", "en")
    ]
    while delivery.deliver():
        pass
    return "\n".join([*told, *(str(sent.message()) for sent in mail.outbox)])


def test_nobody_outside_reads_any_of_it(agency: Agency, settings: Any) -> None:
    settings.DEMO = False
    case = do(answered(agency), "publish", agency.supervisor, **PUBLISHED)
    told = read_outside(agency, case)
    assert ANSWER in told and mail.outbox
    assert [said for said in IN_WORDS if said in told] == []


def test_who_was_overtaken_answers_again_with_all_that_was_given(agency: Agency) -> None:
    case, client = walk(agency, "work"), at_desk(agency.officer)
    form = composer(client.get(address(case)))
    form.action = address(case, "respond")
    do(case, "message", citizen(case), text="Masih mati.")
    page = send(client, form, text=ANSWER, **SAID)
    assert page.status_code == 409
    [again] = [each for each in forms_in(page.text, "") if "cause" in each.asked]
    assert {name: again.fields[name] for name in SAID} == SAID
    assert again.fields["text"] == ANSWER
    assert send(client, again).status_code == 302
    assert Resolution.objects.get().lesson == LESSON


def test_where_no_answer_is_possible_any_more_the_lesson_stays_apart_from_the_words(
    agency: Agency,
) -> None:
    case, client = walk(agency, "work"), at_desk(agency.officer)
    form = composer(client.get(address(case)))
    form.action = address(case, "respond")
    do(case, "ask", agency.supervisor, text="Sejak kapan?")
    page = send(client, form, text=ANSWER, **SAID)
    assert page.status_code == 409
    words_again = next(each for each in forms_in(page.text, "") if "text" in each.asked)
    assert words_again.fields["text"] == ANSWER
    assert LESSON in page.text and "lesson" not in words_again.asked


@pytest.mark.parametrize("gone", [False, True])
def test_a_refused_answer_keeps_the_lesson_apart_too(agency: Agency, gone: bool) -> None:
    case, client = walk(agency, "work"), at_desk(agency.officer)
    form = composer(client.get(address(case)))
    form.action, form.fields["seen"] = address(case, "respond"), ""
    do(case, "transfer" if gone else "reassign", agency.supervisor, **PASSED_ON[gone])
    page = send(client, form, text=ANSWER, **SAID)
    assert page.status_code == (404 if gone else 403)
    assert LESSON in page.text and ANSWER in page.text
    assert f"{ANSWER}\n" not in page.text


PASSED_ON = {True: {"unit": "roads"}, False: {"assignee": "officer2"}}


def test_the_case_page_costs_the_same_however_many_answers_it_tells(agency: Agency) -> None:
    case, client = answered(agency), at_desk(agency.supervisor)
    few = statements(client, case)
    for _round in range(3):
        case = do(case, "recall", agency.officer)
        case = do(case, "respond", agency.officer, text=ANSWER, **SAID)
    assert statements(client, case) == few


def statements(client: Client, case: Case) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address(case)).status_code == 200
    return len(asked)
