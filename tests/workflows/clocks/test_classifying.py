"""What a case is decides its targets: sorted anew, its clocks follow."""

import pytest

from accounts.models import Membership, User
from casework.models import Case
from tests.agency import Agency, citizen, do, file_case, walk
from tests.clockwork import clock_of, due, kinds, on, policy, rule, states, target
from tests.workflows.clocks.steps import letters, refused, step, told, work
from workflows.errors import Forbidden, Unlawful


@pytest.fixture
def sorted_out(agency: Agency) -> Agency:
    with on("2026-01-01 08:00"):
        policy(
            rule("mendesak", {"resolution": target(5)}, priorities=["urgent"]),
            rule("tanya", {"resolution": target(3)}, kinds=["information"]),
            rule("pungli", {"first_response": target(1)}, categories=["graft"]),
            rule("semua", {"resolution": target(10)}),
        )
    return agency


def test_another_priority_counts_from_receipt_and_keeps_the_pauses(sorted_out):
    case = step("2026-11-03 10:00", work(sorted_out), "ask", sorted_out.officer, text="Di mana?")
    case = step("2026-11-05 10:00", case, "answered", citizen(case), text="RT 03.")
    done = step("2026-11-05 11:00", case, "classify", sorted_out.officer, priority="urgent")
    assert due(clock_of(done, "resolution")) == "2026-11-11 16:00"
    assert kinds(clock_of(done, "resolution"))[-1] == "retargeted"
    event = done.events.get(kind="classify")
    assert (event.data, event.audience) == ({"priority": "urgent"}, "internal")
    assert letters(done, "due_moved") == [("due_moved", None)]


def test_at_acceptance_kind_and_priority_are_said_with_the_category(sorted_out):
    with on("2026-11-02 09:00"):
        case = do(
            file_case(),
            "accept",
            sorted_out.intake,
            category="water",
            kind="information",
            priority="normal",
        )
    assert (case.kind, case.priority) == ("information", "normal")
    assert case.events.get(kind="accept").data["kind"] == "information"
    assert due(clock_of(case, "resolution")) == "2026-11-05 16:00"


def test_what_is_not_said_stays(sorted_out):
    case = work(sorted_out)
    done = step("2026-11-03 10:00", case, "classify", sorted_out.officer, kind="information")
    assert (done.category, done.priority, done.kind) == (case.category, "normal", "information")
    wrong = refused("2026-11-03 11:00", done, "classify", sorted_out.officer, kind="information")
    assert wrong == {"__all__": "All of it is so already."}
    wrong = refused("2026-11-03 11:00", done, "classify", sorted_out.officer, kind="rumour")
    assert set(wrong) == {"kind"}


def test_a_category_for_restricted_cases_restricts_and_no_other_lifts_that(sorted_out):
    Membership.objects.update(handles_restricted=True)
    supervisor = User.objects.get(username="supervisor")
    case = step("2026-11-03 10:00", work(sorted_out), "classify", supervisor, category="graft")
    assert case.restricted
    assert states(case) == {"resolution 1.0": "cancelled", "first_response 1.0": "running"}
    case = step("2026-11-03 11:00", case, "classify", supervisor, category="water")
    assert (case.restricted, case.category) == (True, sorted_out.plain)


def test_nothing_is_restricted_where_nobody_would_be_left(sorted_out):
    wrong = refused(
        "2026-11-03 10:00", work(sorted_out), "classify", sorted_out.officer, category="graft"
    )
    assert wrong == {"category": "Nobody in this unit is cleared for restricted cases."}


def test_those_merged_into_it_are_restricted_with_it(sorted_out):
    Membership.objects.update(handles_restricted=True)
    target_, follower = file_case(), file_case()
    do(follower, "merge", sorted_out.intake, into=target_.reference)
    do(target_, "classify", User.objects.get(username="intake"), category="graft")
    assert Case.objects.filter(restricted=True).count() == 2


@pytest.mark.parametrize(
    ("stage", "may"),
    [
        ("triage", {"intake", "head"}),
        ("assign", {"supervisor", "head"}),
        ("work", {"officer", "supervisor", "head"}),
        ("on_hold", {"officer", "supervisor", "head"}),
    ],
)
def test_who_may_act_on_the_case_sorts_it(agency: Agency, stage: str, may: set[str]):
    case = walk(agency, stage)
    for who in ("intake", "officer", "officer2", "supervisor", "head", "roads_officer"):
        case.refresh_from_db()
        kind = "praise" if case.kind == "complaint" else "complaint"
        if who in may:
            assert do(case, "classify", getattr(agency, who), kind=kind).kind == kind
        else:
            with pytest.raises(Forbidden):
                do(case, "classify", getattr(agency, who), kind=kind)


def test_what_has_ended_is_not_sorted(agency: Agency):
    with pytest.raises(Unlawful):
        do(walk(agency, "closed"), "classify", agency.supervisor, kind="praise")


def test_the_assignee_hears_of_it(agency: Agency):
    case = do(walk(agency, "work"), "classify", agency.supervisor, kind="praise")
    assert told(case, "classify") == {"officer"}
