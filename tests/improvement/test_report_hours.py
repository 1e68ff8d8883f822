"""Hours of training in a report: those taught, and apart those that people sat through."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import translation
from openpyxl import load_workbook

from improvement.models import Report, ReportVersion
from improvement.reports import files, keeping
from improvement.reports.writing import document
from tests.agency import Agency
from tests.improvement.test_doing import START, session, there
from tests.improvement.test_reports import words
from tests.improvement.world import MONDAY, approved, at, weekly, with_action

pytestmark = pytest.mark.django_db

END = START + timedelta(days=59)
NONE = "\N{EN DASH}"


def made(agency: Agency) -> Report:
    with at(END + timedelta(days=1)):
        return keeping.make(agency.root, START, END, agency.quality)


def row_of(version: ReportVersion) -> dict[str, str]:
    """Of the only training, by the names of the columns."""
    found = next(each for each in document(version).tables() if each.name == "Training")
    return dict(zip(found.columns, found.rows[0], strict=True))


def test_training_hours_are_those_of_the_sessions_and_not_of_the_people(agency: Agency) -> None:
    weekly(agency, MONDAY - timedelta(weeks=10), 10, late=2, kept=3)
    with at(MONDAY):
        action = with_action(agency, approved(agency), course="Empati", planned=3)
    with at(START + timedelta(days=1)):
        long, short = session(agency, action), session(agency, action, hours=Decimal(2))
        for row, person in ((long, "Sari"), (long, "Bayu"), (short, "Sari")):
            there(agency, row, person)
    report = made(agency)
    row = row_of(report.versions.get())
    assert (row["Training hours"], row["Person-hours"]) == ("6.0", "10.0")
    assert "Person-hours: the hours of each session times the people who came." in words(report)
    with translation.override("id"):
        book = load_workbook(BytesIO(files.xlsx(report.versions.get())))
    cells = [str(cell.value) for sheet in book for each in sheet.iter_rows() for cell in each]
    assert "Jam pelajaran (JP)" in cells and "6,0" in cells and "10,0" in cells


def test_hours_of_before_are_person_hours(agency: Agency) -> None:
    """In facts of earlier versions hours were those of the people."""
    weekly(agency, MONDAY - timedelta(weeks=10), 10, late=2, kept=3)
    with at(MONDAY):
        action = with_action(agency, approved(agency), course="Empati", planned=3)
    with at(START + timedelta(days=1)):
        there(agency, session(agency, action), "Sari")
    version = made(agency).versions.get()
    training = version.facts["plans"][0]["trainings"][0]
    del training["person_hours"]
    training["hours"] = 12.0
    row = row_of(version)
    assert (row["Training hours"], row["Person-hours"]) == (NONE, "12.0")
