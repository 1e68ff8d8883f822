from datetime import date, timedelta

import pytest

from tests.workflows.offices import indonesia


@pytest.mark.parametrize(("year", "count"), [(2024, 238), (2025, 237), (2026, 240), (2027, 242)])
def test_a_year_has_the_working_days_that_the_joint_decree_leaves(year: int, count: int) -> None:
    day, found = date(year, 1, 1), 0
    while day.year == year:
        found += indonesia().is_working(day)
        day += timedelta(days=1)
    assert found == count
