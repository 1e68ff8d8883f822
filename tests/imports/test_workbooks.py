"""XLSX beside CSV: the same mapping, the same cases."""

import datetime as dt
import re
import shutil
import tracemalloc
from contextlib import ExitStack
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from casework.models import Case
from tests.imports.exports import LAPOR, SHEET, bring, changed, lapor, rejected, row, workbook
from workflows.imports.files import archive
from workflows.imports.files.table import find_table
from workflows.imports.mappings import load

EVERYTHING = ("text", "subject", "stage", "kind", "received_at", "closed_at", "address", "channel")


def cases() -> list[tuple]:
    return list(Case.objects.order_by("external_reference").values_list(*EVERYTHING))


def test_a_workbook_gives_the_cases_that_its_csv_gives(agency, tmp_path):
    rows = [row(id="1", status="Ditutup oleh Admin"), row(id="2", text="Satu\nDua & <tiga>")]
    assert bring(workbook(tmp_path, *rows)) == "2 imported, 0 skipped, 0 rejected"
    of_workbook = cases()
    assert bring(lapor(tmp_path, *rows)) == "0 imported, 2 skipped, 0 rejected"
    Case.objects.update(source="other")
    assert bring(lapor(tmp_path, *rows)) == "2 imported, 0 skipped, 0 rejected"
    assert cases() == sorted(of_workbook * 2, key=lambda case: case[0])


@pytest.mark.parametrize("name", ["lapor.csv", "lapor", "lapor.xls"])
def test_a_workbook_is_known_by_its_content(agency, tmp_path, name):
    path = shutil.move(workbook(tmp_path, row()), tmp_path / name)
    assert bring(path) == "1 imported, 0 skipped, 0 rejected"


def test_csv_is_known_by_its_content(agency, tmp_path):
    path = shutil.move(lapor(tmp_path, row()), tmp_path / "lapor.xlsx")
    assert bring(path) == "1 imported, 0 skipped, 0 rejected"


@pytest.mark.parametrize(
    ("date", "hour", "utc"),
    [
        (dt.date(2024, 9, 23), dt.time(10, 15), "2024-09-23T03:15:00+00:00"),
        (dt.date(2024, 9, 23), "10.15", "2024-09-23T03:15:00+00:00"),
        (dt.date(2024, 9, 23), "", "2024-09-22T17:00:00+00:00"),
        (dt.date(2024, 9, 23), dt.time(0, 0), "2024-09-22T17:00:00+00:00"),
        (dt.date(2024, 9, 23), dt.timedelta(hours=10, minutes=15), "2024-09-23T03:15:00+00:00"),
        (dt.datetime(2024, 9, 23, 10, 15, 59), "", "2024-09-23T03:15:59+00:00"),
        ("23 Sep 2024", dt.time(10, 15, 7), "2024-09-23T03:15:07+00:00"),
        ("23 Sep 2024", "10:15", "2024-09-23T03:15:00+00:00"),
    ],
)
def test_dates_are_dates_or_text(agency, tmp_path, date, hour, utc):
    bring(workbook(tmp_path, row(date=date, hour=hour)))
    assert Case.objects.get().received_at.isoformat() == utc


def test_dates_that_excel_for_mac_counts_from_1904(agency, tmp_path):
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    for line in [list(LAPOR), row(date=dt.datetime(2024, 9, 23, 10, 15), hour="")]:
        book.active.append(line)
    book.save(tmp_path / "mac.xlsx")
    bring(tmp_path / "mac.xlsx")
    assert Case.objects.get().received_at.isoformat() == "2024-09-23T03:15:00+00:00"


def test_a_number_that_is_no_date_is_rejected_under_its_row(agency, tmp_path, data_dir):
    bring(workbook(tmp_path, row(id=1), [], row(id=2, date=-5, hour="")))
    assert rejected(data_dir) == [["7", "unknown date: -5"]]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (5049672, "5049672"),
        (5049672.0, "5049672"),
        (7.25, "7.25"),
        (0.1 + 0.2, "0.3"),
        (-3, "-3"),
        (1e15, "1000000000000000"),
        (True, "TRUE"),
        (False, "FALSE"),
        ("007", "007"),
    ],
)
def test_numbers_are_text_without_a_needless_fraction(agency, tmp_path, said, kept):
    bring(workbook(tmp_path, row(id=said)))
    assert Case.objects.get().external_reference == kept


@pytest.mark.parametrize(
    ("said", "kept"),
    [("3.201234567890123E15", "3201234567890123"), ("0.30000000000000004", "0.3")],
)
def test_numbers_as_other_programs_write_them(agency, tmp_path, said, kept):
    bring(with_value(workbook(tmp_path, row(id=111222)), "111222", said))
    assert Case.objects.get().external_reference == kept


def test_an_hour_that_was_cut_short_is_the_second_it_means(agency, tmp_path):
    path = workbook(tmp_path, row(date=dt.datetime(2024, 9, 23), hour=""))
    bring(with_value(path, "45558", "45558.4270833"))
    assert Case.objects.get().received_at.isoformat() == "2024-09-23T03:15:00+00:00"


def test_a_day_that_no_calendar_has_is_rejected(agency, tmp_path, data_dir):
    path = workbook(tmp_path, row(date=dt.datetime(2024, 9, 23), hour=""))
    bring(with_value(path, "45558", "999999999"))
    assert rejected(data_dir) == [["5", "unknown date: 999999999"]]


def with_value(path, old: str, new: str):
    """The workbook with another number in a cell, as it stands in the file."""
    old_value, new_value = f"<v>{old}</v>".encode(), f"<v>{new}</v>".encode()
    changed(path, lambda name, said: said.replace(old_value, new_value))
    assert new_value in ZipFile(path).read(SHEET)
    return path


def test_a_sheet_may_be_larger_than_any_row_may_be(agency, tmp_path, monkeypatch):
    path = workbook(tmp_path, *(row(id=number) for number in range(200)))
    monkeypatch.setattr(archive, "MAX_WHOLE", 40_000)
    assert len(ZipFile(path).read(SHEET)) > 100_000
    assert bring(path) == "200 imported, 0 skipped, 0 rejected"


def test_what_looks_like_a_formula_is_text_and_a_formula_is_its_value(agency, tmp_path):
    path = workbook(tmp_path, row(id=1, text="Rumus"), row(id=2, text="=1+1"))
    # An empty value is written as one XML library or the other writes it.
    empty = (b"<f>1+1</f><v />", b"<f>1+1</f><v/>", b"<f>1+1</f><v></v>")
    for old, new in [
        (b"<t>Rumus</t>", b"<t>=HYPERLINK(1)</t>"),
        *((value, b"<f>1+1</f><v>2</v>") for value in empty),
    ]:
        changed(path, lambda name, said, old=old, new=new: said.replace(old, new))
    bring(path)
    texts = dict(Case.objects.values_list("external_reference", "text"))
    assert texts == {"1": "=HYPERLINK(1)", "2": "2"}


def test_a_formula_that_was_never_calculated_is_its_own_text(agency, tmp_path):
    bring(workbook(tmp_path, row(text="=1+1")))
    assert Case.objects.get().text == "=1+1"


def test_runs_escapes_and_what_xml_cannot_hold(agency, tmp_path, data_dir):
    bold = CellRichText("Lampu ", TextBlock(InlineFont(b=True), "padam"))
    rows = [row(id=1, text=bold), row(id=2, text="A_x000D_\nB"), row(id=3, text="A_x0000_B")]
    bring(workbook(tmp_path, *rows))
    texts = dict(Case.objects.values_list("external_reference", "text"))
    assert texts == {"1": "Lampu padam", "2": "A\nB"}
    assert rejected(data_dir) == [["7", "unreadable Isi Laporan Awal: not UTF-8, or a NUL"]]


def test_how_a_string_is_pronounced_is_no_part_of_it(agency, tmp_path):
    said = b"<t>Isi</t><rPh sb='0' eb='1'><t>i-si</t></rPh><phoneticPr fontId='1'/>"
    path = workbook(tmp_path, row())
    bring(changed(path, lambda name, content: content.replace(b"<t>Isi</t>", said)))
    assert Case.objects.get().text == "Isi"


def test_strings_inside_the_cells_are_read(agency, tmp_path):
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for line in [list(LAPOR), row(text="Baris satu\nbaris dua")]:
        sheet.append(line)
    book.save(tmp_path / "inline.xlsx")
    assert "xl/sharedStrings.xml" not in ZipFile(tmp_path / "inline.xlsx").namelist()
    bring(tmp_path / "inline.xlsx")
    assert Case.objects.get().text == "Baris satu\nbaris dua"


def test_the_table_may_stand_on_any_sheet_and_end_in_blank_rows(agency, tmp_path):
    book = Workbook()
    book.active.append(["Ringkasan", 1])
    book.create_chartsheet()
    sheet = book.create_sheet("Data")
    for line in [list(LAPOR), row(), ["", " "], []]:
        sheet.append(line)
    sheet.append([None] * 25)
    book.save(tmp_path / "lapor.xlsx")
    assert bring(tmp_path / "lapor.xlsx") == "1 imported, 0 skipped, 0 rejected"


def test_cells_that_name_no_place_follow_each_other(agency, tmp_path):
    path = workbook(tmp_path, row(privacy="Rahasia"))
    placeless = re.compile(rb'(<c|<row) r="[A-Z]*\d+"')
    changed(path, lambda name, said: placeless.sub(rb"\1", said) if name == SHEET else said)
    assert bring(path) == "1 imported, 0 skipped, 0 rejected"
    assert Case.objects.get().address == "Mekar, Cikoneng, Sukamaju, Jawa Barat"


def test_memory_does_not_grow_with_the_rows(tmp_path):
    _peak(_many(tmp_path, 100))  # what is remembered once does not count
    assert _peak(_many(tmp_path, 8_000)) < 2 * _peak(_many(tmp_path, 1_000))


def _many(folder, count):
    rows = (row(id=n, text=f"{n} " + "Jalan rusak di depan pasar. " * 10) for n in range(count))
    return workbook(folder, *rows, name=f"{count}.xlsx")


def _peak(path) -> int:
    """Bytes of memory at most in use while all rows were read."""
    tracemalloc.start()
    with ExitStack() as stack:
        for _ in find_table(path, load("sp4n"), stack).rows():
            pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak
