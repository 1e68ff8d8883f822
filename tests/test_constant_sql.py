"""A page asks the database as often at 5,000 cases as at 1,000."""

from datetime import date

from benchmarks.journeys import Journeys, statements
from casework.models import Case
from tests.agency import Agency
from workflows import policies
from workflows.historic import enter
from workflows.management.commands.bench_data import synthetic_cases

MOST = {"queue": 10, "case": 17, "tracking": 8, "filing": 36, "act": 34, "wall": 16}


def test_the_statements_of_a_page_do_not_grow_with_the_cases(agency: Agency) -> None:
    policies.install("id-sp4n", date(2020, 1, 1), None)  # else no clock would run
    journeys = Journeys.of(agency.head)
    enter(synthetic_cases(1_000))
    few = counted(journeys)
    enter(synthetic_cases(4_000))
    assert Case.objects.count() >= 5_000
    assert counted(journeys) == few
    assert {name: count for name, count in few.items() if count > MOST[name]} == {}


def counted(journeys: Journeys) -> dict[str, int]:
    """The second request of each page: what is remembered once does not count."""
    named = journeys.named()
    return {name: [statements(named[name]) for _ in range(2)][1] for name in named}
