"""An act that can be killed in its middle and leaves something there is found out."""

from collections.abc import Iterator

import pytest
from django.db import connection

from casework.models import Case, Event
from drill import points
from tests.agency import build_agency, file_case, walk
from workflows.actions import act

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # Tests run in threads of their own beside it; the child only kills itself.
    pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning"),
]


@pytest.fixture
def case() -> Iterator[Case]:
    agency = build_agency()
    case = walk(agency, "work")
    case.officer = agency.officer
    yield case
    connection.close()


def test_an_act_is_there_or_not_wherever_it_is_killed(case: Case) -> None:
    note = lambda: act(case, "note", case.officer, text="Dicek.")  # noqa: E731
    count, faults = points.killed_everywhere(note, events=1)
    assert faults == []
    assert count > 5
    assert case.events.filter(kind="note").count() == 1


def test_an_act_in_two_halves_is_named(case: Case) -> None:
    def in_two_halves() -> None:
        Case.objects.filter(pk=case.pk).update(event_count=99)
        act(case, "note", case.officer, text="Dicek.")

    count, faults = points.killed_everywhere(in_two_halves, events=1)
    assert count == 2
    assert any("the last events are missing" in fault for fault in faults)
    assert any("0 events of 1" in fault for fault in faults)


def test_what_is_written_after_the_commit_is_named(case: Case, monkeypatch) -> None:
    saved = Case.save
    monkeypatch.setattr(Case, "save", lambda self, **kwargs: None)

    def saves_too_late() -> None:
        saved(act(case, "note", case.officer, text="Dicek.").case)

    _count, faults = points.killed_everywhere(saves_too_late, events=1)
    assert any("the last events are missing" in fault for fault in faults)


def test_the_state_of_the_records_is_what_acts_write(case: Case) -> None:
    before = points.state()
    assert points.state() == before
    file_case()
    assert points.state() != before
    assert Event.objects.count() > 0


def test_an_act_that_fails_by_itself_is_no_drill(case: Case) -> None:
    with pytest.raises(RuntimeError, match="failed by itself"):
        points.killed_everywhere(lambda: 1 / 0, events=1)
