"""The citizen's page of a case."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from casework import links
from casework.models import TrackingLink
from tests.agency import Agency, citizen, do, file_case, walk
from workflows import filing


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


def test_the_citizen_confirms_and_rates(client: Client, answered) -> None:
    case, token = answered
    client.post(f"/c/{token}/confirm/", {"seen": case.last_event_id})
    case.refresh_from_db()
    assert case.stage == "closed"
    client.post(f"/c/{token}/rate/", {"stars": "4", "text": "Baik"})
    case.refresh_from_db()
    assert case.rating == 4


def test_the_citizen_disputes_with_a_reason(client: Client, answered) -> None:
    case, token = answered
    empty = client.post(f"/c/{token}/dispute/", {"seen": case.last_event_id, "reason": ""})
    assert empty.status_code == 422
    sent = {"seen": case.last_event_id, "reason": "Masih mati."}
    client.post(f"/c/{token}/dispute/", sent)
    case.refresh_from_db()
    assert (case.stage, case.cycle) == ("assign", 2)
    assert "Masih mati." in page(client, case)


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


def test_looking_changes_nothing(client: Client, answered) -> None:
    case, token = answered
    for name in ("", "confirm/", "dispute/", "withdraw/", "message/"):
        client.get(f"/c/{token}/{name}")
        client.head(f"/c/{token}/{name}")
    case.refresh_from_db()
    assert case.stage == "confirm"


@pytest.mark.parametrize("change", [{"expires": True}, {"revoked": True}, {"forged": True}])
def test_a_dead_link_opens_nothing_and_shows_a_way_on(
    client: Client, answered, change: dict[str, bool]
) -> None:
    _case, token = answered
    if "expires" in change:
        TrackingLink.objects.update(expires_at=timezone.now() - timedelta(hours=1))
    if "revoked" in change:
        TrackingLink.objects.update(revoked_at=timezone.now())
    if "forged" in change:
        token = f"{token[:-1]}{'a' if token[-1] != 'a' else 'b'}"
    response = client.get(f"/c/{token}/")
    assert response.status_code == 404
    assert b"/track/" in response.content


def test_tracking_costs_the_same_however_long_the_history(
    client: Client, agency: Agency, answered, django_assert_max_num_queries
) -> None:
    case, token = answered
    for n in range(10):
        case = do(case, "message", citizen(case), text=f"Pesan {n}")
    with django_assert_max_num_queries(8):
        client.get(f"/c/{token}/")


@pytest.mark.parametrize(
    "stage", ["triage", "wait_triage", "assign", "work", "wait_work", "on_hold", "confirm"]
)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_stage_has_a_page_in_both_languages(
    client: Client, agency: Agency, stage: str, language: str
) -> None:
    case = walk(agency, stage)
    response = client.get(f"/c/{links.link_for(case)}/", headers={"accept-language": language})
    assert response.status_code == 200


@pytest.mark.parametrize(
    "stage",
    ["closed", "auto_closed", "rejected", "referred", "lapsed", "withdrawn", "merged"],
)
def test_every_ending_leaves_the_citizen_a_way_on(
    client: Client, agency: Agency, stage: str
) -> None:
    case = walk(agency, stage)
    html = page(client, case)
    ways = ("reopen", "contest", "answered", "unmerge")
    assert any(f"/{name}/" in html for name in ways)
