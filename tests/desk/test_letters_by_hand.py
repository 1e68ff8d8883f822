"""Whom no message reaches is told by letter or phone: what is owed, the letter, and who told."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from casework.models import Case
from tests.agency import Agency, citizen, do, file_case, walk
from tests.clockwork import over
from tests.desk.pages import at_desk
from workflows.actions import act, acts_for
from workflows.errors import Forbidden, Invalid, Stale, Unlawful
from workflows.sweep import sweep

BY_PHONE: dict[str, Any] = {"email": "", "phone": "0812 3456 7890"}
ANSWER = "Pompa sudah diganti dan air mengalir lagi."


def letter(agency: Agency, case: Case, query: str = "") -> str:
    answer = at_desk(agency.officer2).get(f"/desk/cases/{case.reference}/letter/{query}")
    assert answer.status_code == 200
    [sheet] = re.findall(r'<article class="letter.*?</article>', answer.text, re.DOTALL)
    return str(sheet)


def owed(case: Case) -> bool:
    return Case.objects.get(pk=case.pk).untold_at is not None


@pytest.mark.parametrize(
    ("stage", "owes"),
    [
        ("triage", False),
        ("wait_work", True),
        ("on_hold", False),
        ("review", False),
        ("confirm", True),
        ("auto_closed", True),
        ("rejected", True),
        ("referred", True),
        ("merged", True),
        ("lapsed", True),
        ("closed", False),
        ("withdrawn", False),
    ],
)
def test_word_is_owed_where_others_get_a_letter(agency: Agency, stage: str, owes: bool) -> None:
    category = "bills" if stage == "review" else "water"
    assert owed(walk(agency, stage, category=category, **BY_PHONE)) is owes


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"identity": "none", "name": "", "email": ""},
        {"identity": "withheld", "name": "", "email": ""},
    ],
)
def test_nothing_is_owed_by_hand_to_who_is_mailed_or_cannot_be_found(
    agency: Agency, said: dict[str, Any]
) -> None:
    case = walk(agency, "confirm", **said)
    assert not owed(case)
    assert "told" not in acts_for(case, agency.officer2)


def test_who_told_the_complainant_how_and_when_is_in_the_history(agency: Agency) -> None:
    case = walk(agency, "confirm", **BY_PHONE)
    clerk = at_desk(agency.officer2)
    page = f"/desk/cases/{case.reference}/"
    assert "To be told by hand" in clerk.get(page).text
    clerk.get(f"{page}letter/")
    assert owed(case), "to look at the letter tells nobody"
    sent = {"channel": "phone", "text": "Ia senang.", "seen": str(case.last_event_id)}
    assert clerk.post(f"{page}told/", sent).status_code == 302
    event = case.events.get(kind="told")
    assert (event.audience, event.actor, event.text) == ("internal", agency.officer2, "Ia senang.")
    assert event.data == {"channel": "phone", "when": timezone.localdate().isoformat()}
    html = clerk.get(page).text
    assert "The complainant was told by phone" in html
    assert "Waiting since" not in html
    assert not owed(case)


def test_the_queue_has_a_view_of_those_to_be_told_their_end_included(agency: Agency) -> None:
    told, ended = walk(agency, "confirm", **BY_PHONE), walk(agency, "rejected", **BY_PHONE)
    other = walk(agency, "confirm")
    html = at_desk(agency.head).get("/desk/?view=untold").text
    assert told.reference in html
    assert ended.reference in html
    assert other.reference not in html
    do(told, "told", agency.officer, channel="letter")
    assert told.reference not in at_desk(agency.head).get("/desk/?view=untold").text


def test_telling_starts_the_thirty_days_anew(agency: Agency) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        case = walk(agency, "confirm", **BY_PHONE)
    assert case.timeout_at is None
    told_on = start + timedelta(days=12)
    with time_machine.travel(told_on, tick=False):
        case = do(case, "told", agency.officer, channel="letter")
    assert case.timeout_at == over(30, told_on)
    with time_machine.travel(over(30, told_on) - timedelta(seconds=1), tick=False):
        sweep()
    assert Case.objects.get(pk=case.pk).stage == "confirm"
    with time_machine.travel(over(30, told_on) + timedelta(seconds=1), tick=False):
        assert sweep().timeouts == 1
    assert Case.objects.get(pk=case.pk).stage == "auto_closed"


def test_a_question_told_on_the_phone_is_waited_for_from_then_on(agency: Agency) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        case = walk(agency, "wait_work", **BY_PHONE)
    with time_machine.travel(start + timedelta(days=20), tick=False):
        case = do(case, "told", agency.officer, channel="phone")
    assert case.timeout_at == over(50, start)


@pytest.mark.parametrize(("stage", "way"), [("rejected", "contest"), ("auto_closed", "reopen")])
def test_the_time_to_come_back_counts_from_when_they_could_know(
    agency: Agency, stage: str, way: str
) -> None:
    case = walk(agency, stage, **BY_PHONE)
    assert case.closed_at
    with time_machine.travel(case.closed_at + timedelta(days=45), tick=False):
        assert way in acts_for(case, citizen(case)), "nobody has told them yet"
        case = do(case, "told", agency.head, channel="letter")
    with time_machine.travel(case.closed_at + timedelta(days=74), tick=False):
        assert way in acts_for(case, citizen(case))
    with time_machine.travel(case.closed_at + timedelta(days=76), tick=False):
        assert way not in acts_for(case, citizen(case))


def test_an_answer_taken_back_before_anybody_told_it_is_not_told(agency: Agency) -> None:
    case = walk(agency, "confirm", **BY_PHONE)
    case = do(case, "recall", agency.officer)
    assert not owed(case)
    case = do(case, "respond", agency.officer, text=ANSWER)
    case = do(case, "told", agency.officer, channel="phone")
    assert owed(do(case, "recall", agency.officer)), "they know of an answer that holds no more"


@pytest.mark.parametrize("on_behalf", [True, False])
def test_whoever_reacts_to_it_has_been_told(agency: Agency, on_behalf: bool) -> None:
    case = walk(agency, "confirm", **BY_PHONE)
    if on_behalf:
        do(case, "confirm", agency.officer2, channel="phone", proof="Tahu kode.")
    else:
        do(case, "message", citizen(case), text="Sudah saya baca.")
    assert not owed(case)


def test_what_somebody_adds_while_the_letter_is_printed_is_not_told_by_it(agency: Agency) -> None:
    case = walk(agency, "confirm", **BY_PHONE)
    seen = case.last_event_id
    case = do(case, "message", agency.supervisor, text="Tambahan: hari Senin dibersihkan.")
    with pytest.raises(Stale):
        act(case, "told", agency.officer2, seen=seen, channel="letter")
    assert owed(case)


def test_who_is_told_twice_is_told_once_and_by_those_who_handle_it(agency: Agency) -> None:
    case = walk(agency, "confirm", **BY_PHONE)
    for stranger in (agency.auditor, agency.quality, agency.intake, citizen(case)):
        with pytest.raises(Forbidden):
            act(case, "told", stranger, channel="letter")
    do(case, "told", agency.officer2, channel="letter")
    with pytest.raises(Unlawful):
        act(Case.objects.get(pk=case.pk), "told", agency.officer2, channel="letter")


@pytest.mark.parametrize(
    ("field", "value"), [("channel", "pigeon"), ("when", "tomorrow"), ("when", "2001-01-01")]
)
def test_how_and_when_are_checked(agency: Agency, field: str, value: str) -> None:
    case = walk(agency, "confirm", **BY_PHONE)
    value = str(timezone.localdate() + timedelta(days=1)) if value == "tomorrow" else value
    with pytest.raises(Invalid) as refused:
        act(case, "told", agency.officer2, **{"channel": "letter", field: value})
    assert set(refused.value.errors) == {field}
    assert owed(case)


def test_the_letter_says_in_their_language_what_is_untold_and_what_they_can_do(
    agency: Agency,
) -> None:
    case = walk(agency, "confirm", postal="Jalan Melati 7", **BY_PHONE)
    sheet = letter(agency, case)
    assert 'lang="id"' in sheet
    assert "Jawaban kami" in sheet
    assert ANSWER in sheet
    assert "Wulan Anggraini" in sheet
    assert case.reference in sheet
    assert "Mohon kabari kami paling lambat" in sheet
    assert "/desk/" not in sheet
    assert "Officer" not in sheet


@pytest.mark.parametrize(
    ("stage", "label", "words"),
    [
        ("wait_work", "Kami punya pertanyaan", "Berapa rumah yang terdampak?"),
        ("rejected", "tidak dapat", "Bukan pengaduan."),
        ("referred", "Instansi lain", "Urusan PLN."),
        ("auto_closed", "Ditutup", "Anda dapat meminta dibuka kembali sampai"),
        ("lapsed", "Ditutup", "Anda masih dapat menjawab"),
    ],
)
def test_each_of_our_words_and_each_end_can_be_printed(
    agency: Agency, stage: str, label: str, words: str
) -> None:
    case = walk(agency, stage, **BY_PHONE)
    person = agency.head if stage in ("rejected", "referred") else agency.supervisor
    sheet = at_desk(person).get(f"/desk/cases/{case.reference}/letter/").text
    assert words in sheet
    assert label.lower() in sheet.lower()


def test_a_letter_prints_what_the_complainant_reads_and_nothing_else(agency: Agency) -> None:
    case = walk(agency, "confirm", **BY_PHONE)
    note = do(case, "note", agency.officer, text="Jangan bilang ke pelapor.")
    draft = walk(agency, "review", category="bills", **BY_PHONE)
    clerk = at_desk(agency.officer2)
    for other, number in [(case, note.event_count), (case, 99), (case, "x"), (draft, 4)]:
        path = f"/desk/cases/{other.reference}/letter/?event={number}"
        assert clerk.get(path).status_code == 404
    assert "Jangan bilang" not in letter(agency, case)
    assert ANSWER not in letter(agency, draft)
    answer = case.events.get(kind="respond").number
    assert ANSWER in letter(agency, case, f"?event={answer}")


def test_the_letter_speaks_of_what_people_can_do_and_not_of_buttons(agency: Agency) -> None:
    sheet = letter(agency, walk(agency, "confirm", **BY_PHONE))
    assert "<h3>Yang dapat Anda lakukan</h3>" in sheet
    assert "Tindakan" not in sheet


def test_a_withheld_name_stands_on_no_letter(agency: Agency) -> None:
    case = walk(agency, "confirm", **BY_PHONE | {"identity": "withheld"})
    assert "Wulan" not in letter(agency, case)


@pytest.mark.parametrize(
    ("who", "status"),
    [("officer2", 200), ("head", 200), ("auditor", 404), ("quality", 404), ("roads_officer", 404)],
)
def test_the_letter_is_for_those_who_handle_the_case(agency: Agency, who: str, status: int) -> None:
    case = walk(agency, "confirm", **BY_PHONE)
    answer = at_desk(getattr(agency, who)).get(f"/desk/cases/{case.reference}/letter/")
    assert answer.status_code == status


def test_those_who_were_joined_are_told_with_the_case_they_were_joined_to(agency: Agency) -> None:
    target, joined = walk(agency, "work"), walk(agency, "work", **BY_PHONE)
    joined = do(joined, "merge", agency.supervisor, into=target.reference)
    do(joined, "told", agency.officer, channel="phone")
    target = do(Case.objects.get(pk=target.pk), "respond", agency.officer, text=ANSWER)
    assert owed(target), "its own complainant is mailed, the joined one is not"
    html = at_desk(agency.officer2).get(f"/desk/cases/{target.reference}/").text
    assert f"/desk/cases/{joined.reference}/letter/" in html
    assert ANSWER in letter(agency, joined)
    assert not owed(do(target, "told", agency.officer, channel="phone"))


def test_who_goes_on_with_a_third_case_is_told_by_hand_where_the_status_changes(
    agency: Agency,
) -> None:
    joined, target, into = walk(agency, "work", **BY_PHONE), walk(agency, "work"), file_case()
    joined = do(joined, "merge", agency.supervisor, into=target.reference)
    do(joined, "told", agency.officer, channel="phone")
    same = walk(agency, "work")
    do(Case.objects.get(pk=target.pk), "merge", agency.head, into=same.reference)
    assert not owed(joined), "it reads the same status as before"
    do(Case.objects.get(pk=same.pk), "merge", agency.head, into=into.reference)
    assert owed(joined)
    assert "Dilanjutkan bersama pengaduan lain" in letter(agency, joined)
    assert not owed(do(Case.objects.get(pk=joined.pk), "told", agency.officer, channel="phone"))


def test_who_goes_on_with_a_third_case_and_has_an_address_is_owed_nothing_by_hand(
    agency: Agency,
) -> None:
    joined, target = walk(agency, "work"), walk(agency, "work", **BY_PHONE)
    joined = do(joined, "merge", agency.supervisor, into=target.reference)
    do(Case.objects.get(pk=target.pk), "merge", agency.head, into=file_case().reference)
    assert not owed(joined)


def test_thirty_days_close_it_for_who_has_no_channel_and_ten_working_days_for_who_has(
    agency: Agency,
) -> None:
    start = timezone.now()
    none = {"identity": "none", "name": "", "email": ""}
    with time_machine.travel(start, tick=False):
        mailed, called = walk(agency, "confirm"), walk(agency, "confirm", **BY_PHONE)
        nobody = walk(agency, "confirm", **none)
    told_on = start + timedelta(days=29)
    with time_machine.travel(told_on, tick=False):
        do(called, "told", agency.officer, channel="letter")
        assert sweep().timeouts == 1
    closed = {case.pk: Case.objects.get(pk=case.pk).stage for case in (mailed, nobody, called)}
    assert list(closed.values()) == ["auto_closed", "confirm", "confirm"]
    with time_machine.travel(told_on + timedelta(days=29), tick=False):
        assert sweep().timeouts == 1
    assert Case.objects.get(pk=nobody.pk).stage == "auto_closed"
    assert Case.objects.get(pk=called.pk).stage == "confirm", "told on day 29, it counts from then"
    with time_machine.travel(over(30, told_on) + timedelta(seconds=1), tick=False):
        assert sweep().timeouts == 1
