"""The citizen's page of a case."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localtime

from accounts.models import Unit
from casework import links
from casework.models import Case
from tests.agency import Agency, citizen, do, file_case, walk
from workflows import filing
from workflows.windows import reopens_until


def page(client: Client, case) -> str:
    return client.get(f"/c/{links.link_for(case)}/").content.decode()


@pytest.fixture
def answered(agency: Agency):
    case = walk(agency, "confirm")
    return case, links.link_for(case)


def test_reference_and_secret_open_the_case(client: Client, agency: Agency) -> None:
    filed = filing.file({"text": "Air mati empat hari di RT 03.", "identity": "none"})
    data = {"reference": filed.case.reference.lower(), "secret": filed.secret}
    opened = client.post("/track/", data, follow=True)
    assert filed.case.reference in opened.content.decode()
    assert opened.redirect_chain[0][0].startswith("/c/")


def test_unknown_reference_and_wrong_secret_look_the_same(client: Client, agency: Agency) -> None:
    case = file_case()
    wrong = client.post("/track/", {"reference": case.reference, "secret": "0" * 16})
    unknown = client.post("/track/", {"reference": "26-0000000", "secret": "0" * 16})
    assert wrong.status_code == unknown.status_code == 422
    strip = wrong.content.replace(case.reference.encode(), b"26-0000000")
    assert len(strip) == len(unknown.content)


@pytest.mark.parametrize("field", ["reason", "stars"])
def test_an_act_without_what_it_needs_is_asked_again(
    client: Client, agency: Agency, field: str
) -> None:
    case = walk(agency, "confirm" if field == "reason" else "closed")
    name = "dispute" if field == "reason" else "rate"
    sent = {"seen": case.last_event_id, field: ""}
    response = client.post(f"/c/{links.link_for(case)}/{name}/", sent)
    case.refresh_from_db()
    assert response.status_code == 422
    assert f"id_{field}_error" in response.content.decode()
    assert (case.cycle, case.rating) == (1, None)


def test_a_rating_is_shown_in_words(client: Client, agency: Agency) -> None:
    case = walk(agency, "closed")
    client.post(f"/c/{links.link_for(case)}/rate/", {"stars": "4", "text": "Baik"})
    case.refresh_from_db()
    assert case.rating == 4
    assert re.search(r"<strong>[^<]+: 4 (of|dari) 5</strong>", page(client, case))


def test_a_stale_act_keeps_the_text_and_says_what_happened(
    client: Client, agency: Agency, answered
) -> None:
    case, token = answered
    do(case, "message", agency.officer, text="Tekanan sudah diukur lagi.")
    sent = {"seen": case.last_event_id, "reason": "Masih mati."}
    response = client.post(f"/c/{token}/dispute/", sent)
    assert response.status_code == 409
    assert "Masih mati." in response.content.decode()
    assert "Tekanan sudah diukur lagi." in response.content.decode()


def test_nothing_internal_reaches_the_citizen(client: Client, agency: Agency) -> None:
    case = walk(agency, "review", category="bills")
    case = do(case, "note", agency.officer, text="RAHASIA-INTERN")
    html = page(client, case)
    assert "RAHASIA-INTERN" not in html
    assert "Pompa sudah diganti" not in html, "a draft is invisible"
    assert agency.officer.display_name not in html


def test_tracking_costs_the_same_however_long_the_history(
    client: Client, agency: Agency, answered, django_assert_max_num_queries
) -> None:
    case, token = answered
    for n in range(10):
        case = do(case, "message", citizen(case), text=f"Pesan {n}")
    with django_assert_max_num_queries(8):
        client.get(f"/c/{token}/")


#: stage, what the stepper says of each step, the date that is shown
ROADS = [
    ("triage", "now next next next next", ""),
    ("assign", "past now next next next", ""),
    ("work", "past past now next next", ""),
    ("wait_triage", "past now next next next", "timeout"),
    ("wait_work", "past past now next next", "timeout"),
    ("on_hold", "past past now next next", "timeout"),
    ("confirm", "past past past now next", "timeout"),
    ("closed", "past past past past now", "window"),
    ("auto_closed", "past past past past now", "window"),
    ("rejected", "past past next next now", "window"),
    ("referred", "past past next next now", "window"),
    ("withdrawn", "past past next next now", "window"),
    ("lapsed", "past past past next now", ""),
]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(("stage", "steps", "date"), ROADS)
def test_every_stage_has_its_road_and_its_date(
    client: Client, agency: Agency, stage: str, steps: str, date: str, language: str
) -> None:
    case = walk(agency, stage)
    address = f"/c/{links.link_for(case)}/"
    html = client.get(address, headers={"accept-language": language}).content.decode()
    road = html.split('<ol class="stepper"')[1].split("</ol>")[0].split("<li")[1:]
    states = [
        "past" if "data-past" in s else "now" if "aria-current" in s else "next" for s in road
    ]
    assert " ".join(states) == steps
    until = {"timeout": case.timeout_at, "window": reopens_until(case)}.get(date)
    promised = html.partition('class="promise"')[2].partition("</p>")[0]
    assert bool(promised) == bool(date)
    assert (
        not until or f'datetime="{localtime(until).isoformat(timespec="seconds")[:19]}' in promised
    )


@pytest.mark.parametrize(
    ("stage", "sentence"),
    [
        ("triage", "We read your complaint next."),
        ("assign", "We find the right unit for your complaint."),
        ("on_hold", "We are waiting for somebody else; below you read for whom."),
        ("wait_triage", "We cannot go on without your answer."),
        ("confirm", "It is your turn: does our answer settle it?"),
        ("closed", "Your complaint is closed."),
        ("auto_closed", "Closed, because the time for your yes or no ran out."),
        ("rejected", "We could not take this complaint. You may contest that."),
        ("referred", "Another body is competent. You may contest that."),
        ("merged", "It goes on together with another complaint about the same matter."),
        ("lapsed", "Closed, because we had no answer. You may still answer."),
        ("withdrawn", "Closed at your request."),
    ],
)
def test_one_sentence_says_what_is_so_and_who_acts(
    client: Client, agency: Agency, stage: str, sentence: str
) -> None:
    address = f"/c/{links.link_for(walk(agency, stage))}/"
    html = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert f'<p class="lead">{sentence}</p>' in html


def dated(html: str) -> list[bool]:
    """Which steps of the road carry a date."""
    road = html.split('<ol class="stepper"')[1].split("</ol>", maxsplit=1)[0].split("<li")[1:]
    return ["<time" in step for step in road]


def test_each_step_that_was_taken_has_its_date(client: Client, agency: Agency) -> None:
    html = page(client, walk(agency, "withdrawn"))
    assert dated(html) == [True, False, False, False, True]


def test_after_a_dispute_the_answer_has_no_date_any_more(client: Client, agency: Agency) -> None:
    case = walk(agency, "confirm")
    assert dated(page(client, case)) == [True, True, True, True, False]
    case = do(case, "dispute", citizen(case), reason="Masih mati.")
    assert dated(page(client, case)) == [True, True, True, False, False]


ENDINGS = ["closed", "auto_closed", "rejected", "referred", "lapsed", "withdrawn", "merged"]
WAYS = ("reopen", "contest", "answered", "unmerge")


@pytest.mark.parametrize("stage", ENDINGS)
def test_every_ending_leaves_the_citizen_a_way_on(
    client: Client, agency: Agency, stage: str
) -> None:
    html = page(client, walk(agency, stage))
    assert any(f"/{name}/" in html for name in WAYS)
    assert "ombudsman" not in html


@pytest.mark.parametrize("stage", [stage for stage in ENDINGS if stage not in ("lapsed", "merged")])
def test_after_the_last_day_a_body_outside_is_named_and_no_date_is_promised(
    client: Client, agency: Agency, stage: str
) -> None:
    case = walk(agency, stage)
    Case.objects.update(closed_at=timezone.now() - timedelta(days=31))
    html = page(client, case)
    assert not any(f"/{name}/" in html for name in WAYS)
    assert "ombudsman.go.id" in html and 'class="promise"' not in html


def test_moments_are_said_as_people_say_them(client: Client, agency: Agency) -> None:
    case = walk(agency, "wait_work")
    Case.objects.update(timeout_at=timezone.now() + timedelta(minutes=1))
    html = client.get(f"/c/{links.link_for(case)}/", headers={"accept-language": "en"}).content
    said = re.findall(r"<time [^>]*title=.[^>]+><span aria-hidden=.true.>(\w+)", html.decode())
    assert set(said) <= {"today", "tomorrow", "yesterday"} and len(said) > 5
    promise = html.decode().split('class="promise"')[1].split("</p>")[0]
    assert re.search("today|tomorrow", promise)


def test_the_demo_says_that_it_is_one(client: Client, agency: Agency, settings) -> None:
    there = b"/accounts/login/?next=/desk/"
    assert there in client.get("/").content
    settings.DEMO = False
    assert there not in client.get("/").content


def test_times_are_those_of_the_unit_in_charge(agency: Agency, client: Client) -> None:
    case = walk(agency, "confirm")
    address = f"/c/{links.link_for(case)}/"
    assert " WIB<" in client.get(address).content.decode()
    Unit.objects.filter(code="water").update(time_zone="Asia/Makassar")
    html = client.get(address).content.decode()
    assert " WITA<" in html
    assert " WIB<" not in html


def test_a_case_on_hold_says_that_it_waits_and_until_when(agency: Agency, client: Client) -> None:
    case = walk(agency, "on_hold")
    html = client.get(
        f"/c/{links.link_for(case)}/", headers={"Accept-Language": "en"}
    ).content.decode()
    assert "We are waiting for somebody else" in html
    assert "An officer is working" not in html.partition('<ol class="timeline"')[0]
    promised = html.partition('class="promise"')[2].partition("</p>")[0]
    assert "We go on at the latest on" in promised
    assert localtime(case.timeout_at).strftime("%Y-%m-%d") in promised


def test_an_answer_is_read_once_and_the_history_leads_to_it(client: Client, answered) -> None:
    case, _token = answered
    words = "Pompa sudah diganti dan air mengalir lagi."
    shown = page(client, case)
    assert shown.count(words) == 1
    assert shown.index(words) < shown.index('id="history"') < shown.index('href="#answer"')
    case = do(case, "dispute", citizen(case), reason="Masih mati.")
    shown = page(client, case)
    assert shown.index('id="history"') < shown.index(words)
    assert 'href="#answer"' not in shown


def test_a_letter_was_received_on_the_day_it_came_wherever_that_is_said(
    client: Client, agency: Agency
) -> None:
    came = timezone.now() - timedelta(days=20)
    said = {"channel": "letter", "identity": "none", "received_at": came.isoformat()}
    filed = filing.file({"text": "Air mati empat hari di RT 03."} | said, by=agency.intake)
    shown = page(client, filed.case)
    moments = re.findall(r'<time datetime="([^"]+)"', shown)
    assert len(moments) >= 3
    assert {moment[:16] for moment in moments} == {localtime(came).isoformat()[:16]}
    tracked = client.post(
        "/api/v1/track/",
        {"reference": filed.case.reference, "secret": filed.secret},
        content_type="application/json",
    ).json()
    assert tracked["timeline"][-1]["at"][:16] == tracked["received_at"][:16]
