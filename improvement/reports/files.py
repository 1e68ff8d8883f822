"""A report to take along: a tagged PDF (PDF/UA-1, by typst) and a workbook.

Typst takes the report as data, so whatever people wrote comes out as text.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Any

import typst
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from accounts.topmost import topmost
from improvement.models import ReportVersion
from improvement.reports.document import Document, Facts, Heading, Paragraph, Table
from improvement.reports.writing import document

TEMPLATE = Path(__file__).parent / "typst" / "report.typ"
#: What makes a formula of a cell (OWASP, CSV injection).
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
#: Characters that a workbook cannot hold (XML 1.0).
_UNWRITABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
_NAME, _WIDE = 31, 48  # letters of a sheet's name; letters of a column


def pdf(version: ReportVersion) -> bytes:
    """The report in the language that is in force."""
    made = timezone.localdate(version.at)
    report = document(version)
    said = asdict(report) | {
        "unit": version.facts["unit"],
        "agency": topmost().get("name", ""),
        "footer": " · ".join(report.notes),
        "made": [made.year, made.month, made.day],
    }
    inputs = {"document": json.dumps(said)}
    try:
        return typst.compile(TEMPLATE, sys_inputs=inputs, format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError:
        # A letter that no font here has breaks the standard's promise, and is no reason to have
        # no report: tagged all the same, with a box in its place.
        return typst.compile(TEMPLATE, sys_inputs=inputs, format="pdf")


def xlsx(version: ReportVersion) -> bytes:
    """The answer and words on the first sheet, each table on one of its own."""
    report, book = document(version), Workbook()
    _words(book.active, report)
    for table in report.tables():
        _sheet(book, table)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _words(sheet: Any, report: Document) -> None:
    sheet.title = report.subtitle[:_NAME].replace("/", "-")
    rows: list[tuple[str, ...]] = [(report.title,), (report.subtitle,), ()]
    rows += [(sentence,) for sentence in report.answer]
    for section in report.sections:
        rows += [(), (section.heading,)]
        for block in section.blocks:
            rows += _lines(block)
    rows += [(), *((note,) for note in report.notes)]
    for row in rows:
        sheet.append([_plain(cell) for cell in row])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = _WIDE, 2 * _WIDE


def _lines(block: Any) -> list[tuple[str, ...]]:
    if isinstance(block, Heading | Paragraph):
        return [(block.text,)]
    return list(block.rows) if isinstance(block, Facts) else []


def _sheet(book: Workbook, table: Table) -> None:
    sheet = book.create_sheet(table.name[:_NAME])
    sheet.append([_plain(name) for name in table.columns])
    for row in table.rows:
        sheet.append([_plain(cell) for cell in row])
    for place, name in enumerate(table.columns, 1):
        longest = max([len(name), *(len(row[place - 1]) for row in table.rows)])
        sheet.column_dimensions[get_column_letter(place)].width = min(longest + 2, _WIDE)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"


def _plain(words: str) -> str:
    """Text that no program takes for a formula."""
    said = words.translate(_UNWRITABLE)
    return f"'{said}" if said.startswith(_FORMULAS) else said
