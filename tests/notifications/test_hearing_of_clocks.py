"""Who hears of due dates: of warnings who has the case, of breaches level after level."""

import pytest

from accounts.models import Membership, User
from accounts.rights import Role
from casework.models import Case
from notifications import delivery
from notifications.models import Outbox
from tests.agency import Agency
from tests.clockwork import on, policy, rule, swept, target
from tests.workflows.clocks.steps import letters, step, told, work


@pytest.fixture
def simple(agency: Agency) -> Agency:
    with on("2026-01-01 08:00"):
        policy(rule("semua", {"resolution": target(10, extension=5)}))
    return agency


def test_whoever_has_the_case_is_warned_in_the_tray_and_by_no_mail(simple):
    case = work(simple)
    swept("2026-11-10 07:30")
    assert told(case, "warned") == {"officer"}
    assert letters(case, "late") == []


def test_once_late_the_supervisors_of_the_unit_hear_and_then_those_above(simple):
    case = work(simple)
    swept("2026-11-16 16:01")
    assert told(case, "late") == {"officer", "supervisor"}
    assert letters(case, "late") == [("late", "supervisor"), ("late", "officer")]
    swept("2026-11-17 07:30")
    assert told(case, "escalated") == {"head"}
    assert letters(case, "late")[2:] == [("late", "head")]


def test_whom_the_case_is_about_never_hears_and_those_above_do_at_once(simple):
    case = work(simple)
    Case.objects.filter(pk=case.pk).update(about_people=[simple.supervisor.pk])
    swept("2026-11-16 16:01")
    assert told(case, "late") == {"officer", "head"}
    swept("2026-11-17 07:30")
    assert told(case, "escalated") == {"head"}
    assert not Outbox.objects.filter(case=case, letter="late", user=simple.supervisor).exists()


def test_of_a_restricted_case_only_who_is_cleared_hears(simple):
    case = work(simple)
    Membership.objects.filter(user=simple.head).update(handles_restricted=True)
    Case.objects.filter(pk=case.pk).update(restricted=True)
    swept("2026-11-16 16:01")
    assert told(case, "late") == {"head"}


def test_all_who_lead_the_unit_hear(simple):
    second = User.objects.create(username="second", email="second@example.org")
    Membership.objects.create(user=second, unit=simple.water, role=Role.SUPERVISOR)
    case = work(simple)
    swept("2026-11-16 16:01")
    assert told(case, "late") == {"officer", "supervisor", "second"}


def test_a_letter_about_a_date_that_moved_again_is_not_sent(simple, settings):
    settings.DEMO = False
    case = step(
        "2026-11-10 10:00", work(simple), "extend", simple.supervisor, amount=1, reason="Suku."
    )
    case = step("2026-11-10 11:00", case, "extend", simple.supervisor, amount=1, reason="Lagi.")
    with on("2026-11-10 12:00"):
        delivery.deliver()
    states = list(
        Outbox.objects.filter(letter="due_moved").order_by("pk").values_list("state", "last_error")
    )
    assert states == [("dropped", "overtaken"), ("sent", "")]


def test_a_letter_about_a_broken_promise_that_is_kept_since_is_not_sent(simple, settings):
    settings.DEMO = False
    said = {"text": "Pompa.", "until": "2026-11-06"}
    case = step("2026-11-04 10:00", work(simple), "promise", simple.officer, **said)
    swept("2026-11-09 07:30")
    case = step("2026-11-09 08:00", case, "keep", simple.officer, text="Sudah.")
    with on("2026-11-09 09:00"):
        delivery.deliver()
    assert Outbox.objects.get(letter="broken").last_error == "overtaken"
