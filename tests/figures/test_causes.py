"""Root causes of what was answered: each asked in SQL again, for whoever may see it."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import cycle

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Membership, User
from casework.causes import install
from casework.models import Case, Cause
from figures import causes, recount
from figures.folding import fold
from figures.models import Answered, AnsweredDelta
from figures.scope import Period, Scope
from tests.agency import Agency, citizen, do, walk
from tests.figures import sql
from workflows.historic import HistoricCase, enter

READERS = ("supervisor", "head", "quality", "auditor", "officer", "administrator")
ANSWER = "Pompa sudah diganti."


@pytest.fixture(autouse=True)
def built_in(db: None) -> None:
    install()


def found(user: User, days: int = 30, unit: int | None = None) -> dict[str | None, int]:
    counted = causes.count(Scope.of(user, unit), Period.until(timezone.now(), days))
    return {cause and cause.code: n for cause, n in causes.root_causes(counted).items()}


def past(agency: Agency, now: datetime) -> Iterator[HistoricCase]:
    """Cases of two units that were answered in the last 60 days, one in three without a cause."""
    named = cycle([*Cause.objects.filter(code__in=("broken", "supplies")), None])
    units = cycle((agency.water, agency.roads))
    for number in range(60):
        at = now - timedelta(days=number, hours=number % 24)
        yield HistoricCase(
            text="Air keruh sejak kemarin.",
            unit=next(units),
            received_at=at - timedelta(days=2),
            stage="closed",
            closed_at=at,
            answer=ANSWER,
            cause=next(named),
        )


@pytest.fixture
def answers(agency: Agency) -> Agency:
    """Some restricted, some about those who read, and some that went through the door."""
    Membership.objects.filter(user=agency.supervisor).update(handles_restricted=True)
    enter(past(agency, timezone.now()))
    people = cycle(([], [agency.head.pk], [], [agency.supervisor.pk, agency.quality.pk]))
    for number, case in enumerate(Case.objects.order_by("pk")):
        about = {"about_people": next(people), "restricted": number % 3 == 0}
        Case.objects.filter(pk=case.pk).update(**about)
    for way in WAYS.values():
        way(agency)
    return agency


def answer(agency: Agency, case: Case, cause: str = "broken") -> Case:
    return do(case, "respond", agency.officer, text=ANSWER, cause=cause)


def recalled(agency: Agency) -> Case:
    return do(answer(agency, walk(agency, "work")), "recall", agency.officer)


def disputed(agency: Agency) -> Case:
    case = answer(agency, walk(agency, "work"))
    return do(do(case, "dispute", citizen(case), reason="Belum."), "claim", agency.officer)


def drafted(agency: Agency) -> Case:
    return answer(agency, walk(agency, "work", category="bills"), "systems")


#: How a case came to stand where it stands, and which root cause counts then.
WAYS: dict[str, Callable[[Agency], Case]] = {
    "answered": lambda agency: answer(agency, walk(agency, "work")),
    "answered without a cause": lambda agency: walk(agency, "confirm"),
    "recalled": recalled,
    "answered again": lambda agency: answer(agency, recalled(agency), "supplies"),
    "disputed": disputed,
    "drafted": drafted,
    "approved": lambda agency: do(drafted(agency), "approve", agency.supervisor),
    "drafted anew": lambda agency: answer(agency, reviewed_anew(agency), "supplies"),
    "in work": lambda agency: walk(agency, "work"),
}
COUNTED = {
    "answered": {"broken": 1},
    "answered without a cause": {None: 1},
    "recalled": {"broken": 1},
    "answered again": {"supplies": 1},
    "disputed": {"broken": 1},
    "drafted": {},
    "approved": {"systems": 1},
    "drafted anew": {"systems": 1},
    "in work": {},
}


def reviewed_anew(agency: Agency) -> Case:
    case = do(drafted(agency), "approve", agency.supervisor)
    return do(case, "recall", agency.officer)


@pytest.mark.parametrize("way", WAYS)
def test_a_case_counts_once_by_the_latest_answer_that_was_given(agency: Agency, way: str) -> None:
    WAYS[way](agency)
    assert found(agency.head) == COUNTED[way] == sql.causes(agency.head, timezone.now(), 30)
    fold(Answered, AnsweredDelta)
    assert found(agency.head) == COUNTED[way]


def test_every_number_equals_what_the_definition_says(answers: Agency) -> None:
    for fold_now in (lambda: None, lambda: fold(Answered, AnsweredDelta)):
        fold_now()
        assert not any(recount.differences().values())
        for name in READERS:
            user = User.objects.get(username=name)
            for days, unit in ((7, None), (30, answers.roads.pk), (90, None)):
                told = sql.causes(user, timezone.now(), days, unit)
                assert found(user, days, unit) == told, (name, days)
    assert len(found(answers.auditor)) > 3


def test_the_most_frequent_come_first_and_what_gives_none_last(agency: Agency) -> None:
    for cause in ("supplies", "broken", "broken"):
        answer(agency, walk(agency, "work"), cause)
    for _case in range(3):
        walk(agency, "confirm")
    assert list(found(agency.head).items()) == [("broken", 2), ("supplies", 1), (None, 3)]


WRITES: dict[str, Callable[[Agency, Case], object]] = {
    "moved": lambda agency, case: Case.objects.update(unit=agency.roads),
    "restricted": lambda agency, case: Case.objects.update(restricted=True),
    "of another cause": lambda agency, case: Case.objects.update(cause=None),
    "on another day": lambda agency, case: Case.objects.update(answered_at=case.received_at),
    "never": lambda agency, case: Case.objects.update(answered_at=None),
}


@pytest.mark.parametrize("write", WRITES)
def test_no_way_of_writing_forgets_the_roll_up(agency: Agency, write: str) -> None:
    case = answer(agency, walk(agency, "work"))
    fold(Answered, AnsweredDelta)
    WRITES[write](agency, case)
    assert AnsweredDelta.objects.exists()
    assert not any(recount.differences().values())


def test_what_is_wrong_is_found_and_put_right(agency: Agency) -> None:
    answer(agency, walk(agency, "work"))
    walk(agency, "confirm")
    AnsweredDelta.objects.all().delete()
    assert sum(recount.differences()[Answered].values()) == 2
    assert recount.put_right() == 2
    assert not any(recount.differences().values())
    assert found(agency.head) == {"broken": 1, None: 1}


def test_other_acts_write_nothing_that_is_counted(agency: Agency) -> None:
    case = answer(agency, walk(agency, "work"))
    fold(Answered, AnsweredDelta)
    do(case, "note", agency.officer, text="Dicek.")
    do(case, "confirm", citizen(case))
    walk(agency, "work")
    assert not AnsweredDelta.objects.exists()


def test_it_is_read_in_two_statements(answers: Agency) -> None:
    with CaptureQueriesContext(connection) as asked:
        scope = Scope.of(answers.head)
        before = len(asked)
        causes.root_causes(causes.count(scope, Period.until(timezone.now(), 30)))
    assert len(asked) - before == 2  # of which one is that of the cases about whoever reads
