"""When a zone's wall clock shows what, in whole seconds since 1970 (UTC)."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

#: A stretch of time over which a zone keeps one offset: from, to (seconds, UTC), offset (seconds).
Stretch = tuple[int, int, int]
#: A piece of time: from, to (seconds, UTC).
Piece = tuple[int, int]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_DAY = EPOCH.toordinal()
DAY = 86_400
#: The days (ordinals) on which an instant still has a local time in every zone.
FIRST_DAY, LAST_DAY = date.min.toordinal() + 2, date.max.toordinal() - 3
# No zone changes its offset and takes it back within so little time.
_PROBE = 6 * 3600


def seconds_of(at: datetime) -> int:
    """Whole seconds between 1970 and an aware instant, rounded down."""
    return (at - EPOCH) // timedelta(seconds=1)


def instant_of(seconds: int) -> datetime:
    return EPOCH + timedelta(seconds=seconds)


def pieces(zone: str, day: int, start: int, end: int) -> list[Piece]:
    """When that day's wall clock shows a time in [start, end): an hour repeated is there twice.

    `day`: its ordinal; `start`, `end`: minutes from midnight on the wall clock, up to 1440.
    """
    midnight = (day - EPOCH_DAY) * DAY
    opens, closes = midnight + start * 60, midnight + end * 60
    cut = (
        (max(opens - offset, since), min(closes - offset, until))
        for since, until, offset in _stretches(zone, date.fromordinal(day).year)
    )
    return [(since, until) for since, until in cut if since < until]


def day_ends(zone: str, day: int) -> int:
    """The second (UTC) at which that local date, by its ordinal, is over.

    A date that a zone left out (Samoa, 30 December 2011) is over with the one before.
    """
    found = pieces(zone, day, 0, 1440)
    return found[-1][1] if found else day_ends(zone, day - 1)


@lru_cache(maxsize=4096)
def _stretches(zone: str, year: int) -> tuple[Stretch, ...]:
    """The offsets a zone keeps from two days before a year to two days after it."""
    first = max(date(year, 1, 1).toordinal() - 2, FIRST_DAY)
    last = min(date(year, 12, 31).toordinal() + 3, LAST_DAY)
    since, end = (first - EPOCH_DAY) * DAY, (last - EPOCH_DAY) * DAY
    keeper = ZoneInfo(zone)
    offset = _offset(keeper, since)
    found = []
    for probe in [*range(since + _PROBE, end, _PROBE), end]:
        now = _offset(keeper, probe)
        if now != offset:
            change = _change(keeper, probe - _PROBE, probe)
            found.append((since, change, offset))
            since, offset = change, now
    return (*found, (since, end, offset))


def _offset(zone: ZoneInfo, at: int) -> int:
    offset = instant_of(at).astimezone(zone).utcoffset()
    return 0 if offset is None else offset // timedelta(seconds=1)


def _change(zone: ZoneInfo, before: int, after: int) -> int:
    """The second at which the offset changes, by halving."""
    old = _offset(zone, before)
    while after - before > 1:
        middle = (before + after) // 2
        if _offset(zone, middle) == old:
            before = middle
        else:
            after = middle
    return after
