"""A mapping of one's own is a YAML file; it reaches everything that a case can hold."""

import csv
import datetime as dt

import pytest
import yaml
from django.core.management import CommandError
from openpyxl import Workbook

from casework.models import Case, Service
from tests.imports.exports import bring

MAPPING = {
    "source": "uji",
    "name": "Uji",
    "zone": "Asia/Makassar",
    "dates": ["%d/%m/%Y"],
    "columns": {
        "external_reference": "No",
        "received_at": "Masuk",
        "closed_at": "Selesai",
        "occurred_on": "Kejadian",
        "text": ["Perihal", "Uraian"],
        "answer": "Jawaban",
        "about": "Terlapor",
        "kind": "Jenis",
        "priority": "Mendesak",
        "channel": "Lewat",
        "category": "Kategori",
        "service": "Layanan",
        "status": "Status",
        "lat": "Lintang",
        "lon": "Bujur",
    },
    "statuses": {"Dikerjakan": "work"},
    "priorities": {"Ya": "urgent", "Tidak": "normal"},
    "kinds": {"Saran": "suggestion"},
    "channels": {"Surat": "letter"},
    "categories": {"Air": "water", "Pungutan": "graft"},
    "services": {"Pasang baru": "pdam"},
}
ROW = {
    "No": "1",
    "Masuk": "05/03/2024",
    "Selesai": "",
    "Kejadian": "01/03/2024",
    "Perihal": "Air",
    "Uraian": "mati",
    "Jawaban": "",
    "Terlapor": "Budi, petugas loket",
    "Jenis": "saran",
    "Mendesak": "YA",
    "Lewat": "Surat",
    "Kategori": "Air",
    "Layanan": "Pasang baru",
    "Status": "Dikerjakan",
    "Lintang": "-7.25",
    "Bujur": "112.75",
}


def written(folder, **said):
    path = folder / "uji.yaml"
    path.write_text(yaml.safe_dump(MAPPING | said))
    return path


def table(folder, **said):
    with (folder / "uji.csv").open("w", newline="") as file:
        csv.writer(file).writerows([ROW, (ROW | said).values()])
    return folder / "uji.csv"


def imported(folder, **said) -> Case:
    assert bring(table(folder, **said), written(folder)) == "1 imported, 0 skipped, 0 rejected"
    return Case.objects.get()


def test_a_row_carries_whatever_a_case_can_hold(agency, tmp_path):
    case = imported(tmp_path)
    assert (case.text, case.about, case.occurred_on) == (
        "Air: mati",
        "Budi, petugas loket",
        dt.date(2024, 3, 1),
    )
    assert (case.kind, case.priority, case.channel) == ("suggestion", "urgent", "letter")
    assert (case.category, case.service.code) == (agency.plain, "pdam")
    assert (case.lat, case.lon, case.stage) == (-7.25, 112.75, "work")
    assert case.received_at.isoformat() == "2024-03-04T16:00:00+00:00"


def test_the_same_mapping_reads_a_workbook(agency, tmp_path):
    book = Workbook()
    said = ROW | {"Masuk": dt.date(2024, 3, 5), "Lintang": -7.25, "Bujur": 112.75, "No": 1}
    for line in [list(ROW), list(said.values())]:
        book.active.append(line)
    book.save(tmp_path / "uji.xlsx")
    bring(tmp_path / "uji.xlsx", written(tmp_path))
    case = Case.objects.get()
    assert (case.external_reference, case.lat, case.priority) == ("1", -7.25, "urgent")
    assert case.received_at.isoformat() == "2024-03-04T16:00:00+00:00"


def test_a_restricted_category_restricts_from_the_first_moment(agency, tmp_path):
    case = imported(tmp_path, Kategori="Pungutan")
    assert (case.category, case.restricted) == (agency.restricted, True)


@pytest.mark.parametrize(("said", "code"), [("pdam", "pdam"), ("sambungan AIR", "pdam"), ("x", "")])
def test_services_are_found_by_code_or_name_and_never_created(agency, tmp_path, said, code):
    case = imported(tmp_path, Layanan=said)
    assert (case.service.code if case.service else "") == code
    assert Service.objects.count() == 1


def test_a_dated_closure_wins_over_a_status_that_says_otherwise(agency, tmp_path):
    case = imported(tmp_path, Selesai="20/03/2024", Jawaban="Sudah mengalir.")
    assert (case.stage, case.closed_at.isoformat()) == ("closed", "2024-03-19T16:00:00+00:00")
    assert [event.kind for event in case.events.all()] == ["filed", "respond", "closed", "imported"]
    assert not case.events.filter(data__date_unknown=True).exists()


def test_what_was_said_while_it_goes_on_is_a_message(agency, tmp_path):
    case = imported(tmp_path, Jawaban="Sedang kami periksa.")
    assert [event.kind for event in case.events.all()] == ["filed", "message", "imported"]


@pytest.mark.parametrize("place", [("", "112.75"), ("-7.25", "x"), ("-97", "1"), ("nan", "1")])
def test_half_a_place_is_no_place(agency, tmp_path, place):
    case = imported(tmp_path, Lintang=place[0], Bujur=place[1])
    assert (case.lat, case.lon) == (None, None)


@pytest.mark.parametrize(
    "said",
    [
        {"zone": "Mars/Olympus"},
        {"statuses": {"x": "finished"}},
        {"statuses": {"x": "merged"}},
        {"kinds": {"x": "rant"}},
        {"priorities": {"x": "high"}},
        {"channels": {"x": "pigeon"}},
        {"privacy": {"x": "maybe"}},
        {"columns": {"colour": "x"}},
        {"colour": "x"},
        {"columns": ["x"]},
        {"columns": {"text": "x"}},
        {"columns": MAPPING["columns"] | {"text": 5}},
        {"columns": MAPPING["columns"] | {"text": [["x"]]}},
        {"statuses": {"x": {"stage": "closed", "closing": "finished"}}},
        {"statuses": {"x": {"closing": "closed"}}},
        {"statuses": {"x": ["closed"]}},
        {"statuses": "x"},
        {"source": "Dinas PU"},
        {"source": "x" * 31},
        {"delimiter": "; "},
    ],
)
def test_a_mapping_that_cannot_be_meant_gets_a_sentence(agency, tmp_path, said):
    with pytest.raises(CommandError, match=r"uji\.yaml' cannot be understood: ") as refusal:
        bring(table(tmp_path), written(tmp_path, **said))
    assert "\n" not in str(refusal.value)
    assert not Case.objects.exists()


@pytest.mark.parametrize("said", ["a: [", "just words", "", "\x00"])
def test_a_mapping_that_is_none_gets_a_sentence(agency, tmp_path, said):
    path = tmp_path / "uji.yaml"
    path.write_text(said)
    with pytest.raises(CommandError, match="cannot be understood: "):
        bring(table(tmp_path), path)
