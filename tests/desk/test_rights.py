"""Every address of the desk, asked by every role: own unit, other unit, restricted."""

import re

import pytest
from django.test import Client

from casework.models import Case
from tests.agency import PEOPLE, Agency, do, walk

#: Who sees a plain case of the water unit; a restricted one is seen by the auditor alone.
WATER = {"officer", "officer2", "supervisor", "head", "quality", "auditor"}
COUNTER = {"intake", "officer", "officer2", "supervisor", "head", "roads_officer"}
#: Who may write a note on a case of the water unit.
MEMBERS = {"officer", "officer2", "supervisor", "head"}

EVERYBODY = [*PEOPLE, "anonymous"]


def as_(who: str) -> Client:
    client = Client()
    if who != "anonymous":
        assert client.login(username=who, password="rahasia-uji")
    return client


@pytest.fixture
def plain(agency: Agency) -> Case:
    return walk(agency, "work")


@pytest.fixture
def secret(agency: Agency) -> Case:
    case = walk(agency, "assign")
    Case.objects.filter(pk=case.pk).update(restricted=True)
    case.refresh_from_db()
    return case


def expected(who: str, seen_by: set[str], found: int = 200) -> int:
    if who == "anonymous":
        return 302
    return found if who in seen_by else 404


@pytest.mark.parametrize(("who", "named"), [("officer", False), ("auditor", True)])
def test_where_a_case_was_merged_is_named_to_those_who_see_it(
    agency: Agency, who: str, named: bool
) -> None:
    case, target = walk(agency, "work"), walk(agency, "work")
    do(case, "merge", agency.supervisor, into=target.reference)
    client, address = as_(who), f"/desk/cases/{case.reference}/"
    mentions = 3  # the link, its text, the line of history
    assert client.get(address).content.decode().count(target.reference) == mentions
    Case.objects.filter(pk=target.pk).update(restricted=True)
    page = client.get(address)
    assert page.status_code == 200
    assert page.content.decode().count(target.reference) == (mentions if named else 0)


@pytest.mark.parametrize("who", EVERYBODY)
def test_each_role_may_write_a_note_where_it_handles_cases_only(
    agency: Agency, plain: Case, secret: Case, who: str
) -> None:
    client = as_(who)
    words = {"text": "Sudah dicek di lapangan."}
    note = client.post(f"/desk/cases/{plain.reference}/note/", words)
    unseen = client.post(f"/desk/cases/{secret.reference}/note/", words)
    allowed = 302 if who in MEMBERS or who == "anonymous" else 403
    assert note.status_code == (allowed if who in WATER | {"anonymous"} else 404)
    assert unseen.status_code == expected(who, {"auditor"}, 403)
    assert plain.events.filter(kind="note").exists() == (who in MEMBERS)
    assert not secret.events.filter(kind="note").exists()


@pytest.mark.parametrize("query", ["?category=%00", "?stage=%00", "?q=%00", "?after=%00_1"])
def test_a_broken_address_is_answered_all_the_same(agency: Agency, query: str) -> None:
    assert as_("officer").get(f"/desk/{query}").status_code == 200


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("demo", [True, False])
def test_the_masthead_leads_only_where_one_may_go(agency: Agency, settings, who: str, demo) -> None:
    settings.DEMO = demo
    client = as_(who)
    for page in ("/desk/", "/desk/tray/"):
        html = client.get(page).content.decode()
        offered = set(re.findall(r'href="(/(?:desk|admin)/[a-z/]*)"', html))
        assert {path: client.get(path).status_code for path in offered} == dict.fromkeys(
            offered, 200
        )
        assert ("/desk/file/" in offered) == (who in COUNTER)
        assert ("/admin/" in offered) == (who == "administrator")
        troubled = demo or who in {"supervisor", "head", "administrator"}
        assert ("/desk/outbox/" in offered) == troubled
