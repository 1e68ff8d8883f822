"""The settings: who gets in, what an administrator does there, and what is refused."""

import re
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver

from accounts import api_keys
from accounts.models import ApiKey, Membership, Unit, User
from accounts.rights import Role
from casework.models import Case, Category, Service
from tests.agency import PEOPLE, Agency, build_agency, file_case

PASSWORD = "jembatan-biru-97"
LISTS = [
    "/admin/accounts/unit/",
    "/admin/accounts/user/",
    "/admin/accounts/apikey/",
    "/admin/casework/category/",
    "/admin/casework/service/",
]
NO_ROLES = {
    "memberships-TOTAL_FORMS": "0",
    "memberships-INITIAL_FORMS": "0",
    "memberships-MIN_NUM_FORMS": "0",
    "memberships-MAX_NUM_FORMS": "1000",
}


def signed_in(name: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.get(username=name))
    return client


@pytest.fixture
def admin(agency: Agency) -> Client:
    return signed_in("administrator")


def addresses() -> set[str]:
    """Every address under /admin/ that the site knows, about some object where it has one."""
    site = next(each for each in get_resolver().url_patterns if str(each.pattern) == "admin/")
    return {"/admin/nothing/", *(f"/admin/{each}" for each in _below(site))}


def _below(resolver: Any, before: str = "") -> set[str]:
    found = set()
    for each in resolver.url_patterns:
        here = before + re.sub(r"<[^>]+>", "1", str(each.pattern))
        if isinstance(each, URLPattern):
            found |= {here} if not here.startswith("^") and "(" not in here else set()
        else:
            found |= _below(each, here)
    return found


def said_of(person: User, *roles: dict[str, Any], **said: Any) -> dict[str, Any]:
    """The form of a person: every field as it is, unless said otherwise; roles as in the form."""
    fields = ("username", "first_name", "last_name", "email", "language", "time_zone")
    form: dict[str, Any] = {name: getattr(person, name) for name in fields} | {"is_active": "on"}
    old = [role for role in roles if role.get("id")]
    form |= NO_ROLES | {
        "memberships-TOTAL_FORMS": str(len(roles)),
        "memberships-INITIAL_FORMS": str(len(old)),
    }
    for number, role in enumerate(roles):
        form |= {f"memberships-{number}-{name}": value for name, value in role.items()}
    return {name: value for name, value in (form | said).items() if value is not None}


def role_of(person: User, **said: Any) -> dict[str, Any]:
    row = person.memberships.get()
    return {"id": row.pk, "user": person.pk, "role": row.role, "unit": row.unit_id} | said


def change(client: Client, person: User, *roles: dict[str, Any], **said: Any):
    roles = roles or (role_of(person),)
    return client.post(f"/admin/accounts/user/{person.pk}/change/", said_of(person, *roles, **said))


def errors(answer) -> str:
    """What the page says is wrong; the empty string where it was taken."""
    found = re.findall(r'<ul class="errorlist.*?</ul>', answer.content.decode(), re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", " ".join(found)).split())


# Who gets in


def test_the_addresses_are_those_of_what_is_configured_and_of_nothing_else() -> None:
    about = {"/".join(each.split("/")[2:4]) for each in addresses()}
    models = {"accounts/unit", "accounts/user", "accounts/apikey"}
    models |= {"casework/category", "casework/service"}
    assert about == models | {"", "nothing/", "jsi18n/"}


@pytest.mark.parametrize("name", sorted(PEOPLE))
def test_everybody_but_an_administrator_finds_nothing(agency: Agency, name: str) -> None:
    client = signed_in(name)
    for address in sorted(addresses()):
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

    rows(0)
    few = _statements(admin, address)
    rows(5)
    assert _statements(admin, address) == few


def _statements(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


# From an empty installation to a first case in hand


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
    role = {"role": Role.SUPERVISOR, "unit": market.pk, "handles_restricted": "on"}
    page = admin.post("/admin/accounts/user/add/", said_of(wati, role), follow=True)
    assert not errors(page)
    case = file_case()
    Case.objects.filter(pk=case.pk).update(unit=market, stage="assign")
    person = come_in(one_time_link(page), "wati")
    assert case.reference in person.get("/desk/?view=unassigned").content.decode()
    assert person.get(f"/desk/cases/{case.reference}/").status_code == 200


def one_time_link(page) -> str:
    link = re.search(
        r"http://localhost:8000(/accounts/set-password/[^<\s]+)", page.content.decode()
    )
    assert link, "the page shows no link"
    return link[1]


def come_in(link: str, name: str) -> Client:
    client = Client()
    form = client.get(link, follow=True).request["PATH_INFO"]
    client.post(form, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    said = {"username": name, "password": PASSWORD}
    assert client.post("/accounts/login/", said).status_code == 302
    return client


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


# What is refused


def test_a_unit_is_never_below_itself(agency: Agency, admin: Client) -> None:
    for parent in (agency.root, agency.water):
        answer = change_unit(admin, agency.root, parent=parent.pk)
        assert errors(answer) == "It cannot be below itself."
    assert not errors(change_unit(admin, agency.water, parent=agency.roads.pk))
    assert agency.water in Unit.objects.within(agency.roads)


def change_unit(client: Client, unit: Unit, **said: Any):
    form = {"name": unit.name, "code": unit.code, "parent": unit.parent_id or ""}
    form |= {"time_zone": unit.time_zone, "active": "on"} | (
        {"receives": "on"} if unit.receives else {}
    )
    form = {name: value for name, value in (form | said).items() if value is not None}
    return client.post(f"/admin/accounts/unit/{unit.pk}/change/", form)


def test_a_category_is_never_below_itself(agency: Agency, admin: Client) -> None:
    below = Category.objects.create(code="pipes", name="Pipa", parent=agency.plain)
    said = {"name": "Air", "code": "water", "active": "on", "parent": below.pk}
    address = f"/admin/casework/category/{agency.plain.pk}/change/"
    assert errors(admin.post(address, said)) == "It cannot be below itself."


def test_too_many_levels_are_refused_with_a_sentence(agency: Agency, admin: Client) -> None:
    parent = agency.root
    for number in range(100):
        said = {"name": "U", "code": f"u{number}", "parent": parent.pk, "active": "on"}
        answer = admin.post("/admin/accounts/unit/add/", said | {"time_zone": "Asia/Jakarta"})
        if errors(answer):
            break
        parent = Unit.objects.get(code=f"u{number}")
    assert "too deep" in errors(answer)
    assert number > 20
    assert "too deep" in errors(change_unit(admin, agency.water, parent=parent.pk))


@pytest.mark.parametrize("zone", ["Jakarta", "Asia/Nowhere", "../etc/passwd", "x" * 65, "\x00"])
def test_a_zone_that_does_not_exist_is_refused(agency: Agency, admin: Client, zone: str) -> None:
    assert errors(change_unit(admin, agency.water, time_zone=zone))
    assert errors(change(admin, agency.officer, time_zone=zone))
    agency.water.refresh_from_db()
    assert agency.water.time_zone == "Asia/Jakarta"


def test_a_code_and_a_user_name_are_given_once(agency: Agency, admin: Client) -> None:
    assert "already exists" in errors(change_unit(admin, agency.roads, code="water"))
    for name in ("officer", "OFFICER", "Officer"):
        taken = errors(change(admin, agency.officer2, username=name))
        assert taken == "Somebody has this user name already."
    assert not errors(change(admin, agency.officer2, username="OFFICER2"))


def test_one_unit_receives_and_always_one(agency: Agency, admin: Client) -> None:
    closed = errors(change_unit(admin, agency.root, active=None))
    assert closed == "What is not active receives nothing."
    for said in ({"receives": None}, {"receives": None, "active": None}):
        assert "choose it at another unit" in errors(change_unit(admin, agency.root, **said))
    assert Unit.objects.receiving() == agency.root
    assert not errors(change_unit(admin, agency.water, receives="on"))
    assert list(Unit.objects.filter(receives=True)) == [agency.water]
    assert not errors(change_unit(admin, Unit.objects.get(code="root"), active=None))


def test_nobody_takes_away_their_own_account_or_role(agency: Agency, admin: Client) -> None:
    me = agency.administrator
    for roles, said in (
        ((role_of(me),), {"is_active": None}),
        ((role_of(me, role=Role.OFFICER),), {}),
        ((role_of(me, DELETE="on"),), {}),
    ):
        answer = change(admin, me, *roles, **said)
        assert "Your own account keeps this" in errors(answer)
    assert admin.get("/admin/").status_code == 200
    moved = role_of(me, unit=agency.water.pk, identity_officer="on")
    assert not errors(change(admin, me, moved))


def test_another_administrator_may_be_taken_away(agency: Agency, admin: Client) -> None:
    other = agency.auditor
    other.memberships.update(role=Role.ADMINISTRATOR)
    assert not errors(change(admin, other, role_of(other, role=Role.AUDITOR)))
    assert signed_in("auditor").get("/admin/").status_code == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", [{"is_active": None}, {"role": Role.OFFICER}])
def test_of_two_who_remove_each_other_at_a_time_one_remains(how: dict[str, Any]) -> None:
    agency = build_agency()
    other = agency.auditor
    other.memberships.update(role=Role.ADMINISTRATOR)
    admin, answers = signed_in("administrator"), []
    roles = [role_of(other) | {name: how[name] for name in how if name == "role"}]
    said = {name: how[name] for name in how if name != "role"}
    form = said_of(other, *roles, **said)

    def remove_other() -> None:
        answers.append(admin.post(f"/admin/accounts/user/{other.pk}/change/", form))
        connection.close()

    with transaction.atomic():
        mine = Membership.objects.select_for_update().filter(user=agency.administrator)
        list(mine)
        thread = threading.Thread(target=remove_other)
        thread.start()
        _wait_for_lock()
        mine.update(role=Role.OFFICER)
    thread.join(20)
    assert "somebody must remain" in errors(answers[0])
    assert User.objects.get(pk=other.pk).rights.any(Role.ADMINISTRATOR)


def _wait_for_lock() -> None:
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                " AND datname = current_database()"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("the request does not wait for the other")


def test_who_is_made_inactive_is_out_at_once(agency: Agency, admin: Client) -> None:
    person = Client()
    assert person.login(username="officer", password="rahasia-uji")
    assert person.get("/desk/").status_code == 200
    assert not errors(change(admin, agency.officer, is_active=None))
    assert person.get("/desk/").status_code == 302
    assert not Client().login(username="officer", password="rahasia-uji")


# What stays


def test_the_log_says_who_gave_which_role_and_what_it_was(agency: Agency, admin: Client) -> None:
    officer = agency.officer
    change(admin, officer, role_of(officer, role=Role.SUPERVISOR, unit=agency.roads.pk))
    change(admin, officer, role_of(officer, DELETE="on"))
    gone, changed = LogEntry.objects.all()
    assert changed.user == agency.administrator
    assert "role: officer → supervisor and unit: water → roads" in changed.get_change_message()
    assert "officer · supervisor · Jalan" in gone.get_change_message()
    page = admin.get(f"/admin/accounts/user/{officer.pk}/history/").content.decode()
    assert "role: officer → supervisor" in page


@pytest.mark.parametrize(
    "act",
    [
        lambda: LogEntry.objects.update(change_message=""),
        lambda: LogEntry.objects.all().delete(),
    ],
)
def test_the_log_is_append_only(agency: Agency, admin: Client, act: Callable[[], Any]) -> None:
    change_unit(admin, agency.water, name="Air Minum")
    assert LogEntry.objects.count() == 1
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        act()


def test_the_log_is_never_truncated_but_by_tests(agency: Agency) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL casework.allow_truncate = off")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute("TRUNCATE django_admin_log")
