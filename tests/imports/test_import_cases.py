"""Real exports, bad rows, and what the command is told."""

import csv

import pytest
from django.core.management import CommandError

from accounts.models import Unit
from casework import timeline
from casework.models import Case, Category, Event
from casework.signals import recorded
from tests.imports.exports import LAPOR, bring, lapor, rejected, row
from workflows.sweep import sweep


@pytest.fixture
def heard():
    """Every event that was announced."""
    found = []

    def hear(**said):
        found.append(said)

    recorded.connect(hear)
    yield found
    recorded.disconnect(hear)


def test_new_york_enters_once_and_its_impossible_rows_are_named(agency, nyc, data_dir):
    assert bring(nyc, "nyc311") == "990 imported, 0 skipped, 10 rejected"
    assert bring(nyc, "nyc311") == "0 imported, 990 skipped, 10 rejected"
    assert {reason for _, reason in rejected(data_dir, nyc.stem)} == {"closed before opened"}
    assert Case.objects.count() == 990
    assert Case.objects.filter(closed_at=None).count() == 14
    assert not list(timeline.broken(Case.objects.all()))


def test_new_york_tells_nobody_and_the_first_sweep_moves_no_case(agency, nyc, heard):
    bring(nyc, "nyc311")
    before = Event.objects.count()
    swept = sweep()
    assert (swept.timeouts, swept.reminders, swept.failed, heard) == (0, 0, 0, [])
    assert Event.objects.count() == before


def test_new_york_rows_keep_their_hours_words_answers_and_places(agency, nyc):
    bring(nyc, "nyc311")
    case = Case.objects.get(external_reference="39573567")
    assert case.received_at.isoformat() == "2018-06-26T14:58:54+00:00"
    assert case.closed_at.isoformat() == "2018-06-26T16:50:01+00:00"
    assert case.text == "Non-Emergency Police Matter: Other (complaint details)"
    assert (case.subject, case.category.name) == ("Non-Emergency Police Matter",) * 2
    assert case.events.get(kind="respond").text.startswith("The Police Department responded")
    assert (case.channel, case.address) == ("phone", "91-33 97 STREET, WOODHAVEN")
    assert (round(case.lat, 6), round(case.lon, 6)) == (40.690092, -73.846428)
    assert not case.events.filter(data__date_unknown=True).exists()


def test_surabaya_enters_whole_with_its_line_breaks(agency, surabaya):
    assert bring(surabaya, "surabaya") == "1472 imported, 0 skipped, 0 rejected"
    with surabaya.open(encoding="utf-8", newline="") as file:
        theirs = {line["id"]: line["keluhan"].strip() for line in csv.DictReader(file)}
    assert dict(Case.objects.values_list("external_reference", "text")) == theirs
    case = Case.objects.get(external_reference="2037")
    assert "\n" in case.text
    assert case.events.get(kind="filed").text == case.text
    assert {case.stage for case in Case.objects.all()} == {"triage"}
    assert not list(timeline.broken(Case.objects.all()))
    assert sweep().timeouts == 0


def test_bad_rows_do_not_stop_the_good_ones_and_are_named(agency, tmp_path, data_dir):
    path = lapor(
        tmp_path,
        row(id=1),
        row(id=2, date="kemarin"),
        [],
        row(id=3, text=""),
        row(id=4, text="x" * 20_001),
        row(id=1),
        row(id=""),
        row(id=6, date="", hour=""),
        row(id=7, date="1 Jan 2999"),
        row(id=8, date="1 Jan 0001"),
        row(id=9, subject="x" * 201),
        [*row(id=10), "sel", "lain"],
        row(id=11),
    )
    assert bring(path) == "2 imported, 1 skipped, 9 rejected"
    assert rejected(data_dir) == [
        ["3", "unknown date: kemarin 10:15"],
        ["5", "missing text"],
        ["6", "over-long text: more than 20000 characters"],
        ["8", "missing external reference"],
        ["9", "no date of receipt"],
        ["10", "a date in the future: 1 Jan 2999 10:15"],
        ["11", "unknown date: 1 Jan 0001 10:15"],
        ["12", "over-long subject: more than 200 characters"],
        ["13", "more cells than columns"],
    ]


def test_a_row_that_was_cut_off_is_rejected_until_it_is_whole(agency, tmp_path, data_dir):
    half = [*row(id=2)][: list(LAPOR).index("Isi Laporan Awal") + 1]
    assert bring(lapor(tmp_path, row(id=1), half)) == "1 imported, 0 skipped, 1 rejected"
    assert rejected(data_dir) == [["3", "fewer cells than columns"]]
    path = lapor(tmp_path, row(id=1), row(id=2))
    assert bring(path) == "1 imported, 1 skipped, 0 rejected"


def test_what_no_database_keeps_is_rejected(agency, tmp_path, data_dir):
    path = lapor(tmp_path, row(id=1, text="Isi é"), row(id=2, text="A?B"), row(id=3, text="A!B"))
    path.write_bytes(path.read_bytes().replace(b"A?B", b"A\xffB").replace(b"A!B", b"A\x00B"))
    assert bring(path) == "1 imported, 0 skipped, 2 rejected"
    unreadable = "unreadable Isi Laporan Awal: not UTF-8, or a NUL"
    assert rejected(data_dir) == [["3", unreadable], ["4", unreadable]]


def test_rejected_rows_run_no_formula_and_come_back_word_for_word(agency, tmp_path, data_dir):
    texts = ["=1+1", "+62", "-1", "@SUM(A1)", "'=kutip", "- Lampu padam"]
    bring(lapor(tmp_path, *(row(id=n, date="?", text=text) for n, text in enumerate(texts))))
    path = data_dir / "imports" / "lapor-rejected.csv"
    with path.open(encoding="utf-8", newline="") as file:
        heading, *rows = csv.reader(file)
    assert heading == ["row", "reason", *LAPOR]
    assert [line[9] for line in rows] == [f"'{text}" for text in texts]
    assert path.stat().st_mode & 0o077 == 0
    path.write_text(path.read_text().replace("?", "23 Sep 2024"))
    assert bring(path) == "6 imported, 0 skipped, 0 rejected"
    assert list(Case.objects.order_by("external_reference").values_list("text", flat=True)) == texts


@pytest.mark.parametrize("first", ["\tA", "\rA", "＝A"])  # noqa: RUF001 - Excel takes it too
def test_other_beginnings_of_formulas_are_made_harmless_too(agency, tmp_path, data_dir, first):
    bring(lapor(tmp_path, row(date="?", text=first)))
    with (data_dir / "imports" / "lapor-rejected.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file))[1][9] == f"'{first}"


def test_what_was_rejected_last_time_is_not_shown_as_rejected_now(agency, tmp_path, data_dir):
    bring(lapor(tmp_path, row(date="?")))
    assert rejected(data_dir)
    bring(lapor(tmp_path, row()))
    assert not (data_dir / "imports" / "lapor-rejected.csv").exists()


@pytest.mark.parametrize("mark", [";", "\t"])
def test_csv_of_a_country_with_decimal_commas_is_read(agency, tmp_path, mark):
    assert bring(lapor(tmp_path, row(), mark=mark)) == "1 imported, 0 skipped, 0 rejected"


def test_cases_go_to_the_unit_that_was_named_else_to_the_receiving_one(agency, tmp_path):
    Unit.objects.update(receives=False)
    Unit.objects.filter(code="water").update(receives=True)
    bring(lapor(tmp_path, row(id=1)), unit="roads")
    bring(lapor(tmp_path, row(id=2)))
    units = dict(Case.objects.values_list("external_reference", "unit__code"))
    assert units == {"1": "roads", "2": "water"}


def test_without_a_receiving_unit_cases_go_to_the_first(agency, tmp_path):
    Unit.objects.update(receives=False)
    bring(lapor(tmp_path, row()))
    assert Case.objects.get().unit == agency.root


def test_an_installation_without_units_is_told_to_create_one(db, tmp_path):
    with pytest.raises(CommandError, match="first_admin EMAIL begins one of your own"):
        bring(lapor(tmp_path, row()))


def test_categories_of_an_export_are_created_once_below_their_source(agency, tmp_path):
    long = "Pelayanan " * 12
    kinds = ["Jalan", "Jalan", "！！", "？？", long, f"{long}lain"]  # noqa: RUF001
    bring(lapor(tmp_path, *(row(id=n, category=kind) for n, kind in enumerate(kinds))))
    top = Category.objects.get(code="sp4n")
    assert top.name == "SP4N-LAPOR!"
    assert sorted(top.children.values_list("name", flat=True)) == sorted(
        {kind.strip()[:200] for kind in kinds}
    )
