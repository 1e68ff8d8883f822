"""Restricted cases, withheld names, and the log of whoever looked at them."""

from datetime import timedelta

import pytest
import time_machine
from django.db import InternalError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import Membership, Unit, User
from casework.models import AccessLog, Case
from notifications.models import Notification
from tests.agency import Agency, do, file_case, walk
from workflows.emergency import break_glass
from workflows.errors import Invalid

REASON = "Ancaman terhadap pelapor, penyelia cuti."


def as_(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=name))
    return client


def clear(*names: str, **flags: bool) -> None:
    Membership.objects.filter(user__username__in=names).update(
        **(flags or {"handles_restricted": True})
    )


def looks(**said) -> list[tuple[str, str, str]]:
    rows = AccessLog.objects.filter(**said).order_by("pk")
    return [
        (row.user.username, row.kind, row.case.reference if row.case else row.words) for row in rows
    ]


@pytest.fixture
def case(agency: Agency) -> Case:
    """A restricted case in work in the water unit, where the supervisor is cleared."""
    clear("supervisor")
    case = walk(agency, "work")
    return do(case, "restrict", agency.officer, reason="Menyangkut anak.")


def address(case: Case, more: str = "") -> str:
    return f"/desk/cases/{case.reference}/{more}"


def test_a_restricted_case_goes_out_of_sight_of_whoever_is_not_cleared(case: Case) -> None:
    assert as_("officer").get(address(case)).status_code == 404
    assert as_("supervisor").get(address(case)).status_code == 200
    assert Notification.objects.filter(user__username="supervisor", event__kind="restrict").exists()


def test_nothing_is_restricted_where_nobody_is_cleared(agency: Agency) -> None:
    case = walk(agency, "work")
    with pytest.raises(Invalid) as refusal:
        do(case, "restrict", agency.officer, reason="Menyangkut anak.")
    assert "__all__" in refusal.value.errors
    case.refresh_from_db()
    assert not case.restricted


def test_a_cleared_supervisor_lifts_the_restriction(agency: Agency, case: Case) -> None:
    do(case, "lift", User.objects.get(username="supervisor"), reason="Bukan anak.")
    assert as_("officer").get(address(case)).status_code == 200


def test_reading_a_restricted_case_is_logged_once_however_often_its_page_renews_itself(case):
    client = as_("supervisor")
    for _ in range(3):
        client.get(address(case))
        client.get(address(case), headers={"HX-Request": "true"})
    assert looks() == [("supervisor", "read", case.reference)]
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=True):
        client.get(address(case))
    assert len(looks()) == 2


def test_the_auditor_is_logged_too_and_an_open_case_is_not(agency: Agency, case: Case) -> None:
    as_("auditor").get(address(case))
    as_("auditor").get(address(walk(agency, "work")))
    as_("officer").get(address(case))
    assert looks() == [("auditor", "read", case.reference)]


def test_a_search_is_logged_with_its_words(case: Case) -> None:
    as_("officer").get("/desk/", {"q": "galon mahal"})
    as_("officer").get("/desk/")
    assert looks() == [("officer", "search", "galon mahal")]


def test_who_is_not_cleared_opens_a_case_in_an_emergency_to_read_it(case: Case) -> None:
    client = as_("officer")
    broken = client.post("/desk/emergency/", {"reference": case.reference, "reason": REASON})
    assert broken.headers["Location"] == address(case)
    page = client.get(address(case)).content.decode()
    assert case.subject in page
    assert looks(kind="break_glass") == [("officer", "break_glass", case.reference)]
    assert AccessLog.objects.get(kind="break_glass").words == REASON
    told = Notification.objects.filter(event__kind="break_glass")
    assert {line.user.username for line in told} == {"supervisor"}
    assert client.post(address(case, "note/"), {"text": "Catatan."}).status_code == 403
    assert not Case.objects.visible_to(User.objects.get(username="officer")).filter(pk=case.pk)


def test_an_emergency_ends_after_four_hours(case: Case) -> None:
    client = as_("officer")
    client.post("/desk/emergency/", {"reference": case.reference, "reason": REASON})
    later = timezone.now() + timedelta(hours=4, minutes=1)
    with time_machine.travel(later, tick=True):
        assert client.get(address(case)).status_code == 404


@pytest.mark.parametrize("who", ["roads_officer", "intake", "supervisor", "accused"])
def test_no_emergency_opens_what_is_of_others_or_about_oneself(agency, case: Case, who) -> None:
    open_case = walk(agency, "work")
    if who == "accused":
        who = "officer"
        Case.objects.filter(pk=case.pk).update(about_people=[agency.officer.pk])
    answers = set()
    for reference in (case.reference, open_case.reference, "26-7K3M9QE", "?"):
        page = as_(who).post("/desk/emergency/", {"reference": reference, "reason": REASON})
        assert page.status_code == 422
        answers.add(page.content.decode().count("emergency"))
    assert len(answers) == 1
    assert looks() == []


@pytest.mark.parametrize("who", ["quality", "administrator", "auditor"])
def test_only_who_handles_cases_finds_the_emergency_page(agency: Agency, who: str) -> None:
    assert as_(who).get("/desk/emergency/").status_code == 404


def test_an_emergency_needs_a_reason(case: Case) -> None:
    page = as_("officer").post("/desk/emergency/", {"reference": case.reference, "reason": "perlu"})
    assert page.status_code == 422
    assert looks() == []


def test_a_withheld_name_is_shown_to_an_identity_officer_each_time_for_a_reason(agency) -> None:
    clear("officer", "roads_officer", identity_officer=True)
    case = walk(agency, "work", identity="withheld")
    client = as_("officer")
    assert "Wulan" not in client.get(address(case)).content.decode()
    assert "Wulan" not in client.get(address(case, "identity/")).content.decode()
    assert client.post(address(case, "identity/"), {"reason": "perlu"}).status_code == 422
    shown = client.post(address(case, "identity/"), {"reason": "Perlu menelepon pelapor."})
    assert "Wulan Anggraini" in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    client.post(address(case, "identity/"), {"reason": "Menelepon pelapor sekali lagi."})
    assert looks() == [("officer", "identity", case.reference)] * 2
    for other in ("officer2", "supervisor", "roads_officer", "auditor", "quality"):
        answer = as_(other).post(address(case, "identity/"), {"reason": "Perlu menelepon."})
        assert answer.status_code == 404, other


@pytest.mark.parametrize("identity", ["named", "none"])
def test_only_a_withheld_identity_is_looked_at(agency: Agency, identity: str) -> None:
    clear("officer", identity_officer=True)
    case = walk(agency, "work", identity=identity)
    assert as_("officer").get(address(case, "identity/")).status_code == 404


def test_the_auditor_reads_who_looked_and_nobody_else_does(agency: Agency, case: Case) -> None:
    as_("officer").post("/desk/emergency/", {"reference": case.reference, "reason": REASON})
    as_("officer2").get("/desk/", {"q": "galon"})
    page = as_("auditor").get("/desk/access-log/").content.decode()
    assert REASON in page
    assert "galon" in page
    narrowed = as_("auditor").get("/desk/access-log/", {"person": "Officer2"}).content.decode()
    assert (REASON in narrowed, "galon" in narrowed) == (False, True)
    for other in ("officer", "supervisor", "head", "quality", "administrator"):
        assert as_(other).get("/desk/access-log/").status_code == 404


def test_an_auditor_reads_no_look_at_a_case_about_them(agency: Agency, case: Case) -> None:
    as_("supervisor").get(address(case))
    Case.objects.filter(pk=case.pk).update(about_people=[agency.auditor.pk])
    assert case.reference not in as_("auditor").get("/desk/access-log/").content.decode()


def test_nor_one_at_a_case_about_an_office_where_they_work(agency: Agency, case: Case) -> None:
    Membership.objects.create(user=agency.auditor, unit=agency.water, role="officer")
    as_("supervisor").get(address(case))
    assert case.reference in as_("auditor").get("/desk/access-log/").content.decode()
    Case.objects.filter(pk=case.pk).update(about_unit=agency.water)
    assert case.reference not in as_("auditor").get("/desk/access-log/").content.decode()


def test_who_looks_around_and_leaves_stays_in_the_log(agency: Agency) -> None:
    as_("officer").get("/desk/?q=pungutan")
    agency.officer.memberships.all().delete()
    assert "pungutan" in as_("auditor").get("/desk/access-log/").content.decode()


def test_nobody_merges_into_a_case_that_they_read_in_an_emergency(agency, case: Case) -> None:
    own = walk(agency, "work")
    break_glass(agency.officer, case.reference, REASON)
    with pytest.raises(Invalid):
        do(own, "merge", agency.officer, into=case.reference)


def test_looks_are_never_changed_nor_taken_away(case: Case) -> None:
    as_("supervisor").get(address(case))
    for change in (lambda rows: rows.update(words="x"), lambda rows: rows.delete()):
        with pytest.raises(InternalError), transaction.atomic():
            change(AccessLog.objects.all())


def test_a_complaint_of_a_restricted_kind_waits_where_somebody_is_cleared(agency: Agency) -> None:
    apart = Unit.objects.create(code="apart", name="Inspektorat", independent=True)
    inspector = User.objects.create(username="inspector")
    Membership.objects.create(user=inspector, unit=apart, role="intake", handles_restricted=True)
    assert file_case(category="graft").unit == apart
    clear("intake")
    assert file_case(category="graft").unit == agency.root
