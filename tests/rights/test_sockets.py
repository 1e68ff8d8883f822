"""Every role and situation over the sockets: who sees a case hears of it, nobody else does."""

import json
from contextlib import ExitStack

import pytest

from accounts.models import User
from casework.models import Case
from notifications.routing import websocket_urlpatterns
from tests.agency import citizen, do
from tests.notifications.listening import heard, listening
from tests.rights.situations import ROLES, SEEN, build, people, sees

pytestmark = pytest.mark.django_db(transaction=True)
QUICKLY = 0.1  # seconds: what was said to all has arrived when the first was waited for


def test_every_socket_is_tested_here_or_among_the_signed_links() -> None:
    known = {"ws/me/", "ws/c/<str:token>/", ""}
    assert {str(pattern.pattern) for pattern in websocket_urlpatterns} == known


def refused(page) -> bool:
    """Whether the page was told that it may not watch."""
    try:
        return json.loads(page.recv(timeout=0.6)) == {"type": "error"}
    except TimeoutError:
        return False


@pytest.mark.parametrize("situation", [name for name in SEEN if name != "about whoever asks"])
def test_only_who_sees_a_case_hears_of_it(server, agency, situation: str) -> None:
    people(agency)
    case = build(agency, situation, "")
    staff = [who for who in ROLES if who != "anonymous"]
    with ExitStack() as stack:
        pages = {
            who: stack.enter_context(listening(server, user=User.objects.get(username=who)))
            for who in staff
        }
        for page in pages.values():
            page.send(json.dumps({"watch": case.reference}))
        assert {who for who in staff if not refused(pages[who])} == SEEN[situation]
        do(case, "message", citizen(case), text="Ada kabar?")
        about_case = {f"case:{case.reference}", "queue", "tray"}
        for number, who in enumerate(staff):
            topics = heard(pages[who], 1.2 if number == 0 else QUICKLY)
            assert topics <= about_case
            assert {f"case:{case.reference}", "queue"} <= topics or not sees(who, situation)
            assert not topics or sees(who, situation), who


@pytest.mark.parametrize("situation", ["of the water unit", "in triage"])
def test_whom_a_case_is_about_hears_nothing(server, agency, situation: str) -> None:
    people(agency)
    case = build(agency, situation, "")
    staff = [who for who in ROLES if who != "anonymous"]
    everybody = list(User.objects.filter(username__in=staff).values_list("pk", flat=True))
    Case.objects.filter(pk=case.pk).update(about_people=everybody)
    with ExitStack() as stack:
        pages = [
            stack.enter_context(listening(server, user=User.objects.get(username=who)))
            for who in staff
        ]
        for page in pages:
            page.send(json.dumps({"watch": case.reference}))
        assert all(refused(page) for page in pages)
        do(case, "message", citizen(case), text="Ada kabar?")
        for number, page in enumerate(pages):
            assert heard(page, 1.2 if number == 0 else QUICKLY) == set()
