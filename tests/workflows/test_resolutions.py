"""Root cause, outcome, remedy and lesson: asked with an answer, kept beside it, never edited."""

from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from casework import causes, timeline
from casework.models import Case, Category, Cause, Event, Resolution
from tests.agency import Agency, citizen, do, walk
from tests.workflows.test_acts import wrong
from tests.workflows.test_historic import closed, old
from workflows.actions import act
from workflows.errors import Stale
from workflows.historic import enter

ANSWER = "Pompa sudah diganti."
GIVEN = {
    "cause": "broken",
    "outcome": "upheld",
    "remedy": "repaired",
    "lesson": "Pompa cadangan diperiksa tiap bulan.",
}


@pytest.fixture(autouse=True)
def built_in(db: None) -> None:
    causes.install()


def answer(agency: Agency, case: Case, **said: Any) -> Case:
    return do(case, "respond", agency.officer, text=ANSWER, **GIVEN | said)


def need_causes() -> None:
    Category.objects.update(cause_needed=True)


def resolution_of(case: Case, number: int = -1) -> Resolution:
    return list(Resolution.objects.filter(case=case).order_by("event"))[number]


def test_an_answer_keeps_its_cause_outcome_remedy_and_lesson(agency: Agency) -> None:
    case = answer(agency, walk(agency, "work"))
    event = case.events.get(kind="respond")
    kept = event.resolution
    assert (kept.cause.code, kept.outcome, kept.remedy) == ("broken", "upheld", "repaired")
    assert (kept.lesson, kept.cycle, kept.case) == (GIVEN["lesson"], 1, case)
    assert case.cause == kept.cause


def test_the_event_carries_the_codes_and_never_the_lesson(agency: Agency) -> None:
    event = answer(agency, walk(agency, "work")).events.get(kind="respond")
    codes = {name: GIVEN[name] for name in ("cause", "outcome", "remedy")}
    assert event.data == codes | {"left": "work"}
    assert GIVEN["lesson"] not in event.text


def test_the_case_says_when_it_was_answered(agency: Agency) -> None:
    case = walk(agency, "work")
    assert case.answered_at is None
    with time_machine.travel(timezone.now().replace(microsecond=0), tick=False):
        assert answer(agency, case).answered_at == timezone.now()


def test_where_the_category_does_not_ask_all_four_may_be_left_out(agency: Agency) -> None:
    case = do(walk(agency, "work"), "respond", agency.officer, text=ANSWER)
    assert case.stage == "confirm"
    assert case.cause is None and case.answered_at is not None
    assert not Resolution.objects.exists()
    assert case.events.get(kind="respond").data == {"left": "work"}


def test_where_the_category_asks_an_answer_without_them_is_refused_at_the_fields(
    agency: Agency,
) -> None:
    need_causes()
    case = walk(agency, "work")
    assert wrong(case, "respond", agency.officer, text=ANSWER) == {"cause", "outcome", "remedy"}
    assert answer(agency, case, lesson="").stage == "confirm"


def test_other_acts_are_not_asked_for_causes(agency: Agency) -> None:
    need_causes()
    case = walk(agency, "work")
    assert do(case, "message", agency.officer, text="Kami periksa.").stage == "work"


@pytest.mark.parametrize("code", ["facilities", "nothing", "none", "0"])
def test_a_cause_is_a_leaf_that_is_in_use(agency: Agency, code: str) -> None:
    case = walk(agency, "work")
    assert wrong(case, "respond", agency.officer, text=ANSWER, cause=code) == {"cause"}


def test_a_cause_that_is_out_of_use_is_refused(agency: Agency) -> None:
    Cause.objects.filter(code="broken").update(active=False)
    case = walk(agency, "work")
    assert wrong(case, "respond", agency.officer, text=ANSWER, cause="broken") == {"cause"}


def test_outcome_and_remedy_are_of_their_lists(agency: Agency) -> None:
    case, said = walk(agency, "work"), {"text": ANSWER, "outcome": "won", "remedy": "money"}
    assert wrong(case, "respond", agency.officer, **said) == {"outcome", "remedy"}


def drafted(agency: Agency, **said: Any) -> Case:
    return answer(agency, walk(agency, "work", category="bills"), **said)


def test_a_draft_is_no_answer_before_it_is_approved(agency: Agency) -> None:
    case = drafted(agency)
    assert (case.stage, case.cause, case.answered_at) == ("review", None, None)
    assert resolution_of(case).outcome == "upheld"


def test_an_approved_draft_is_approved_with_its_resolution(agency: Agency) -> None:
    case = do(drafted(agency), "approve", agency.supervisor)
    assert (case.stage, case.cause.code) == ("confirm", "broken")
    assert case.answered_at is not None
    assert Resolution.objects.count() == 1


def test_a_draft_that_went_back_leaves_its_resolution_and_the_next_one_counts(
    agency: Agency,
) -> None:
    case = do(drafted(agency), "return", agency.supervisor, reason="Sebabnya lain.")
    case = answer(agency, case, cause="supplies")
    case = do(case, "approve", agency.supervisor)
    assert case.cause.code == "supplies"
    assert [resolution_of(case, n).cause.code for n in (0, 1)] == ["broken", "supplies"]


def test_a_draft_without_a_resolution_is_approved_without_one(agency: Agency) -> None:
    case = do(walk(agency, "review", category="bills"), "approve", agency.supervisor)
    assert case.cause is None and case.answered_at is not None


def test_the_cause_follows_the_answer_after_a_recall(agency: Agency) -> None:
    case = do(answer(agency, walk(agency, "work")), "recall", agency.officer)
    assert case.cause.code == "broken"
    assert answer(agency, case, cause="supplies").cause.code == "supplies"


def test_a_dispute_keeps_the_history_and_the_next_answer_has_its_own_cycle(agency: Agency) -> None:
    case = answer(agency, walk(agency, "work"))
    case = do(case, "dispute", citizen(case), reason="Masih keruh.")
    case = do(case, "claim", agency.officer2)
    case = do(case, "respond", agency.officer2, text=ANSWER, **GIVEN | {"cause": "systems"})
    kept = [(each.cycle, each.cause.code) for each in case.resolutions.order_by("event")]
    assert kept == [(1, "broken"), (2, "systems")]
    assert case.cause.code == "systems"


def test_an_answer_without_a_cause_leaves_the_case_without_one(agency: Agency) -> None:
    case = do(answer(agency, walk(agency, "work")), "recall", agency.officer)
    assert do(case, "respond", agency.officer, text=ANSWER).cause is None


def test_erasing_words_erases_the_lesson_and_leaves_the_codes_and_the_chain(
    agency: Agency,
) -> None:
    case = answer(agency, walk(agency, "work"))
    timeline.erase_words(case.events.get(kind="respond"))
    kept = resolution_of(case)
    assert (kept.lesson, kept.outcome) == ("", "upheld")
    assert list(timeline.broken(Case.objects.all())) == []


@pytest.mark.parametrize("change", [{"lesson": "Lain."}, {"outcome": "explained"}, {"cycle": 2}])
def test_a_resolution_is_never_edited(agency: Agency, change: dict[str, Any]) -> None:
    answer(agency, walk(agency, "work"))
    with pytest.raises(DatabaseError), transaction.atomic():
        Resolution.objects.update(**change)
    assert Resolution.objects.filter(**change).count() == 0


def test_resolutions_are_never_truncated(agency: Agency) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL casework.allow_truncate = 'off'")
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("TRUNCATE casework_resolution")


def test_historic_cases_bring_cause_outcome_and_remedy(agency: Agency) -> None:
    cause = Cause.objects.get(code="broken")
    enter([closed(agency, cause=cause, outcome="upheld", remedy="apology"), closed(agency)])
    case, plain = Case.objects.order_by("pk")
    event = Event.objects.get(case=case, kind="respond")
    assert (case.cause, case.answered_at) == (cause, case.closed_at)
    assert event.data == {"cause": "broken", "outcome": "upheld", "remedy": "apology"}
    assert (event.resolution.cause, event.resolution.remedy) == (cause, "apology")
    assert plain.cause is None and plain.answered_at == plain.closed_at
    assert Resolution.objects.count() == 1
    assert list(timeline.broken(Case.objects.all())) == []


@pytest.mark.parametrize(
    "said",
    [
        {"outcome": "won", "stage": "confirm", "answer": ANSWER},
        {"remedy": "money", "stage": "confirm", "answer": ANSWER},
        {"outcome": "upheld", "stage": "confirm"},
        {"outcome": "upheld", "stage": "work", "answer": ANSWER},
    ],
)
def test_a_historic_case_says_nothing_of_an_answer_that_it_has_not(agency, said) -> None:
    with pytest.raises(ValueError, match=r"answer|outcome"):
        enter([old(agency, **said)])
    assert not Case.objects.exists()


def test_what_is_sent_after_somebody_was_faster_keeps_nothing(agency: Agency) -> None:
    case = walk(agency, "work")
    seen = case.last_event_id
    do(case, "message", citizen(case), text="Sudah mengalir.")
    with pytest.raises(Stale):
        act(case, "respond", agency.officer, seen=seen, text=ANSWER, **GIVEN)
    assert not Resolution.objects.exists()
