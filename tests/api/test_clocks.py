"""What programs read of due dates."""

import pytest

from casework.models import Case
from tests.agency import Agency, citizen, do, file_case, walk
from tests.api.conftest import client
from tests.clockwork import on, policy, rule, target
from tests.ledgers import promised
from workflows import filing

CASES, NOON = "/api/v1/cases/", "2026-11-24 12:36"


@pytest.fixture(autouse=True)
def targets(agency: Agency) -> None:
    policy(rule("all", {"acknowledgement": target(3), "resolution": target(14)}))


@pytest.fixture
def case(agency: Agency) -> Case:
    with on("2026-11-12 08:14"):
        return walk(agency, "work")


def read(agency: Agency, case: Case, now: str = NOON, **headers: str):
    with on(now):
        return client(agency.officer).get(f"{CASES}{case.reference}/", **headers)


def listed(agency: Agency, query: str, now: str = NOON) -> list[str]:
    with on(now):
        return [
            row["reference"] for row in client(agency.head).get(f"{CASES}?{query}").data["results"]
        ]


def test_a_case_tells_its_clocks(agency: Agency, case: Case) -> None:
    told = read(agency, case).json()
    assert told["next_due_at"] == "2026-12-02T09:00:00Z"
    assert told["clocks"] == [
        {
            "metric": "acknowledgement",
            "cycle": 1,
            "subject": 0,
            "state": "met",
            "started_at": "2026-11-12T01:14:00Z",
            "due_at": "2026-11-17T09:00:00Z",
            "ended_at": "2026-11-12T01:14:00Z",
            "breached": False,
            "reason": None,
        },
        {
            "metric": "resolution",
            "cycle": 1,
            "subject": 0,
            "state": "running",
            "started_at": "2026-11-12T01:14:00Z",
            "due_at": "2026-12-02T09:00:00Z",
            "ended_at": None,
            "breached": False,
            "reason": None,
        },
    ]


def test_a_paused_clock_says_why_and_has_no_date(agency: Agency, case: Case) -> None:
    with on("2026-11-16 10:05"):
        do(case, "ask", agency.officer, text="Berapa rumah yang terdampak?")
    told = read(agency, case).json()
    clock = told["clocks"][1]
    assert (clock["state"], clock["due_at"], clock["reason"]) == ("paused", None, "complainant")
    assert told["next_due_at"] is None


def test_it_is_breached_from_its_date_on_whether_a_sweep_ran_or_not(agency, case) -> None:
    before = read(agency, case, "2026-12-02 16:00")
    assert before.data["clocks"][1]["breached"] is False
    tag = {"HTTP_IF_NONE_MATCH": before["ETag"]}
    assert read(agency, case, "2026-12-02 16:00", **tag).status_code == 304
    after = read(agency, case, "2026-12-02 16:01", **tag)
    assert after.status_code == 200, "time alone changes what is told"
    assert after.data["clocks"][1]["breached"] is True


def test_the_list_tells_the_nearest_date_and_narrows_to_what_is_late(agency, case) -> None:
    with on("2026-11-02 08:00"):
        late, closed = file_case(), walk(agency, "closed")
    with on(NOON):
        rows = client(agency.head).get(CASES).data["results"]
    dates = {row["reference"]: row["next_due_at"] for row in rows}
    assert dates[closed.reference] is None
    assert str(dates[late.reference]).startswith("2026-11-05")
    assert listed(agency, "breached=true") == listed(agency, "breached=1") == [late.reference]
    assert set(listed(agency, "breached=false")) == {case.reference, closed.reference}
    assert listed(agency, "breached=true&unit=water") == []


def test_a_closed_case_that_owes_something_is_being_put_right(agency, case) -> None:
    with on("2026-11-20 10:00"):
        case = do(case, "respond", agency.officer, text="Pompa cadangan dipasang nanti.")
        promised(case, "2026-11-20 10:00", "2026-12-16 16:00")
    with on("2026-11-23 10:00"):
        case.refresh_from_db()
        case = do(case, "confirm", citizen(case))
    assert read(agency, case).data["status"] == "being_put_right"
    assert listed(agency, "status=being_put_right") == [case.reference]
    assert listed(agency, "status=closed") == []
    assert listed(agency, "breached=true", "2026-12-20 09:00") == [], "open cases alone"


def test_the_complainants_program_learns_by_when_we_answer(agency: Agency) -> None:
    with on("2026-11-12 08:14"):
        filed = filing.file({"text": "Air mati empat hari di RT 03.", "identity": "none"})

    def tracked(now: str) -> object:
        said = {"reference": filed.case.reference, "secret": filed.secret}
        with on(now):
            return client().post("/api/v1/track/", said, format="json").json()["promised_at"]

    assert tracked(NOON) == "2026-12-02T09:00:00Z"
    with on("2026-11-16 10:05"):
        do(filed.case, "ask", agency.intake, text="Di mana tepatnya?")
    assert tracked(NOON) is None
