"""The settings: who gets in, and what an administrator does there."""

import re
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver

from accounts import api_keys
from accounts.models import ApiKey, Membership, Unit, User
from accounts.rights import Role
from casework.models import Category, Cause, Service
from tests.accounts.settings_pages import (
    PASSWORD,
    change,
    come_in,
    errors,
    one_time_link,
    said_of,
    signed_in,
)
from tests.agency import PEOPLE, Agency, do, file_case, walk
from workflows.errors import Invalid

LISTS = [
    "/admin/accounts/unit/",
    "/admin/accounts/user/",
    "/admin/accounts/apikey/",
    "/admin/casework/category/",
    "/admin/casework/service/",
    "/admin/casework/cause/",
]


@pytest.fixture
def admin(agency: Agency) -> Client:
    return signed_in("administrator")


def addresses(pk: int = 1) -> set[str]:
    """Every address under /admin/ that the site knows, about the object `pk` where it has one."""
    site = next(each for each in get_resolver().url_patterns if str(each.pattern) == "admin/")
    return {"/admin/nothing/", *(f"/admin/{each}" for each in _below(site, "", pk))}


def _below(resolver: Any, before: str, pk: int) -> set[str]:
    found = set()
    for each in resolver.url_patterns:
        here = before + re.sub(r"<[^>]+>", str(pk), str(each.pattern))
        if isinstance(each, URLPattern):
            found |= {here} if not here.startswith("^") and "(" not in here else set()
        else:
            found |= _below(each, here, pk)
    return found


def test_the_addresses_are_those_of_what_is_configured_and_of_nothing_else() -> None:
    about = {"/".join(each.split("/")[2:4]) for each in addresses()}
    models = {"accounts/unit", "accounts/user", "accounts/apikey"}
    models |= {"casework/category", "casework/service", "casework/cause"}
    assert about == models | {"", "nothing/", "jsi18n/"}


@pytest.mark.parametrize("name", sorted(PEOPLE))
def test_everybody_but_an_administrator_finds_nothing(agency: Agency, name: str) -> None:
    client = signed_in(name)
    for address in sorted(addresses(agency.officer.pk)):
        for ask in (client.get, client.head, client.post):
            status = ask(address).status_code
            allowed = name == "administrator" and address != "/admin/nothing/"
            assert (status != 404) == allowed, (address, status)


def test_a_stranger_is_asked_to_sign_in_on_our_own_page(agency: Agency, client: Client) -> None:
    for address in sorted(addresses()):
        for ask in (client.get, client.post):
            assert ask(address).headers["Location"] == f"/accounts/login/?next={address}"


def test_the_flags_of_django_open_nothing(agency: Agency) -> None:
    User.objects.filter(username="officer").update(is_staff=True, is_superuser=True)
    assert signed_in("officer").get("/admin/").status_code == 404


def test_reading_changes_nothing(agency: Agency, admin: Client) -> None:
    before = list(User.objects.values()), list(Unit.objects.values())
    for address in sorted(addresses()):
        assert admin.get(address).status_code in (200, 302, 403, 404, 405), address
    assert (list(User.objects.values()), list(Unit.objects.values())) == before
    assert not LogEntry.objects.exists()


def test_settings_are_linked_for_administrators_alone(agency: Agency) -> None:
    for name in PEOPLE:
        linked = b'href="/admin/"' in signed_in(name).get("/desk/").content
        assert linked == (name == "administrator")


@pytest.mark.parametrize(
    "asked", ["case__subject__startswith=A", "case__isnull=1", "memberships__user__password=x"]
)
def test_a_list_answers_no_question_about_cases(agency: Agency, admin: Client, asked: str) -> None:
    file_case()
    assert admin.get(f"/admin/accounts/unit/?{asked}").status_code == 400


@pytest.mark.parametrize("asked", ["q=%00", "q=%FF", "p=99999999999", "o=x.9.-99", "all=", "e=1"])
@pytest.mark.parametrize("address", LISTS)
def test_a_broken_address_is_answered_all_the_same(admin: Client, address: str, asked: str) -> None:
    assert admin.get(f"{address}?{asked}", follow=True).status_code == 200


def test_nothing_is_deleted(agency: Agency, admin: Client) -> None:
    for address in (
        f"/admin/accounts/unit/{agency.roads.pk}/delete/",
        f"/admin/accounts/user/{agency.quality.pk}/delete/",
        f"/admin/casework/category/{agency.plain.pk}/delete/",
    ):
        assert admin.post(address, {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("address", LISTS)
def test_a_list_costs_the_same_whatever_its_length(
    agency: Agency, admin: Client, address: str
) -> None:
    def rows(start: int) -> None:
        for number in range(start, start + 5):
            unit = Unit.objects.create(code=f"u{number}", name="U", parent=agency.root)
            person = User.objects.create(username=f"p{number}")
            Membership.objects.create(user=person, unit=unit, role=Role.OFFICER)
            api_keys.issue(f"k{number}", "rest", person)
            kind = Category.objects.create(
                code=f"c{number}", name="C", parent=agency.plain, default_unit=unit
            )
            Service.objects.create(code=f"s{number}", name="S", category=kind, unit=unit)
            group = Cause.objects.create(code=f"g{number}", name="G", axis="technical")
            Cause.objects.create(code=f"l{number}", name="L", axis="technical", parent=group)

    rows(0)
    few = _statements(admin, address)
    rows(5)
    assert _statements(admin, address) == few


def _statements(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_an_administrator_adds_a_root_cause_and_answers_that_must_name_one(agency, admin) -> None:
    group = Cause.objects.create(code="means", name="Sarana", axis="technical")
    said = {"name": "Pipa", "code": "pipa", "parent": group.pk, "axis": "technical", "active": "on"}
    assert not errors(admin.post("/admin/casework/cause/add/", said))
    said = {"name": "Air", "code": "water", "default_unit": agency.water.pk, "active": "on"}
    address = f"/admin/casework/category/{agency.plain.pk}/change/"
    assert not errors(admin.post(address, said | {"cause_needed": "on"}))
    case, given = walk(agency, "work"), {"outcome": "upheld", "remedy": "repaired"}
    with pytest.raises(Invalid):
        do(case, "respond", agency.officer, text="Sudah diganti.", **given)
    case = do(case, "respond", agency.officer, text="Sudah diganti.", cause="pipa", **given)
    assert case.cause == Cause.objects.get(code="pipa")


def test_an_administrator_sets_up_a_unit_and_somebody_works_there(agency, admin) -> None:
    unit = {"name": "Dinas Pasar", "code": "pasar", "parent": agency.root.pk, "active": "on"}
    assert not errors(
        admin.post("/admin/accounts/unit/add/", unit | {"time_zone": "Asia/Jayapura"})
    )
    market = Unit.objects.get(code="pasar")
    assert market in Unit.objects.within(agency.root)
    said = {"name": "Lapak", "code": "lapak", "default_unit": market.pk, "active": "on"}
    assert not errors(admin.post("/admin/casework/category/add/", said))
    said = {"name": "Izin lapak", "code": "izin", "unit": market.pk, "active": "on"}
    said |= {"category": Category.objects.get(code="lapak").pk}
    assert not errors(admin.post("/admin/casework/service/add/", said))
    wati = User(username="wati", first_name="Wati", email="wati@example.org")
    role = {"role": Role.OFFICER, "unit": market.pk, "handles_restricted": "on"}
    page = admin.post("/admin/accounts/user/add/", said_of(wati, role), follow=True)
    assert not errors(page)
    case = do(file_case(), "accept", agency.intake, category="lapak")
    assert case.unit == market
    person = come_in(one_time_link(page), "wati")
    assert case.reference in person.get("/desk/?view=unassigned").content.decode()
    person.post(f"/desk/cases/{case.reference}/claim/", {"seen": case.last_event_id})
    case.refresh_from_db()
    assert (case.stage, case.assignee) == ("work", User.objects.get(username="wati"))


def test_who_has_a_password_gets_a_new_link_and_the_log_says_from_whom(agency, admin) -> None:
    address = f"/admin/accounts/user/{agency.officer.pk}/link/"
    assert admin.get(address).status_code == 405
    page = admin.post(address, follow=True)
    assert not Client().login(username="officer", password=PASSWORD)
    come_in(one_time_link(page), "officer")
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (agency.administrator, str(agency.officer.pk))
    history = admin.get(f"/admin/accounts/user/{agency.officer.pk}/history/").content.decode()
    assert "Changed one-time link." in history
    User.objects.filter(pk=agency.officer.pk).update(is_active=False)
    assert admin.post(address).status_code == 404


def test_a_page_of_a_person_asks_for_no_password_and_no_flag(agency, admin) -> None:
    page = admin.get(f"/admin/accounts/user/{agency.officer.pk}/change/").content.decode()
    for name in ("password", "is_staff", "is_superuser", "groups", "user_permissions"):
        assert f'name="{name}"' not in page
    change(admin, agency.officer, password="x", is_staff="on", is_superuser="on")
    person = User.objects.get(pk=agency.officer.pk)
    assert (person.is_staff, person.is_superuser) == (False, False)
    assert person.check_password("rahasia-uji")


def test_keys_are_read_and_revoked_and_nothing_else(agency: Agency, admin: Client) -> None:
    kept, lost = (api_keys.issue(name, "rest", agency.officer) for name in ("Kota", "Desa"))
    chosen = ApiKey.objects.get(name="Desa")
    said = {"action": "revoke", "_selected_action": [chosen.pk]}
    assert admin.post("/admin/accounts/apikey/", said, follow=True).status_code == 200
    assert api_keys.holder_of(kept, "rest")
    assert api_keys.holder_of(lost, "rest") is None
    page = admin.get(f"/admin/accounts/apikey/{chosen.pk}/change/").content.decode()
    assert chosen.digest not in page
    changed = admin.post(f"/admin/accounts/apikey/{chosen.pk}/change/", {"name": "Lain"})
    assert changed.status_code == admin.get("/admin/accounts/apikey/add/").status_code == 403
