"""Exports as other systems write them, and the command that brings them in."""

import csv
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.management import call_command
from openpyxl import Workbook

from config.environment import PROJECT

DATA = PROJECT.parent / "shared" / "data"
NYC, SURABAYA = DATA / "nyc_311_2018_with_resolution.csv", DATA / "surabaya_keluhan.csv"

#: The columns of api.md ("SP4N-LAPOR"), in their order, with a row of them.
LAPOR = {
    "Tracking ID": "5049672",
    "Tanggal Laporan Masuk": "23 Sep 2024",
    "Waktu Laporan Masuk": "10:15",
    "Klasifikasi Laporan": "Aspirasi",
    "ID Kategori": "77",
    "Kategori": "Jalan",
    "Judul Laporan": "Judul",
    "Isi Laporan Awal": "Isi",
    "Tipe Laporan": "",
    "Sumber Laporan": "Website",
    "Instansi Induk": "Pemerintah Kabupaten",
    "ID Instansi Terdisposisi": "1408",
    "Instansi Terdisposisi": "Dinas Lain",
    "Status Laporan": "Terverifikasi",
    "Alasan Tunda/Arsip": "Menunggu berkas",
    "Provinsi": "Jawa Barat",
    "Kota/Kabupaten": "Sukamaju",
    "Kecamatan": "Cikoneng",
    "Kelurahan": "Mekar",
}


def row(**said: Any) -> list[Any]:
    """A row of LAPOR's export; keywords as `status` or `text` replace single cells."""
    given = {_COLUMNS[name]: value for name, value in said.items()}
    return list((LAPOR | given).values())


_COLUMNS = {
    "id": "Tracking ID",
    "date": "Tanggal Laporan Masuk",
    "hour": "Waktu Laporan Masuk",
    "kind": "Klasifikasi Laporan",
    "category": "Kategori",
    "subject": "Judul Laporan",
    "text": "Isi Laporan Awal",
    "privacy": "Tipe Laporan",
    "channel": "Sumber Laporan",
    "parent_body": "Instansi Induk",
    "body_id": "ID Instansi Terdisposisi",
    "body": "Instansi Terdisposisi",
    "status": "Status Laporan",
}


def lapor(folder: Path, *rows: list[Any], heading: list[str] | None = None, mark=",") -> Path:
    path = folder / "lapor.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=mark).writerows([heading or list(LAPOR), *rows])
    return path


def workbook(folder: Path, *rows: list[Any], name: str = "lapor.xlsx") -> Path:
    """The same as a workbook, below some lines in which LAPOR! tells of the export."""
    book = Workbook()
    sheet = book.active
    for line in [["Laporan"], ["Nama Instansi", "Kabupaten Uji"], [], list(LAPOR), *rows]:
        sheet.append(line)
    book.save(folder / name)
    return as_excel_saves(folder / name)


def changed(path: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """The same workbook with each part as `change(name, content)` has it; None leaves it out."""
    with ZipFile(path) as old:
        parts = {name: change(name, old.read(name)) for name in old.namelist()}
    with ZipFile(path, "w", ZIP_DEFLATED) as new:
        for name, content in parts.items():
            if content is not None:
                new.writestr(name, content)
    return path


def as_excel_saves(path: Path) -> Path:
    """The same workbook with its strings in one table, where openpyxl writes them into cells."""
    numbers: dict[bytes, int] = {}

    def pointed(cell: re.Match[bytes]) -> bytes:
        number = numbers.setdefault(cell[1], len(numbers))
        return b't="s"><v>%d</v></c>' % number

    def change(name: str, content: bytes) -> bytes:
        if name == SHEET:
            return re.sub(rb't="inlineStr"><is>(.*?)</is></c>', pointed, content, flags=re.DOTALL)
        return content.replace(b"</Types>", _STRINGS_PART + b"</Types>")

    changed(path, change)
    with ZipFile(path, "a", ZIP_DEFLATED) as book:
        strings = b"".join(b"<si>%s</si>" % said for said in numbers)
        book.writestr("xl/sharedStrings.xml", b'<sst xmlns="%s">%s</sst>' % (_SPREADSHEET, strings))
    return path


SHEET = "xl/worksheets/sheet1.xml"
_SPREADSHEET = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRINGS_PART = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.'
    b'openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)


def bring(path: Path, mapping: str = "sp4n", **options: Any) -> str:
    """Run the command; its last line."""
    return bring_and_hear(path, mapping, **options)[0]


def bring_and_hear(path: Path, mapping: str = "sp4n", **options: Any) -> tuple[str, str]:
    """Run the command; its last line, and what it said beside."""
    out, heard = StringIO(), StringIO()
    call_command("import_cases", path, mapping=str(mapping), stdout=out, stderr=heard, **options)
    return out.getvalue().strip().splitlines()[-1], heard.getvalue()


def rejected(data_dir: Path, stem: str = "lapor") -> list[list[str]]:
    """Row number and reason of each rejected row."""
    with (data_dir / "imports" / f"{stem}-rejected.csv").open(encoding="utf-8", newline="") as file:
        return [line[:2] for line in list(csv.reader(file))[1:]]
