"""What an answer came from and led to, as programs send and read it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework import causes
from casework.models import Case, Category
from tests.agency import WORK, Agency, do, walk
from tests.api.conftest import client
from tests.api.test_actions import address

GIVEN = {"cause": "broken", "outcome": "upheld", "remedy": "repaired", "lesson": "Periksa pompa."}
SAID = {"action": "respond", "text": "Pompa sudah diganti.", **GIVEN}


@pytest.fixture(autouse=True)
def built_in(db: None) -> None:
    causes.install()


def told(agency: Agency, case: Case) -> list:
    answer = client(agency.auditor).get(f"/api/v1/cases/{case.reference}/timeline/")
    return [event["resolution"] for event in answer.json() if event["kind"] == "respond"]


def test_an_answer_is_sent_with_codes_and_the_timeline_has_them(agency: Agency) -> None:
    case = walk(agency, "work")
    assert client(agency.officer).post(address(case), SAID, format="json").status_code == 200
    assert told(agency, case) == [GIVEN]


def test_what_was_not_said_is_null(agency: Agency) -> None:
    case, plain = walk(agency, "work"), walk(agency, "confirm")
    said = {"action": "respond", "text": "Pompa sudah diganti.", "outcome": "explained"}
    assert client(agency.officer).post(address(case), said, format="json").status_code == 200
    nothing = {"cause": None, "outcome": "explained", "remedy": None, "lesson": None}
    assert told(agency, case) == [nothing]
    assert told(agency, plain) == [None]


@pytest.mark.parametrize("field", ["cause", "outcome", "remedy", "lesson"])
@pytest.mark.parametrize("value", ["facilities", 7, {"a": 1}, "x" * 3000])
def test_a_wrong_value_is_refused_at_its_field(agency: Agency, field: str, value: object) -> None:
    if field == "lesson" and value in ("facilities", 7):
        pytest.skip("These are words.")
    case = walk(agency, "work")
    answer = client(agency.officer).post(address(case), SAID | {field: value}, format="json")
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {field}


def test_what_a_category_asks_for_is_refused_where_it_is_missing(agency: Agency) -> None:
    Category.objects.update(cause_needed=True)
    case, said = walk(agency, "work"), {"action": "respond", "text": "Pompa sudah diganti."}
    answer = client(agency.officer).post(address(case), said, format="json")
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {"cause", "outcome", "remedy"}


def test_the_timeline_costs_the_same_however_many_answers_it_tells(agency: Agency) -> None:
    said = {name: SAID[name] for name in ("text", *GIVEN)}
    case = do(walk(agency, "work"), "respond", agency.officer, **said)
    few = statements(agency, case)
    case = do(do(case, "recall", agency.officer), "respond", agency.officer, **said)
    assert statements(agency, case) == few


def statements(agency: Agency, case: Case) -> int:
    program = client(agency.auditor)
    with CaptureQueriesContext(connection) as asked:
        program.get(f"/api/v1/cases/{case.reference}/timeline/")
    return len(asked)


def test_its_complainant_reads_none_of_it(agency: Agency) -> None:
    said = {"text": "Air mati empat hari di RT 03.", "identity": "none"}
    receipt = client().post("/api/v1/cases/", said, format="json").json()
    case = Case.objects.get(reference=receipt["reference"])
    for name, who, payload in WORK:
        case = do(case, name, getattr(agency, who), category="water", **payload)
    client(agency.officer).post(address(case), SAID, format="json")
    read = client().post("/api/v1/track/", {n: receipt[n] for n in ("reference", "secret")})
    assert SAID["text"] in read.text
    assert GIVEN["lesson"] not in read.text and "upheld" not in read.text
