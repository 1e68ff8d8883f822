from tests.agency import Agency, citizen, do, walk
from tests.api.conftest import client


def address(case) -> str:
    return f"/api/v1/cases/{case.reference}/actions/"


def test_an_officer_answers(agency: Agency) -> None:
    case = walk(agency, "work")
    said = {"action": "respond", "seen": case.last_event_id, "text": "Pompa sudah diganti."}
    answer = client(agency.officer).post(address(case), said, format="json")
    assert answer.status_code == 200
    assert answer.data["stage"] == "confirm"
    assert answer.data["event"] == answer.data["seen"] > case.last_event_id


def test_who_passes_a_case_on_still_gets_an_answer(agency: Agency) -> None:
    case = walk(agency, "work")
    said = {"action": "transfer", "unit": "roads"}
    assert client(agency.supervisor).post(address(case), said, format="json").status_code == 200


def test_a_stale_act_is_refused_with_what_happened(agency: Agency) -> None:
    case = walk(agency, "work")
    do(case, "message", citizen(case), text="Sekarang keruh.")
    said = {"action": "respond", "seen": case.last_event_id, "text": "Sudah."}
    answer = client(agency.officer).post(address(case), said, format="json")
    assert answer.status_code == 409
    assert answer.data["type"] == "urn:tanggap:problem:stale"
    assert [event["kind"] for event in answer.data["meanwhile"]] == ["message"]


def test_what_is_not_lawful_is_refused(agency: Agency) -> None:
    case, api = walk(agency, "work"), client(agency.officer)
    for name in ("approve", "no-such-act"):
        answer = api.post(address(case), {"action": name}, format="json")
        assert answer.status_code == 422
        assert answer.data["type"] == "urn:tanggap:problem:unlawful"


def test_what_is_not_mine_is_forbidden(agency: Agency) -> None:
    case = walk(agency, "work")
    said = {"action": "respond", "text": "Sudah."}
    answer = client(agency.auditor).post(address(case), said, format="json")
    assert answer.status_code == 403
    assert answer.data["type"] == "urn:tanggap:problem:forbidden"


def test_a_payload_is_checked(agency: Agency) -> None:
    case, api = walk(agency, "work"), client(agency.officer)
    for said in ({}, {"text": ["a"]}, {"text": "a\x00b"}):
        answer = api.post(address(case), {"action": "respond", **said}, format="json")
        assert answer.status_code == 422, said
        assert list(answer.data["errors"]) == ["text"]
        assert len(answer.data["errors"]["text"]) == 1
    for said in (
        {"action": ["x"]},
        {"action": "note", "seen": "x"},
        {"action": "n", "seen": 10**30},
    ):
        assert api.post(address(case), said, format="json").status_code == 422, said


def test_a_truth_value_is_no_text_but_ticks_a_box(agency: Agency) -> None:
    case, api = walk(agency, "closed"), client(agency.head)
    proven = {"channel": "phone", "proof": "Tahu kode rahasia."}
    wrong = {"action": "reopen", "reason": False, "someone_else": True, **proven}
    refused = api.post(address(case), wrong, format="json")
    assert (refused.status_code, list(refused.data["errors"])) == (422, ["reason"])
    right = wrong | {"reason": "Pompa rusak lagi."}
    assert api.post(address(case), right, format="json").data["stage"] == "assign"
    case.refresh_from_db()
    assert case.level == 2
