"""What an act looks like before, after, and when somebody was faster."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.models import User
from casework import uploads
from casework.models import Case
from tests.agency import Agency, citizen, do, file_case, walk


def signed_in(name: str) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(User.objects.get(username=name))
    return client


def url(case: Case, act: str = "") -> str:
    return f"/desk/cases/{case.reference}/{act + '/' if act else ''}"


def lines(case: Case, name: str = "supervisor") -> dict[str, str]:
    """Kind of event → what the timeline calls it."""
    entries = signed_in(name).get(url(case)).context["entries"]
    return {entry["event"].kind: entry["label"] for entry in entries}


def test_the_timeline_says_to_whom_and_where_to(agency: Agency) -> None:
    case = walk(agency, "on_hold")
    said = lines(case)
    assert said["filed"] == "Complaint received on the web"
    assert said["accept"] == "Accepted: Air, Air Bersih"
    assert said["assigned"] == "Assigned: Officer"
    assert said["hold"].startswith("On hold: until ")
    case = do(case, "resume", agency.officer)
    case = do(case, "transfer", agency.officer, unit="roads")
    assert lines(case, "head")["transfer"] == "Moved to another unit: Jalan"
    case = do(case, "claim", agency.roads_officer)
    assert lines(case, "head")["claim"] == "Claimed"


def test_what_staff_typed_for_the_complainant_names_both(agency: Agency) -> None:
    case = walk(agency, "wait_work")
    do(case, "answered", agency.officer2, text="Tiga.", channel="phone", proof="Nomor rahasia")
    entry = signed_in("officer").get(url(case)).context["entries"][0]
    assert entry["label"] == "The complainant answered by phone, recorded by Officer2"
    assert entry["who"] == "Complainant"


def test_a_confirmation_for_the_complainant_is_one_sentence(agency: Agency) -> None:
    case = walk(agency, "confirm")
    do(case, "confirm", agency.supervisor, channel="phone", proof="Nomor rahasia")
    html = signed_in("supervisor").get(url(case)).content.decode()
    said = next(line for line in html.split("</li>") if "The complainant confirmed" in line)
    assert "The complainant confirmed by phone, recorded by Supervisor <span" in said


def test_the_head_of_a_case_says_how_it_came_in(agency: Agency) -> None:
    html = signed_in("officer").get(url(walk(agency, "work"))).content.decode()
    assert re.search(r"Received <time.*</time> on the web", html)


def test_days_are_written_alike(agency: Agency) -> None:
    case = walk(agency, "on_hold", occurred_on="2026-11-02")
    html = signed_in("officer").get(url(case)).content.decode()
    assert "2 Nov 2026" in html
    assert re.search(r"until \d+ [A-Z][a-z]{2} 20\d\d", html)


def test_what_happened_this_minute_is_said_so(agency: Agency) -> None:
    case = walk(agency, "work")
    do(case, "respond", agency.supervisor, text="Sudah selesai.")
    sent = {"text": "Jawaban saya", "seen": case.last_event_id}
    html = signed_in("officer").post(url(case, "respond"), sent).content.decode()
    assert ">just now<" in html
    assert "0 min" not in html


def test_names_cost_the_same_whatever_the_history(agency: Agency, django_assert_num_queries):
    case = walk(agency, "work")
    client = signed_in("supervisor")
    client.get(url(case))
    with django_assert_num_queries(16):
        client.get(url(case))
    for name in ("officer2", "officer", "officer2"):
        case = do(case, "reassign", agency.supervisor, assignee=name)
    with django_assert_num_queries(16):
        client.get(url(case))


def test_a_stale_act_names_who_was_faster_and_how_long_ago(agency: Agency) -> None:
    case = walk(agency, "work")
    seen = case.last_event_id
    do(case, "respond", agency.supervisor, text="Sudah selesai.")
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False):
        sent = {"text": "Jawaban saya", "seen": seen}
        html = signed_in("officer").post(url(case, "respond"), sent).content.decode()
    assert "Supervisor was faster" in html
    assert "Answer · " in html
    assert ">2 min ago<" in html
    assert "Jawaban saya" in html


def test_what_a_stale_act_typed_can_be_sent_in_another_way(agency: Agency) -> None:
    case = walk(agency, "work")
    seen = case.last_event_id
    do(case, "message", citizen(case), text="Sudah mengalir.")
    client = signed_in("officer")
    page = client.post(url(case, "respond"), {"text": "Jawaban saya", "seen": seen})
    assert [name for name, _label in page.context["again"]] == ["respond", "message", "note"]
    case.refresh_from_db()
    again = {"text": page.context["typed"], "seen": page.context["case"].last_event_id}
    assert client.post(url(case, "respond"), again).status_code == 302
    case.refresh_from_db()
    assert case.stage == "confirm"


def test_files_of_a_stale_act_wait_with_its_text(agency: Agency) -> None:
    case, client = walk(agency, "work"), signed_in("officer")
    sent = {"text": "Jawaban saya", "seen": case.last_event_id, "upload": uploads.new_token()}
    do(case, "respond", agency.supervisor, text="Sudah.")
    note = SimpleUploadedFile("nota.txt", b"Catatan")
    page = client.post(url(case, "respond"), sent | {"files": note})
    assert page.status_code == 409
    assert "nota.txt" in page.content.decode()
    again = {"text": page.context["typed"], "upload": page.context["upload"]}
    assert client.post(url(case, "note"), again).status_code == 302
    assert [file.name for file in case.attachments.all()] == ["nota.txt"]


@pytest.mark.parametrize("name", ["respond", "note"])
def test_what_was_typed_for_a_case_that_left_my_sight_comes_back(agency: Agency, name) -> None:
    case = walk(agency, "work")
    sent = {"text": "Jawaban saya", "seen": case.last_event_id}
    do(case, "transfer", agency.supervisor, unit="roads")
    client = signed_in("officer")
    gone = client.post(url(case, name), sent)
    assert gone.status_code == 404
    assert "no longer, yours to see" in gone.content.decode()
    assert "Jawaban saya" in gone.content.decode()
    never = client.post(f"/desk/cases/26-AAAAAAA/{name}/", sent)
    assert never.status_code == 404
    assert never.templates[0].name == gone.templates[0].name


@pytest.mark.parametrize(
    ("stage", "people"),
    [("triage", {"intake", "head"}), ("work", {"officer", "officer2", "supervisor", "head"})],
)
def test_only_who_may_handle_the_case_where_it_stands_can_be_chosen(agency, stage, people) -> None:
    case = walk(agency, stage)
    if stage == "triage":
        case = do(case, "claim", agency.intake)
    form = signed_in("head").get(url(case, "reassign")).context["form"]
    assert {person.username for person in form.fields["assignee"].queryset} == people


def test_a_form_that_is_sent_twice_blames_nobody_for_being_faster(agency: Agency) -> None:
    case, client = walk(agency, "work"), signed_in("officer")
    sent = {"seen": case.last_event_id, "text": "Pompa diganti."}
    assert client.post(url(case, "respond"), sent).status_code == 302
    again = client.post(url(case, "respond"), sent)
    assert again.status_code == 409
    assert "was faster" not in again.content.decode()
    assert "Something happened meanwhile" in again.content.decode()


def test_a_supervisor_reopens_of_their_own_accord(agency: Agency) -> None:
    case = walk(agency, "closed")
    client = signed_in("head")
    half = {"reason": "Pompa rusak lagi.", "proof": "Telepon"}
    assert client.post(url(case, "reopen"), half).status_code == 422
    assert client.post(url(case, "reopen"), {"reason": "Pompa rusak lagi."}).status_code == 302
    case.refresh_from_db()
    assert case.stage == "assign"
    event = case.events.get(kind="reopen")
    assert "on_behalf" not in event.data
    assert event.actor == agency.head


def test_nobody_is_invited_to_take_back_a_withdrawal_of_their_own_accord(agency: Agency) -> None:
    head = signed_in("head")
    invited = "of your own accord"
    assert invited in head.get(url(walk(agency, "closed"), "reopen")).content.decode()
    assert invited not in head.get(url(walk(agency, "withdrawn"), "reopen")).content.decode()


def test_an_officer_reopens_for_the_complainant_with_channel_and_proof_alone(agency) -> None:
    case = walk(agency, "closed")
    client = signed_in("officer2")
    assert client.post(url(case, "reopen"), {"reason": "Rusak lagi."}).status_code == 422
    whole = {"reason": "Rusak lagi.", "channel": "counter", "proof": "Formulir"}
    assert client.post(url(case, "reopen"), whole).status_code == 302


def test_the_counter_refuses_a_letter_from_another_age_or_from_tomorrow(agency: Agency) -> None:
    client = signed_in("officer")
    sent = {"channel": "letter", "text": "Surat dari Pak Slamet tentang air.", "identity": "none"}
    tomorrow = timezone.localtime() + timedelta(days=1)
    for moment in ("0206-01-05T09:00", tomorrow.strftime("%Y-%m-%dT%H:%M")):
        response = client.post("/desk/file/", sent | {"received_at": moment})
        assert response.status_code == 422
        assert response.context["form"].errors.keys() == {"received_at"}
    assert not Case.objects.exists()


def test_times_are_read_and_shown_in_the_zone_of_the_reader(agency: Agency) -> None:
    User.objects.filter(username="officer").update(time_zone="Asia/Jayapura")
    client = signed_in("officer")
    sent = {"channel": "letter", "text": "Surat dari Pak Slamet tentang air.", "identity": "none"}
    client.post("/desk/file/", sent | {"received_at": "2026-01-05T09:00"})
    case = Case.objects.get()
    assert case.received_at.isoformat() == "2026-01-05T00:00:00+00:00"
    seen = walk(agency, "work")
    assert " WIT<" in client.get(url(seen)).content.decode()
    assert " WIB<" in signed_in("supervisor").get(url(seen)).content.decode()


def test_the_counter_offers_what_every_filing_asks(agency: Agency) -> None:
    html = signed_in("officer").get("/desk/file/").content.decode()
    assert "What the complainant says of themselves" in html
    assert "Who are you?" not in html
    assert 'type="datetime-local"' in html


def test_the_page_of_an_act_shows_what_it_is_about(agency: Agency) -> None:
    case = file_case()
    html = signed_in("intake").get(url(case, "accept")).content.decode()
    assert "Kami membeli air galon tiap hari." in html
    assert "Last word of the complainant" not in html
    do(case, "message", citizen(case), text="Tetangga juga kena.")
    assert "Tetangga juga kena." in signed_in("intake").get(url(case, "accept")).content.decode()


def test_a_category_brings_its_unit_unless_another_is_chosen(agency: Agency) -> None:
    client = signed_in("intake")
    case, other, third = file_case(), file_case(), file_case()
    client.post(url(case, "accept"), {"category": "water"})
    client.post(url(other, "accept"), {"category": "water", "unit": "roads"})
    refused = client.post(url(third, "accept"), {"category": "bills"})
    assert refused.context["form"].errors.keys() == {"unit"}
    units = [Case.objects.get(pk=each.pk).unit for each in (case, other, third)]
    assert units == [agency.water, agency.roads, agency.root]


def test_the_target_of_a_merger_shows_what_was_merged_as_far_as_one_may_see(agency: Agency) -> None:
    merged, target = file_case(text="Air juga mati di RT 05 sejak kemarin."), file_case()
    do(merged, "merge", agency.intake, into=target.reference)
    target = do(target, "accept", agency.intake, category="water", unit="water")
    html = signed_in("head").get(url(target)).content.decode()
    assert f'href="{url(merged)}"' in html
    assert "Air juga mati di RT 05" in html
    hidden = signed_in("officer").get(url(target)).content.decode()
    assert merged.reference not in hidden
    assert "RT 05" not in hidden


def test_a_file_of_a_merged_case_is_fetched_through_that_case(agency: Agency) -> None:
    merged, target = file_case(), file_case()
    text = SimpleUploadedFile("bukti.txt", b"halo")
    client = signed_in("intake")
    client.post(url(merged, "note"), {"text": "Lihat", "upload": "tok", "files": text})
    merged.refresh_from_db()
    do(merged, "merge", agency.intake, into=target.reference)
    link = f"{url(merged)}files/{merged.attachments.get().pk}/"
    assert f'href="{link}"' in client.get(url(target)).content.decode()
    assert client.get(link).content == b"halo"


def test_an_administrator_without_cases_is_led_to_the_settings(agency: Agency) -> None:
    main = signed_in("administrator").get("/desk/").content.decode().partition("<main")[2]
    assert 'href="/admin/"' in main


def test_who_asks_for_an_act_that_is_not_lawful_is_shown_the_case_and_told_so(
    agency: Agency,
) -> None:
    """The keys A and T of the queue lead there without asking first."""
    case = walk(agency, "closed")
    for name in ("assigned", "transfer"):
        page = signed_in("supervisor").get(url(case, name), follow=True)
        assert page.redirect_chain == [(url(case), 302)]
        assert "That is not possible on this case now." in page.content.decode()
