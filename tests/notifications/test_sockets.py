"""Open pages hear that there is something newer: those concerned, and nobody else."""

import json
import time
from contextlib import contextmanager

import httpx
import pytest
from django.test import Client
from django.utils import timezone
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from accounts.models import Membership
from casework.links import link_for, revoke_links
from casework.models import Case
from tests.agency import build_agency, citizen, do, file_case, walk
from tests.server import serving

pytestmark = pytest.mark.django_db(transaction=True)
GRACE = 1.2  # seconds in which nothing may come


@pytest.fixture
def agency(transactional_db):
    return build_agency()


@pytest.fixture
def server(agency):
    with serving() as address:
        yield address


@contextmanager
def listening(server, path="/ws/me/", user=None, origin="http://localhost:8000"):
    headers = {}
    if user:
        client = Client()
        client.force_login(user)
        headers["Cookie"] = f"sessionid={client.cookies['sessionid'].value}"
    with connect(f"ws://{server}{path}", additional_headers=headers, origin=origin) as page:
        yield page


def heard(page, within=GRACE) -> set[str]:
    """The topics that arrive until it is silent for `within` seconds."""
    topics = set()
    while True:
        try:
            note = json.loads(page.recv(timeout=within))
        except TimeoutError:
            return topics
        assert note.pop("type") == "newer" and list(note) == ["topic"]
        topics.add(note["topic"])


def watch(page, case) -> None:
    page.send(json.dumps({"watch": case.reference}))
    time.sleep(0.3)


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


def test_who_lost_sight_meanwhile_hears_nothing(server, agency):
    case = walk(agency, "work")
    with listening(server, user=agency.officer2) as page:
        watch(page, case)
        Membership.objects.filter(user=agency.officer2).delete()
        do(case, "note", agency.officer, text="Cek pompa.")
        assert heard(page) == set()


def test_of_a_restricted_case_even_its_unit_hears_nothing(server, agency):
    case = walk(agency, "work")
    with listening(server, user=agency.officer2) as page:
        watch(page, case)
        Case.objects.filter(pk=case.pk).update(restricted=True)
        Membership.objects.filter(user=agency.officer).update(handles_restricted=True)
        do(case, "note", agency.officer, text="Cek pompa.")
        assert heard(page) == set()


@pytest.mark.parametrize("end", ["deactivated", "signed out"])
def test_a_socket_ends_with_the_right_to_it(server, agency, end):
    case = walk(agency, "work")
    client = Client()
    client.force_login(agency.officer2)
    cookie = {"Cookie": f"sessionid={client.cookies['sessionid'].value}"}
    with connect(
        f"ws://{server}/ws/me/", additional_headers=cookie, origin="http://localhost:8000"
    ) as page:
        if end == "deactivated":
            type(agency.officer2).objects.filter(pk=agency.officer2.pk).update(is_active=False)
        else:
            client.logout()
        do(case, "message", agency.officer, text="Kami datang besok.")
        with pytest.raises(ConnectionClosed):
            page.recv(timeout=3)


def test_a_revoked_link_ends_its_socket(server, agency):
    case = walk(agency, "work")
    with listening(server, f"/ws/c/{link_for(case)}/") as page:
        revoke_links(case)
        do(case, "message", agency.officer, text="Kami datang besok.")
        with pytest.raises(ConnectionClosed):
            page.recv(timeout=3)


@pytest.mark.parametrize(
    ("path", "origin"),
    [
        ("/ws/me/", "http://localhost:8000"),
        ("/ws/c/forged/", "http://localhost:8000"),
        ("/ws/me/", "http://evil.example"),
        ("/ws/me/", None),
    ],
)
def test_strangers_and_foreign_origins_are_refused(server, agency, path, origin):
    user = agency.officer if origin != "http://localhost:8000" else None
    with pytest.raises(InvalidStatus), listening(server, path, user, origin):
        pass


@pytest.mark.parametrize(
    "said", ["", "{", "[]", '"x"', '{"watch": 1}', '{"watch": "\\u0000"}', "x" * 500, b"\xff\x00"]
)
def test_what_is_not_understood_gets_one_constant_answer(server, agency, said):
    with listening(server, user=agency.officer) as page:
        page.send(said)
        assert page.recv(timeout=2) == '{"type": "error"}'


def test_a_socket_that_was_idle_for_over_six_seconds_still_hears(server, agency):
    case = walk(agency, "work")
    with listening(server, user=agency.officer) as page:
        time.sleep(6.5)
        do(case, "message", citizen(case), text="Sudah berapa lama lagi?")
        assert "tray" in heard(page)


def test_the_servers_own_thread_sends_and_sweeps(server, agency):
    from notifications.models import Outbox

    case = walk(agency, "confirm")
    deadline = time.monotonic() + 5
    while Outbox.objects.exclude(state="sent").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert set(Outbox.objects.values_list("state", flat=True)) == {"sent"}
    assert case.timeout_at > timezone.now()
