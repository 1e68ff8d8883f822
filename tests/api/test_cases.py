from rest_framework.test import APIClient

from tests.agency import Agency, do, walk
from tests.api.conftest import client

CASES = "/api/v1/cases/"


def test_the_list_needs_a_key(anybody: APIClient) -> None:
    answer = anybody.get(CASES)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.data["type"] == "urn:tanggap:problem:unauthenticated"


def test_a_case_says_what_can_be_done(agency: Agency) -> None:
    case = walk(agency, "work")
    answer = client(agency.officer).get(f"{CASES}{case.reference}/")
    assert answer.data["stage"] == "work"
    assert answer.data["status"] == "being_worked_on"
    assert "respond" in answer.data["exits"]
    assert answer.data["seen"] == case.last_event_id
    assert answer.data["contacts"]["name"] == "Wulan Anggraini"


def test_a_withheld_name_is_not_told(agency: Agency) -> None:
    case = walk(agency, "work", identity="withheld")
    answer = client(agency.officer).get(f"{CASES}{case.reference}/")
    assert answer.data["contacts"] is None
    assert "Wulan" not in answer.content.decode()


def test_a_case_of_another_unit_is_not_there(agency: Agency) -> None:
    address = f"{CASES}{walk(agency, 'work').reference}/"
    api = client(agency.roads_officer)
    assert api.get(address).status_code == 404
    assert api.get(f"{address}timeline/").status_code == 404
    answer = api.post(f"{address}actions/", {"action": "note", "text": "x"}, format="json")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_the_timeline_tells_all_to_staff(agency: Agency) -> None:
    case = do(walk(agency, "work"), "note", agency.officer, text="Rahasia dinas.")
    events = client(agency.officer).get(f"{CASES}{case.reference}/timeline/").data
    assert [event["kind"] for event in events] == ["note", "assigned", "accept", "filed"]
    assert events[0]["text"] == "Rahasia dinas."
    assert "Wulan" not in events[-1]["who"]
