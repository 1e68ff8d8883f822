"""The open hours of some years in a row, with sums, so that counting them is a look-up."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import accumulate, pairwise

from workflows.zones import DAY, EPOCH_DAY, Piece

#: A year, by which "no open day within a year" is meant.
YEAR = 366
MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Track:
    """Open hours from one day (ordinal) to another; instants in microseconds since 1970 (UTC)."""

    first: int
    last: int
    since: int
    until: int
    starts: list[int]
    ends: list[int]
    sums: list[int]  # what was open before each start
    days: list[int]  # ordinals of the working days
    closings: list[int]  # in order, the end of the last interval of each of them
    gaps: list[tuple[int, int]]  # working days between which there is none for more than a year

    def sum_at(self, at: int) -> int:
        """What was open from the beginning of the track to `at`."""
        place = bisect_right(self.starts, at) - 1
        if place < 0:
            return 0
        return self.sums[place] + min(at, self.ends[place]) - self.starts[place]

    def at_sum(self, total: int) -> int | None:
        """The first instant by which so much was open; None where the track is too short."""
        place = bisect_left(self.sums, total) - 1
        if not 0 <= place < len(self.starts):
            return None
        return self.starts[place] + total - self.sums[place]

    def opens_at(self, at: int) -> int | None:
        """The first open instant from `at` on; None where the track is too short."""
        place = bisect_right(self.ends, at)
        return max(at, self.starts[place]) if place < len(self.starts) else None

    def is_open(self, at: int) -> bool:
        place = bisect_right(self.starts, at) - 1
        return place >= 0 and at < self.ends[place]

    def closings_until(self, at: int) -> int:
        """How many working days ended, `at` included."""
        return bisect_right(self.closings, at)

    def working_day(self, day: int, count: int) -> int | None:
        """The working day that is so many after `day` (ordinals); None where it is too short."""
        place = bisect_right(self.days, day) + count - 1
        return self.days[place] if place < len(self.days) else None

    def crosses_a_gap(self, day: int, until: int) -> bool:
        """Whether over a year passes without an open day on the way from `day` to `until`."""
        place = bisect_left(self.days, day)
        opens = self.days[place] if place < len(self.days) else until
        return opens - day > YEAR or any(
            day <= before and after <= until for before, after in self.gaps
        )


def lay(first: int, last: int, pieces_of: Callable[[int], Iterable[Piece]]) -> Track:
    """A track of the days `first` to `last` (ordinals), for questions two days within its ends.

    `pieces_of`: when a day is open, in seconds.
    """
    pieces = {day: [*pieces_of(day)] for day in range(first, last + 1)}
    days = [day for day, open_then in pieces.items() if open_then]
    # Sorted, for a clock that is put back over midnight takes two days by turns.
    spans = sorted(piece for open_then in pieces.values() for piece in open_then)
    return Track(
        first=first,
        last=last,
        since=(first + 2 - EPOCH_DAY) * DAY * MILLION,
        until=(last - 1 - EPOCH_DAY) * DAY * MILLION,
        starts=[start * MILLION for start, _end in spans],
        ends=[end * MILLION for _start, end in spans],
        sums=[*accumulate(((end - start) * MILLION for start, end in spans), initial=0)],
        days=days,
        closings=sorted(pieces[day][-1][1] * MILLION for day in days),
        gaps=[(day, next_) for day, next_ in pairwise([*days, last + 1]) if next_ - day > YEAR],
    )
