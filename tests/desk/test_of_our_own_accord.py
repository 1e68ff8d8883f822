"""Staff take up an end again of their own accord: whose act it is called, and what it costs."""

import re

import pytest
from django.test import Client

from accounts.models import User
from casework import links
from casework.models import Case
from notifications.models import Outbox
from tests.agency import Agency, citizen, do, file_case, walk
from tests.desk.pages import address, at_desk

WHY = {"reason": "Kami salah menilai."}
BY_PHONE = {"channel": "phone", "proof": "Tahu kode rahasia."}
PHONE_ALONE = {"email": "", "phone": "0812 3456 7890"}
ENDS = [("rejected", "contest"), ("referred", "contest"), ("closed", "reopen")]


def as_they_read_it(case: Case, language: str = "en") -> str:
    reader = Client(headers={"accept-language": language})
    return reader.get(f"/c/{links.link_for(case)}/").text


def button(person: User, case: Case, name: str) -> str:
    page = at_desk(person).get(address(case)).text
    [found] = re.findall(rf'id="do-{name}".*?</a>', page, re.DOTALL)
    return str(found)


@pytest.mark.parametrize("stage", ["rejected", "referred"])
def test_a_decision_that_staff_look_at_again_stays_at_the_first_level(
    agency: Agency, stage: str
) -> None:
    case = do(walk(agency, stage), "contest", agency.head, **WHY)
    assert (case.stage, case.level, case.cycle) == ("triage", 1, 2)
    case = do(case, "reject", agency.intake, reason="Tetap bukan pengaduan.")
    assert do(case, "contest", citizen(case), reason="Urusan siapa?").level == 2


def test_who_decided_corrects_it_and_takes_no_round_from_the_complainant(agency: Agency) -> None:
    case = do(walk(agency, "triage"), "reject", agency.head, reason="Bukan pengaduan.")
    case = do(case, "contest", agency.head, **WHY)
    assert (case.level, case.events.get(kind="contest").data["level"]) == (1, 1)
    assert do(case, "accept", agency.head, category="water", unit="water").stage == "assign"


def test_a_contest_that_staff_record_for_the_complainant_is_theirs(agency: Agency) -> None:
    case = do(walk(agency, "rejected"), "contest", agency.head, **WHY, **BY_PHONE)
    assert case.level == 2
    assert "The complainant contests the decision" in at_desk(agency.head).get(address(case)).text
    assert "You contest the decision, by phone, noted by our staff" in as_they_read_it(case)


@pytest.mark.parametrize(("stage", "name"), ENDS)
def test_both_histories_say_that_it_was_of_our_own_accord(
    agency: Agency, stage: str, name: str
) -> None:
    case = do(walk(agency, stage), name, agency.head, **WHY)
    ours = at_desk(agency.head).get(address(case)).text
    assert "of our own accord" in ours
    assert "The complainant contests" not in ours
    theirs = as_they_read_it(case)
    assert "We look at your complaint again" in theirs
    assert (
        "You contest" not in theirs
        and "outside body" not in theirs
        and "ombudsman.go.id" not in theirs
    )
    assert "Kami memeriksa lagi pengaduan Anda" in as_they_read_it(case, "id")


def test_the_button_says_for_whom_it_is(agency: Agency) -> None:
    case = walk(agency, "rejected")
    assert "Look at it again" in button(agency.head, case, "contest")
    page = at_desk(agency.head).get(address(case, "contest")).text
    assert "Look at it again" in page and "Contest for the complainant" not in page
    colleague = User.objects.create(username="second", first_name="Sri")
    colleague.memberships.create(unit=agency.root, role="intake")
    assert "Contest for the complainant" in button(colleague, case, "contest")


def letter(person: User, case: Case) -> str:
    page = at_desk(person).get(address(case, "letter")).text
    [sheet] = re.findall(r'<article class="letter.*?</article>', page, re.DOTALL)
    return str(sheet)


def owed_by_hand(case: Case) -> bool:
    return Case.objects.get(pk=case.pk).untold_at is not None


def owed_by_mail(case: Case) -> list[str]:
    return list(Outbox.objects.filter(case=case, user=None).values_list("letter", flat=True))


@pytest.mark.parametrize(("stage", "name"), ENDS)
def test_it_is_told_by_hand(agency: Agency, stage: str, name: str) -> None:
    case = walk(agency, stage, **PHONE_ALONE)
    if case.untold_at:
        case = do(case, "told", agency.head, channel="phone")
    case = do(case, name, agency.head, **WHY)
    assert owed_by_hand(case)
    sheet = letter(agency.head, case)
    assert "Kami memeriksa lagi pengaduan Anda" in sheet and WHY["reason"] in sheet
    assert not owed_by_hand(do(case, "told", agency.head, channel="phone"))


def test_a_decision_that_nobody_told_yet_is_not_told_any_more(agency: Agency) -> None:
    case = do(walk(agency, "rejected", **PHONE_ALONE), "contest", agency.head, **WHY)
    reopened = case.events.get(kind="contest")
    assert case.untold_at == reopened.at, "it waits since then, not since the rejection"
    sheet = letter(agency.head, case)
    assert "Kami memeriksa lagi" in sheet
    assert "Bukan pengaduan." not in sheet and "tidak dapat" not in sheet


def test_a_message_that_nobody_told_yet_is_told_with_it(agency: Agency) -> None:
    case = do(walk(agency, "work", **PHONE_ALONE), "message", agency.officer, text="Hari Senin.")
    case = do(case, "refer", agency.supervisor, body="PLN", reason="Urusan PLN.")
    sheet = letter(agency.head, do(case, "contest", agency.head, **WHY))
    assert "Hari Senin." in sheet and WHY["reason"] in sheet and "Urusan PLN." not in sheet


@pytest.mark.parametrize(("stage", "name"), ENDS)
def test_it_is_told_by_mail(agency: Agency, stage: str, name: str) -> None:
    case = do(walk(agency, stage), name, agency.head, **WHY)
    assert owed_by_mail(case)[-1] == "anew"
    assert not owed_by_hand(case)


@pytest.mark.parametrize(("stage", "name"), ENDS)
@pytest.mark.parametrize("said", [{}, PHONE_ALONE])
def test_their_own_act_is_no_news_to_them(
    agency: Agency, stage: str, name: str, said: dict[str, str]
) -> None:
    for by_phone in (False, True):
        case = walk(agency, stage, **said)
        actor, how = (agency.head, BY_PHONE) if by_phone else (citizen(case), {})
        case = do(case, name, actor, **WHY, **how)
        assert "anew" not in owed_by_mail(case) and not owed_by_hand(case)


def test_those_who_were_joined_hear_that_there_is_news_and_not_of_what_another_did(
    agency: Agency,
) -> None:
    for ours in (True, False):
        target, joined = walk(agency, "assign"), file_case(email="budi@example.org")
        do(joined, "merge", agency.head, into=target.reference)
        target = Case.objects.get(pk=target.pk)
        case = do(target, "refer", agency.supervisor, body="PLN", reason="Urusan PLN.")
        do(case, "contest", agency.head if ours else citizen(case), **WHY)
        assert (owed_by_mail(joined)[-1] == "news") is ours
