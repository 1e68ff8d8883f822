"""Word after the end is kept and heard at once, and whoever says it is shown the way to go on."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from api.payloads import BY_CITIZEN
from casework import links
from casework.models import Case
from notifications.models import Notification, Outbox
from tests.agency import Agency, citizen, do, walk
from tests.clockwork import over
from tests.desk.test_letters_by_hand import BY_PHONE, owed
from tests.desk.test_on_behalf import BY_LETTER, address, at_desk, sent
from tests.workflows.table import FINAL, LAWFUL
from workflows import filing

ACTIONS = "/api/v1/track/actions/"
SAYS = "Airnya mati lagi sejak kemarin."
#: How a complaint that has ended goes on.
WAYS = {
    "closed": "reopen",
    "auto_closed": "reopen",
    "rejected": "contest",
    "referred": "contest",
    "merged": "unmerge",
    "lapsed": "answered",
    "withdrawn": "reopen",
}
#: Who hears, where `officer` worked on it, or nobody did.
HEARS = {"closed": "officer", "auto_closed": "officer", "lapsed": "officer"}


def reader(case: Case) -> tuple[Client, str]:
    return Client(headers={"accept-language": "en"}), f"/c/{links.link_for(case)}/"


def heard_by(case: Case) -> set[str]:
    """Who is told, in the tray, of the last event."""
    last = Case.objects.get(pk=case.pk).last_event_id
    return set(Notification.objects.filter(event=last).values_list("user__username", flat=True))


@pytest.mark.parametrize("stage", FINAL)
def test_a_message_after_any_end_is_kept_and_heard_and_the_way_on_is_offered(
    agency: Agency, stage: str
) -> None:
    case = walk(agency, stage)
    client, page = reader(case)
    form = client.get(f"{page}message/").text
    assert "A message alone does not open it again." in form
    assert f"{page}{WAYS[stage]}/" in form
    answer = client.post(f"{page}message/", {"text": SAYS}, follow=True)
    assert SAYS in answer.text
    assert "Your complaint stays closed, unless you want us to go on" in answer.text
    assert f'href="{page}{WAYS[stage]}/"' in answer.text
    assert Case.objects.get(pk=case.pk).stage == stage
    assert heard_by(case) == {HEARS.get(stage, "intake")}


def test_nothing_is_offered_to_who_wrote_before_the_end_or_when_it_is_too_late(
    agency: Agency,
) -> None:
    said = "Your complaint stays closed"
    case = walk(agency, "confirm")
    case = do(case, "message", citizen(case), text=SAYS)
    client, page = reader(case)
    assert said not in client.get(page).text
    case = do(case, "confirm", citizen(case))
    assert said not in client.get(page).text
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        case = do(case, "message", citizen(case), text="Terlambat?")
        client, page = reader(case)
        late = client.get(page).text
    assert said not in late
    assert "ombudsman" in late.lower()


@pytest.mark.parametrize("stage", ["closed", "rejected", "lapsed", "work", "confirm"])
def test_staff_note_what_they_were_told_on_the_phone_and_the_unit_hears(
    agency: Agency, stage: str
) -> None:
    case, clerk = walk(agency, stage), at_desk(agency.head)
    assert clerk.get(address(case, "heard")).status_code == 200
    answer = clerk.post(address(case, "heard"), sent(case, text=SAYS, channel="phone"), follow=True)
    assert "The complainant told us by phone, recorded by Head" in answer.text
    assert ("Word from the complainant after the end" in answer.text) is (stage in FINAL)
    case = Case.objects.get(pk=case.pk)
    assert (case.stage, case.last_words) == (stage, SAYS)
    assert heard_by(case) == {HEARS.get(stage, "intake" if stage == "rejected" else "officer")}
    client, page = reader(case)
    theirs = client.get(page).text
    assert "Your message, by phone, noted by our staff" in theirs
    assert SAYS in theirs
    assert ("Your complaint stays closed, unless" in theirs) is (stage in FINAL)


def test_who_answered_may_note_a_message_and_gets_no_mail_of_it_nor_does_the_complainant(
    agency: Agency,
) -> None:
    case = walk(agency, "confirm")
    at_desk(agency.officer).post(address(case, "heard"), sent(case, text=SAYS))
    mails = Outbox.objects.filter(event=case.events.get(kind="heard"))
    assert [mail.user for mail in mails] == [agency.supervisor], "a yes or no may be open"


def test_a_message_noted_for_them_starts_their_time_anew_and_tells_them_nothing(
    agency: Agency,
) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        case = walk(agency, "confirm", **BY_PHONE)
    with time_machine.travel(start + timedelta(days=4), tick=False):
        case = do(case, "heard", agency.officer, text=SAYS, **BY_LETTER)
    assert owed(case), "their letter crossed our answer"
    assert case.timeout_at is None
    with time_machine.travel(start + timedelta(days=6), tick=False):
        case = do(case, "told", agency.officer, channel="letter")
    with time_machine.travel(start + timedelta(days=8), tick=False):
        case = do(case, "heard", agency.officer, text=SAYS, **BY_LETTER)
    assert case.timeout_at == over(38, start)


# Over REST


@pytest.fixture
def filed(agency: Agency) -> dict[str, str]:
    said = {"text": "Lampu jalan mati sejak Senin malam.", "identity": "none"}
    new = filing.file(said)
    return {"reference": new.case.reference, "secret": new.secret or ""}


def case_of(keys: dict[str, str]) -> Case:
    return Case.objects.get(reference=keys["reference"])


def post(said: dict[str, Any], **how: Any) -> Any:
    return APIClient().post(ACTIONS, said, **(how or {"format": "json"}))


def test_a_program_sends_the_message_of_a_complainant_after_the_end_and_reads_how_to_go_on(
    agency: Agency, filed: dict[str, str]
) -> None:
    case = do(case_of(filed), "reject", agency.intake, reason="Bukan pengaduan.")
    photo = SimpleUploadedFile("bukti.txt", b"Tiang nomor 12")
    said = {**filed, "action": "message", "text": SAYS, "files": photo}
    answer = post(said, format="multipart")
    assert answer.status_code == 200
    assert (answer.data["status"], answer.data["timeline"][0]["text"]) == ("closed", SAYS)
    [file] = answer.data["timeline"][0]["files"]
    assert (file["content_type"], file["size"]) == ("text/plain", 14)
    assert "contest" in answer.data["exits"]
    assert case.closed_at
    assert answer.data["until"] == case.closed_at + timedelta(days=30)
    assert heard_by(case) == {"intake"}
    again = post({**filed, "action": "contest", "reason": "Memang pengaduan."})
    assert (again.data["status"], again.data["until"]) == ("under_review", None)


def test_without_the_secret_nothing_is_done_and_nothing_is_told(
    agency: Agency, filed: dict[str, str]
) -> None:
    before = case_of(filed).last_event_id
    wrong = {**filed, "secret": "0" * 16, "action": "message", "text": SAYS}
    unknown = wrong | {"reference": "26-ABCDEFE"}
    answers = [post(wrong), post(unknown)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert case_of(filed).last_event_id == before


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"action": "message", "text": ""}, 422),
        ({"action": "message"}, 422),
        ({"action": "accept", "category": "water"}, 403),
        ({"action": "heard", "text": SAYS, **BY_LETTER}, 403),
        ({"action": "reopen", "reason": "Rusak lagi."}, 422),
        ({"action": "nonsense"}, 422),
        ({"action": "message", "text": "Ya.", "seen": 1}, 409),
    ],
)
def test_what_the_complainant_cannot_do_is_refused_without_a_word_of_staff(
    agency: Agency, filed: dict[str, str], said: dict[str, Any], status: int
) -> None:
    do(case_of(filed), "message", agency.intake, text="Kami periksa.")
    before = case_of(filed).last_event_id
    answer = post({**filed, **said})
    assert answer.status_code == status
    assert "Intake" not in answer.content.decode()
    assert case_of(filed).last_event_id == before


def test_the_schema_lists_what_complainants_can_do_and_no_more() -> None:
    theirs = {name for acts in LAWFUL.values() for name, who in acts.items() if "citizen" in who}
    assert theirs | {"disagree"} == BY_CITIZEN
