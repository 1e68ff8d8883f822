"""Ramadan and Lebaran by the Indonesian government's decisions: they move by 11 days a year."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

#: First day of Ramadan and of Idul Fitri, from the yearly announcements (sidang isbat) of the
#: Ministry of Religious Affairs; 2027 by calculation.
RAMADANS = [
    (date(2018, 5, 17), date(2018, 6, 15)),
    (date(2019, 5, 6), date(2019, 6, 5)),
    (date(2020, 4, 24), date(2020, 5, 24)),
    (date(2021, 4, 13), date(2021, 5, 13)),
    (date(2022, 4, 3), date(2022, 5, 2)),
    (date(2023, 3, 23), date(2023, 4, 22)),
    (date(2024, 3, 12), date(2024, 4, 10)),
    (date(2025, 3, 1), date(2025, 3, 31)),
    (date(2026, 2, 19), date(2026, 3, 21)),
    (date(2027, 2, 8), date(2027, 3, 10)),
]
#: Days of Idul Fitri and the joint leave around it.
LEBARAN = 8
#: Between these, all of the above is known.
FIRST, LAST = date(2018, 1, 1), date(2027, 12, 31)


@cache
def days_in_season(monday: date) -> int:
    """How many days of a week lie in Ramadan or Lebaran."""
    week = [monday + timedelta(day) for day in range(7)]
    return sum(
        start <= day < feast + timedelta(LEBARAN) for day in week for start, feast in RAMADANS
    )
