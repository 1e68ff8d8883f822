"""A lost secret is replaced at the counter, by two people, for whom somebody can recognise."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import Membership
from casework import links, tracking
from casework.access import NoSuchCase
from casework.models import Case
from notifications.models import Notification, Outbox
from tests.agency import Agency, citizen, do, file_case, walk
from tests.api.conftest import client as program
from tests.desk.pages import address, at_desk
from tests.desk.test_letters_by_hand import BY_PHONE, letter, owed
from workflows import filing
from workflows.actions import act, acts_for
from workflows.errors import Forbidden, Unlawful

SECRET = re.compile(r"\b(?:\d{4} ){3}\d{4}\b")
WHY = {"reason": "Kertasnya hilang di pasar.", "recognised": "KTP, dan nomor telepon yang sama."}


def again(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def opens(case: Case, secret: str) -> bool:
    try:
        return tracking.find(case.reference, secret, address="192.0.2.1") == case
    except NoSuchCase:
        return False


def agreed(agency: Agency, **said: Any) -> Case:
    """A case whose new secret `officer` asked for, and `officer2` agreed to."""
    case = do(walk(agency, "work", **said), "ask_secret", agency.officer, **WHY)
    return do(case, "approve_secret", agency.officer2)


def told_in_the_tray(case: Case, kind: str) -> set[str]:
    lines = Notification.objects.filter(event__case=case, kind=kind)
    return set(lines.values_list("user__username", flat=True))


def test_one_asks_another_agrees_and_the_receipt_shows_it_once(agency: Agency) -> None:
    case, asker, colleague = walk(agency, "work"), at_desk(agency.officer), at_desk(agency.officer2)
    old = again(case).secret_digest
    page = asker.post(address(case, "ask_secret"), WHY, follow=True).text
    assert "Asked for; a colleague has to agree." in page
    assert "Print the new secret" not in page
    assert told_in_the_tray(case, "ask_secret") == {"supervisor"}
    asks = colleague.get(address(case, "approve_secret")).text
    assert all(words in asks for words in WHY.values())
    colleague.post(address(case, "approve_secret"))
    assert told_in_the_tray(case, "approve_secret") == {"officer"}
    assert again(case).secret_digest == old, "to agree changes nothing yet"
    assert "Print the new secret" in asker.get(address(case)).text
    token = links.link_for(case)
    receipt = asker.post(address(case, "new_secret"), follow=True).text
    [secret] = SECRET.findall(receipt)
    assert "Angka rahasia baru Anda" in receipt
    assert opens(case, secret)
    assert Client().get(f"/c/{token}/").status_code == 404
    path = f"/desk/receipts/{case.reference}/"
    assert colleague.get(path).status_code == 404
    assert not SECRET.search(asker.post(path, follow=True).text)
    assert opens(case, secret)


def test_the_history_says_who_asked_why_and_who_agreed_and_the_complainant_that_it_changed(
    agency: Agency,
) -> None:
    case = do(agreed(agency), "new_secret", agency.officer)
    kinds = {event.kind: event for event in case.events.select_related("actor", "body")}
    assert kinds["ask_secret"].actor == agency.officer
    assert kinds["ask_secret"].audience == kinds["approve_secret"].audience == "internal"
    assert kinds["ask_secret"].text == f"{WHY['reason']}\n\n{WHY['recognised']}"
    assert kinds["approve_secret"].actor == agency.officer2
    page = Client(headers={"accept-language": "en"}).get(f"/c/{links.link_for(case)}/").text
    assert "Your secret was changed" in page
    assert WHY["reason"] not in page
    assert Outbox.objects.filter(case=case, letter="secret_changed", user=None).count() == 1
    assert "New secret given at the counter" in at_desk(agency.head).get(address(case)).text


def test_nobody_agrees_with_themselves_and_nobody_else_prints(agency: Agency) -> None:
    case = do(walk(agency, "work"), "ask_secret", agency.officer, **WHY)
    for person, name in (
        (agency.officer, "approve_secret"),
        (agency.officer, "new_secret"),
        (agency.officer2, "new_secret"),
        (citizen(case), "new_secret"),
        (citizen(case), "approve_secret"),
        (agency.auditor, "approve_secret"),
        (agency.roads_officer, "approve_secret"),
    ):
        with pytest.raises(Forbidden):
            act(case, name, person)
    case = do(case, "approve_secret", agency.officer2)
    for person in (agency.officer2, agency.supervisor, citizen(case)):
        with pytest.raises(Forbidden):
            act(case, "new_secret", person)
    with pytest.raises(Unlawful):
        act(case, "approve_secret", agency.supervisor)


def test_who_asks_anew_needs_another_agreement(agency: Agency) -> None:
    case = do(agreed(agency), "ask_secret", agency.officer2, **WHY)
    for person in (agency.officer, agency.officer2):
        with pytest.raises(Forbidden):
            act(case, "new_secret", person)


@pytest.mark.parametrize("name", ["approve_secret", "refuse_secret"])
def test_a_colleague_answers_the_request_that_they_read_and_no_later_one(
    agency: Agency, name: str
) -> None:
    case = do(walk(agency, "work"), "ask_secret", agency.officer, **WHY)
    colleague, seen = at_desk(agency.officer2), again(case).last_event_id
    do(case, "ask_secret", agency.supervisor, reason="Lain.", recognised="Lain.")
    answer = colleague.post(address(case, name), {"seen": seen, "reason": "Bukan dia."})
    assert answer.status_code == 409
    assert (again(case).secret_asker, again(case).secret_approved) == (agency.supervisor, False)
    do(again(case), "note", agency.officer, text="Sebuah catatan menyela.")
    answer = colleague.post(address(case, name), {"seen": again(case).last_event_id, "reason": "x"})
    assert answer.status_code == 302


def test_a_colleague_refuses_with_a_reason_that_the_asker_hears(agency: Agency) -> None:
    case = do(walk(agency, "work"), "ask_secret", agency.officer, **WHY)
    case = do(case, "refuse_secret", agency.officer2, reason="Ini bukan pelapornya.")
    assert told_in_the_tray(case, "refuse_secret") == {"officer"}
    assert "approve_secret" not in acts_for(case, agency.officer2)
    with pytest.raises(Forbidden):
        act(case, "new_secret", agency.officer)


@pytest.mark.parametrize("name", ["approve_secret", "new_secret"])
def test_a_request_ends_after_a_day(agency: Agency, name: str) -> None:
    case = do(walk(agency, "work"), "ask_secret", agency.officer, **WHY)
    if name == "new_secret":
        case = do(case, "approve_secret", agency.officer2)
    who = agency.officer if name == "new_secret" else agency.officer2
    assert name in acts_for(case, who)
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        assert name not in acts_for(case, who)


@pytest.mark.parametrize(
    "said",
    [
        {"identity": "none", "name": "", "email": ""},
        {"identity": "withheld", "name": "", "email": ""},
    ],
)
def test_for_whom_nobody_can_recognise_there_is_none_and_nothing_is_stored(
    agency: Agency, said: dict[str, str]
) -> None:
    Membership.objects.filter(user=agency.officer).update(identity_officer=True)
    case = walk(agency, "work", **said)
    clerk = at_desk(agency.officer)
    assert "ask_secret" not in acts_for(case, agency.officer)
    answer = clerk.post(address(case, "ask_secret"), WHY)
    assert answer.status_code == 422
    assert "We know nothing by which to recognise this complainant" in answer.text
    if said["identity"] == "none":
        page = clerk.get(address(case)).text
        assert "Nobody can be recognised, so a lost secret is not replaced." in page
    sent = {"action": "ask_secret", **WHY}
    path = f"/api/v1/cases/{case.reference}/actions/"
    refused = program(agency.officer).post(path, sent, format="json")
    assert (refused.status_code, refused.data["type"]) == (422, "urn:tanggap:problem:unlawful")
    assert "mengenali" in refused.data["detail"]
    assert again(case).last_event_id == case.last_event_id
    assert again(case).secret_until is None


def test_a_withheld_name_is_recognised_by_who_may_look_at_it_alone(agency: Agency) -> None:
    case = walk(agency, "work", identity="withheld")
    assert "ask_secret" not in acts_for(case, agency.officer)
    Membership.objects.filter(user=agency.officer).update(identity_officer=True)
    officer = type(agency.officer).objects.get(pk=agency.officer.pk)
    assert "Leave out the name" in at_desk(officer).get(address(case, "ask_secret")).text
    case = do(case, "ask_secret", officer, **WHY)
    do(case, "approve_secret", agency.officer2)
    receipt = at_desk(officer).post(address(case, "new_secret"), follow=True).text
    assert SECRET.search(receipt)
    assert "Wulan" not in receipt


@pytest.mark.parametrize("field", WHY)
def test_why_and_how_are_asked_for(agency: Agency, field: str) -> None:
    case = walk(agency, "work")
    answer = at_desk(agency.officer).post(address(case, "ask_secret"), WHY | {field: " "})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {field}
    assert again(case).secret_until is None


def test_the_phone_we_know_hears_of_it_by_hand(agency: Agency) -> None:
    case = do(agreed(agency, **BY_PHONE), "new_secret", agency.officer)
    assert owed(case)
    sheet = letter(agency, case)
    assert "Angka rahasia Anda diganti" in sheet
    assert "Jika bukan Anda yang memintanya" in sheet
    assert not SECRET.search(sheet)


def test_nobody_is_owed_word_where_nothing_is_known_but_a_name(agency: Agency) -> None:
    said = {"text": "Air mati empat hari di RT 03.", "identity": "named", "name": "Pak Slamet"}
    case = filing.file(said | {"channel": "counter"}, by=agency.intake).case
    case = do(case, "ask_secret", agency.intake, **WHY)
    case = do(case, "approve_secret", agency.head)
    assert not owed(do(case, "new_secret", agency.intake))


def test_those_who_were_joined_keep_their_secret_and_hear_nothing(agency: Agency) -> None:
    target, joined = walk(agency, "work"), file_case(**BY_PHONE)
    joined = do(joined, "merge", agency.head, into=target.reference)
    joined = do(joined, "told", agency.head, channel="phone")
    kept = joined.secret_digest
    target = do(again(target), "ask_secret", agency.officer, **WHY)
    do(do(target, "approve_secret", agency.officer2), "new_secret", agency.officer)
    assert not owed(target)
    assert again(joined).secret_digest == kept


def test_printed_twice_the_second_leads_to_the_receipt_and_so_does_the_case(
    agency: Agency,
) -> None:
    """A line that broke, or a second tab: the old secret has ended, and theirs is the new one."""
    case, asker = agreed(agency), at_desk(agency.officer)
    receipt = f"/desk/receipts/{case.reference}/"
    for _press in range(2):
        answer = asker.post(address(case, "new_secret"), {"seen": str(case.last_event_id)})
        assert (answer.status_code, answer.headers.get("Location")) == (302, receipt)
    [secret] = SECRET.findall(asker.get(receipt).text)
    assert opens(case, secret)
    line = f"Receipt of {case.reference}: not handed over yet"
    assert line in asker.get(address(case)).text
    assert line not in at_desk(agency.officer2).get(address(case)).text
    asker.post(receipt)
    assert line not in asker.get(address(case)).text
    assert asker.post(address(case, "new_secret")).status_code == 403


def test_a_withheld_name_says_that_an_identity_officer_can_ask(agency: Agency) -> None:
    told = "Is the secret lost? Only an identity officer can ask for a new one."
    withheld = walk(agency, "work", identity="withheld", phone="0812 3456 7890")
    assert told in at_desk(agency.officer).get(address(withheld)).text
    assert told not in at_desk(agency.officer).get(address(walk(agency, "work"))).text
    Membership.objects.filter(user=agency.officer).update(identity_officer=True)
    assert told not in at_desk(agency.officer).get(address(withheld)).text
