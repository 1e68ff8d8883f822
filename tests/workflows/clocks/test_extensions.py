"""More time: asked for, given by somebody else, and never more than the policy allows."""

import pytest

from accounts.models import User
from casework.models import Case
from tests.agency import Agency, do
from tests.clockwork import at, clock_of, due, kinds, on, policy, rule, swept, target
from tests.workflows.clocks.steps import letters, read_by_citizen, refused, step, told, work
from workflows.actions import act, acts_for, form_for
from workflows.errors import Forbidden, Stale, Unlawful

WHY = {"reason": "Suku cadang baru tiba hari Kamis."}


@pytest.fixture
def extendable(agency: Agency) -> Agency:
    with on("2026-01-01 08:00"):
        policy(rule("semua", {"resolution": target(10, extension=5)}))
    return agency


def test_an_extension_adds_its_amount_and_tells_the_complainant_why_and_until_when(extendable):
    case = work(extendable)
    case = step("2026-11-10 10:00", case, "extend", extendable.supervisor, amount=3, **WHY)
    assert due(clock_of(case, "resolution")) == "2026-11-19 16:00"
    extend, moved = case.events.order_by("-number")[:2][::-1]
    assert (extend.kind, extend.audience, extend.text) == ("extend", "public", WHY["reason"])
    assert (moved.kind, moved.audience) == ("due_moved", "step")
    assert read_by_citizen(case) == ["We need more time", "Our answer now comes by 19 Nov 2026"]
    assert letters(case, "due_moved") == [("due_moved", None)]
    assert (told(case, "due_moved"), told(case, "extend")) == (set(), {"officer"})
    assert case.next_due_at == at("2026-11-19 16:00")


def test_all_extensions_together_add_no_more_than_the_policy_allows(extendable):
    case = work(extendable)
    case = step("2026-11-10 10:00", case, "extend", extendable.supervisor, amount=3, **WHY)
    wrong = refused("2026-11-10 11:00", case, "extend", extendable.head, amount=3, **WHY)
    assert wrong == {"amount": "The policy allows 2 working days at most."}
    case = step("2026-11-10 12:00", case, "extend", extendable.head, amount=2, **WHY)
    assert due(clock_of(case, "resolution")) == "2026-11-23 16:00"
    with pytest.raises(Unlawful):
        step("2026-11-10 13:00", case, "extend", extendable.head, amount=1, **WHY)


def test_where_the_policy_allows_none_that_is_said_and_nothing_is_offered(agency: Agency):
    with on("2026-01-01 08:00"):
        policy(rule("semua", {"resolution": target(10)}))
    case = work(agency)
    assert "extend" not in acts_for(case, agency.supervisor)
    with pytest.raises(Unlawful) as refusal:
        step("2026-11-10 10:00", case, "extend", agency.supervisor, amount=1, **WHY)
    assert "more time" in str(refusal.value.title) or "waktu" in str(refusal.value.title)


def test_whoever_has_the_case_gives_themselves_no_time(extendable):
    case = step(
        "2026-11-03 10:00",
        work(extendable),
        "reassign",
        extendable.head,
        assignee="supervisor",
    )
    for who in (extendable.supervisor, extendable.officer, extendable.intake):
        with pytest.raises(Forbidden):
            step("2026-11-10 10:00", case, "extend", who, amount=1, **WHY)
    step("2026-11-10 10:00", case, "extend", extendable.head, amount=1, **WHY)


def test_more_time_is_asked_for_by_who_has_the_case_and_the_supervisors_hear(extendable):
    case = work(extendable)
    with pytest.raises(Forbidden):
        step("2026-11-09 10:00", case, "ask_extension", extendable.officer2, amount=2, **WHY)
    case = step("2026-11-09 10:00", case, "ask_extension", extendable.officer, amount=2, **WHY)
    asked = case.events.get(kind="ask_extension")
    assert (asked.audience, told(case, "ask_extension")) == ("internal", {"supervisor"})
    assert letters(case, "more_time") == [("more_time", "supervisor")]
    assert due(clock_of(case, "resolution")) == "2026-11-16 16:00"
    form = form_for(case, "extend", extendable.supervisor)
    assert form.initial["amount"] == 2
    assert WHY["reason"] not in str(form), "what staff say among themselves is not made public"


def test_a_supervisor_who_has_the_case_asks_those_above(extendable):
    case = step(
        "2026-11-03 10:00", work(extendable), "reassign", extendable.head, assignee="supervisor"
    )
    case = step("2026-11-09 10:00", case, "ask_extension", extendable.supervisor, amount=2, **WHY)
    assert told(case, "ask_extension") == {"head"}


def test_who_asked_for_it_does_not_give_it_either_once_somebody_else_has_the_case(extendable):
    case = step(
        "2026-11-03 10:00", work(extendable), "reassign", extendable.head, assignee="supervisor"
    )
    case = step("2026-11-09 10:00", case, "ask_extension", extendable.supervisor, amount=2, **WHY)
    case = step("2026-11-09 11:00", case, "reassign", extendable.head, assignee="officer")
    wrong = refused("2026-11-09 12:00", case, "extend", extendable.supervisor, amount=2, **WHY)
    assert wrong == {"__all__": "You asked for it yourself: somebody else decides."}
    case = step("2026-11-09 13:00", case, "extend", extendable.head, amount=2, **WHY)
    assert due(clock_of(case, "resolution")) == "2026-11-18 16:00"
    # What was answered is asked no more.
    assert form_for(case, "extend", extendable.supervisor).initial.get("amount") is None


def test_a_late_extension_changes_the_date_shown_and_never_the_outcome(extendable):
    case = work(extendable)
    swept("2026-11-17 08:00")
    case = step("2026-11-17 10:00", case, "extend", extendable.supervisor, amount=3, **WHY)
    clock = clock_of(case, "resolution")
    assert due(clock) == "2026-11-19 16:00"
    assert clock.breached_at == at("2026-11-16 16:00")
    case = step("2026-11-18 10:00", case, "respond", extendable.officer, text="Sudah.")
    assert clock_of(case, "resolution").breached_at == at("2026-11-16 16:00")


def test_a_later_pause_moves_what_was_extended(extendable):
    case = work(extendable)
    case = step("2026-11-10 10:00", case, "extend", extendable.supervisor, amount=3, **WHY)
    case = step("2026-11-17 10:00", case, "ask", extendable.officer, text="Di mana?")
    case = step("2026-11-19 10:00", case, "recall", extendable.officer)
    assert due(clock_of(case, "resolution")) == "2026-11-23 16:00"
    assert kinds(clock_of(case, "resolution")) == ["started", "extended", "paused", "resumed"]


def test_an_extension_that_was_sent_twice_is_given_once(extendable):
    case = work(extendable)
    with on("2026-11-10 10:00"):
        seen = case.last_event_id
        act(case, "extend", extendable.supervisor, seen=seen, amount=2, **WHY)
        with pytest.raises(Stale):
            act(
                Case.objects.get(pk=case.pk),
                "extend",
                extendable.supervisor,
                seen=seen,
                amount=2,
                **WHY,
            )
    assert due(clock_of(case, "resolution")) == "2026-11-18 16:00"


def test_a_request_that_came_in_between_is_read_before_the_date_moves(extendable):
    case = work(extendable)
    with on("2026-11-10 10:00"):
        do(case, "ask_extension", extendable.officer, amount=4, **WHY)
        with pytest.raises(Stale):
            act(
                Case.objects.get(pk=case.pk),
                "extend",
                extendable.supervisor,
                seen=case.last_event_id,
                amount=2,
                **WHY,
            )


def test_of_several_clocks_that_may_be_extended_one_is_named(agency: Agency):
    with on("2026-01-01 08:00"):
        both = {
            "resolution": target(10, extension=5),
            "unit_work": target(16, "working_hours", extension=8),
        }
        policy(rule("semua", both))
    case = work(agency)
    wrong = refused("2026-11-03 10:00", case, "extend", agency.supervisor, amount=1, **WHY)
    assert set(wrong) == {"clock"}
    mine = clock_of(case, "unit_work")
    case = step(
        "2026-11-03 10:00", case, "extend", agency.supervisor, clock=mine.pk, amount=4, **WHY
    )
    assert kinds(clock_of(case, "unit_work")) == ["started", "extended"]
    assert kinds(clock_of(case, "resolution")) == ["started"]
    assert not case.events.filter(kind="due_moved").exists(), "the unit's time was promised nobody"


def test_at_level_2_nobody_who_decided_before_gives_time(extendable):
    case = step("2026-11-05 10:00", work(extendable), "respond", extendable.supervisor, text="Ok.")
    case = step(
        "2026-11-05 11:00",
        case,
        "dispute",
        User.objects.get(username="officer2"),
        reason="Belum.",
        someone_else=True,
        channel="phone",
        proof="Tahu kode.",
    )
    with pytest.raises(Forbidden):
        step("2026-11-05 12:00", case, "extend", extendable.supervisor, amount=1, **WHY)
    step("2026-11-05 12:00", case, "extend", extendable.head, amount=1, **WHY)
