"""How many complaints come on which day: by weekday, month, Ramadan and what happened."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from demo.dates import Dates
from demo.year.terms import Matter, Surge, Year
from workflows.office_hours import packs

#: From Monday on; their mean is one.
WEEKDAYS = (1.35, 1.2, 1.1, 1.05, 1.0, 0.7, 0.6)
#: How many more come since they can come by the new channel, too.
MORE = 1.12


@dataclass(frozen=True)
class Coming:
    """One complaint: when, what it is about, and the surge that it is part of, if it is."""

    day: date
    matter: Matter
    surge: Surge | None = None


class Volume:
    """What comes on each day of a city's year."""

    def __init__(self, year: Year, country: str, dates: Dates) -> None:
        self.year, self.dates = year, dates
        pack = packs()[country]
        self.fasting = [*pack.calendar.seasons, *pack.expected]

    def draw(self, source: Random) -> Iterator[Coming]:
        """In the order of days, up to yesterday."""
        for offset in range((self.dates.today - self.dates.first).days):
            day = self.dates.first + timedelta(days=offset)
            for matter in self.year.matters:
                usual = self.usual(day, matter)
                yield from (Coming(day, matter) for _one in range(poisson(source, usual)))
                for surge in self._raging(day, matter):
                    more = poisson(source, usual * (surge.times - 1))
                    yield from (Coming(day, matter, surge) for _one in range(more))

    def usual(self, day: date, matter: Matter) -> float:
        """How many of a matter are expected on a day on which nothing special happens."""
        factor = WEEKDAYS[day.weekday()] * matter.by_month.get(day.month, 1.0)
        if any(season.first <= day <= season.last for season in self.fasting):
            factor *= matter.in_ramadan
        if day >= self.dates.new_channel and matter.category == self.year.opened_for:
            factor *= MORE
        return matter.a_week / 7 * factor

    def _raging(self, day: date, matter: Matter) -> Iterator[Surge]:
        for surge in self.year.surges:
            until: date = getattr(self.dates, surge.until)
            first = until - timedelta(weeks=surge.weeks)
            if surge.category == matter.category and first <= day < until:
                yield surge


def poisson(source: Random, mean: float) -> int:
    """A Poisson number, by products of uniforms (Knuth, The Art of Computer Programming, 3.4.1)."""
    limit, product, drawn = math.exp(-mean), source.random(), 0
    while product > limit:
        product *= source.random()
        drawn += 1
    return drawn
