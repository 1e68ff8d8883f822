"""A figure is what its definition says, for those who may see it: each is asked in SQL again."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Membership, User
from accounts.rights import Role
from casework.models import Case
from figures import open_cases, outcomes, recount
from figures.folding import fold
from figures.models import Delta, Fallen, FallenDelta, Standing
from figures.scope import Period, Scope
from tests.agency import Agency, walk
from tests.figures import sql
from tests.figures.rows import clock, due, met, missed
from tests.figures.wall import build

NOW = datetime(2026, 11, 24, 5, 41, tzinfo=UTC)
READERS = ("supervisor", "head", "quality", "auditor", "officer", "administrator")


def found(user: User, unit: int | None = None) -> dict[str, int]:
    counted = open_cases.count(Scope.of(user, unit), NOW)
    return {
        "open": open_cases.open_cases(counted),
        "late": open_cases.late(counted),
        "soon": open_cases.at_risk(counted),
        "paused": open_cases.paused(counted),
        **open_cases.paused_by_reason(counted),
        "unassigned": open_cases.unassigned(counted),
    }


def fell(user: User, days: int = 30, unit: int | None = None) -> outcomes.Outcomes:
    return outcomes.count(Scope.of(user, unit), Period.until(NOW, days), NOW)


@pytest.fixture
def wall(agency: Agency) -> Agency:
    build(agency, NOW)
    return agency


def folded() -> None:
    fold(Standing, Delta)
    fold(Fallen, FallenDelta)


def test_every_figure_equals_what_its_definition_says(wall: Agency):
    for fold_now in (lambda: None, folded):
        fold_now()
        for name in READERS:
            user = User.objects.get(username=name)
            assert found(user) == sql.open_cases(user, NOW), name
            for days in (7, 30):
                assert outcomes.breach_reasons(fell(user, days)) == sql.reasons(user, NOW, days)
                for metric in ("resolution", "acknowledgement", "unit_work", "next_update"):
                    clocks = fell(user, days).of(metric)
                    kept, moved = outcomes.on_time(clocks), outcomes.on_time_by_moving(clocks)
                    said = (kept.numerator, moved.numerator, kept.denominator)
                    assert said == sql.on_time(user, NOW, days, metric), (name, metric)


def test_the_wall_of_the_tests_holds_something_of_everything(wall: Agency):
    head = found(wall.head)
    assert all(head.values()), head
    kept = outcomes.on_time(fell(wall.head).of("resolution"))
    assert 0 < kept.numerator < kept.denominator
    assert outcomes.on_time_by_moving(fell(wall.head).of("resolution")).numerator
    assert set(outcomes.breach_reasons(fell(wall.head))) == {"", "parts", "wrong_unit"}
    assert found(wall.head) != found(wall.auditor)


def test_one_unit_is_counted_as_all_of_them_are(wall: Agency):
    parts = open_cases.count(Scope.of(wall.head), NOW).by_unit()
    assert set(parts) == {wall.root.pk, wall.water.pk, wall.roads.pk}
    for unit, part in parts.items():
        assert part.numbers == open_cases.count(Scope.of(wall.head, unit), NOW).numbers
        assert found(wall.head, unit) == sql.open_cases(wall.head, NOW, unit)
        reasons = outcomes.breach_reasons(fell(wall.head, unit=unit))
        assert reasons == sql.reasons(wall.head, NOW, 30, unit)


def test_a_unit_out_of_sight_has_no_figures(wall: Agency):
    assert not any(found(wall.supervisor, wall.roads.pk).values())


def test_what_turned_is_counted_by_the_moment_and_not_by_the_sweep(agency: Agency):
    case = due(walk(agency, "work"), "calm", NOW, hours=10, turns=5)
    cases = Scope.of(agency.head)
    states = {}
    for hours in (0, 5, 10, 10.01):
        counted = open_cases.count(cases, NOW + timedelta(hours=hours))
        states[hours] = (open_cases.at_risk(counted), open_cases.late(counted))
    assert states == {0: (0, 0), 5: (1, 0), 10: (1, 0), 10.01: (0, 1)}
    assert case.due_state == "calm"


def test_a_due_date_that_passed_unnoticed_is_missed(agency: Agency):
    case = walk(agency, "work")
    clock(case, first_due=NOW - timedelta(minutes=1))
    clock(case, "next_update", first_due=NOW)
    kept = outcomes.on_time(fell(agency.head))
    assert (kept.numerator, kept.denominator) == (0, 1)
    assert outcomes.breach_reasons(fell(agency.head)) == {"": 1}


def test_nobody_learns_from_a_figure_that_a_case_is_about_them(agency: Agency):
    case = due(walk(agency, "work"), "late", NOW)
    missed(case, due_at=NOW)
    for about in ({"about_people": [agency.head.pk]}, {"about_unit": agency.root}):
        Case.objects.filter(pk=case.pk).update(about_people=[], about_unit=None)
        assert found(agency.head)["late"] == found(agency.auditor)["late"] == 1
        Case.objects.filter(pk=case.pk).update(**about)
        assert not any(found(agency.head).values())
        assert outcomes.breach_reasons(fell(agency.head)) == {}
        assert found(agency.auditor)["late"] == 1
        assert outcomes.breach_reasons(fell(agency.auditor)) == {"": 1}


def test_restricted_cases_count_for_those_alone_who_are_cleared(agency: Agency):
    case = due(walk(agency, "work"), "soon", NOW)
    met(case, due_at=NOW)
    Case.objects.filter(pk=case.pk).update(restricted=True)
    assert not found(agency.supervisor)["soon"]
    assert outcomes.on_time(fell(agency.supervisor)).denominator == 0
    Membership.objects.filter(user=agency.supervisor).update(handles_restricted=True)
    cleared = User.objects.get(pk=agency.supervisor.pk)
    assert found(cleared)["soon"] == 1
    assert outcomes.on_time(fell(cleared)).denominator == 1


def test_a_leader_who_reads_no_case_reads_no_figure_of_one(agency: Agency):
    leader = User.objects.create(username="leader")
    Membership.objects.create(user=leader, unit=agency.root, role=Role.LEADER)
    due(walk(agency, "work"), "late", NOW)
    assert not any(found(leader).values())


def test_reasons_come_by_number_and_what_gives_none_comes_last(agency: Agency):
    for reason in ("", "", "", "parts", "wrong_unit", "wrong_unit"):
        missed(walk(agency, "work"), due_at=NOW, breach_reason=reason)
    found = outcomes.breach_reasons(fell(agency.head))
    assert list(found.items()) == [("wrong_unit", 2), ("parts", 1), ("", 3)]


def test_figures_are_read_in_three_statements(wall: Agency):
    scope = Scope.of(wall.head)
    with CaptureQueriesContext(connection) as asked:
        open_cases.count(scope, NOW)
        outcomes.count(scope, Period.until(NOW, 30), NOW)
    assert len(asked) == 3


def test_no_figure_reads_what_it_does_not_put_right(wall: Agency):
    """Neither all open cases nor all clocks: the roll-ups, and what an index names."""
    folded()
    scope = Scope.of(wall.head)
    with CaptureQueriesContext(connection) as asked:
        open_cases.count(scope, NOW)
        outcomes.count(scope, Period.until(NOW, 30), NOW)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("ANALYZE casework_case, workflows_clock, figures_fallen")
        plans = []
        for query in asked:
            cursor.execute(f"EXPLAIN {query['sql']}")
            plans.append("\n".join(line for (line,) in cursor.fetchall()))
    about_me, cases, clocks = plans
    assert "figures_about" in about_me
    assert "case_turns" in cases
    assert "figures_running" in clocks and "one_fallen" in clocks


def test_nothing_is_wrong_after_all_that(wall: Agency):
    assert not any(recount.differences().values())
