"""Who is told what: written with the act, or not at all."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Membership
from casework.actors import SYSTEM
from casework.models import Case, Event
from notifications import rules
from notifications.models import Notification, Outbox
from notifications.rules import Rule
from tests.agency import citizen, do, file_case, walk
from workflows.deeds import EXITS, VERBS


def told(case, kind) -> set[str]:
    rows = Notification.objects.filter(case=case, kind=kind)
    return set(rows.values_list("user__username", flat=True))


def letters(case) -> list[tuple[str, str | None]]:
    rows = Outbox.objects.filter(case=case).order_by("pk")
    return list(rows.values_list("letter", "user__username"))


def test_intake_hears_of_a_new_complaint_and_the_citizen_gets_a_receipt(agency):
    case = file_case()
    assert told(case, "filed") == {"intake"}
    assert letters(case) == [("received", None)]


def test_nobody_without_an_address_is_owed_a_mail(agency):
    assert letters(file_case(email="")) == []
    assert letters(file_case(identity="none", name="", email="")) == []


def test_the_way_of_a_case_tells_each_person_their_part(agency):
    case = walk(agency, "wait_work")
    assert told(case, "accept") == {"supervisor"}
    assert told(case, "assigned") == {"officer"}
    assert letters(case) == [("received", None), ("assigned", "officer"), ("question", None)]
    case = do(case, "answered", citizen(case), text="Tiga puluh rumah.")
    assert told(case, "answered") == {"officer"}
    case = do(case, "respond", agency.officer, text="Sudah mengalir.")
    do(case, "dispute", citizen(case), reason="Masih mati.")
    assert told(case, "dispute") == {"supervisor", "officer"}
    assert letters(case)[3:] == [
        ("answered", "officer"),
        ("answer", None),
        ("disputed", "supervisor"),
    ]


def test_a_draft_tells_its_approvers_and_not_the_citizen(agency):
    case = walk(agency, "review", category="bills")
    assert told(case, "respond") == {"supervisor"}
    assert ("answer", None) not in letters(case)
    case = do(case, "approve", agency.supervisor)
    assert told(case, "approve") == {"officer"}
    assert letters(case)[-1] == ("answer", None)


def test_the_supervisor_who_drafted_is_approved_by_the_one_above(agency):
    case = walk(agency, "work", category="bills")
    case = do(case, "respond", agency.supervisor, text="Tagihan dikoreksi.")
    assert told(case, "respond") == {"head"}


def test_nobody_is_told_what_they_did_themselves(agency):
    case = walk(agency, "assign")
    do(case, "assigned", agency.supervisor, assignee="supervisor")
    assert told(case, "assigned") == set()


def test_of_a_restricted_case_only_those_who_see_it_are_told(agency):
    Membership.objects.filter(user=agency.head).update(handles_restricted=True)
    Membership.objects.filter(user=agency.intake).update(handles_restricted=True)
    case = file_case(category="graft")
    assert told(case, "filed") == {"intake"}
    do(case, "accept", agency.intake, category="graft", unit="water")
    assert told(case, "accept") == {"head"}


def test_time_reminds_and_closes_by_letter(agency):
    case = walk(agency, "confirm")
    case = do(case, "remind", SYSTEM)
    assert letters(case)[-1] == ("still_answered", None)
    case = do(case, "timeout", SYSTEM)
    assert letters(case)[-1] == ("auto_closed", None)
    assert told(case, "timeout") == {"officer"}


@pytest.mark.parametrize(
    ("stage", "letter"),
    [("closed", "closed"), ("rejected", "rejected"), ("referred", "referred"),
     ("lapsed", "lapsed"), ("withdrawn", "withdrawn"), ("merged", "merged")],
)  # fmt: skip
def test_every_end_is_told_to_the_citizen(agency, stage, letter):
    assert letters(walk(agency, stage))[-1] == (letter, None)


def test_a_rule_that_fails_undoes_the_act(agency, monkeypatch):
    case = walk(agency, "assign")

    def broken(room):
        raise LookupError("nobody")

    monkeypatch.setitem(rules.STAFF, "assigned", (Rule(broken),))
    events = Event.objects.count()
    with pytest.raises(LookupError):
        do(case, "assigned", agency.supervisor, assignee="officer")
    case.refresh_from_db()
    assert (case.stage, case.assignee, Event.objects.count()) == ("assign", None, events)


def test_a_failing_rule_during_a_timeout_leaves_the_case_for_the_next_sweep(agency, monkeypatch):
    from django.utils import timezone

    from workflows.sweep import sweep

    case = walk(agency, "confirm")
    Case.objects.filter(pk=case.pk).update(timeout_at=timezone.now(), remind_at=None)

    def broken(room):
        raise LookupError("nobody")

    with monkeypatch.context() as patch:
        patch.setitem(rules.STAFF, "timeout", (Rule(broken),))
        assert sweep().failed == 1
    case.refresh_from_db()
    assert case.stage == "confirm"
    assert sweep().timeouts == 1
    case.refresh_from_db()
    assert case.stage == "auto_closed"


def test_the_rules_name_only_acts_that_exist():
    by_itself = {"warned", "late", "escalated", "due_moved"}
    known = {"filed", "timeout", "follow", "break_glass", *by_itself, *EXITS, *VERBS}
    assert {key.split(":")[0] for key in (*rules.STAFF, *rules.CITIZEN)} <= known


def test_telling_costs_few_statements_however_many_are_told(agency):
    case = walk(agency, "assign")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        do(case, "assigned", agency.supervisor, assignee="officer")
    mine = [q for q in asked if "notifications_" in q["sql"]]
    assert len(mine) == 2
    with CaptureQueriesContext(connection) as asked:
        file_case()
    assert len(asked) <= 30
