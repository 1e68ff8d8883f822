"""A report opens with the answer, names what failed, stands once signed, and is only text."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.db import InternalError, transaction
from django.test import Client
from django.utils import translation
from openpyxl import load_workbook

from improvement import concerns
from improvement.errors import Forbidden, Overtaken, Refused
from improvement.models import Decision, Every, Plan, Report, ReportVersion, Schedule
from improvement.plans import judging
from improvement.reports import files, keeping, schedules
from improvement.reports.writing import document
from notifications.models import Notification
from tests.agency import Agency
from tests.improvement.test_doing import START, review, session, there
from tests.improvement.world import MONDAY, approved, at, leader, weekly, with_action
from workflows.jobs import Swept, Turn

pytestmark = pytest.mark.django_db

END = START + timedelta(days=59)
HOSTILE = '<b>x</b> #read("/etc/passwd") *y* $z$ \\ {{7*7}} =1+1'


@pytest.fixture
def told(agency: Agency) -> Agency:
    """A plan with a training, a review and a late action; a concern that was answered."""
    weekly(agency, MONDAY - timedelta(weeks=10), 10, late=2, kept=3)
    with at(MONDAY):
        plan = approved(agency)
        action = with_action(agency, plan, course="Menjawab dengan tanggal", planned=10)
    with at(START + timedelta(days=1)):
        there(agency, session(agency, action), "Sari", before=50, after=80)
        concerns.raise_concern(agency.water, "Kami takut lembur.")
    with at(START + timedelta(days=14)):
        judging.hold_review(plan, agency.quality, review())
    return agency


def made(agency: Agency, **more: Any) -> Report:
    with at(END + timedelta(days=1)):
        return keeping.make(agency.root, START, END, agency.quality)


def words(report: Report, language: str = "en") -> str:
    with translation.override(language):
        said = document(report.versions.latest("number"))
        parts = [said.title, *said.answer]
        for section in said.sections:
            parts.append(section.heading)
            for block in section.blocks:
                rows = getattr(block, "rows", [])
                parts += [getattr(block, "text", ""), *(str(cell) for row in rows for cell in row)]
    return "\n".join(parts)


def test_the_answer_comes_first(told: Agency) -> None:
    with translation.override("en"):
        said = document(made(told).versions.get())
    assert said.answer[0] == "1 plan ran; none is judged yet."
    assert said.answer[1].startswith("Jadwal aliran air yang bisa dipegang. Answer: on time: ")
    headings = [section.heading for section in said.sections]
    assert headings[0] == "What changed and why" and "What failed" in headings


def test_it_says_what_changed_whom_it_reached_and_what_failed(told: Agency) -> None:
    said = words(made(told))
    for expected in (
        "Jadwal dikirim sehari sebelumnya.",
        "24 petugas dan 4.000 pelanggan.",
        "1 concern was raised, 0 answered.",
        "Kami takut lembur.",
        "1 of 10",
        "80.0 (n = 1)",
        "was due on 23 November 2026 and is not done",
        "8 of 9 as planned",
    ):
        assert expected in said, expected


def test_the_indicator_is_that_of_the_figures(told: Agency) -> None:
    with at(MONDAY + timedelta(days=1)):
        weekly(told, START, 4, late=1, kept=4)
    said = words(made(told))
    assert "80.0 % (16 of 20)" in said
    assert re.search(r"60\.0 % \(30 of 50\)", said)


def test_facts_of_a_version_stand_whatever_happens_later(told: Agency) -> None:
    report = made(told)
    before = words(report)
    with at(END + timedelta(days=2)):
        weekly(told, START, 4, late=5, kept=0)
        assert words(report) == before
        keeping.write(report, told.quality, "Ringkasan.", "Lanjut.", 1)
    assert words(report) != before
    with pytest.raises(InternalError), transaction.atomic():
        ReportVersion.objects.all().delete()


def test_the_leader_signs_what_they_read_and_then_it_stands(told: Agency) -> None:
    report, chief = made(told), leader(told)
    with at(END + timedelta(days=2)):
        keeping.write(report, told.quality, "Ringkasan.", "", 1)
        for person in (told.quality, told.head, told.auditor):
            with pytest.raises(Forbidden):
                keeping.sign(report, person, 2)
        with pytest.raises(Overtaken):
            keeping.sign(report, chief, 1)
        signed = keeping.sign(report, chief, 2)
        assert (signed.signed.number, signed.signed_by) == (2, chief)
        with pytest.raises(Refused, match="signed"):
            keeping.write(report, told.quality, "Lagi.", "", 2)


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (END, START, "last"),
        (START, END + timedelta(days=400), "last"),
        (date(2020, 1, 1), END, "first"),
    ],
)
def test_impossible_periods_are_refused(told: Agency, first: date, last: date, field: str) -> None:
    with at(END + timedelta(days=1)), pytest.raises(Refused) as refused:
        keeping.make(told.root, first, last, told.quality)
    assert list(refused.value.by_field) == [field]
    assert not Report.objects.exists()


def test_a_quarter_that_is_over_writes_its_report_once_and_tells_the_leader(told: Agency) -> None:
    leader(told)
    with at(date(2026, 12, 5)):
        schedules.schedule(told.root, Every.QUARTER, told.quality)
    for day in (date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2)):
        with at(day) as now:
            schedules.write_due(Turn(now, Swept()))
    report = Report.objects.get()
    assert (report.first, report.last) == (date(2026, 10, 1), date(2026, 12, 31))
    assert Schedule.objects.get().next_on == date(2027, 4, 1)
    heard = Notification.objects.filter(kind="report_made").values_list("user__username", flat=True)
    assert sorted(heard) == ["leader", "quality"]


def test_after_an_outage_the_newest_period_is_written_once(told: Agency) -> None:
    with at(date(2026, 12, 5)):
        schedules.schedule(told.root, Every.QUARTER, told.quality)
    with at(date(2027, 8, 1)) as now:
        schedules.write_due(Turn(now, Swept()))
    assert Report.objects.get().last == date(2027, 6, 30)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_pdf_is_tagged_and_speaks_its_language(told: Agency, language: str) -> None:
    with translation.override(language):
        content = files.pdf(made(told).versions.get())
    with pikepdf.open(BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == language
        assert "/StructTreeRoot" in pdf.Root
        assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()


def test_hostile_words_stay_words_in_page_pdf_and_workbook(told: Agency) -> None:
    with at(MONDAY + timedelta(days=1)):
        fields = ("problem", "change", "place", "resources", "relevance", "affected", "evidence")
        plan = approved(told, title=HOSTILE[:100], **dict.fromkeys(fields, HOSTILE))
        with_action(told, plan, title=HOSTILE, milestone=HOSTILE, risk=HOSTILE, way_back=HOSTILE)
        concerns.raise_concern(told.water, HOSTILE)
    report = made(told)
    with at(END + timedelta(days=2)):
        plan_words = {"summary": HOSTILE, "next_steps": HOSTILE}
        keeping.write(report, told.quality, **plan_words, seen=1)
    version = report.versions.latest("number")
    assert files.pdf(version).startswith(b"%PDF")
    client = Client()
    client.force_login(told.quality)
    page = client.get(f"/reports/{report.pk}/").content.decode()
    assert "<b>x</b>" not in page and "&lt;b&gt;x&lt;/b&gt;" in page and "49" not in _after(page)
    of_plan = client.get(f"/improve/plans/{plan.code}/").content.decode()
    assert "<b>x</b>" not in of_plan and of_plan.count("&lt;b&gt;x&lt;/b&gt;") > 8
    book = load_workbook(BytesIO(files.xlsx(version)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert not [
        cell.value for cell in cells if str(cell.value or "")[:1] in "=+-@\t\r" and cell.value
    ]


def _after(page: str) -> str:
    """Where the hostile words stand on the page."""
    return page[page.index("&lt;b&gt;x") :][:120]


def test_letters_that_no_font_has_are_no_reason_to_have_no_report(told: Agency) -> None:
    report = made(told)
    with at(END + timedelta(days=2)):
        keeping.write(report, told.quality, "\u6f22\u5b57 \ue000 \U0001f600", "", 1)
    content = files.pdf(report.versions.latest("number"))
    with pikepdf.open(BytesIO(content)) as pdf:
        assert "/StructTreeRoot" in pdf.Root


def test_a_cell_that_would_be_a_formula_is_text(told: Agency) -> None:
    report = made(told)
    with at(END + timedelta(days=2)):
        keeping.write(report, told.quality, '=HYPERLINK("http://x")', "+1", 1)
    book = load_workbook(BytesIO(files.xlsx(report.versions.latest("number"))))
    said = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert '\'=HYPERLINK("http://x")' in said and "'+1" in said


def test_a_stopped_plan_is_named_among_what_failed(told: Agency) -> None:
    with at(START + timedelta(days=20)):
        plan = told.water.plans.get()
        stop = review(decision=Decision.STOP, correction="Anggaran dicabut.")
        judging.hold_review(plan, told.quality, stop)
    said = words(made(told))
    assert "RP-2026-01 was stopped." in said and "Anggaran dicabut." in said


def test_what_was_stopped_before_a_period_is_not_told_again(told: Agency) -> None:
    plan = Plan.objects.get()
    day = START + timedelta(days=20)
    with at(day):
        stop = review(decision=Decision.STOP, correction="Pompa tidak datang.")
        judging.hold_review(plan, told.quality, stop)
    with at(END + timedelta(days=1)):
        until = keeping.make(told.root, day, END, told.quality)
        later = keeping.make(told.root, day + timedelta(days=1), END, told.quality)
    assert [each["code"] for each in until.versions.get().facts["plans"]] == [plan.code]
    assert later.versions.get().facts["plans"] == []


def test_the_days_of_a_report_are_those_of_the_agency(told: Agency) -> None:
    report = made(told)
    version = report.versions.get()
    version.at = datetime(2027, 1, 31, 20, tzinfo=UTC)  # three in the morning of the next day
    with translation.override("en"):
        assert document(version).notes[0] == "Version 1 of 1 February 2027."


def test_in_indonesian_it_has_no_english_sentence(told: Agency) -> None:
    said = words(made(told), "id")
    for english in ("What changed", "What failed", "was raised", "plan ran", "In this period"):
        assert english not in said
