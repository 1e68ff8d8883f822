"""Due dates of an export hold as they stand, in the time of its place."""

import csv
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml
from django.utils import timezone

from casework.models import Case, Event
from tests.clockwork import due, policy, rule, target
from tests.imports.exports import bring, rejected
from workflows.clocks.book import standing_of
from workflows.models import Clock
from workflows.sweep import sweep

NEW_YORK = ZoneInfo("America/New_York")
TARGETS = {"acknowledgement": target(3), "first_response": target(5), "resolution": target(14)}


def moment(said: str) -> datetime | None:
    at = datetime.strptime(said, "%m/%d/%Y %I:%M:%S %p") if said else None
    return at.replace(tzinfo=NEW_YORK) if at else None


def promised(path: Path) -> dict[str, tuple[datetime, datetime | None]]:
    """The due date and the closing of each row that has a due date, by its key."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    moments = {r["Unique Key"]: (moment(r["Due Date"]), moment(r["Closed Date"])) for r in rows}
    return {key: (due_at, closed) for key, (due_at, closed) in moments.items() if due_at}


def test_new_york_due_dates_are_exact_and_52_of_479_were_missed(agency, nyc):
    policy(rule("semua", TARGETS))
    bring(nyc, "nyc311")
    theirs = promised(nyc)
    absolute = Clock.objects.filter(entries__data__has_key="deadline").distinct()
    clocks = {
        clock.case.external_reference: clock
        for clock in absolute.select_related("case").prefetch_related("entries")
    }
    assert clocks.keys() == theirs.keys()
    closed = {key: clock for key, clock in clocks.items() if clock.state == "met"}
    late = [key for key, clock in closed.items() if clock.breached_at]
    assert (len(clocks), len(closed), len(late)) == (486, 479, 52)
    for key, clock in clocks.items():
        due_at, ended = theirs[key]
        replayed = standing_of(clock)
        assert clock.metric == "resolution"
        assert (clock.due_at, replayed.due) == (due_at, due_at)
        assert (clock.ended_at, replayed.ended_at) == (ended, ended)
        passed = due_at if due_at < (ended or timezone.now()) else None
        assert (clock.breached_at, replayed.breached_at) == (passed, passed)


def test_new_york_with_a_policy_tells_nobody_either(agency, nyc):
    policy(rule("semua", TARGETS))
    bring(nyc, "nyc311")
    before = Event.objects.count()
    assert sweep().failed == 0
    assert Event.objects.count() == before
    assert set(Case.objects.filter(closed_at=None).values_list("due_state", flat=True)) == {"late"}


MAPPING = {
    "source": "uji",
    "name": "Uji",
    "zone": "Asia/Makassar",
    "dates": ["%d/%m/%Y %H:%M", "%d/%m/%Y"],
    "columns": {
        "external_reference": "No",
        "received_at": "Masuk",
        "due_at": "Batas",
        "text": "Isi",
    },
}


def own(folder: Path, *dues: str, heading: str = "Batas", **said) -> str:
    """Import a row received on 5 March 2024 at 10:00 for each due date."""
    (folder / "uji.yaml").write_text(yaml.safe_dump(MAPPING | said))
    with (folder / "uji.csv").open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["No", "Masuk", heading, "Isi"])
        out.writerows([n, "05/03/2024 10:00", said, "Air mati"] for n, said in enumerate(dues))
    return bring(folder / "uji.csv", folder / "uji.yaml")


def test_a_due_date_without_an_hour_is_over_with_its_day(agency, tmp_path):
    own(tmp_path, "07/03/2024", "07/03/2024 15:30", "2024-03-08")
    dues = [due(clock, "Asia/Makassar") for clock in Clock.objects.order_by("case")]
    assert dues == ["2024-03-08 00:00", "2024-03-07 15:30", "2024-03-09 00:00"]


def test_a_due_date_may_lie_ahead(agency, tmp_path):
    year = timezone.now().year + 1
    own(tmp_path, f"07/03/{year} 09:00")
    assert due(Clock.objects.get(), "Asia/Makassar") == f"{year}-03-07 09:00"
    assert Clock.objects.get().breached_at is None


def test_a_row_without_a_due_date_has_the_policys(agency, tmp_path):
    policy(rule("semua", {"resolution": target(2)}))
    own(tmp_path, "", "08/03/2024 09:00")
    dues = [due(clock) for clock in Clock.objects.order_by("case")]
    assert dues == ["2024-03-07 16:00", "2024-03-08 08:00"]


def test_a_due_date_that_nobody_promised_rejects_its_row(agency, tmp_path, data_dir):
    dues = ["05/03/2024 09:59", "05/03/2024", "besok", "01/01/2075", "31/12/9999"]
    assert own(tmp_path, *dues) == "1 imported, 0 skipped, 4 rejected"
    assert rejected(data_dir, "uji") == [
        ["2", "due before opened"],
        ["4", "unknown date: besok"],
        ["5", "due more than 50 years after it was opened"],
        ["6", "unknown date: 31/12/9999"],
    ]


def test_new_york_can_do_without_due_dates(agency, nyc, tmp_path):
    with nyc.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))[:3]
    path = tmp_path / "short.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, [name for name in rows[0] if name != "Due Date"])
        out.writeheader()
        out.writerows({name: row[name] for name in out.fieldnames} for row in rows)
    assert bring(path, "nyc311") == "3 imported, 0 skipped, 0 rejected"
    assert not Clock.objects.exists()
