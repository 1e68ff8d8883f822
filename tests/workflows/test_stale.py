"""Who acts on what they no longer see is told, and what hangs on nothing is kept."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from casework import uploads
from casework.actors import SYSTEM
from casework.models import Case
from tests.agency import Agency, citizen, do, walk
from workflows.actions import act, events_since
from workflows.errors import Stale

SAY = {"text": "Pompa sudah diganti."}
BY_PHONE = {"channel": "phone", "proof": "Tahu kode rahasia."}


def test_an_internal_act_of_a_colleague_makes_the_answer_stale(agency: Agency):
    case = walk(agency, "work")
    do(case, "reassign", agency.supervisor, assignee="officer2")
    do(case, "reassign", agency.supervisor, assignee="officer")
    with pytest.raises(Stale) as stale:
        act(case, "respond", agency.officer, seen=case.last_event_id, **SAY)
    meanwhile = stale.value.meanwhile
    assert [event.kind for event in meanwhile] == ["reassign", "reassign"]
    assert meanwhile[0].number > meanwhile[1].number, "newest first"
    assert (stale.value.status, stale.value.args[0]) == (409, Stale.title)


def test_a_public_message_makes_it_stale_and_without_seen_it_does_not(agency: Agency):
    case = walk(agency, "work")
    do(case, "message", citizen(case), text="Sudah hidup lagi.")
    with pytest.raises(Stale):
        act(case, "respond", agency.officer, seen=case.last_event_id, **SAY)
    assert do(case, "respond", agency.officer, **SAY).stage == "confirm"


@pytest.mark.parametrize("name", ["respond", "hold"])
def test_an_act_on_a_stage_that_was_left_is_stale_with_and_without_seen(agency: Agency, name: str):
    case = walk(agency, "work")
    do(case, "respond", agency.supervisor, **SAY)
    with pytest.raises(Stale) as stale:
        act(case, name, agency.officer, **SAY)
    assert [event.kind for event in stale.value.meanwhile] == ["respond"]


def test_back_at_the_same_stage_by_another_task_is_stale_all_the_same(agency: Agency):
    case = walk(agency, "work")
    moved = do(case, "hold", agency.officer, reason="PLN", until=in_days(3))
    do(moved, "resume", agency.officer)
    with pytest.raises(Stale):
        act(case, "respond", agency.officer, **SAY)


def in_days(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def test_what_is_beside_the_matter_makes_nothing_stale(agency: Agency):
    case = walk(agency, "wait_work")
    do(case, "note", agency.officer2, text="Dua belas rumah.")
    Case.objects.filter(pk=case.pk).update(remind_at=timezone.now())
    do(Case.objects.get(pk=case.pk), "remind", SYSTEM)
    case = act(case, "recall", agency.officer, seen=case.last_event_id).case
    assert case.stage == "work"


def test_a_rating_makes_no_reopening_stale(agency: Agency):
    case = walk(agency, "closed")
    do(case, "rate", citizen(case), stars=2)
    again = {"reason": "Belum beres", "someone_else": False}
    done = act(case, "reopen", agency.officer2, seen=case.last_event_id, **again, **BY_PHONE)
    assert done.case.stage == "assign"


def test_ones_own_acts_make_nothing_stale(agency: Agency):
    case = walk(agency, "work")
    do(case, "message", agency.officer, text="Kami periksa.")
    assert act(case, "respond", agency.officer, seen=case.last_event_id, **SAY).event
    case = walk(agency, "work")
    do(case, "message", citizen(case), text="Halo?")
    assert act(case, "withdraw", citizen(case), seen=case.last_event_id).event


def test_an_answer_that_is_sent_twice_is_stale_the_second_time(agency: Agency):
    case = walk(agency, "work")
    seen = case.last_event_id
    do(case, "respond", agency.officer, **SAY)
    again = Case.objects.get(pk=case.pk)
    with pytest.raises(Stale) as stale:
        act(again, "respond", agency.officer, seen=seen, **SAY)
    assert [event.kind for event in stale.value.meanwhile] == ["respond"]
    do(again, "recall", agency.officer)
    with pytest.raises(Stale) as stale:
        act(Case.objects.get(pk=case.pk), "respond", agency.officer, seen=seen, **SAY)
    assert [event.kind for event in stale.value.meanwhile] == ["recall", "respond"]


def test_a_word_of_the_citizen_that_is_sent_twice_is_stale_the_second_time(agency: Agency):
    case = walk(agency, "confirm")
    seen = case.last_event_id
    do(case, "dispute", citizen(case), reason="Masih mati.")
    with pytest.raises(Stale) as stale:
        act(Case.objects.get(pk=case.pk), "dispute", citizen(case), seen=seen, reason="Masih.")
    assert [event.kind for event in stale.value.meanwhile] == ["dispute"]


def test_for_the_citizen_nothing_internal_is_news(agency: Agency):
    case = walk(agency, "work")
    seen = case.last_event_id
    do(case, "reassign", agency.supervisor, assignee="officer2")
    assert act(case, "message", citizen(case), seen=seen, text="Halo?").event
    do(case, "message", agency.officer2, text="Kami periksa.")
    with pytest.raises(Stale) as stale:
        act(case, "withdraw", citizen(case), seen=seen)
    assert [event.kind for event in stale.value.meanwhile] == ["message"]


def test_a_note_is_kept_whatever_happened_meanwhile(agency: Agency):
    case = walk(agency, "work")
    do(case, "respond", agency.supervisor, **SAY)
    done = act(case, "note", agency.officer2, seen=case.last_event_id, text="Sudah dicek.")
    assert (done.event.kind, done.case.stage) == ("note", "confirm")


def test_who_saw_nothing_is_told_nothing(agency: Agency):
    case = walk(agency, "work")
    assert events_since(case, agency.officer, None) == []
    assert events_since(case, agency.officer, case.last_event_id) == []
    others = [event.kind for event in events_since(case, agency.officer, 0)]
    assert others == ["assigned", "accept", "filed"]


@pytest.mark.parametrize("name", ["message", "note"])
def test_words_that_were_sent_twice_are_recorded_once(agency: Agency, name: str) -> None:
    case = walk(agency, "work")
    first = act(case, name, agency.officer, text="Kami datang besok.")
    again = act(case, name, agency.officer, text="Kami datang besok.")
    assert again.event == first.event
    act(case, name, agency.supervisor, text="Kami datang besok.")
    act(case, name, agency.officer, text="Kami datang besok.")
    act(case, name, agency.officer, text="Kami datang lusa.")
    assert case.events.filter(kind=name).count() == 4


def test_the_same_words_with_a_file_or_much_later_are_other_words(agency: Agency) -> None:
    case, token = walk(agency, "work"), uploads.new_token()
    do(case, "message", citizen(case), text="Lihat foto ini.")
    uploads.stage(SimpleUploadedFile("nota.txt", b"Catatan"), token)
    do(case, "message", citizen(case), text="Lihat foto ini.", upload=token)
    assert case.attachments.count() == 1
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=False):
        do(case, "message", citizen(case), text="Lihat foto ini.")
    assert case.events.filter(kind="message").count() == 3


def test_the_same_file_with_the_same_words_is_one_act(agency: Agency) -> None:
    """A form whose answer was lost is sent again as it was, its file too."""
    case, token = walk(agency, "work"), uploads.new_token()
    for _time in range(2):
        uploads.stage(SimpleUploadedFile("nota.txt", b"Catatan"), token)
        do(case, "note", agency.officer, text="Lihat nota.", upload=token)
    assert case.events.filter(kind="note").count() == 1
    assert case.attachments.count() == 1


@pytest.mark.parametrize("nameless", [False, True])
def test_a_form_with_a_file_that_is_sent_twice_at_once_is_one_act_with_one_file(
    agency: Agency, nameless: bool
) -> None:
    """Both have kept their file before the first of them acts, and takes what is there."""
    said = {"identity": "none", "email": "", "name": ""} if nameless else {}
    case, token = walk(agency, "work", **said), uploads.new_token()
    for _time in range(2):
        uploads.stage(SimpleUploadedFile("nota.txt", b"Catatan"), token)
    for _time in range(2):
        do(case, "message", citizen(case), text="Ada notanya.", upload=token)
    assert case.events.filter(kind="message").count() == 1
    assert case.attachments.count() == 1


@pytest.mark.parametrize("name", ["message", "note"])
def test_words_that_were_sent_twice_are_one_act_though_others_spoke_meanwhile(
    agency: Agency, name: str
) -> None:
    case = walk(agency, "work")
    seen = case.last_event_id
    first = act(case, name, agency.officer, seen=seen, text="Ya.")
    other = act(case, name, agency.supervisor, text="Boleh besok?")
    again = act(case, name, agency.officer, seen=seen, text="Ya.")
    assert again.event == first.event
    answer = act(case, name, agency.officer, seen=other.event.pk, text="Ya.")
    assert answer.event != first.event


@pytest.mark.parametrize("name", ["message", "note"])
def test_words_that_were_sent_twice_are_one_act_though_another_page_of_mine_spoke_meanwhile(
    agency: Agency, name: str
) -> None:
    case = walk(agency, "work")
    seen = case.last_event_id
    first = act(case, name, agency.officer, seen=seen, text="Foto menyusul.")
    other = act(case, name, agency.officer, seen=seen, text="Ini alamatnya.")
    again = act(case, name, agency.officer, seen=seen, text="Foto menyusul.")
    assert again.event == first.event
    later = act(case, name, agency.officer, seen=other.event.pk, text="Foto menyusul.")
    assert later.event != first.event
