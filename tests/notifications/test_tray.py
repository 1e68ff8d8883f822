"""The tray and the outbox, as pages."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Membership
from casework.models import Case
from notifications import delivery, pages, tray
from notifications.models import Notification, Outbox
from tests.agency import PEOPLE, citizen, do, file_case, walk
from tests.portal.pages import forms_in


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
    walk(agency, "work")
    form = form_that_marks(client.get(f"/desk/cases/{case.reference}/"))
    bell = client.post("/desk/tray/read/", form.fields, headers={"HX-Request": "true"})
    assert tray.unread_count(agency.officer) == 1
    assert "bell" in bell.content.decode() and "<html" not in bell.content.decode()
    assert form_that_marks(client.get(f"/desk/cases/{case.reference}/")) is None


def form_that_marks(page):
    """The form of an opened case page that is sent by the page itself."""
    forms = forms_in(page.content.decode(), "/")
    return next((form for form in forms if form.action == "/desk/tray/read/"), None)


def test_looking_at_a_case_marks_nothing_as_read(agency):
    case = walk(agency, "work")
    client = signed_in(agency.officer)
    for look in (client.get, client.head):
        assert look(f"/desk/cases/{case.reference}/").status_code == 200
    renewed = client.get(f"/desk/cases/{case.reference}/", headers={"HX-Request": "true"})
    assert form_that_marks(renewed) is None
    assert tray.unread_count(agency.officer) == 1


@pytest.mark.parametrize("name", ["26-ABCDEFE", "x\x00y", "another's"])
def test_of_a_case_out_of_sight_nothing_is_marked(agency, name):
    walk(agency, "work")
    name = file_case().reference if name == "another's" else name
    assert signed_in(agency.officer).post("/desk/tray/read/", {"case": name}).status_code == 404
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


def test_the_outbox_shows_demo_mail_to_those_who_see_its_case_alone(agency, settings):
    settings.DEMO = True
    case, restricted = file_case(), file_case(category="graft")
    delivery.deliver()
    read = {
        name: signed_in(getattr(agency, name)).get("/desk/outbox/").content.decode()
        for name in PEOPLE
    }
    assert "/c/" in read["intake"]
    assert {name for name in PEOPLE if case.reference in read[name]} == {
        *("intake", "head", "quality", "auditor"),
    }
    assert {name for name in PEOPLE if restricted.reference in read[name]} == {"auditor"}


def failed(case) -> None:
    Outbox.objects.filter(case=case).update(state="dead", last_error="SMTPException", attempts=8)


def test_outside_demo_mode_only_failures_are_shown_and_only_to_who_looks_after_them(
    agency, settings
):
    settings.DEMO = False
    case, sent = walk(agency, "work"), walk(agency, "work")
    failed(case)
    assert signed_in(agency.officer).get("/desk/outbox/").status_code == 404
    for person in (agency.supervisor, agency.administrator):
        page = signed_in(person).get("/desk/outbox/").content.decode()
        assert case.reference in page and "SMTPException" in page
        assert sent.reference not in page


def test_a_supervisor_looks_after_the_failures_of_cases_in_sight(agency, settings):
    settings.DEMO = False
    mine, other, restricted = walk(agency, "work"), file_case(), walk(agency, "work")
    Case.objects.filter(pk=restricted.pk).update(restricted=True)
    for case in (mine, other, restricted):
        failed(case)
    page = signed_in(agency.supervisor).get("/desk/outbox/").content.decode()
    assert f'href="/desk/cases/{mine.reference}/"' in page
    assert other.reference not in page and restricted.reference not in page
    page = signed_in(agency.administrator).get("/desk/outbox/").content.decode()
    assert all(case.reference in page for case in (mine, other, restricted))
    assert "/desk/cases/" not in page


def test_of_failures_about_themselves_administrators_see_none(agency, settings):
    settings.DEMO = False
    mine, other = walk(agency, "work"), walk(agency, "work")
    for case in (mine, other):
        failed(case)
    Case.objects.filter(pk=mine.pk).update(about_people=[agency.administrator.pk])
    page = signed_in(agency.administrator).get("/desk/outbox/").content.decode()
    assert other.reference in page and mine.reference not in page


def test_what_is_no_longer_needed_is_no_failure(agency, settings):
    settings.DEMO = False
    case = walk(agency, "work")
    Outbox.objects.filter(case=case).update(state="dropped", last_error="read")
    page = signed_in(agency.supervisor).get("/desk/outbox/").content.decode()
    assert case.reference not in page


def test_the_sink_says_why_a_mail_was_dropped(agency):
    case = walk(agency, "work")
    Outbox.objects.filter(case=case).update(state="dropped", last_error="overtaken")
    page = signed_in(agency.officer).get("/desk/outbox/", headers={"Accept-Language": "en"})
    assert "something newer happened" in page.content.decode()


@pytest.fixture
def busy(agency):
    """A case about which the officer has three lines: assigned, and two messages."""
    case = walk(agency, "work")
    for text in ("Halo?", "Masih mati."):
        do(case, "message", citizen(case), text=text)
    return case


def lines_of(client, path="/desk/tray/") -> list[str]:
    page = client.get(path, headers={"Accept-Language": "en", "HX-Request": "true"})
    return page.content.decode().split("<li")[1:]


def test_what_is_unread_about_one_case_is_one_line_with_a_count(agency, busy):
    other = walk(agency, "work")
    client = signed_in(agency.officer)
    newest, folded = lines_of(client)
    assert other.reference in newest and ">new<" in newest
    assert busy.reference in folded and ">3 new<" in folded and "Message" in folded
    assert tray.unread_count(agency.officer) == 4


def test_what_was_read_is_not_folded_and_not_counted(agency, busy):
    tray.mark_read(agency.officer, busy)
    do(busy, "message", citizen(busy), text="Terima kasih.")
    first, *read = lines_of(signed_in(agency.officer))
    assert "data-unread" in first and ">new<" in first
    assert len(read) == 3 and not any("new<" in line for line in read)


def test_the_lines_of_another_person_fold_nothing_of_mine(agency, busy):
    Notification.objects.filter(user=agency.officer).exclude(kind="message").delete()
    row = Notification.objects.filter(user=agency.officer).last()
    Notification.objects.create(
        dedupe="x", user=agency.officer2, case=busy, event=row.event, kind="message"
    )
    (line,) = lines_of(signed_in(agency.officer))
    assert ">2 new<" in line


def test_older_lines_are_a_page_further(agency, monkeypatch):
    monkeypatch.setattr(pages, "SIZE", 2)
    cases = [walk(agency, "work") for _ in range(5)]
    client, seen, path = signed_in(agency.officer), [], "/desk/tray/"
    while path and len(seen) < 9:
        page = client.get(path).content.decode()
        seen.append([case for case in cases if case.reference in page])
        older = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
        path = f"/desk/tray/{older}" if 'rel="next"' in page else ""
    assert seen == [cases[3:], cases[1:3], cases[:1]]
    assert 'rel="prev"' in page


@pytest.mark.parametrize("before", ["", "x", "-1", "1e9", "9" * 30, "\0", "³"])
def test_a_page_that_does_not_exist_is_the_newest(agency, before):
    case = walk(agency, "work")
    answer = signed_in(agency.officer).get("/desk/tray/", {"before": before})
    assert answer.status_code == 200
    assert case.reference in answer.content.decode()


@pytest.mark.parametrize("demo", [True, False])
def test_mails_too_come_in_pages(agency, settings, monkeypatch, demo):
    monkeypatch.setattr(pages, "SIZE", 2)
    settings.DEMO = demo
    cases = [file_case() for _ in range(3)]
    for case in cases:
        failed(case)
    client = signed_in(agency.head)
    page = client.get("/desk/outbox/").content.decode()
    assert [case.reference in page for case in cases] == [False, True, True]
    older = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    page = client.get(f"/desk/outbox/{older}").content.decode()
    assert [case.reference in page for case in cases] == [True, False, False]


@pytest.mark.parametrize("path", ["tray", "outbox"])
def test_where_nothing_is_a_sentence_says_so(agency, settings, path):
    settings.DEMO = path == "outbox"
    client = signed_in(agency.administrator)
    english = {"Accept-Language": "en"}
    expected = {"tray": "Nothing new", "outbox": "No mail for you to read"}[path]
    assert expected in client.get(f"/desk/{path}/", headers=english).content.decode()
    page = client.get(f"/desk/{path}/?before=1", headers=english).content.decode()
    assert "Nothing older" in page and f'href="/desk/{path}/"' in page


def test_the_tray_costs_the_same_for_one_line_and_for_many(agency):
    client = signed_in(agency.officer)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/desk/tray/")
        return len(asked)

    walk(agency, "work")
    few = cost()
    for _ in range(6):
        do(walk(agency, "work"), "message", citizen(Case.objects.latest("pk")), text="Halo?")
    assert cost() == few <= 8
