"""Synthetic cases for measuring."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from casework import timeline
from casework.models import Case
from casework.stages import FINAL
from notifications.models import Outbox
from tests.agency import Agency, do, file_case
from tests.clockwork import policy, rule, target
from workflows.management.commands.bench_data import SHARES
from workflows.models import Clock


def bench_data(count: int) -> str:
    out = StringIO()
    call_command("bench_data", count, stdout=out)
    return out.getvalue().splitlines()[-1]


def test_a_hundred_cases_have_the_stages_of_an_agency(agency: Agency) -> None:
    assert bench_data(100) == "100 cases"
    cases = Case.objects.all()
    assert {s: cases.filter(stage=s).count() for s in SHARES} == SHARES
    assert cases.filter(stage__in=FINAL).count() > 80
    assert {case.unit for case in cases} == {agency.root, agency.water, agency.roads}
    assert not Outbox.objects.exists()


def test_a_synthetic_case_goes_on_through_the_door(agency: Agency) -> None:
    bench_data(200)
    case = Case.objects.filter(stage="work", assignee=agency.officer).first()
    assert do(case, "respond", agency.officer, text="Sudah diperbaiki.").stage == "confirm"
    assert not list(timeline.broken(Case.objects.all()))


def test_where_a_policy_is_there_synthetic_cases_were_answered_in_time_or_late(agency: Agency):
    policy(rule("semua", {"resolution": target(8)}))
    bench_data(200)
    clocks = Clock.objects.filter(case__stage="closed")
    assert clocks.count() == Case.objects.filter(stage="closed").count()
    late = clocks.exclude(breached_at=None).count()
    assert 0 < late < clocks.count()
    states = Case.objects.filter(closed_at=None).values_list("due_state", flat=True)
    assert {"calm", "late", "complainant", "third_party", "none"} <= set(states)


def test_an_installation_without_units_is_refused(db: None) -> None:
    with pytest.raises(CommandError, match="no unit"):
        bench_data(1)


@pytest.mark.parametrize("count", [0, -1])
def test_a_number_that_enters_nothing_is_refused(agency: Agency, count: int) -> None:
    with pytest.raises(CommandError, match="1 or more"):
        bench_data(count)


def test_real_cases_are_not_mixed_with_synthetic_ones(agency: Agency, settings) -> None:
    settings.DEMO = False
    assert bench_data(1) == "1 cases"
    file_case()
    with pytest.raises(CommandError, match="Real cases"):
        bench_data(1)
