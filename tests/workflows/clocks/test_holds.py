"""Holds: for a third party, or by law; each with its own longest time."""

import pytest

from casework.models import Case
from tests.agency import Agency
from tests.clockwork import at, clock_of, due, kinds, on, policy, rule, swept, target
from tests.workflows.clocks.steps import refused, step, work
from workflows.clocks.book import lines_of

COURT = {"reason": "Menunggu putusan pengadilan.", "waits_for": "legal_hold"}


@pytest.fixture
def simple(agency: Agency) -> Agency:
    with on("2026-01-01 08:00"):
        policy(rule("semua", {"resolution": target(10)}))
    return agency


def reasons(case: Case) -> list[str]:
    clock = clock_of(case, "resolution")
    return [line.data["reason"] for line in lines_of(clock) if line.kind == "paused"]


def test_what_is_held_waits_for_a_third_party_unless_said_otherwise(simple):
    case = step(
        "2026-11-04 10:00", work(simple), "hold", simple.officer, reason="PLN", until="2026-11-10"
    )
    assert case.due_state == "third_party"
    assert reasons(case) == ["third_party"]
    assert case.events.get(kind="hold").data["waits_for"] == "third_party"


def test_a_legal_hold_is_for_supervisors_and_may_last_half_a_year(simple):
    case = work(simple)
    wrong = refused("2026-11-04 10:00", case, "hold", simple.officer, until="2026-11-10", **COURT)
    assert set(wrong) == {"waits_for"}
    case = step("2026-11-04 10:00", case, "hold", simple.supervisor, until="2027-05-03", **COURT)
    assert (case.due_state, reasons(case)) == ("legal_hold", ["legal_hold"])
    assert case.next_due_at is None


@pytest.mark.parametrize(
    ("waits_for", "last", "beyond"),
    [("third_party", "2027-01-03", "2027-01-04"), ("legal_hold", "2027-05-03", "2027-05-04")],
)
def test_no_hold_outlasts_its_maximum(simple, waits_for: str, last: str, beyond: str):
    case = work(simple)
    said = {"reason": "Menunggu.", "waits_for": waits_for}
    wrong = refused("2026-11-04 10:00", case, "hold", simple.supervisor, until=beyond, **said)
    assert set(wrong) == {"until"}
    step("2026-11-04 10:00", case, "hold", simple.supervisor, until=last, **said)


def test_a_hold_ends_at_its_date_whenever_the_sweep_notices(simple):
    case = step(
        "2026-11-04 10:00", work(simple), "hold", simple.supervisor, until="2026-11-06", **COURT
    )
    swept("2026-11-10 09:00")
    # Three working days ended meanwhile: 4, 5 and 6 November.
    assert due(clock_of(case, "resolution")) == "2026-11-19 16:00"
    case.refresh_from_db()
    assert (case.stage, case.due_state) == ("work", "calm")
    assert kinds(clock_of(case, "resolution")) == ["started", "paused", "resumed"]
    assert lines_of(clock_of(case, "resolution"))[-1].at == at("2026-11-06 23:59")


def test_a_reason_that_is_none_is_refused(simple):
    said = {"reason": "Hujan.", "waits_for": "rain", "until": "2026-11-10"}
    assert set(refused("2026-11-04 10:00", work(simple), "hold", simple.supervisor, **said)) == {
        "waits_for"
    }
