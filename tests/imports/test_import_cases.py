import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from casework import timeline
from casework.models import Case, Category
from config.environment import PROJECT
from workflows.sweep import sweep

DATA = PROJECT.parent / "shared" / "data"
NYC, SURABAYA = DATA / "nyc_311_2018_with_resolution.csv", DATA / "surabaya_keluhan.csv"
HEADER = (
    "Tracking ID,Tanggal Laporan Masuk,Waktu Laporan Masuk,Klasifikasi Laporan,Kategori,"
    "Judul Laporan,Isi Laporan Awal,Tipe Laporan,Status Laporan,Provinsi,Kota/Kabupaten,"
    "Kecamatan,Kelurahan"
)


def bring(path: Path, mapping: str, **options) -> str:
    out = StringIO()
    call_command("import_cases", path, mapping=mapping, stdout=out, stderr=StringIO(), **options)
    return out.getvalue().strip().splitlines()[-1]


def lapor(folder: Path, *rows: str) -> Path:
    path = folder / "lapor.csv"
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8-sig")
    return path


def row(number=1, date="23 Sep 2024", kind="Aspirasi", text="Isi", type_="", status="") -> str:
    place = "Jawa Barat,Sukamaju,Cikoneng,Mekar"
    return f"{number},{date},10:15,{kind},Jalan,Judul,{text},{type_},{status},{place}"


@pytest.fixture
def nyc():
    if not NYC.exists():
        pytest.skip("the New York export is not here")
    return NYC


@pytest.fixture
def surabaya():
    if not SURABAYA.exists():
        pytest.skip("the Surabaya export is not here")
    return SURABAYA


def test_new_york_enters_once_and_its_impossible_rows_are_named(agency, nyc, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    assert bring(nyc, "nyc311") == "990 imported, 0 skipped, 10 rejected"
    assert bring(nyc, "nyc311") == "0 imported, 990 skipped, 10 rejected"
    with (tmp_path / "imports" / f"{nyc.stem}-rejected.csv").open(newline="") as file:
        rejects = list(csv.DictReader(file))
    assert {reject["reason"] for reject in rejects} == {"closed before opened"}
    assert not list(timeline.broken(Case.objects.all()))
    assert sweep().timeouts == 0
    assert Case.objects.filter(closed_at=None).count() == 14


def test_surabaya_enters_whole_with_its_line_breaks(agency, surabaya):
    assert bring(surabaya, "surabaya") == "1472 imported, 0 skipped, 0 rejected"
    case = Case.objects.get(external_reference="2037")
    assert "\n" in case.text
    assert case.text.splitlines()[0] in case.events.get(kind="filed").text
    assert not list(timeline.broken(Case.objects.all()))


@pytest.mark.parametrize(
    ("status", "stage", "kind"),
    [
        ("Ditutup oleh Sistem", "auto_closed", "timeout"),
        ("Ditutup oleh Pelapor", "closed", "confirm"),
        ("Ditutup oleh Admin", "closed", "closed"),
        ("Diarsipkan oleh Pelapor", "withdrawn", "withdraw"),
        ("Menunggu Kelengkapan Informasi", "wait_triage", "filed"),
        ("Sesuatu yang lain", "triage", "filed"),
    ],
)
def test_lapor_statuses_become_stages(agency, tmp_path, status, stage, kind):
    bring(lapor(tmp_path, row(status=status)), "sp4n")
    case = Case.objects.get()
    assert case.stage == stage
    assert case.events.filter(kind=kind).exists()


@pytest.mark.parametrize(
    ("said", "identity", "publishing"),
    [
        ("", "none", "private"),
        ("Anonim", "withheld", "private"),
        ("Rahasia", "none", "never"),
        ("Anonim|Rahasia", "withheld", "never"),
    ],
)
def test_lapor_privacy_holds_from_the_first_moment(agency, tmp_path, said, identity, publishing):
    bring(lapor(tmp_path, row(type_=said)), "sp4n")
    case = Case.objects.get()
    assert (case.complainant.identity, case.publishing) == (identity, publishing)


def test_lapor_rows_keep_kind_place_category_and_local_time(agency, tmp_path):
    bring(lapor(tmp_path, row(date="5 Mei 2024")), "sp4n", unit="roads")
    case = Case.objects.get()
    assert (case.kind, case.unit, case.category.code) == ("aspiration", agency.roads, "sp4n-jalan")
    assert case.category.parent == Category.objects.get(code="sp4n")
    assert case.received_at.isoformat() == "2024-05-05T03:15:00+00:00"
    assert case.address == "Mekar, Cikoneng, Sukamaju, Jawa Barat"


def test_bad_rows_do_not_stop_the_good_ones(agency, tmp_path, settings):
    settings.DATA_DIR = tmp_path
    path = lapor(
        tmp_path, row(1), row(2, date="kemarin"), row(3, text=""), row(4, text="x" * 20_001), row(1)
    )
    assert bring(path, "sp4n") == "1 imported, 1 skipped, 3 rejected"
    rejects = (tmp_path / "imports" / "lapor-rejected.csv").read_text().splitlines()
    assert [line.split(",")[:2] for line in rejects[1:]] == [
        ["3", "unknown date: kemarin 10:15"],
        ["4", "missing text"],
        ["5", "over-long text: more than 20000 characters"],
    ]


def test_a_file_mapping_or_unit_that_is_not_there_gets_a_sentence(agency, tmp_path):
    path = lapor(tmp_path, row())
    with pytest.raises(CommandError, match="There is no file"):
        bring(tmp_path / "none.csv", "sp4n")
    with pytest.raises(CommandError, match="There is no mapping 'x'"):
        bring(path, "x")
    with pytest.raises(CommandError, match="There is no unit 'x'"):
        bring(path, "sp4n", unit="x")
    with pytest.raises(CommandError, match="lacks these columns: Unique Key"):
        bring(path, "nyc311")


def test_an_installation_without_units_is_told_to_create_one(db, tmp_path):
    with pytest.raises(CommandError, match="Create one first"):
        bring(lapor(tmp_path, row()), "sp4n")


def test_a_file_that_is_not_utf_8_gets_a_sentence(agency, tmp_path):
    path = tmp_path / "lapor.csv"
    path.write_bytes(HEADER.encode() + b"\n\xff\xfe,x")
    with pytest.raises(CommandError, match="not UTF-8"):
        bring(path, "sp4n")
