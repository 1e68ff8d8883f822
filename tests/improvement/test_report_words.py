"""A report says no word that did not fall, and shows no number of after an end."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from improvement.models import Decision, Report
from improvement.plans import judging
from improvement.reports import files, keeping
from improvement.reports.document import Document, Table
from improvement.reports.writing import document
from tests.agency import Agency
from tests.improvement.test_doing import START, review
from tests.improvement.test_reports import words
from tests.improvement.world import MONDAY, approved, at, weekly

pytestmark = pytest.mark.django_db

#: Enough for any word (the seven weeks of Ramadan are left out).
WEEKS_BEFORE, WEEKS_AFTER = 40, 12
NONE = "\N{EN DASH}"
END = START + timedelta(weeks=WEEKS_AFTER) - timedelta(days=1)
WORDS = (
    "Improved",
    "No clear change",
    "Worse",
    "Cannot be told",
    "Too early",
    "interval",
    "points",
)


@pytest.fixture
def better(agency: Agency) -> Agency:
    """Forty bad weeks, and after the start of a plan that lasts 19 of them twelve good ones."""
    weekly(agency, MONDAY - timedelta(weeks=WEEKS_BEFORE), WEEKS_BEFORE, late=5, kept=5)
    with at(MONDAY):
        approved(agency, selected=False)
    weekly(agency, START, WEEKS_AFTER, late=0, kept=10)
    return agency


def made(agency: Agency, days_later: int = 1) -> Report:
    with at(END + timedelta(days=days_later)):
        return keeping.make(agency.root, START, END, agency.quality)


def read(report: Report) -> Document:
    return document(report.versions.latest("number"))


def row_of(said: Document, table: str) -> dict[str, str]:
    """The first row of a table by the names of its columns."""
    found: Table = next(each for each in said.tables() if each.name == table)
    return dict(zip(found.columns, found.rows[0], strict=True))


def test_a_plan_under_way_has_its_numbers_and_no_word_in_any_form(better: Agency) -> None:
    with at(END + timedelta(days=1)) as now:
        assert judging.judged(better.water.plans.get(), now).judgement.word == "improved"
    report = made(better)
    row = row_of(read(report), "Indicators")
    assert row["Before the start"].startswith("165 of 330")
    assert row["After"].startswith("120 of 120")
    assert row["Verdict"] == "Not judged yet"
    client = Client(headers={"accept-language": "en"})
    client.force_login(better.quality)
    page = client.get(f"/reports/{report.pk}/").content.decode()
    answer = page[page.index('id="answer"') : page.index('id="section-1"')]
    assert "before 165 of 330" in answer and not [each for each in WORDS if each in answer]
    book = load_workbook(BytesIO(files.xlsx(report.versions.get())))
    cells = [str(cell.value) for cell in book["Indicators"][2]]
    assert cells == list(row.values())


def test_nobody_waits_for_a_better_number_by_writing_night_after_night(better: Agency) -> None:
    report = made(better)
    first = report.versions.get().facts["plans"][0]
    assert first["word"] == "" and "effect" not in first["verdict"]
    weekly(better, END + timedelta(days=1), 2, late=10, kept=0)
    with at(END + timedelta(weeks=3)):
        keeping.write(report, better.quality, "", "", 1)
    assert report.versions.get(number=2).facts["plans"][0] == first


def test_a_stopped_plan_is_not_judged_and_not_measured_after_its_end(better: Agency) -> None:
    with at(START + timedelta(weeks=4) - timedelta(days=1)):
        stop = review(decision=Decision.STOP, correction="Anggaran dicabut.")
        judging.hold_review(better.water.plans.get(), better.quality, stop)
    said = read(made(better))
    assert said.answer[0] == "1 plan ran and was stopped: there is no verdict."
    assert said.answer[1].endswith("Stopped, not judged.")
    row = row_of(said, "Indicators")
    assert row["Verdict"] == "Stopped, not judged"
    assert row["After"].startswith("40 of 40") and "40 of 40" in row["In this period"]
    assert not [each for each in WORDS if each in " ".join([*said.answer, *row.values()])]


def test_what_stopped_is_counted_apart_from_what_goes_on(better: Agency) -> None:
    with at(MONDAY):
        other = approved(better, title="Loket kedua")
    with at(START + timedelta(weeks=4)):
        stop = review(decision=Decision.STOP, correction="Anggaran dicabut.")
        judging.hold_review(other, better.quality, stop)
    assert read(made(better)).answer[0] == (
        "2 plans ran; none is judged yet. 1 was stopped, and is not judged."
    )


def test_a_stop_after_the_days_is_told_with_its_day(better: Agency) -> None:
    with at(END + timedelta(days=5)):
        stop = review(decision=Decision.STOP, correction="Anggaran dicabut.")
        judging.hold_review(better.water.plans.get(), better.quality, stop)
    said = words(made(better, days_later=6))
    assert "RP-2026-01 was stopped on 5 February 2027, after these days." in said


def test_a_verdict_on_record_is_a_word_with_its_interval(better: Agency) -> None:
    weekly(better, END + timedelta(days=1), 10, late=0, kept=10)
    with at(START + timedelta(weeks=30)):
        judging.settle(better.water.plans.get(), better.quality)
        last = START + timedelta(weeks=29)
        said = read(keeping.make(better.root, START, last, better.quality))
    assert said.answer[0] == "1 plan ran; judged: 1 improved."
    assert "Improved: +50.0 points (95 % interval" in said.answer[1]
    assert row_of(said, "Indicators")["Verdict"].startswith("Improved: +50.0 points")


def test_facts_of_before_keep_no_word_that_did_not_fall(better: Agency) -> None:
    """Versions that were written when a word was still said of what was under way."""
    version = made(better).versions.get()
    plan = version.facts["plans"][0]
    peeked = {"effect": 0.5, "low": 0.4, "high": 0.6, "method": "newcombe", "doubts": ["selected"]}
    plan |= {"word": "improved", "verdict": plan["verdict"] | peeked}
    assert row_of(document(version), "Indicators")["Verdict"] == "Not judged yet"
    del plan["stopped_on"]
    plan["stage"] = "stopped"
    row = row_of(document(version), "Indicators")
    assert (row["Verdict"], row["After"]) == ("Stopped, not judged", NONE)
