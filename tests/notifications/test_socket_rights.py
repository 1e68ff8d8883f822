"""Who may listen is asked at connect and before each word."""

import asyncio
import time
from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.utils import timezone
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from accounts.models import Membership
from accounts.rights import Role
from casework.links import link_for, revoke_links
from casework.models import Case
from notifications import pings
from tests.agency import do, walk
from tests.notifications.listening import ORIGIN, cookie_of, heard, listening, watch

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_lost_sight_meanwhile_hears_of_the_case_once_and_of_nothing_more(server, agency):
    case = walk(agency, "work")
    with listening(server, user=agency.officer2) as page:
        watch(page, case)
        do(case, "note", agency.officer, text="Cek pompa.")
        assert heard(page) == {"queue", f"case:{case.reference}"}
        Membership.objects.filter(user=agency.officer2).delete()
        do(case, "note", agency.officer, text="Cek lagi.")
        assert heard(page) == {f"case:{case.reference}"}
        do(case, "note", agency.officer, text="Cek terus.")
        assert heard(page) == set()


def test_a_role_that_reads_no_cases_ends_what_an_officer_heard(server, agency):
    case = walk(agency, "work")
    with listening(server, user=agency.officer2) as page:
        watch(page, case)
        Membership.objects.filter(user=agency.officer2).update(role=Role.ADMINISTRATOR)
        do(case, "note", agency.officer, text="Cek pompa.")
        assert heard(page) == {f"case:{case.reference}"}
        do(case, "note", agency.officer, text="Cek lagi.")
        assert heard(page) == set()


def test_of_a_restricted_case_even_its_unit_hears_nothing_more(server, agency):
    case = walk(agency, "work")
    with listening(server, user=agency.officer2) as page:
        watch(page, case)
        Case.objects.filter(pk=case.pk).update(restricted=True)
        Membership.objects.filter(user=agency.officer).update(handles_restricted=True)
        do(case, "note", agency.officer, text="Cek pompa.")
        assert heard(page) == {f"case:{case.reference}"}
        do(case, "note", agency.officer, text="Cek lagi.")
        assert heard(page) == set()


def deactivate(client: Client) -> None:
    user = get_user(client)
    type(user).objects.filter(pk=user.pk).update(is_active=False)


def change_password(client: Client) -> None:
    user = get_user(client)
    user.set_password("kata-sandi-baru")
    user.save()


@pytest.mark.parametrize("end", [deactivate, change_password, Client.logout])
def test_a_socket_ends_with_the_right_to_it(server, agency, end):
    case = walk(agency, "work")
    client = Client()
    client.force_login(agency.officer2)
    with connect(
        f"ws://{server}/ws/me/", additional_headers=cookie_of(client), origin=ORIGIN
    ) as page:
        do(case, "note", agency.officer, text="Cek pompa.")
        assert heard(page) == {"queue"}
        end(client)
        do(case, "message", agency.officer, text="Kami datang besok.")
        with pytest.raises(ConnectionClosed):
            page.recv(timeout=3)


def expire_links(case: Case) -> None:
    case.links.update(expires_at=timezone.now() - timedelta(seconds=1))


@pytest.mark.parametrize("end", [revoke_links, expire_links])
def test_a_link_that_opens_nothing_any_more_ends_its_socket(server, agency, end):
    case = walk(agency, "work")
    path = f"/ws/c/{link_for(case)}/"
    with listening(server, path) as page:
        end(case)
        do(case, "message", agency.officer, text="Kami datang besok.")
        with pytest.raises(ConnectionClosed):
            page.recv(timeout=3)
    with pytest.raises(InvalidStatus), listening(server, path):
        pass


def test_strangers_are_refused(server):
    for path in ("/ws/me/", "/ws/c/forged/"):
        assert refusal_of(server, path) == 403


@pytest.mark.parametrize("path", ["/", "/ws/", "/ws/me", "/ws/c/a/b/", "/desk/", "/ws/%0A/"])
def test_where_nothing_speaks_everybody_is_refused(server, agency, path):
    assert refusal_of(server, path, agency.officer) == 403


def refusal_of(server, path, user=None) -> int:
    """The HTTP status with which a socket is refused."""
    with pytest.raises(InvalidStatus) as refused, listening(server, path, user):
        pass
    return refused.value.response.status_code


@pytest.mark.parametrize("origin", ["http://evil.example", "null", None])
def test_foreign_origins_are_refused(server, agency, origin):
    mine = f"/ws/c/{link_for(walk(agency, 'work'))}/"
    for path, user in (("/ws/me/", agency.officer), (mine, None)):
        with listening(server, path, user):
            pass
        with pytest.raises(InvalidStatus), listening(server, path, user, origin):
            pass


UNKNOWN = ["", "{", "[]", '"x"', '{"watch": 1}', '{"watch": "\\u0000"}', "x" * 500, b"\xff\x00"]


def test_what_is_not_understood_gets_one_constant_answer(server, agency):
    mine = f"/ws/c/{link_for(walk(agency, 'work'))}/"
    with listening(server, user=agency.officer) as desk, listening(server, mine) as citizens:
        for said in UNKNOWN:
            for page in (desk, citizens):
                page.send(said)
                assert page.recv(timeout=2) == '{"type": "error"}'


def test_a_case_that_is_not_there_and_one_out_of_sight_are_refused_alike(server, agency):
    case = walk(agency, "work")
    with listening(server, user=agency.roads_officer) as page:
        for reference in (case.reference, "26-0000000", "x"):
            page.send(f'{{"watch": "{reference}"}}')
            assert page.recv(timeout=2) == '{"type": "error"}'
        do(case, "note", agency.officer, text="Cek pompa.")
        assert heard(page) == set()


def test_a_socket_watches_so_many_cases_and_no_more(server, agency, monkeypatch):
    monkeypatch.setattr("notifications.consumers.MOST_WATCHED", 1)
    first, second = walk(agency, "work"), walk(agency, "work")
    with listening(server, user=agency.officer) as page:
        watch(page, first)
        watch(page, second)
        assert page.recv(timeout=2) == '{"type": "error"}'
        do(second, "note", agency.supervisor, text="Cek pompa.")
        assert heard(page) == {"tray", "queue"}


class Hanging:
    """A channel layer whose broker never answers."""

    async def group_send(self, group, note):
        await asyncio.sleep(60)


def test_a_broker_that_hangs_holds_no_act_up(agency, monkeypatch, caplog):
    case = walk(agency, "work")
    monkeypatch.setattr(pings, "get_channel_layer", Hanging)
    monkeypatch.setattr(pings, "_server", None)
    monkeypatch.setattr(pings, "LONGEST", 0.2)
    began = time.monotonic()
    case = do(case, "hold", agency.officer, reason="Menunggu PLN", until=tomorrow())
    assert case.stage == "on_hold" and time.monotonic() - began < 5
    assert "TimeoutError" in caplog.text


def tomorrow() -> str:
    return (timezone.localdate() + timedelta(days=1)).isoformat()
