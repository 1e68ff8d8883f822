"""The tray and the outbox, as pages."""

import pytest
from django.test import Client

from accounts.models import Membership
from casework.models import Case
from notifications import delivery, tray
from notifications.models import Notification, Outbox
from tests.agency import citizen, do, file_case, walk


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_tray_lists_what_happened_and_opening_the_case_marks_it_read(agency):
    case = walk(agency, "work", text="Pipa <b>bocor</b> di depan rumah saya.")
    client = signed_in(agency.officer)
    page = client.get("/desk/tray/").content.decode()
    assert case.reference in page and "<b>bocor" not in page
    assert tray.unread_count(agency.officer) == 1
    client.get(f"/desk/cases/{case.reference}/")
    assert tray.unread_count(agency.officer) == 0


def test_a_page_that_renews_itself_leaves_the_tray_unread(agency):
    case = walk(agency, "work")
    signed_in(agency.officer).get(f"/desk/cases/{case.reference}/", headers={"HX-Request": "true"})
    assert tray.unread_count(agency.officer) == 1


def test_everything_is_marked_read_at_once(agency):
    for _ in range(3):
        walk(agency, "work")
    client = signed_in(agency.officer)
    assert client.get("/desk/tray/read/").status_code == 405
    assert tray.unread_count(agency.officer) == 3
    client.post("/desk/tray/read/")
    assert tray.unread_count(agency.officer) == 0


def test_a_line_about_a_case_out_of_sight_is_neither_shown_nor_counted(agency):
    case = walk(agency, "work")
    Case.objects.filter(pk=case.pk).update(restricted=True)
    page = signed_in(agency.officer).get("/desk/tray/").content.decode()
    assert case.reference not in page
    Membership.objects.filter(user=agency.officer).update(handles_restricted=True)
    page = signed_in(agency.officer).get("/desk/tray/").content.decode()
    assert case.reference in page


def test_another_persons_lines_stay_theirs(agency):
    walk(agency, "work")
    signed_in(agency.officer2).post("/desk/tray/read/")
    assert Notification.objects.filter(user=agency.officer, read_at=None).count() == 1


@pytest.mark.parametrize("path", ["tray/", "tray/unread/", "outbox/"])
def test_strangers_sign_in_first(db, path):
    assert Client().get(f"/desk/{path}").status_code == 302


def test_the_outbox_shows_demo_mail_to_staff(agency, settings):
    settings.DEMO = True
    case = file_case()
    delivery.deliver()
    page = signed_in(agency.officer).get("/desk/outbox/").content.decode()
    assert case.reference in page and "/c/" in page


def test_the_outbox_hides_mail_about_restricted_cases_from_who_may_not_see_them(agency):
    case = file_case(category="graft")
    delivery.deliver()
    page = signed_in(agency.officer).get("/desk/outbox/").content.decode()
    assert case.reference not in page
    assert case.reference in signed_in(agency.auditor).get("/desk/outbox/").content.decode()


def test_outside_demo_mode_only_failures_are_shown_and_only_to_who_looks_after_them(
    agency, settings
):
    settings.DEMO = False
    case = file_case()
    Outbox.objects.update(state="dead", last_error="SMTPException", attempts=8)
    assert signed_in(agency.officer).get("/desk/outbox/").status_code == 404
    for person in (agency.supervisor, agency.administrator):
        page = signed_in(person).get("/desk/outbox/").content.decode()
        assert case.reference in page and "SMTPException" in page


def test_the_tray_costs_the_same_for_one_line_and_for_many(agency, django_assert_max_num_queries):
    client = signed_in(agency.officer)
    for _ in range(6):
        do(walk(agency, "work"), "message", citizen(Case.objects.latest("pk")), text="Halo?")
    with django_assert_max_num_queries(8):
        assert client.get("/desk/tray/").content.count(b"<li") >= 12
