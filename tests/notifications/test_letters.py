"""What the mails say: no words of people, a link, and by when while there is time."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from casework.models import Case
from notifications import delivery, letters, rules
from notifications.models import Outbox
from tests.agency import citizen, do, file_case, walk

TEXT = "Rahasia: Pak Budi memungut uang. <b>Tolong!</b>"


@pytest.fixture(autouse=True)
def out(settings):
    settings.DEMO = False
    settings.BASE_URL = "https://lapor.example.org"


def in_english(case: Case) -> Case:
    type(case.complainant).objects.update(language="en")
    return case


def last_letter(case: Case) -> mail.EmailMultiAlternatives:
    delivery.deliver()
    return [sent for sent in mail.outbox if sent.subject.startswith(case.reference)][-1]


def test_every_letter_of_the_rules_is_written():
    assert {*rules.CITIZEN.values(), *rules.JOINED.values()} <= set(letters.CITIZEN)
    named = {rule.letter for row in rules.STAFF.values() for rule in row if rule.letter}
    assert named <= set(letters.STAFF)


@pytest.mark.parametrize("letter", [*letters.CITIZEN, *letters.STAFF])
@pytest.mark.parametrize("language", ["id", "en"])
def test_no_letter_carries_words_of_people_or_anything_from_elsewhere(agency, letter, language):
    case = walk(agency, "work", text=TEXT, name="Wulan Anggraini", phone="081234567890")
    for_staff = letter in letters.STAFF and letter != letters.NEWS
    user = agency.officer if for_staff else None
    event = case.events.latest("pk")
    type(case.complainant).objects.update(language=language)
    case.complainant.refresh_from_db()
    row = Outbox(pk=1, letter=letter, case=case, event=event, user=user)
    sent = letters.compose(row, case, letter)
    html = sent.alternatives[0][0]
    said = sent.subject + sent.body + html
    for word in ("Rahasia", "Budi", "Tolong", "Wulan", "81234567890", "wulan@", "Officer"):
        assert word not in said
    assert re.fullmatch(rf"{case.reference}\b[\w :,?]+", sent.subject)
    assert not re.search(r"(?i)<(img|link|style|script|iframe)|src=|url\(|@import", html)
    links = set(re.findall(r"https?://[^\s\"<]+", said))
    assert len(links) == 1
    (link,) = links
    path = "track/new" if letter == "secret_link" else "desk/cases" if user else "c"
    assert link.startswith(f"https://lapor.example.org/{path}/")
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"


def test_an_answer_says_by_when_to_reply(agency):
    case = in_english(walk(agency, "confirm"))
    last = timezone.localtime(case.timeout_at) - timedelta(minutes=1)
    assert f"by {last:%-d %B %Y}" in last_letter(case).body


def test_a_date_that_has_passed_is_not_promised(agency):
    case = in_english(walk(agency, "confirm"))
    Case.objects.filter(pk=case.pk).update(timeout_at=timezone.now() - timedelta(hours=1))
    body = last_letter(case).body
    assert "tell us whether it settles" in body and "by" not in body.split("Reference")[0]


def test_a_time_is_that_of_the_unit_in_charge(agency):
    case = in_english(walk(agency, "confirm"))
    near = timezone.now() + timedelta(hours=30)
    Case.objects.filter(pk=case.pk).update(timeout_at=near)
    type(agency.water).objects.filter(pk=agency.water.pk).update(time_zone="Asia/Jayapura")
    assert " WIT" in last_letter(case).body


def test_a_time_that_is_near_is_said_to_the_hour(agency):
    case = in_english(walk(agency, "merged"))
    assert re.search(
        r"another matter.* by \w+ \d+ \w+ \d{4}, \d\d:\d\d WIB", last_letter(case).body
    )


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        ("closed", "opened again until"),
        ("auto_closed", "looked at again until"),
        ("rejected", "looked at again until"),
        ("referred", "looked at again until"),
        ("withdrawn", "take that back until"),
    ],
)
def test_every_end_says_until_when_it_can_be_taken_up_again(agency, stage, words):
    assert words in last_letter(in_english(walk(agency, stage))).body


@pytest.mark.parametrize("stage", ["auto_closed", "rejected"])
def test_where_there_is_no_way_back_the_letter_points_outside(agency, stage):
    case = in_english(walk(agency, stage))
    Case.objects.filter(pk=case.pk).update(level=2)
    body = last_letter(case).body
    assert "outside body" in body and "until" not in body


def test_who_disagrees_to_the_end_is_told_where_to_turn(agency):
    case = walk(agency, "confirm")
    Case.objects.filter(pk=case.pk).update(level=2)
    case.refresh_from_db()
    in_english(do(case, "disagree", citizen(case), reason="Masih mati."))
    body = last_letter(case).body
    assert "you do not agree" in body and "outside body" in body


def test_the_receipt_tells_of_the_right_to_review(agency):
    assert "looked at again" in last_letter(in_english(file_case())).body
