"""What SP4N-LAPOR! says, as api.md lists it."""

import pytest

from accounts.models import Unit
from casework import timeline
from casework.models import Case, Category
from tests.imports.exports import LAPOR, bring, bring_and_hear, lapor, row
from workflows.sweep import sweep

SURE = [
    ("Ditutup oleh Sistem", "auto_closed", "timeout", "system"),
    ("Ditutup oleh Pelapor", "closed", "confirm", "citizen"),
    ("Ditutup oleh Admin", "closed", "closed", "system"),
]
UNSURE = [
    ("Diarsipkan oleh Admin", "rejected", "reject", "system"),
    ("Diarsipkan oleh Sistem", "lapsed", "timeout", "system"),
    ("Diarsipkan oleh Pelapor", "withdrawn", "withdraw", "citizen"),
    ("Menunggu Kelengkapan Informasi", "wait_triage", "filed", "citizen"),
    ("Sesuatu yang lain", "triage", "filed", "citizen"),
]


@pytest.mark.parametrize(("status", "stage", "kind", "actor"), SURE + UNSURE)
def test_statuses_become_stages_and_the_unsure_ones_are_told(
    agency, tmp_path, status, stage, kind, actor
):
    _, heard = bring_and_hear(lapor(tmp_path, row(id=1, status=status), row(id=2, status=status)))
    case = Case.objects.get(external_reference="1")
    assert case.stage == stage
    assert case.events.get(kind=kind).actor_kind == actor
    warning = f"Status {status!r} was taken as {stage} (rows: 2)."
    assert (warning in heard) == (status not in [sure[0] for sure in SURE])


def test_a_case_closed_without_a_date_says_so_and_opens_no_window(agency, tmp_path):
    bring(lapor(tmp_path, row(status="Ditutup oleh Admin")))
    case = Case.objects.get()
    assert case.closed_at == case.received_at
    closing = case.events.get(kind="closed")
    assert (closing.at, closing.data) == (case.received_at, {"date_unknown": True})
    entry = case.events.get(kind="imported")
    assert entry.audience == "internal"
    assert "tidak mencantumkan tanggal penutupan" in entry.text
    assert not Case.objects.exclude(events__data__date_unknown=True).exists()


def test_an_open_case_is_of_no_unknown_date(agency, tmp_path):
    bring(lapor(tmp_path, row()))
    case = Case.objects.get()
    assert case.closed_at is None
    assert not case.events.filter(data__date_unknown=True).exists()
    assert "no date of closing" not in case.events.get(kind="imported").text


def test_live_cases_of_the_past_wait_from_now_on(agency, tmp_path):
    bring(lapor(tmp_path, row(date="23 Sep 2019", status="Menunggu Kelengkapan Informasi")))
    assert Case.objects.get().timeout_at is not None
    assert (sweep().timeouts, Case.objects.get().stage) == (0, "wait_triage")


@pytest.mark.parametrize(
    ("said", "identity", "publishing"),
    [
        ("", "none", "private"),
        ("Anonim", "withheld", "private"),
        ("Rahasia", "none", "never"),
        ("Anonim|Rahasia", "withheld", "never"),
        (" rahasia | ANONIM ", "withheld", "never"),
        ("Sesuatu yang lain", "withheld", "never"),
    ],
)
def test_privacy_holds_from_the_first_moment(agency, tmp_path, said, identity, publishing):
    _, heard = bring_and_hear(lapor(tmp_path, row(privacy=said)))
    case = Case.objects.get()
    assert (case.complainant.identity, case.publishing) == (identity, publishing)
    assert ("Privacy 'Sesuatu yang lain' was taken as" in heard) == (said == "Sesuatu yang lain")


@pytest.mark.parametrize(("said", "identity"), [("", "named"), ("Anonim", "withheld")])
def test_a_name_where_the_export_has_one_is_sealed(agency, tmp_path, said, identity):
    heading = [*LAPOR, "Nama Pelapor"]
    bring(lapor(tmp_path, [*row(privacy=said), "Wulan Anggraini"], heading=heading))
    person = Case.objects.get().complainant
    assert (person.identity, person.name) == (identity, "Wulan Anggraini")
    assert "Wulan" not in person.sealed_name


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Pengaduan Berkadar Pengawasan", "oversight"),
        ("Pengaduan Tidak Berkadar Pengawasan", "complaint"),
        ("Aspirasi", "aspiration"),
        ("Permintaan Informasi", "information"),
        ("", "complaint"),
        ("Gratifikasi", "complaint"),
    ],
)
def test_classes_become_kinds(agency, tmp_path, said, kind):
    _, heard = bring_and_hear(lapor(tmp_path, row(kind=said)))
    assert Case.objects.get().kind == kind
    assert ("Kind 'Gratifikasi' was taken as complaint" in heard) == (said == "Gratifikasi")


@pytest.mark.parametrize(
    ("date", "hour", "utc"),
    [
        ("23 Sep 2024", "10:15", "2024-09-23T03:15:00+00:00"),
        ("5 Mei 2024", "10.15", "2024-05-05T03:15:00+00:00"),
        ("31 Agt 2024", "23:59:59", "2024-08-31T16:59:59+00:00"),
        ("1 Desember 2024", "", "2024-11-30T17:00:00+00:00"),
    ],
)
def test_dates_are_of_jakarta_in_either_language(agency, tmp_path, date, hour, utc):
    bring(lapor(tmp_path, row(date=date, hour=hour)))
    assert Case.objects.get().received_at.isoformat() == utc


def test_every_column_finds_its_place(agency, tmp_path):
    bring(lapor(tmp_path, row()))
    case = Case.objects.get()
    assert (case.source, case.external_reference) == ("sp4n", "5049672")
    assert (case.subject, case.text, case.channel) == ("Judul", "Isi", "web")
    assert (case.category.code, case.category.parent) == (
        "sp4n-jalan",
        Category.objects.get(code="sp4n"),
    )
    assert case.address == "Mekar, Cikoneng, Sukamaju, Jawa Barat"
    assert case.events.get(kind="imported").text.splitlines() == [
        "Status Laporan: Terverifikasi",
        "Alasan Tunda/Arsip: Menunggu berkas",
        "ID Kategori: 77",
        "Sumber Laporan: Website",
        "Instansi Induk: Pemerintah Kabupaten",
        "ID Instansi Terdisposisi: 1408",
        "Instansi Terdisposisi: Dinas Lain",
    ]
    shown = " ".join(event.text for event in timeline.shown_to_citizen(case))
    assert "Menunggu berkas" not in shown


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ({"body": "air bersih"}, "water"),
        ({"body_id": "roads"}, "roads"),
        ({"parent_body": "Jalan"}, "roads"),
        ({"body": "Air Bersih", "parent_body": "Jalan"}, "water"),
        ({"body": "Sekretariat"}, "root"),
        ({"body": "Bubar"}, "root"),
    ],
)
def test_bodies_become_units_where_there_is_one_else_the_default(agency, tmp_path, said, unit):
    for number in (1, 2):
        Unit.objects.create(code=f"s{number}", name="Sekretariat", parent=agency.water)
    Unit.objects.create(code="gone", name="Bubar", active=False)
    _, heard = bring_and_hear(lapor(tmp_path, row(**said)))
    assert Case.objects.get().unit.code == unit
    assert ("is no unit here; Kabupaten Uji was taken (rows: 1)" in heard) == (unit == "root")


def test_blanks_around_a_cell_are_no_part_of_it(agency, tmp_path):
    bring(lapor(tmp_path, row(id=" 7 ", text="\n Satu\n dua \n", status=" Ditutup oleh Admin ")))
    case = Case.objects.get()
    assert (case.external_reference, case.text, case.stage) == ("7", "Satu\n dua", "closed")


def test_a_tracking_id_enters_once_however_the_export_changes(agency, tmp_path):
    bring(lapor(tmp_path, row(text="Dulu")))
    assert bring(lapor(tmp_path, row(text="Kini"))) == "0 imported, 1 skipped, 0 rejected"
    assert Case.objects.get().text == "Dulu"


def test_real_headings_stand_below_some_lines_and_say_more(agency, tmp_path):
    said = {
        "Tipe Laporan": "Tipe Laporan (Anonim/Rahasia)",
        "Instansi Terdisposisi": "Instansi Terdisposisi (SKPD)",
    }
    heading = [f" {said.get(name, name)} " for name in LAPOR]
    above = [["Laporan"], ["Nama Instansi", "Kabupaten Uji"], [], heading]
    path = lapor(tmp_path, *above[1:], row(privacy="Rahasia", body="Jalan"), heading=above[0])
    assert bring(path) == "1 imported, 0 skipped, 0 rejected"
    case = Case.objects.get()
    assert (case.publishing, case.unit) == ("never", agency.roads)
