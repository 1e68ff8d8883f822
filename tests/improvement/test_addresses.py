"""Whatever an address says, it is answered: nothing impossible reaches the database."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from improvement.models import Concern
from improvement.reports import keeping
from tests.agency import Agency
from tests.improvement.test_concerns import WORDS, raised
from tests.improvement.test_meanwhile import browser
from tests.improvement.world import MONDAY, approved, at, weekly, with_action

pytestmark = pytest.mark.django_db

#: NUL, half of a surrogate pair, bytes that are no text, beyond bigint, beyond what Python reads as
#: a number, digits of other scripts, below zero, nearly a plan, and nothing.
NASTY = [
    *("%00", "a%00b", "%ed%a0%80", "%ff", "9" * 25, "9" * 5000, "%D9%A3", "%C2%B2", "-1"),
    *("RP-2026-%00", "RP-%D9%A2%D9%A0%D9%A2%D9%A6-01", "RP-2026-99999", "2026-01-01_%00", ""),
]
_PLAN = "/improve/plans/RP-2026-01/"
_OF_NEW = (
    *("theme", "aim", "category", "cause", "baseline_first", "target", "selected", "owner"),
    *("currency", "review_weeks", "title"),
)
ADDRESSES = [
    *("/concerns/?plan={}", "/concerns/?unit={}"),
    *("/improve/?before={}", "/improve/concerns/?before={}", "/improve/concerns/{}/"),
    *("/improve/concerns/?before=2026-01-01_{}", "/improve/themes/{}/"),
    *("/improve/plans/{}/", "/improve/plans/{}/edit/", f"{_PLAN}?version={{}}"),
    *(f"{_PLAN}actions/{{}}/", f"{_PLAN}actions/{{}}/proof/", f"{_PLAN}actions/{{}}/training/"),
    "/improve/plans/new/?unit={}",
    *(f"/improve/plans/new/?unit=water&{name}={{}}" for name in _OF_NEW),
    *("/reports/?before={}", "/reports/{}/", "/reports/{}/write/", "/reports/{report}/{}/"),
    *("/reports/{report}/?version={}", "/reports/{report}/pdf/?version={}"),
    *("/reports/{report}/xlsx/?language={}", "/open/?before={}", "/desk/tray/?before={}"),
]
#: What is posted, with a name for which the nasty value stands.
POSTED = [
    *(("/concerns/", name) for name in ("unit", "text", "name")),
    *(("/concerns/?plan={}", "text"), ("/concerns/answer/", "code")),
    *((f"{_PLAN}edit/", "seen"), (f"{_PLAN}edit/", "category"), (f"{_PLAN}approve/", "seen")),
    *((f"{_PLAN}send-back/", "why"), (f"{_PLAN}verdict/", "words"), (f"{_PLAN}actions/", "owner")),
    *(("/reports/{report}/sign/", "seen"), ("/reports/{report}/write/", "seen")),
    *(("/reports/new/", "unit"), ("/desk/tray/read/", "address"), ("/desk/tray/read/", "case")),
]


@pytest.fixture
def reported(agency: Agency) -> str:
    """A plan in force with a training, and a report, by its key."""
    weekly(agency, MONDAY - timedelta(weeks=10), 2, late=2, kept=3)
    with at(MONDAY):
        with_action(agency, approved(agency), course="Empati", planned=3)
        days = (MONDAY - timedelta(days=40), MONDAY - timedelta(days=1))
        return str(keeping.make(agency.water, *days, agency.quality).pk)


def whose(address: str, agency: Agency) -> Client:
    """A stranger where strangers come, else somebody who may do nearly everything."""
    is_open = address.startswith(("/concerns/", "/open/"))
    return Client() if is_open else browser(agency.quality)


@pytest.mark.parametrize("nasty", NASTY, ids=lambda said: said[:24] or "nothing")
def test_nothing_that_an_address_says_is_a_fault_of_ours(
    agency: Agency, reported: str, nasty: str
) -> None:
    for address in ADDRESSES:
        path = address.replace("{report}", reported).replace("{}", nasty)
        answer = whose(address, agency).get(path)
        assert answer.status_code in (200, 302, 404), address


@pytest.mark.parametrize("nasty", NASTY, ids=lambda said: said[:24] or "nothing")
def test_nothing_that_is_posted_is_a_fault_of_ours(
    agency: Agency, reported: str, nasty: str
) -> None:
    form = "application/x-www-form-urlencoded"
    for address, name in POSTED:
        path = address.replace("{report}", reported).replace("{}", nasty)
        answer = whose(address, agency).post(path, f"{name}={nasty}", content_type=form)
        assert answer.status_code in (200, 302, 404, 409, 422), (address, name)


def test_what_is_no_address_marks_no_notice_as_read(agency: Agency, reported: str) -> None:
    client = browser(agency.head)
    before = client.get("/desk/tray/").content.decode().count("data-unread")
    answer = client.post("/desk/tray/read/", {"address": "/improve/\x00"})
    assert answer.status_code == 404
    assert client.get("/desk/tray/").content.decode().count("data-unread") == before


def asked(plan: str, unit: str = "") -> str:
    """The page of concerns as a stranger reads it, without what is new each time."""
    page = Client().get("/concerns/", {"plan": plan, "unit": unit}).content.decode()
    return re.sub(r"\w{64}", "", page).replace(plan, "")


def test_nobody_learns_by_its_number_whether_there_is_a_plan(agency: Agency, reported: str) -> None:
    assert asked("RP-2026-01") == asked("RP-2026-77")
    page = Client().get("/concerns/?plan=RP-2026-77").content.decode()
    assert "RP-2026-77" in page


def test_a_concern_is_about_the_plan_from_whose_page_it_came(agency: Agency, reported: str) -> None:
    page = browser(agency.quality).get(_PLAN).content.decode()
    assert '/concerns/?plan=RP-2026-01&amp;unit=water"' in page
    assert '<option value="water" selected>' in asked("RP-2026-01", "water")
    raised(Client(), "/concerns/?plan=RP-2026-01")
    raised(Client(), "/concerns/?plan=RP-2026-77")
    said = [row.plan and row.plan.code for row in Concern.objects.filter(text=WORDS)]
    assert sorted(said, key=str) == [None, "RP-2026-01"]
