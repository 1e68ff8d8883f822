"""Open pages hear that there is something newer: those concerned, and nobody else."""

import json
import time

import httpx
import pytest
from django.test import Client
from django.utils import timezone

from casework.links import link_for
from notifications.models import Outbox
from tests.agency import citizen, do, file_case, walk
from tests.notifications.listening import heard, listening, watch

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_act_reaches_the_officer_and_the_citizen_and_no_stranger(server, agency):
    case = walk(agency, "wait_work")
    with (
        listening(server, user=agency.officer) as officer,
        listening(server, f"/ws/c/{link_for(case)}/") as mine,
        listening(server, user=agency.roads_officer) as stranger,
        listening(server, f"/ws/c/{link_for(file_case())}/") as other,
    ):
        watch(officer, case)
        watch(stranger, case)
        assert json.loads(stranger.recv(timeout=2)) == {"type": "error"}
        do(case, "answered", citizen(case), text="Tiga puluh rumah.")
        assert heard(officer) == {"tray", "queue", f"case:{case.reference}"}
        assert heard(mine, 0.1) == {"case"}
        assert heard(stranger, 0.1) == heard(other, 0.1) == set()


def test_what_happened_before_a_page_began_to_watch_is_said_at_once(server, agency):
    case = walk(agency, "work")
    shown = case.last_event_id
    case = do(case, "note", agency.officer2, text="Cek pompa.")
    for seen, topics in ((shown, {f"case:{case.reference}"}), (case.last_event_id, set())):
        with listening(server, user=agency.officer) as page:
            page.send(json.dumps({"watch": case.reference, "seen": seen}))
            assert heard(page) == topics


@pytest.mark.parametrize("seen", [None, "1", 2**70, -1, True, [1]])
def test_a_page_that_says_something_odd_of_what_it_shows_watches_all_the_same(server, agency, seen):
    case = walk(agency, "work")
    with listening(server, user=agency.officer) as page:
        page.send(json.dumps({"watch": case.reference, "seen": seen}))
        heard(page, 0.5)
        do(case, "note", agency.officer2, text="Cek pompa.")
        assert f"case:{case.reference}" in heard(page)


def test_an_internal_note_is_nothing_new_for_the_citizen(server, agency):
    case = walk(agency, "work")
    with listening(server, f"/ws/c/{link_for(case)}/") as mine:
        do(case, "note", agency.officer, text="Cek pompa.")
        assert heard(mine) == set()


def test_an_act_over_http_arrives_on_the_officers_socket(server, agency):
    case = walk(agency, "work")
    with listening(server, user=agency.officer) as page:
        client = Client()
        client.force_login(agency.officer)
        cookies = {"sessionid": client.cookies["sessionid"].value}
        url = f"http://{server}/desk/tray/"
        with httpx.Client(cookies=cookies, headers={"Origin": f"http://{server}"}) as browser:
            browser.get(url)
            form = browser.get(url).text.split('csrfmiddlewaretoken" value="')[1].split('"')[0]
            sent = browser.post(f"{url}read/", data={"csrfmiddlewaretoken": form})
            assert sent.status_code == 302
        assert heard(page) == {"tray"}
    assert case.stage == "work"


def test_the_unit_that_loses_a_case_and_the_one_that_gains_it_hear_of_it(server, agency):
    case = walk(agency, "assign")
    with (
        listening(server, user=agency.officer) as before,
        listening(server, user=agency.roads_officer) as after,
    ):
        do(case, "transfer", agency.supervisor, unit="roads")
        assert heard(before) == heard(after, 0.1) == {"queue"}


def test_a_merged_complaint_hears_of_its_target_what_its_page_shows(server, agency):
    target, mine = walk(agency, "work"), file_case()
    with listening(server, f"/ws/c/{link_for(mine)}/") as page:
        mine = do(mine, "merge", agency.head, into=target.reference)
        assert heard(page) == {"case"}
        do(target, "message", agency.officer, text="Kami datang besok.")
        do(target, "note", agency.officer, text="Cek pompa.")
        assert heard(page) == set()
        target = do(target, "respond", agency.officer, text="Pompa sudah diganti.")
        assert heard(page) == {"case"}
        do(mine, "unmerge", citizen(mine))
        assert heard(page) == {"case"}
        do(target, "confirm", citizen(target))
        assert heard(page) == set()


def test_the_first_claim_of_the_target_shows_on_the_page_of_a_merged_complaint(server, agency):
    target, mine = file_case(), file_case()
    do(mine, "merge", agency.head, into=target.reference)
    with listening(server, f"/ws/c/{link_for(mine)}/") as page:
        do(target, "claim", agency.intake)
        assert heard(page) == {"case"}


def test_a_socket_that_was_idle_for_over_six_seconds_still_hears(server, agency):
    case = walk(agency, "work")
    with listening(server, user=agency.officer) as page:
        time.sleep(6.5)
        do(case, "message", citizen(case), text="Sudah berapa lama lagi?")
        assert "tray" in heard(page)


def test_the_servers_own_thread_sends_and_sweeps(server, agency):
    case = walk(agency, "confirm")
    deadline = time.monotonic() + 5
    while Outbox.objects.exclude(state="sent").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert set(Outbox.objects.values_list("state", flat=True)) == {"sent"}
    assert case.timeout_at > timezone.now()
