from datetime import date

import pytest

from tests.workflows.offices import NINE_TO_FIVE, at, indonesia
from workflows.calendars import Calendar, Impossible
from workflows.targets import In, Target, due

DAYS = (3, 5, 10, 14, 60)
VECTORS = {
    "2025-03-26": "2025-04-09 2025-04-11 2025-04-21 2025-04-25 2025-07-10",
    "2026-02-13": "2026-02-20 2026-02-24 2026-03-03 2026-03-09 2026-05-25",
    "2026-03-17": "2026-03-27 2026-03-31 2026-04-08 2026-04-14 2026-06-26",
    "2026-12-22": "2026-12-29 2026-12-31 2027-01-11 2027-01-15 2027-04-02",
}


@pytest.mark.parametrize("filed", VECTORS)
def test_indonesian_working_days_skip_holidays_and_joint_leave(filed: str) -> None:
    for amount, day in zip(DAYS, VECTORS[filed].split(), strict=True):
        found = due(Target(amount, In.WORKING_DAYS), indonesia(), at(f"{filed} 10:00"))
        closes = "16:30" if date.fromisoformat(day).weekday() == 4 else "16:00"
        assert found == at(f"{day} {closes}")


def test_an_hour_filed_friday_half_past_four_is_due_monday_half_past_nine() -> None:
    found = due(
        Target(1, In.WORKING_HOURS),
        Calendar("Europe/Amsterdam", NINE_TO_FIVE),
        at("2026-01-02 16:30", "Europe/Amsterdam"),
    )
    assert found == at("2026-01-05 09:30", "Europe/Amsterdam")


def test_a_calendar_that_never_opens_makes_a_target_impossible() -> None:
    never = Calendar("UTC", ((),) * 7)
    with pytest.raises(Impossible):
        due(Target(1, In.WORKING_DAYS), never, at("2026-01-02 16:30"))
