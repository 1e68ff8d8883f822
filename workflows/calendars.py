"""When an office is open: plain data, and what can be counted on it.

An instant is open when the zone's wall clock shows a time inside an interval: an hour that the
clock skips is not open, one that it repeats counts twice. Hours are real hours.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from workflows import weeks, zones
from workflows.tracks import MILLION, YEAR, Track, lay
from workflows.weeks import Day, Interval, Season, Week

__all__ = ["Calendar", "Day", "Impossible", "Interval", "Season", "Week"]

_MICRO = timedelta(microseconds=1)
_DAY = zones.DAY * MILLION
#: No date is looked for further away than a hundred years.
_HORIZON = 100 * YEAR


class Impossible(ValueError):
    """No open day within a year (366 days) of the start, or of an open day on the way."""


@dataclass(frozen=True, eq=False)
class Calendar:
    """The open hours of an office. A day's own hours go before a season's, those before the week's.

    `zone`: IANA name; `days`: by local date, a name and the hours of that day.
    """

    zone: str
    weekly: Week
    seasons: tuple[Season, ...] = ()
    days: Mapping[date, tuple[str, Day]] = field(default_factory=dict)
    _memo: dict[str, Any] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> "Calendar":
        """The calendar that JSON describes. Raises ValueError, KeyError, TypeError."""
        days = content.get("days", {}).items()
        return cls(
            zone=content["zone"],
            weekly=weeks.week_from(content["weekly"]),
            seasons=tuple(Season.from_content(said) for said in content.get("seasons", ())),
            days={
                date.fromisoformat(day): (said["name"], weeks.day_from(said["hours"]))
                for day, said in days
            },
        )

    def content(self) -> dict[str, Any]:
        """The same as JSON, days in order."""
        return {
            "zone": self.zone,
            "weekly": weeks.listed(self.weekly),
            "seasons": [season.content() for season in self.seasons],
            "days": {
                day.isoformat(): {"name": name, "hours": [list(interval) for interval in hours]}
                for day, (name, hours) in sorted(self.days.items())
            },
        }

    def refusals(self) -> list[str]:
        """What is wrong with it, in sentences; nothing where it can be used."""
        return weeks.refusals(self.zone, self.weekly, self.seasons, self.days)

    def hours(self, day: date) -> Day:
        """The intervals of a local date, on its wall clock."""
        said = self.days.get(day)
        if said is not None:
            return said[1]
        for season in self.seasons:
            if season.first <= day <= season.last:
                return season.weekly[day.weekday()]
        return self.weekly[day.weekday()]

    def spans(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """The instants (UTC) from and to which a local date is open."""
        memo = self._memo.setdefault("spans", {})
        if day not in memo:
            memo[day] = tuple(
                (zones.instant_of(start), zones.instant_of(end))
                for start, end in self._pieces(day.toordinal())
            )
        return memo[day]

    def is_open(self, at: datetime) -> bool:
        moment = _micros(at)
        return self._track(moment, moment).is_open(moment)

    def next_open(self, at: datetime) -> datetime:
        """The first open instant from `at` on. Raises Impossible."""
        moment = _micros(at)
        return _instant(self._found(self._start(at), lambda track: track.opens_at(moment)))

    def worked(self, a: datetime, b: datetime) -> int:
        """Seconds (whole ones) that were open between two instants; 0 where b <= a."""
        since, until = _micros(a), _micros(b)
        if until <= since:
            return 0
        track = self._track(since, until)
        return (track.sum_at(until) - track.sum_at(since)) // MILLION

    def after(self, at: datetime, seconds: int) -> datetime:
        """When so many open seconds have passed since `at`: rather an end than the next start.

        Raises Impossible.
        """
        if seconds <= 0:
            return at.astimezone(UTC)
        moment, length = _micros(at), seconds * MILLION
        found = self._found(
            self._start(at), lambda track: track.at_sum(track.sum_at(moment) + length)
        )
        return _instant(found)

    def is_working(self, day: date) -> bool:
        """Whether that local date is open at all."""
        return bool(self._pieces(day.toordinal()))

    def end_of(self, day: date) -> datetime:
        """The end of the last interval of a working day. Raises Impossible on a closed one."""
        found = self._pieces(day.toordinal())
        if not found:
            raise Impossible(_("This day is closed."))
        return zones.instant_of(found[-1][1])

    def working_day_after(self, day: date, count: int) -> date:
        """The working day that is so many (1: the next) after `day`, which does not count.

        Raises Impossible.
        """
        start = day.toordinal()

        def look(track: Track) -> int | None:
            found = track.working_day(start, count)
            return None if found is None else (found - zones.EPOCH_DAY) * _DAY

        return date.fromordinal(_day_of(self._found(start, look)))

    def working_day_ends(self, a: datetime, b: datetime) -> int:
        """How many ends e of working days there are with a < e <= b."""
        since, until = _micros(a), _micros(b)
        if until <= since:
            return 0
        track = self._track(since, until)
        return track.closings_until(until) - track.closings_until(since)

    def local_day(self, at: datetime) -> date:
        """The date that the zone's wall clock shows."""
        return at.astimezone(ZoneInfo(self.zone)).date()

    def end_of_local_day(self, day: date) -> datetime:
        """The instant (UTC) at which that local date is over."""
        return zones.instant_of(zones.day_ends(self.zone, day.toordinal()))

    def midnights(self, a: datetime, b: datetime) -> int:
        """How many local midnights m there are with a < m <= b."""
        return self._midnights_until(b) - self._midnights_until(a) if b > a else 0

    def _midnights_until(self, at: datetime) -> int:
        """The ordinal of the date that has begun, though the clock may be put back once more."""
        day = self.local_day(at).toordinal()
        return day if zones.day_ends(self.zone, day - 1) <= zones.seconds_of(at) else day - 1

    def _pieces(self, day: int) -> list[zones.Piece]:
        hours = self.hours(date.fromordinal(day))
        return sorted(
            piece for start, end in hours for piece in zones.pieces(self.zone, day, start, end)
        )

    def _start(self, at: datetime) -> int:
        return self.local_day(at).toordinal()

    def _track(self, since: int, until: int) -> Track:
        """The track on which both instants (microseconds) lie."""
        track: Track | None = self._memo.get("track")
        if track is not None and track.since <= since and until <= track.until:
            return track
        return self._lay(_day_of(since), _day_of(until))

    def _lay(self, first: int, last: int) -> Track:
        """A track of the whole years of two days (ordinals), and of what it was laid for before.

        What is over a hundred years apart is not kept together: it would take long to lay.
        """
        begin = date(date.fromordinal(first).year, 1, 1).toordinal() - 4
        end = date(date.fromordinal(last).year, 12, 31).toordinal() + 4
        old: Track | None = self._memo.get("track")
        if old is not None and max(end, old.last) - min(begin, old.first) < _HORIZON:
            begin, end = min(begin, old.first), max(end, old.last)
        track = lay(max(begin, zones.FIRST_DAY), min(end, zones.LAST_DAY), self._pieces)
        self._memo["track"] = track
        return track

    def _found(self, start: int, look: Callable[[Track], int | None]) -> int:
        """What is found on the track (microseconds), made longer until it is; start: an ordinal."""
        track = self._track(
            (start - 1 - zones.EPOCH_DAY) * _DAY, (start + 1 - zones.EPOCH_DAY) * _DAY
        )
        while (found := look(track)) is None or found > track.until:
            ends = track.last + 1
            if track.crosses_a_gap(start, ends) or ends > min(start + _HORIZON, zones.LAST_DAY):
                raise Impossible(_NEVER)
            track = self._lay(track.first + 4, min(2 * ends - track.first, zones.LAST_DAY))
        until = _day_of(found) + 1
        if track.crosses_a_gap(start, until) or until > start + _HORIZON:
            raise Impossible(_NEVER)
        return found


_NEVER = _("There is no open day within a year.")


def _micros(at: datetime) -> int:
    return (at - zones.EPOCH) // _MICRO


def _instant(micros: int) -> datetime:
    return zones.EPOCH + timedelta(microseconds=micros)


def _day_of(micros: int) -> int:
    """The day (ordinal, UTC) of an instant."""
    return zones.EPOCH_DAY + micros // _DAY
