"""A report says what was so in its days, and what came later with its day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from improvement import concerns
from improvement.models import Concern, Report
from improvement.plans import doing
from improvement.reports import keeping
from improvement.reports.document import Section
from improvement.reports.writing import document
from tests.agency import Agency
from tests.improvement.test_reports import words
from tests.improvement.world import MONDAY, approved, at, weekly, with_action

pytestmark = pytest.mark.django_db

#: The quarter in which everything here happens, and the one after it.
FIRST, LAST = date(2026, 10, 1), date(2026, 12, 31)
NEXT = (date(2027, 1, 1), date(2027, 3, 31))


def of(agency: Agency, written: date, first: date = FIRST, last: date = LAST) -> Report:
    with at(written):
        return keeping.make(agency.root, first, last, agency.quality)


def section(report: Report, heading: str) -> Section:
    found = document(report.versions.latest("number")).sections
    return next(each for each in found if each.heading == heading)


def rows_of(report: Report, heading: str) -> list[list[str]]:
    return [row for each in section(report, heading).blocks for row in getattr(each, "rows", [])]


def test_an_approved_plan_that_starts_later_is_what_is_next(agency: Agency) -> None:
    weekly(agency, MONDAY - timedelta(weeks=10), 10, late=2, kept=3)
    assert "Nothing is planned yet." in words(of(agency, NEXT[1], FIRST, MONDAY))
    starts = date(2027, 1, 4)
    with at(date(2026, 12, 20)):
        plan = approved(agency, starts_on=starts, due_on=starts + timedelta(weeks=20))
    report = of(agency, date(2027, 1, 2))
    assert report.versions.get().facts["plans"] == []
    supervisor = agency.supervisor.display_name
    assert rows_of(report, "What is next") == [
        [plan.code, plan.in_force.title, supervisor, "4 January 2027", "24 May 2027"]
    ]


def test_a_plan_that_runs_is_next_once(agency: Agency) -> None:
    weekly(agency, MONDAY - timedelta(weeks=10), 10, late=2, kept=3)
    with at(MONDAY):
        plan = approved(agency)
    assert [row[0] for row in rows_of(of(agency, LAST + timedelta(days=2)), "What is next")] == [
        plan.code
    ]


def test_an_answer_after_the_days_is_in_the_report_of_its_own(agency: Agency) -> None:
    with at(date(2026, 12, 30)):
        concerns.raise_concern(agency.water, "Kami takut lembur.")
    early = of(agency, LAST + timedelta(days=2))
    answered = date(2027, 1, 5)
    with at(answered):
        concerns.answer(Concern.objects.get(), agency.quality, "Tidak ada lembur.")
    later = of(agency, NEXT[1] + timedelta(days=2), *NEXT)
    heading = "Concerns raised and answered"
    unit, raised = agency.water.name, "30 December 2026"
    said = [raised, unit, "Kami takut lembur."]
    assert rows_of(early, heading) == [[*said, "not answered yet", "\N{EN DASH}"]]
    assert rows_of(later, heading) == [[*said, "Tidak ada lembur.", "5 January 2027"]]
    assert "1 concern was raised, 0 answered." in words(early)
    assert "0 concerns were raised, 1 answered." in words(later)
    with at(answered + timedelta(days=5)):
        keeping.write(early, agency.quality, "", "", 1)
    assert rows_of(early, heading) == [[*said, "Tidak ada lembur.", "5 January 2027"]]
    assert "1 concern was raised, 0 answered." in words(early)


@pytest.mark.parametrize(
    ("due", "done", "said"),
    [
        (LAST + timedelta(days=20), LAST + timedelta(days=25), ""),
        (LAST + timedelta(days=20), None, ""),
        (LAST, LAST, ""),
        (LAST, None, "was due on 31 December 2026 and is not done."),
        (LAST, LAST + timedelta(days=9), "was due on 31 December 2026 and done on 9 January 2027."),
        (
            LAST - timedelta(days=9),
            LAST - timedelta(days=2),
            "was due on 22 December 2026 and done on 29 December 2026.",
        ),
    ],
)
def test_an_action_failed_in_the_days_in_which_it_was_due(
    agency: Agency, due: date, done: date | None, said: str
) -> None:
    weekly(agency, MONDAY - timedelta(weeks=10), 10, late=2, kept=3)
    with at(MONDAY):
        action = with_action(agency, approved(agency), due_on=due)
    if done:
        with at(done):
            doing.finish_action(action, agency.officer, "Pesan terkirim.")
    failed = section(of(agency, LAST + timedelta(days=60)), "What failed").blocks
    assert [block.text for block in failed] == [
        f"RP-2026-01: “{action.title}” {said}" if said else "Nothing that is on record."
    ]
