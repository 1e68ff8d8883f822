"""What the settings refuse, and the log that stays."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import DatabaseError, connection, transaction
from django.test import Client

from accounts.models import Membership, Unit, User
from accounts.rights import Role
from casework.models import Category
from tests.accounts.settings_pages import change, change_unit, errors, role_of, said_of, signed_in
from tests.agency import Agency, build_agency


@pytest.fixture
def admin(agency: Agency) -> Client:
    return signed_in("administrator")


def test_a_unit_is_never_below_itself(agency: Agency, admin: Client) -> None:
    for parent in (agency.root, agency.water):
        answer = change_unit(admin, agency.root, parent=parent.pk)
        assert errors(answer) == "It cannot be below itself."
    assert not errors(change_unit(admin, agency.water, parent=agency.roads.pk))
    assert agency.water in Unit.objects.within(agency.roads)


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


def test_a_role_that_somebody_gave_at_the_same_moment_is_not_given_twice(agency, admin) -> None:
    late = role_of(agency.officer, id="")
    page = change(admin, agency.officer, late, **{"memberships-INITIAL_FORMS": "-1"})
    assert page.status_code == 302
    assert "Somebody else changed this" in admin.get(page.headers["Location"]).content.decode()
    assert agency.officer.memberships.count() == 1


@pytest.mark.parametrize("chosen", ["", "abc", "\x00", "²"])
def test_what_is_no_number_of_a_key_revokes_nothing(agency, admin, chosen: str) -> None:
    said = {"action": "revoke", "_selected_action": [chosen]}
    assert admin.post("/admin/accounts/apikey/", said).status_code == 400


def test_who_is_made_inactive_is_out_at_once(agency: Agency, admin: Client) -> None:
    person = Client()
    assert person.login(username="officer", password="rahasia-uji")
    assert person.get("/desk/").status_code == 200
    assert not errors(change(admin, agency.officer, is_active=None))
    assert person.get("/desk/").status_code == 302
    assert not Client().login(username="officer", password="rahasia-uji")


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
