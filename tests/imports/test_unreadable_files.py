"""A file that cannot be read gets one sentence, and nothing is changed."""

import csv
import secrets
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.management import CommandError
from viewflow.workflow.models import Process

from casework.models import Case, Category
from tests.imports.exports import LAPOR, SHEET, bring, changed, lapor, row, workbook

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 504
NEITHER = "neither CSV .UTF-8. nor an Excel workbook"
BROKEN = "workbook is broken"


def rows(count=600):
    return [row(id=number) for number in range(count)]


BOMB = b"""<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;">
<!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;"><!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;">]>"""


def _cut(folder):
    path = workbook(folder, *rows())
    path.write_bytes(path.read_bytes()[:-2000])
    return path


def _flipped(folder):
    path = workbook(folder, *rows())
    with ZipFile(path) as book:
        at = book.getinfo(SHEET).header_offset + 2000
    said = bytearray(path.read_bytes())
    said[at : at + 40] = b"\x55" * 40
    path.write_bytes(said)
    return path


def _locked_part(folder):
    """As a ZIP program with a password leaves it."""
    path = workbook(folder, row())
    said = bytearray(path.read_bytes())
    at = said.index(b"PK\x01\x02")
    while at >= 0:
        said[at + 8] |= 1
        at = said.find(b"PK\x01\x02", at + 4)
    path.write_bytes(said)
    return path


def in_part(path: Path, part: str, change) -> Path:
    return changed(path, lambda name, said: change(said) if name == part else said)


def _torn_late(folder):
    """Six hundred rows are whole; the last is not."""
    return in_part(workbook(folder, *rows()), SHEET, lambda xml: xml[:-300])


def _lost_string(folder):
    late = b"</row></sheetData>"
    wrong = b'</row><row r="700"><c r="A700" t="s"><v>99999</v></c></row></sheetData>'
    return in_part(workbook(folder, *rows()), SHEET, lambda xml: xml.replace(late, wrong))


def _without(folder, part):
    path = workbook(folder, row())
    return changed(path, lambda name, said: None if name == part else said)


def _entities(folder):
    def exploding(xml):
        return BOMB + xml.replace(b"<v>5</v>", b"<v>&g;</v>", 1)

    return in_part(workbook(folder, row()), SHEET, exploding)


def _zip_bomb(folder):
    return in_part(workbook(folder, row()), SHEET, lambda xml: xml + b" " * 50 * 1024**2)


def _huge_row(folder):
    """No bomb by its ratio, but one cell that would fill the memory."""
    return in_part(
        workbook(folder, row()),
        SHEET,
        lambda xml: xml.replace(b"<v>5<", b"<v>" + _noise() + b"<", 1),
    )


def _huge_styles(folder):
    path = workbook(folder, row())
    return in_part(path, "xl/styles.xml", lambda xml: xml + b"<!--" + _noise())


def _noise() -> bytes:
    """18 MB that a ZIP archive can hardly make smaller."""
    return secrets.token_hex(9 * 1024**2).encode()


def _written(name, said):
    def write(folder):
        path = folder / name
        path.write_bytes(said)
        return path

    return write


def _zip_of_text(folder):
    with ZipFile(folder / "lapor.xlsx", "w") as archive:
        archive.writestr("lapor.csv", "Tracking ID")
    return folder / "lapor.xlsx"


def _empty_book(folder):
    from openpyxl import Workbook

    Workbook().save(folder / "lapor.xlsx")
    return folder / "lapor.xlsx"


def _open_quotes(folder):
    path = lapor(folder, *rows())
    path.write_text(path.read_text(encoding="utf-8") + '1,"tidak ditutup', encoding="utf-8")
    return path


def _twice(folder):
    return lapor(folder, [*row(), "x"], heading=[*LAPOR, "Tipe Laporan"])


def _of_windows(folder):
    path = lapor(folder, *rows(), row(id="x", text="Isi é"))
    path.write_bytes(path.read_text(encoding="utf-8-sig").encode("cp1252"))
    return path


UNREADABLE = {
    "nothing in it": (_written("a.csv", b""), "The file is empty"),
    "an empty workbook": (_empty_book, "The file is empty"),
    "only a mark": (_written("a.csv", b"\xef\xbb\xbf"), "lacks these columns|The file is empty"),
    "a picture": (_written("a.csv", b"\x89PNG\r\n\x1a\n\x00\x00"), NEITHER),
    "UTF-16": (_written("a.csv", ",".join(LAPOR).encode("utf-16")), NEITHER),
    "a NUL in the heading": (_written("a.csv", b"Tracking\x00 ID,x\n"), NEITHER),
    "an archive of something else": (_zip_of_text, NEITHER),
    "a document": (lambda folder: _without(folder, "[Content_Types].xml"), NEITHER),
    "old or with a password": (_written("a.xlsx", OLE), "of an old kind .* or has a password"),
    "cut off": (_cut, BROKEN),
    "damaged": (_flipped, BROKEN),
    "a part with a password": (_locked_part, BROKEN),
    "torn at the end": (_torn_late, BROKEN),
    "a string that is not there": (_lost_string, BROKEN),
    "a sheet that is not there": (lambda folder: _without(folder, SHEET), BROKEN),
    "styles that are not there": (lambda folder: _without(folder, "xl/workbook.xml"), BROKEN),
    "entities that explode": (_entities, BROKEN),
    "a bomb": (_zip_bomb, "more than 100 times as large"),
    "a huge row": (_huge_row, "larger than 16 MB"),
    "huge styles": (_huge_styles, "larger than 16 MB"),
    "quotes that stay open": (_open_quotes, r"quotation marks .* are wrong \(line \d+: "),
    "a column twice": (_twice, "these columns twice: Tipe Laporan"),
    "Windows letters": (_of_windows, "The file is not UTF-8"),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_an_unreadable_file_gets_one_sentence_and_changes_nothing(agency, tmp_path, data_dir, what):
    make, sentence = UNREADABLE[what]
    path = make(tmp_path)
    kept = data_dir / "imports" / f"{path.stem}-rejected.csv"
    kept.parent.mkdir(parents=True)
    kept.write_text("of the last run")
    categories = Category.objects.count()
    with pytest.raises(CommandError, match=sentence) as refusal:
        bring(path)
    assert "\n" not in str(refusal.value)
    assert refusal.value.returncode == 1
    assert not Case.objects.exists()
    assert not Process.objects.exists()
    assert Category.objects.count() == categories
    assert kept.read_text() == "of the last run"


@pytest.mark.parametrize("make", [lapor, workbook])
@pytest.mark.parametrize("column", ["Tracking ID", "Tipe Laporan", "Status Laporan"])
def test_a_missing_column_is_named(agency, tmp_path, make, column):
    path = make(tmp_path, row())
    if make is lapor:
        path.write_text(path.read_text(encoding="utf-8").replace(column, "Lain"), encoding="utf-8")
    else:
        in_part(path, "xl/sharedStrings.xml", lambda xml: xml.replace(column.encode(), b"Lain"))
    with pytest.raises(CommandError, match=f"^The file lacks these columns: {column}.$"):
        bring(path)


def test_columns_that_only_add_something_may_be_missing(agency, tmp_path):
    less = [name for name in LAPOR if "nstansi" not in name and name != "ID Kategori"]
    with (tmp_path / "less.csv").open("w", newline="") as file:
        csv.writer(file).writerows([less, [LAPOR[name] for name in less]])
    assert bring(tmp_path / "less.csv") == "1 imported, 0 skipped, 0 rejected"


def test_a_file_mapping_or_unit_that_is_not_there_gets_a_sentence(agency, tmp_path):
    path = lapor(tmp_path, row())
    with pytest.raises(CommandError, match="There is no file"):
        bring(tmp_path / "none.csv")
    with pytest.raises(CommandError, match="There is no file"):
        bring(tmp_path)
    with pytest.raises(CommandError, match=r"no mapping 'x'\. There are: nyc311, sp4n, surabaya;"):
        bring(path, "x")
    with pytest.raises(CommandError, match=r"no mapping 'none\.yaml'\. There are: "):
        bring(path, "none.yaml")
    with pytest.raises(CommandError, match="There is no unit 'x'"):
        bring(path, unit="x")
    assert not Case.objects.exists()


def test_a_file_that_may_not_be_read_gets_a_sentence(agency, tmp_path, monkeypatch):
    path = lapor(tmp_path, row())

    opened = Path.open

    def forbidden(self, *args, **kwargs):
        if self == path:
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", forbidden)
    with pytest.raises(CommandError, match=r"lapor\.csv: Permission denied\.$"):
        bring(path)
