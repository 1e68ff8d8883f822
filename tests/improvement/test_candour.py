"""No plan looks better than it is: not by what is left out, moved, chosen or stopped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from figures.series import Week
from improvement.errors import Refused
from improvement.models import Decision, Found, Plan, Theme, Verdict
from improvement.plans import judging, keeping, passing
from improvement.plans.weeks import Weeks
from improvement.statistics.verdict import Doubt, Word
from notifications.models import Notification
from tests.agency import Agency
from tests.improvement.test_doing import START, review
from tests.improvement.test_meanwhile import browser, posted
from tests.improvement.world import MONDAY, approved, at, drafted, said, weekly

pytestmark = pytest.mark.django_db

END = START + timedelta(days=28)
STOP = review(decision=Decision.STOP, correction="Anggaran dicabut.", last=END)


@pytest.fixture
def plan(agency: Agency) -> Plan:
    weekly(agency, MONDAY - timedelta(weeks=10), 10, late=2, kept=3)
    with at(MONDAY):
        return approved(agency, due_on=END)


def test_what_is_over_is_judged_and_not_stopped(agency: Agency, plan: Plan) -> None:
    address = f"/improve/plans/{plan.code}/review/"
    with at(END + timedelta(days=1)):
        page = browser(agency.quality).post(address, posted(STOP))
        assert page.status_code == 422
        assert "The plan is over: what is left is its verdict." in page.content.decode()
        assert judging.settle(plan, agency.quality) == Verdict.objects.get()


def test_up_to_its_last_day_it_can_be_stopped_and_then_has_no_verdict(
    agency: Agency, plan: Plan
) -> None:
    address = f"/improve/plans/{plan.code}/"
    with at(END):
        before = browser(agency.quality).get(address).content.decode()
        judging.hold_review(plan, agency.quality, STOP)
        page = browser(agency.quality).get(address).content.decode()
    assert "Verdict so far" in before
    assert "Verdict so far" not in page
    assert "There is none: it was stopped on" in page


def test_whoever_approves_reads_by_what_rule_it_will_be_judged(agency: Agency) -> None:
    weekly(agency, MONDAY - timedelta(weeks=10), 10, late=2, kept=3)
    with at(MONDAY):
        plan = passing.propose(drafted(agency, level=Decimal("0.990")), agency.quality)
        page = browser(agency.head).get(f"/improve/plans/{plan.code}/").content.decode()
    assert "Judged by a 99 % interval, once 20 are counted after the start." in page
    assert "Chosen because its number was bad: those weeks are no history." in page


@pytest.fixture
def theme(agency: Agency) -> Theme:
    return Theme.objects.create(
        found=Found.SIGNAL,
        unit=agency.water,
        category=agency.plain,
        first=MONDAY - timedelta(weeks=4),
        last=MONDAY - timedelta(days=1),
        events=36,
        noticed_at=datetime(2026, 11, 2, tzinfo=UTC),
        renewed_at=datetime(2026, 11, 2, tzinfo=UTC),
    )


NUMBER: dict[str, Any] = {"indicator": "received", "metric": "", "target": Decimal(1)}
WINDOW = MONDAY - timedelta(weeks=4)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"selected": False}, "selected"),
        ({"baseline_first": WINDOW + timedelta(days=1)}, "baseline_first"),
    ],
)
def test_a_plan_from_a_theme_counts_none_of_its_weeks_as_history(
    agency: Agency, theme: Theme, wrong: dict[str, Any], field: str
) -> None:
    weekly(agency, MONDAY - timedelta(weeks=10), 10, late=2, kept=3)
    right = said(agency, **NUMBER, baseline_first=WINDOW)
    with at(MONDAY):
        for bad in (right | wrong, right | wrong | {"title": "Lain"}):
            with pytest.raises(Refused) as refused:
                keeping.begin(agency.water, agency.quality, bad, theme)
            assert list(refused.value.by_field) == [field]
        plan = keeping.begin(agency.water, agency.quality, right, theme)
        with pytest.raises(Refused):
            keeping.revise(plan, agency.quality, right | wrong, 1)


def test_what_a_theme_did_not_choose_may_be_measured_freely(agency: Agency, theme: Theme) -> None:
    weekly(agency, MONDAY - timedelta(weeks=10), 10, late=2, kept=3)
    with at(MONDAY):
        share = said(agency, selected=False)
        assert keeping.begin(agency.water, agency.quality, share, theme).newest.number == 1


@pytest.fixture
def free(agency: Agency) -> Plan:
    """One that was not chosen for its number: its weeks are history up to the start."""
    weekly(agency, MONDAY - timedelta(weeks=10), 10, late=2, kept=3)
    with at(MONDAY):
        return approved(agency, due_on=END, selected=False)


def judged(monkeypatch: pytest.MonkeyPatch, plan: Plan, before: Week, after: Week) -> Any:
    """The verdict of a plan of three years whose weeks all looked like that."""
    weeks = Weeks(
        [_at(before, START + timedelta(weeks=n)) for n in range(-156, 0)],
        [],
        [_at(after, START + timedelta(weeks=n)) for n in range(40)],
    )
    monkeypatch.setattr(judging, "weeks_of", lambda *_of: weeks)
    with at(START + timedelta(weeks=41)) as now:
        return judging.judged(plan, now)


def _at(week: Week, monday: Any) -> Week:
    return Week(monday, week.number, week.among, moved=week.moved)


@pytest.mark.parametrize(
    ("moved", "word"), [(2, Word.IMPROVED), (6, Word.IMPROVED), (14, Word.CANNOT_BE_TOLD)]
)
def test_a_share_that_is_better_because_dates_were_moved_is_no_improvement(
    free: Plan, monkeypatch: pytest.MonkeyPatch, moved: int, word: Word
) -> None:
    before = Week(START, 12, 20, moved=2)
    found = judged(monkeypatch, free, before, Week(START, 18, 20, moved=moved))
    assert found.judgement.word == word
    assert (Doubt.MOVED in found.judgement.doubts) == (word != Word.IMPROVED)
    assert found.beside.before[0] * 10 == found.beside.before[1]
    assert found.beside.after[0] * 20 == found.beside.after[1] * moved


@pytest.mark.parametrize(
    ("after", "word"), [(Week(START, 3, 20), Word.IMPROVED), (Week(START, 14, 80), None)]
)
def test_a_smaller_share_of_more_that_was_missed_is_no_improvement(
    agency: Agency, monkeypatch: pytest.MonkeyPatch, after: Week, word: Word | None
) -> None:
    weekly(agency, MONDAY - timedelta(weeks=10), 10, late=4, kept=3)
    why = {"indicator": "missed_because", "metric": "", "reason": "", "target": Decimal(40)}
    with at(MONDAY):
        plan = approved(agency, **why, selected=False)
    found = judged(monkeypatch, plan, Week(START, 12, 20), after)
    assert found.judgement.word == (word or Word.CANNOT_BE_TOLD)
    assert (Doubt.MORE_MISSED in found.judgement.doubts) == (word is None)


def test_the_page_says_beside_the_share_what_was_moved(agency: Agency, free: Plan) -> None:
    weekly(agency, START, 2, late=0, kept=5)
    with at(START + timedelta(weeks=2)):
        page = browser(agency.quality).get(f"/improve/plans/{free.code}/").content.decode()
    assert "Only because the date moved" in page


def heard(kind: str) -> list[str]:
    found = Notification.objects.filter(kind=kind).order_by("pk")
    return sorted(found.values_list("user__username", flat=True))


def test_a_version_that_came_back_and_is_asked_for_again_is_heard_of_again(agency: Agency) -> None:
    weekly(agency, MONDAY - timedelta(weeks=10), 10, late=2, kept=3)
    with at(MONDAY):
        plan = passing.propose(drafted(agency, owner=agency.officer2), agency.quality)
        first = heard("plan_proposed")
        passing.send_back(plan, agency.head, "Tambahkan tindakan.")
        passing.propose(plan, agency.quality)
        assert first and heard("plan_proposed") == sorted(first * 2)
        passing.approve(plan, agency.head, 1)
    assert heard("plan_approved") == ["officer2", "quality"]
