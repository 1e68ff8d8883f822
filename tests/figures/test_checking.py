"""`figures --check` finds what is wrong, `--rebuild` puts it right, and acts go on meanwhile."""

from datetime import UTC, datetime
from io import StringIO
from threading import Event

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from casework.models import Case
from figures.folding import fold
from figures.models import Delta, Fallen, FallenDelta, Standing
from figures.recount import differences, put_right
from tests.agency import Agency, build_agency, walk
from tests.figures.rows import met
from tests.workflows.test_races import at_once
from workflows.sweep import sweep

NOW = datetime(2026, 11, 24, 5, 41, tzinfo=UTC)


def said(*options: str) -> tuple[int, str]:
    """The exit code and the words of the command."""
    out = StringIO()
    try:
        call_command("figures", *options, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_what_is_right_is_said_to_be(agency: Agency):
    met(walk(agency, "work"), due_at=NOW)
    assert said("--check") == (0, "Every figure equals a recount.\n")
    assert said("--rebuild") == (0, "0 numbers put right\n")


def test_each_difference_is_said_and_put_right(agency: Agency):
    met(walk(agency, "work"), due_at=NOW)
    walk(agency, "triage")
    sweep()
    water, root = agency.water.pk, agency.root.pk
    Standing.objects.filter(unit=water, assigned=True).update(n=5)
    Standing.objects.filter(unit=root).delete()
    Fallen.objects.update(n=0)
    code, words = said("--check")
    assert code == 1
    assert words.splitlines() == [
        f"figures_standing unit_id {root}, restricted False, due_state none, assigned False: +1",
        f"figures_standing unit_id {water}, restricted False, due_state none, assigned True: -4",
        f"figures_fallen unit_id {water}, restricted False, day 2026-11-24, metric resolution, "
        "outcome kept, reason -: +1",
        "3 numbers are wrong",
    ]
    assert said("--rebuild") == (0, "3 numbers put right\n")
    assert said("--check") == (0, "Every figure equals a recount.\n")


def test_the_command_wants_to_be_told_what_to_do():
    with pytest.raises(CommandError, match="one of the arguments"):
        call_command("figures")


def test_the_sweep_folds_what_has_changed(agency: Agency):
    met(walk(agency, "work"), due_at=NOW)
    assert Delta.objects.exists() and FallenDelta.objects.exists()
    sweep()
    assert not Delta.objects.exists() and not FallenDelta.objects.exists()
    assert not any(differences().values())


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_not_committed_yet_is_neither_folded_nor_put_right():
    case = walk(build_agency(), "work")
    written, counted = Event(), Event()

    def slowly() -> None:
        with transaction.atomic():
            Case.objects.filter(pk=case.pk).update(due_state="late")
            written.set()
            assert counted.wait(10)

    def meanwhile() -> int:
        assert written.wait(10)
        fold(Standing, Delta)
        before = Delta.objects.count()
        assert not any(differences().values())
        missing = put_right()
        counted.set()
        return before + missing

    assert at_once(slowly, meanwhile) == [None, 0]
    assert not any(differences().values())
    assert fold(Standing, Delta) == 2
    assert Standing.objects.get(due_state="late").n == 1


@pytest.mark.django_db(transaction=True)
def test_folds_and_changes_at_once_lose_nothing():
    agency = build_agency()
    cases = [walk(agency, "work") for _n in range(4)]

    def change(case: Case) -> None:
        for state in ("calm", "soon", "late", "none", "calm"):
            Case.objects.filter(pk=case.pk).update(due_state=state)

    def folding() -> None:
        for _n in range(10):
            fold(Standing, Delta)

    jobs = [lambda case=case: change(case) for case in cases]
    assert at_once(*jobs, folding, folding) == [None] * 6
    assert not any(differences().values())
    fold(Standing, Delta)
    assert Standing.objects.get(due_state="calm").n == 4
