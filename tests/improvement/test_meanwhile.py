"""What was typed stays: with what is wrong in it, and where somebody else was faster."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from improvement.forms.plan import initial_of
from improvement.models import Action, Decision, Entry, Plan, Report, ReportVersion, Stage, Verdict
from improvement.plans import doing, judging, keeping, passing
from improvement.reports import keeping as reports
from tests.agency import Agency
from tests.improvement.test_doing import START, review, session
from tests.improvement.world import MONDAY, approved, at, drafted, leader, said, weekly, with_action

pytestmark = pytest.mark.django_db


@pytest.fixture
def past(agency: Agency) -> Agency:
    """Five answers a week for ten weeks, two of them late."""
    weekly(agency, MONDAY - timedelta(weeks=10), 10, late=2, kept=3)
    return agency


def browser(user: User) -> Client:
    """Somebody of the staff, who reads English."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.mark.parametrize("words", ["Belum cukup. " * 400, "Belum\x00 cukup."])
def test_no_verdict_goes_on_record_without_the_words_that_were_said_to_it(
    past: Agency, words: str
) -> None:
    with at(MONDAY):
        plan = approved(past, due_on=START + timedelta(days=28))
    with at(START + timedelta(days=29)):
        page = browser(past.quality).post(f"/improve/plans/{plan.code}/verdict/", {"words": words})
    assert page.status_code == 422
    assert words.replace("\x00", "").strip() in page.content.decode()
    assert "ds-error-summary" in page.content.decode()
    assert not Verdict.objects.exists()
    assert Plan.objects.get().stage == Stage.APPROVED


WORDS = "Saya menulis ini sepanjang sore."


def stop(agency: Agency, plan: Plan) -> None:
    said = review(decision=Decision.STOP, correction="Anggaran dicabut.")
    judging.hold_review(plan, agency.head, said)


def finish(agency: Agency, action: Action) -> None:
    doing.finish_action(action, agency.quality, "Sudah.")


def posted(said: dict[str, Any]) -> dict[str, str]:
    """What a browser sends of it."""
    return {name: str(value) for name, value in said.items() if value not in (None, "", False)}


def can_never_be_sent(page: HttpResponse) -> bool:
    """Whether a form says so, in place of its button."""
    written = page.content.decode()
    form = written.split(WORDS)[1].split("</form>")[0]
    assert ("<button" in form) != ("This can no longer be sent." in form)
    return "<button" not in form


REVIEW = posted(review(cause=WORDS))
PROOF = {"proof": WORDS}
ACTION = {
    "title": WORDS,
    "owner": "officer",
    "due_on": str(START + timedelta(days=9)),
    "milestone": "Terkirim",
}
SESSION = {"held_on": str(START), "place": WORDS, "hours": "2"}
TOLD = {"said": WORDS, "did": "Kami perbaiki."}
ATTENDANCE = {"person": WORDS, "came": "on"}
BY_STOP = "Meanwhile this plan was stopped."
BY_PROOF = "Meanwhile this action was done."


@pytest.mark.parametrize(
    ("place", "sent", "stale", "sentence"),
    [
        ("review/", REVIEW, "plan", BY_STOP),
        ("verdict/", {"words": WORDS}, "plan", BY_STOP),
        ("actions/", ACTION, "plan", BY_STOP),
        ("actions/{}/", ACTION, "plan", BY_STOP),
        ("actions/{}/", ACTION, "action", BY_PROOF),
        ("actions/{}/proof/", PROOF, "plan", BY_STOP),
        ("actions/{}/proof/", PROOF, "action", BY_PROOF),
        ("actions/{}/training/", SESSION, "plan", BY_STOP),
        ("actions/{}/training/{}/", ATTENDANCE, "plan", BY_STOP),
    ],
)
def test_who_was_overtaken_is_told_by_what_and_keeps_the_words(
    past: Agency, place: str, sent: dict[str, str], stale: str, sentence: str
) -> None:
    """Somebody stops the plan, or proves the action, while another writes."""
    with at(MONDAY):
        plan = approved(past)
        action = with_action(past, plan, course="Empati", planned=3)
    with at(START + timedelta(days=14)):
        held = session(past, action)
        address = f"/improve/plans/{plan.code}/{place.format(action.pk, held.pk)}"
        client, before = browser(past.quality), Entry.objects.count()
        if "verdict" not in place:
            assert client.get(address).status_code == 200
        stop(past, plan) if stale == "plan" else finish(past, action)
        page = client.post(address, sent)
        assert page.status_code == 409
        assert sentence in page.content.decode() and WORDS in page.content.decode()
        assert can_never_be_sent(page)
        assert Entry.objects.count() == before + 1
        if "training" not in place and "verdict" not in place:
            assert client.get(address).status_code == 404


def test_what_is_not_theirs_is_not_there_however_late_it_comes(past: Agency) -> None:
    with at(MONDAY):
        plan = approved(past)
        action = with_action(past, plan)
    with at(START + timedelta(days=14)):
        stop(past, plan)
        for place, sent in (("review/", REVIEW), ("told/", {}), (f"actions/{action.pk}/", ACTION)):
            page = browser(past.auditor).post(f"/improve/plans/{plan.code}/{place}", sent)
            assert page.status_code == 404


@pytest.mark.parametrize(
    ("meanwhile", "sentence"),
    [
        (lambda it, plan: passing.approve(plan, it.head, 1), "was approved"),
        (lambda it, plan: passing.send_back(plan, it.head, "Mahal."), "is a draft again"),
    ],
)
def test_a_reason_to_send_a_plan_back_stays_where_another_approver_was_faster(
    past: Agency, meanwhile: Callable[[Agency, Plan], Any], sentence: str
) -> None:
    with at(MONDAY):
        plan = passing.propose(drafted(past), past.quality)
        meanwhile(past, plan)
        address = f"/improve/plans/{plan.code}/"
        page = browser(past.supervisor).post(f"{address}send-back/", {"why": WORDS})
        assert page.status_code == 409
        assert sentence in page.content.decode() and WORDS in page.content.decode()
        assert can_never_be_sent(page)
        assert browser(past.supervisor).post(f"{address}approve/", {"seen": 1}).status_code == 409


def seen_on(page: HttpResponse) -> str:
    """The number of the version with which the form goes out again."""
    return page.content.decode().split('name="seen" value="')[1].split('"')[0]


def test_a_version_is_kept_on_top_of_the_one_that_its_writer_heard_of(past: Agency) -> None:
    with at(MONDAY):
        plan = drafted(past)
        sent = posted(initial_of(plan.newest)) | {"problem": WORDS, "seen": "1"}
        keeping.revise(plan, past.head, said(past, place="Kota"), 1)
        client, address = browser(past.quality), f"/improve/plans/{plan.code}/edit/"
        wrong = client.post(address, sent | {"problem": WORDS * 200})
        assert (wrong.status_code, seen_on(wrong)) == (422, "1")
        late = client.post(address, sent)
        assert (late.status_code, seen_on(late)) == (409, "2")
        assert not can_never_be_sent(late)
        assert WORDS in late.content.decode() and "?version=2" in late.content.decode()
        assert plan.newest.number == 2
        assert client.post(address, sent | {"seen": "2"}).status_code == 302
    assert (plan.newest.number, plan.newest.problem) == (3, WORDS)


def test_a_plan_that_was_stopped_while_a_version_was_written_keeps_its_words(past: Agency) -> None:
    with at(MONDAY):
        plan = approved(past)
    sent = posted(initial_of(plan.newest)) | {"problem": WORDS, "seen": "1"}
    with at(START + timedelta(days=14)):
        stop(past, plan)
        page = browser(past.quality).post(f"/improve/plans/{plan.code}/edit/", sent)
    assert (page.status_code, seen_on(page)) == (409, "1")
    assert BY_STOP in page.content.decode() and WORDS in page.content.decode()
    assert can_never_be_sent(page)


@pytest.fixture
def report(past: Agency) -> Report:
    days = (MONDAY - timedelta(days=40), MONDAY - timedelta(days=1))
    with at(MONDAY):
        return reports.make(past.water, *days, past.quality)


def test_a_text_that_was_too_long_overwrites_nobody_when_it_is_sent_shorter(
    past: Agency, report: Report
) -> None:
    client, address = browser(past.quality), f"/reports/{report.pk}/write/"
    reports.write(report, past.head, "Dari kepala.", "", 1)
    wrong = client.post(address, {"summary": WORDS * 200, "seen": "1"})
    assert (wrong.status_code, seen_on(wrong)) == (422, "1")
    late = client.post(address, {"summary": WORDS, "seen": seen_on(wrong)})
    assert (late.status_code, seen_on(late)) == (409, "2")
    assert f"/reports/{report.pk}/?version=2" in late.content.decode()
    assert WORDS in late.content.decode() and ReportVersion.objects.count() == 2
    assert client.post(address, {"summary": WORDS, "seen": "2"}).status_code == 302
    assert client.post(address, {"summary": WORDS}).status_code == 409


def test_a_report_that_was_signed_while_somebody_wrote_keeps_the_words_on_the_page(
    past: Agency, report: Report
) -> None:
    reports.sign(report, leader(past), 1)
    client, address = browser(past.quality), f"/reports/{report.pk}/write/"
    page = client.post(address, {"summary": WORDS, "seen": "1"})
    assert page.status_code == 409
    assert "Meanwhile this report was signed" in page.content.decode()
    assert WORDS in page.content.decode() and ReportVersion.objects.count() == 1
    assert client.get(address).status_code == 404
