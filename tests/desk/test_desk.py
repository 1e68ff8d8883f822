"""The desk, through its pages."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from casework.models import Case
from casework.sealing import same_secret
from tests.agency import Agency, citizen, do, file_case, walk


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=name))
    return client


def url(case: Case, act: str = "") -> str:
    return f"/desk/cases/{case.reference}/{act + '/' if act else ''}"


ROLES = ["intake", "officer", "supervisor", "head", "roads_officer", "quality", "auditor"]
SEES_WATER = {"officer", "supervisor", "head", "quality", "auditor"}


@pytest.mark.parametrize("role", [*ROLES, "administrator"])
def test_a_case_of_the_water_unit_is_seen_by_its_people_alone(agency: Agency, role: str) -> None:
    case = walk(agency, "work")
    expected = 200 if role in SEES_WATER else 404
    client = signed_in(role)
    assert client.get(url(case)).status_code == expected
    listed = case.reference in client.get("/desk/?view=all").content.decode()
    assert listed == (expected == 200)
    assert client.post(url(case, "note"), {"text": "x"}).status_code in (302, 403, 404)
    found = case.reference in client.get("/desk/?q=galon").content.decode()
    assert found == (expected == 200)


@pytest.mark.parametrize("role", [*ROLES, "administrator"])
def test_a_restricted_case_is_seen_by_nobody_uncleared_but_the_auditor(
    agency: Agency, role: str
) -> None:
    case = file_case()
    agency.intake.memberships.update(handles_restricted=True)
    case = do(case, "accept", agency.intake, category="graft", unit="water")
    client = signed_in(role)
    assert client.get(url(case)).status_code == (200 if role == "auditor" else 404)
    assert (case.reference in client.get("/desk/?view=all&q=galon").content.decode()) == (
        role == "auditor"
    )


@pytest.mark.parametrize("path", ["/desk/", "/desk/file/"])
def test_a_stranger_is_asked_to_sign_in(client: Client, agency: Agency, path: str) -> None:
    case = file_case()
    for address in (path, url(case), url(case, "note")):
        assert client.get(address).headers["Location"].startswith("/accounts/login/")


def test_intake_accepts_and_lands_in_the_queue(agency: Agency) -> None:
    case = file_case()
    client = signed_in("intake")
    assert "/accept/" in client.get(url(case)).content.decode()
    assert client.get(url(case, "accept")).status_code == 200
    sent = {"category": "water", "unit": "water", "seen": case.last_event_id}
    response = client.post(url(case, "accept"), sent, follow=True)
    case.refresh_from_db()
    assert case.stage == "assign"
    assert response.redirect_chain[-1][0] == "/desk/"
    assert case.reference in response.content.decode()


@pytest.mark.parametrize(("category", "approved"), [("water", False), ("bills", True)])
def test_what_follows_an_answer_is_said_before(
    agency: Agency, category: str, approved: bool
) -> None:
    case = walk(agency, "work", category=category)
    english = {"Accept-Language": "en"}
    page = signed_in("officer").get(url(case), headers=english).content.decode()
    assert ("A second person approves it first" in page) == approved
    assert ("The complainant confirms or disputes" in page) == (not approved)


def test_a_wrong_answer_is_said_by_its_field_and_changes_nothing(agency: Agency) -> None:
    case = file_case()
    response = signed_in("intake").post(url(case, "accept"), {"category": "no", "unit": "water"})
    assert response.status_code == 422
    assert 'id="id_category_error"' in response.content.decode()
    case.refresh_from_db()
    assert case.stage == "triage"


def test_the_page_shows_only_what_is_lawful_for_me_now(agency: Agency) -> None:
    case = walk(agency, "work")
    html = signed_in("officer").get(url(case)).content.decode()
    assert url(case, "respond") in html
    assert url(case, "approve") not in html
    html = signed_in("quality").get(url(case)).content.decode()
    assert url(case, "respond") not in html
    assert url(case, "note") not in html


def test_an_officer_answers_and_the_internal_note_stays_inside(agency: Agency) -> None:
    case = walk(agency, "work")
    client = signed_in("officer")
    client.post(url(case, "note"), {"text": "Catatan intern"})
    client.post(url(case, "respond"), {"text": "Air sudah mengalir."})
    case.refresh_from_db()
    assert case.stage == "confirm"
    html = client.get(url(case)).content.decode()
    assert 'data-kind="internal"' in html
    assert 'data-kind="public"' in html


def test_a_stale_answer_is_kept_and_shown_with_what_happened(agency: Agency) -> None:
    case = walk(agency, "work")
    seen = case.last_event_id
    do(case, "message", citizen(case), text="Air sudah mengalir sendiri.")
    sent = {"text": "Jawaban yang saya ketik", "seen": seen}
    response = signed_in("officer").post(url(case, "respond"), sent)
    html = response.content.decode()
    assert response.status_code == 409
    assert "Jawaban yang saya ketik" in html
    assert "Air sudah mengalir sendiri." in html
    case.refresh_from_db()
    assert case.stage == "work"


def test_what_is_not_mine_to_do_is_refused(agency: Agency) -> None:
    case = walk(agency, "work")
    client = signed_in("quality")
    assert client.post(url(case, "respond"), {"text": "Jawab"}).status_code == 403
    case.refresh_from_db()
    assert case.stage == "work"


def test_a_file_is_reached_through_its_own_case_only(agency: Agency) -> None:
    case, other = walk(agency, "work"), walk(agency, "work")
    client = signed_in("officer")
    text = SimpleUploadedFile("bukti.txt", b"halo")
    client.post(url(case, "note"), {"text": "Lihat", "upload": "tok", "files": text})
    pk = case.attachments.get().pk
    response = client.get(f"{url(case)}files/{pk}/")
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.content == b"halo"
    assert client.get(f"{url(other)}files/{pk}/").status_code == 404
    assert signed_in("roads_officer").get(f"{url(case)}files/{pk}/").status_code == 404


@pytest.mark.parametrize("words", ["galon", "menggalon", "gallon", "empta", "air mati"])
def test_search_finds_by_word_stem_and_misspelling(agency: Agency, words: str) -> None:
    case = walk(agency, "work")
    assert case.reference in signed_in("officer").get("/desk/", {"q": words}).content.decode()


def test_a_reference_in_the_search_opens_its_case(agency: Agency) -> None:
    case = walk(agency, "work")
    response = signed_in("officer").get(f"/desk/?q={case.reference.lower()}")
    assert response.headers["Location"] == url(case)
    response = signed_in("roads_officer").get(f"/desk/?q={case.reference}")
    assert response.status_code == 200


def test_pages_follow_each_other_without_gap_or_repeat(agency: Agency) -> None:
    for _n in range(55):
        file_case()
    client = signed_in("intake")
    first = client.get("/desk/?view=unit")
    second = client.get(f"/desk/{first.context['next']}")
    seen = [row["reference"] for row in first.context["rows"] + second.context["rows"]]
    assert len(seen) == len(set(seen)) == 55
    assert not second.context["next"]
    assert client.get("/desk/?after=nonsense_x").status_code == 200


def test_the_queue_costs_at_most_ten_statements_whatever_its_length(
    agency: Agency, django_assert_max_num_queries
) -> None:
    client = signed_in("intake")
    client.get("/desk/")
    for _n in range(12):
        file_case()
    with django_assert_max_num_queries(10):
        client.get("/desk/")


def test_the_case_page_costs_at_most_sixteen_statements_whatever_its_history(
    agency: Agency, django_assert_max_num_queries
) -> None:
    case = walk(agency, "work")
    client = signed_in("officer")
    client.get(url(case))
    for n in range(15):
        case = do(case, "note", agency.officer, text=f"Catatan {n}")
    with django_assert_max_num_queries(16):
        client.get(url(case))


def test_the_counter_files_for_somebody_and_prints_the_secret_once(agency: Agency) -> None:
    client = signed_in("officer")
    sent = {
        "channel": "counter",
        "text": "Warga datang: air mati sepekan di RT 07.",
        "identity": "named",
        "name": "Pak Slamet",
        "received_at": "2026-01-05 09:00",
        "token": "abc",
    }
    response = client.post("/desk/file/", sent, follow=True)
    assert response.status_code == 200
    case = Case.objects.get()
    [secret] = re.findall(r"\b(?:\d{4} ){3}\d{4}\b", response.content.decode())
    assert same_secret(secret, case.secret_digest)
    agency.officer.memberships.create(unit=agency.root, role="intake")
    assert secret not in client.get(url(case)).content.decode()
    assert (case.channel, case.filed_by) == ("counter", agency.officer)
    assert case.received_at.year == 2026
    assert case.received_at < case.created_at
    assert client.post("/desk/file/", sent | {"text": "x"}).status_code == 409
    assert case.reference in client.post("/desk/file/", sent, follow=True).content.decode()
    assert Case.objects.count() == 1
    assert signed_in("quality").get("/desk/file/").status_code == 404


def test_a_withheld_name_is_on_no_case_page_and_identity_officers_find_the_way_to_it(
    agency: Agency,
) -> None:
    case = walk(agency, "work", identity="withheld", name="Wulan Rahasia")
    page = signed_in("officer").get(url(case)).content.decode()
    assert "Wulan Rahasia" not in page
    assert "Dirahasiakan, sesuai permintaan pelapor" in page
    agency.officer2.memberships.update(identity_officer=True)
    page = signed_in("officer2").get(url(case)).content.decode()
    assert "Wulan Rahasia" not in page
    assert f"{url(case)}identity/" in page


def test_the_drawn_flow_shows_the_way_that_the_case_took(agency: Agency) -> None:
    flow = signed_in("officer").get(url(walk(agency, "confirm"))).context["flow"]
    boxes = re.findall(r'<g class="(\w*)"><rect[^>]*/><text[^>]*>([^<]*)<', flow)
    assert [label for kind, label in boxes if kind == "past"] == [
        "Verifikasi",
        "Disposisi",
        "Dikerjakan",
    ]


@pytest.mark.parametrize(
    ("role", "told"),
    [("quality", False), ("auditor", False), ("administrator", True), ("officer", False)],
)
def test_a_role_without_cases_is_told_so(agency: Agency, role: str, told: bool) -> None:
    page = signed_in(role).get("/desk/", headers={"Accept-Language": "en"})
    assert ("No cases for your role" in page.content.decode()) == told
