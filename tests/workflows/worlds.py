"""Calendars as Hypothesis draws them, each with the oracle that judges it, in a window of time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st

from tests.workflows.minute_oracle import Oracle
from workflows.calendars import Calendar, Season

DAYS = 28
#: What is odd in each is within the first two weeks.
WINDOWS = [
    ("America/New_York", date(2026, 3, 2)),
    ("America/New_York", date(2026, 10, 26)),
    ("Europe/Amsterdam", date(2026, 3, 23)),
    ("Europe/Amsterdam", date(2026, 10, 19)),
    ("Asia/Jakarta", date(2026, 3, 9)),
    ("Asia/Jayapura", date(2026, 12, 21)),
    ("Asia/Kathmandu", date(2026, 5, 4)),
    ("Australia/Lord_Howe", date(2026, 3, 30)),  # half an hour
    ("America/Sao_Paulo", date(2018, 10, 29)),  # skips the hour after midnight
    ("America/St_Johns", date(2006, 10, 23)),  # goes back over midnight
]

#: Enough to find what is wrong, few enough to be run at every change.
laws = settings(max_examples=25, deadline=None)


@dataclass(frozen=True)
class World:
    calendar: Calendar
    oracle: Oracle

    def at(self, day: int, minute: int) -> datetime:
        first = self.oracle.first
        return datetime(first.year, first.month, first.day, tzinfo=UTC) + timedelta(
            days=day, minutes=minute
        )


quarters = st.integers(0, 96).map(lambda n: n * 15)


@st.composite
def days(draw: st.DrawFn, least: int = 0) -> tuple[tuple[int, int], ...]:
    """None to two shifts; their ends may lie at any minute."""
    ends = st.one_of(quarters, st.integers(0, 1440))
    count = draw(st.integers(least, 2)) * 2
    edges = sorted(draw(st.lists(ends, min_size=count, max_size=count, unique=True)))
    return tuple(zip(edges[::2], edges[1::2], strict=True))


@st.composite
def weeks(draw: st.DrawFn) -> tuple:
    common = draw(days(least=1))
    others = draw(st.dictionaries(st.integers(0, 5), days(), max_size=4))
    return tuple(others.get(weekday, common) for weekday in range(7))


@st.composite
def worlds(draw: st.DrawFn, weekly: st.SearchStrategy | None = None) -> World:
    zone, first = draw(st.sampled_from(WINDOWS))
    week = draw(weeks() if weekly is None else weekly)
    seasons: list[tuple[date, date, tuple]] = []
    own: dict[date, tuple] = {}
    if weekly is None:
        begin = first + timedelta(days=draw(st.integers(0, 10)))
        end = begin + timedelta(days=draw(st.integers(0, 14)))
        seasons = draw(st.sampled_from([[], [(begin, end, draw(weeks()))]]))
        offsets = st.integers(0, 20).map(lambda n: first + timedelta(days=n))
        own = draw(st.dictionaries(offsets, days(), max_size=4))
    calendar = Calendar(
        zone,
        week,
        tuple(Season("season", *said) for said in seasons),
        {day: ("day", hours) for day, hours in own.items()},
    )
    return World(calendar, Oracle(zone, first, DAYS, week, tuple(seasons), own))


@st.composite
def moments(draw: st.DrawFn, count: int = 1, last_day: int = 14) -> tuple[tuple[int, int], ...]:
    """So many days and minutes of a window, in order; the first day is left to its surroundings."""
    minute = st.tuples(st.integers(2, last_day), st.integers(0, 1439))
    return tuple(sorted(draw(st.lists(minute, min_size=count, max_size=count, unique=True))))
